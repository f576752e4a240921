// Runs the generator on a service model in memory.

import { type Generated, generateFromOperation, sha256 } from "../../src/schemagen/generate.ts";
import { Model } from "../../src/schemagen/model/model.ts";
import { readModel } from "../../src/schemagen/model/operations.ts";

export function modelOf(json: unknown): Model {
  const text = JSON.stringify(json, null, 2);
  const file = {
    path: "toybox.json",
    text,
    json: JSON.parse(text),
    sha256: sha256(text),
    additions: undefined,
  };
  return new Model(file, "toybox");
}

/** Generates the schemas of all operations. */
export function generateFromModel(json: unknown): Generated[] {
  const model = modelOf(json);
  return [...readModel(model, model.operationNames())].map((operation) =>
    generateFromOperation(operation, model.file.sha256, {}),
  );
}
