import type { ProgramFindings } from "../findings.ts";
import { capitalized } from "../model/conform.ts";
import type { CallExpression } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";
import { importedAs } from "./imports.ts";
import type { InputSdk } from "./inputs.ts";
import { addInput } from "./inputs.ts";

const PACKAGE = /^github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/(\w+)$/;

/** Inputs of the AWS SDKs for Go, where they are made: `&fsx.CreateDataRepositoryTaskInput{…}`. */
export function findGoSdkCalls(program: SourceProgram, found: ProgramFindings): void {
  for (const input of program.scopes.calls) {
    const imported = input.isNew ? importedAs(input.callee, program) : undefined;
    const service = PACKAGE.exec(imported?.module ?? "")?.[1];
    const name = /^(\w+)Input$/.exec(imported?.name ?? "")?.[1];
    const operation = service && name && program.operations.find(service, name);
    if (operation) addInput({ input, whole: withSetters(input) }, operation, { ...GO, program, found });
  }
}

/** `(&fsx.CreateDataRepositoryTaskInput{}).SetType("…").SetPaths(…)`, all of it. */
function withSetters(input: CallExpression): CallExpression {
  let whole = input;
  while (
    whole.parent?.kind === "member" &&
    whole.parent.name.startsWith("Set") &&
    whole.parent.parent?.kind === "call" &&
    whole.parent.parent.callee === whole.parent
  )
    whole = whole.parent.parent;
  return whole;
}

/** Go's fields have the members' names, with a capital letter. */
const GO: InputSdk = {
  container: "aws-sdk-go",
  style: {
    spell: capitalized,
    apiName: (name, members) => members.find((member) => member.toLowerCase() === name.toLowerCase()),
  },
  suffixes: ["", "WithContext", "Request", "Pages"],
};
