// Reads the operations of a service model, one at a time.

import type { Operation, Origin } from "../ir.ts";
import type { Model, Reference } from "./model.ts";
import { ModelShapes } from "./shapes.ts";

/** The named operations, in the given order. */
export function* readModel(model: Model, names: readonly string[]): Generator<Operation> {
  const operations = names.map((name) => model.operation(name));
  const given = (reference: Reference | undefined) => (reference ? [reference] : []);
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
  const origin = originOf(model);
  for (const { name, input, output } of operations) {
    yield {
      service: model.service,
      operation: name,
      origin,
      url: urlOf(model, name),
      // An operation without input takes a request without members.
      request: input ? requests.root(input) : EMPTY,
      response: output && responses.root(output),
      definitions,
      notes: [],
    };
  }
}

const EMPTY: NonNullable<Operation["request"]> = {
  at: { line: 1, column: 1 },
  prose: [],
  required: false,
  autopopulated: false,
  kind: "structure",
  members: new Map(),
  unlisted: new Map(),
  union: false,
};

function originOf(model: Model): Origin {
  const apiVersion = model.about("apiVersion");
  const serviceId = model.about("serviceId");
  const { additions } = model.file;
  return {
    model: modelName(model, apiVersion),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(serviceId === undefined ? {} : { serviceId }),
    ...(additions ? { additions } : {}),
  };
}

/** The model's name relative to the data directory, without `.gz`, independent of where the directory is. */
function modelName(model: Model, apiVersion: string | undefined): string {
  return [model.service, apiVersion, "service-2.json"].filter((part) => part !== undefined).join("/");
}

/** The URL of the API's documentation, in the form that the SDKs' own documentation uses. */
function urlOf(model: Model, operation: string): string {
  const uid = model.about("uid") ?? model.service;
  return `https://docs.aws.amazon.com/goto/WebAPI/${uid}/${operation}`;
}
