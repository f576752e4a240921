// Runs the generator on a service model in memory.

import { type GeneratedSchemas, generateFromOperation, hashSha256 } from "../../src/schemagen/generate.ts";
import { ServiceModel } from "../../src/schemagen/model/model.ts";
import { readModelOperations } from "../../src/schemagen/model/operations.ts";

export function createModel(json: unknown): ServiceModel {
  const text = JSON.stringify(json, null, 2);
  const file = {
    path: "toybox.json",
    text,
    json: JSON.parse(text),
    sha256: hashSha256(text),
    additions: undefined,
  };
  return new ServiceModel(file, "toybox");
}

/** Generates the schemas of all operations. */
export function generateFromModel(json: unknown): GeneratedSchemas[] {
  const model = createModel(json);
  return [...readModelOperations(model, model.operationNames())].map((operation) =>
    generateFromOperation(operation, model.file.sha256, {}),
  );
}
