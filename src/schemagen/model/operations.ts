// Reads the operations of a service model, one at a time.

import type { IrOperation, OperationOrigin } from "../ir.ts";
import type { ServiceModel, ShapeReference } from "./model.ts";
import { ModelShapes } from "./shapes.ts";

/** The named operations, in the given order. */
export function* readModelOperations(model: ServiceModel, names: readonly string[]): Generator<IrOperation> {
  const operations = names.map((name) => model.readOperation(name));
  const given = (reference: ShapeReference | undefined) => (reference ? [reference] : []);
  const requests = new ModelShapes(
    model,
    operations.flatMap(({ input }) => given(input)),
    true,
  );
  const responses = new ModelShapes(
    model,
    operations.flatMap(({ output }) => given(output)),
    false,
  );
  const definitions = { request: requests.definitions, response: responses.definitions };
  const origin = toOrigin(model);
  for (const { name, input, output } of operations) {
    yield {
      service: model.service,
      operation: name,
      origin,
      url: formatDocumentationUrl(model, name),
      // An operation without input takes a request without members.
      request: input ? requests.rootStructure(input) : EMPTY_STRUCTURE,
      response: output && responses.rootStructure(output),
      definitions,
      notes: [],
    };
  }
}

const EMPTY_STRUCTURE: NonNullable<IrOperation["request"]> = {
  at: { line: 1, column: 1 },
  prose: [],
  required: false,
  autopopulated: false,
  kind: "structure",
  members: new Map(),
  unlisted: new Map(),
  union: false,
};

function toOrigin(model: ServiceModel): OperationOrigin {
  const apiVersion = model.readMetadata("apiVersion");
  const serviceId = model.readMetadata("serviceId");
  const { additions } = model.file;
  return {
    model: formatModelName(model, apiVersion),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(serviceId === undefined ? {} : { serviceId }),
    ...(additions ? { additions } : {}),
  };
}

/** The model's name relative to the data directory, without `.gz`, independent of where the directory is. */
function formatModelName(model: ServiceModel, apiVersion: string | undefined): string {
  return [model.service, apiVersion, "service-2.json"].filter((part) => part !== undefined).join("/");
}

/** The URL of the API's documentation, in the form that the SDKs' own documentation uses. */
function formatDocumentationUrl(model: ServiceModel, operation: string): string {
  const uid = model.readMetadata("uid") ?? model.service;
  return `https://docs.aws.amazon.com/goto/WebAPI/${uid}/${operation}`;
}
