import type { ProgramFindings } from "../findings.ts";
import { capitalized } from "../model/conform.ts";
import type { CallExpression, ProgramNode } from "../model/node.ts";
import { lastName } from "../model/node.ts";
import { nameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import { importedAs } from "./imports.ts";
import type { InputSdk } from "./inputs.ts";
import { addInput } from "./inputs.ts";
import { findPassedInputs } from "./passed-inputs.ts";

const PACKAGE = /^github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/(\w+)$/;

/** Inputs of the AWS SDKs for Go, where they are made: `&fsx.CreateDataRepositoryTaskInput{…}`. */
export function findGoSdkCalls(program: SourceProgram, found: ProgramFindings): void {
  // A variable that is given one of two inputs is sent once.
  const sent = new Set<ProgramNode>();
  for (const input of program.scopes.calls) {
    const operation = operationOfInput(input, program);
    if (operation) addInput({ input, whole: withSetters(input), sent }, operation, { ...GO, program, found });
  }
  findPassedInputs(program, found, {
    operationOf: (method) => operationOfMethod(method, program),
    isInput: (call) => operationOfInput(call, program) !== undefined,
    // Behind a context, and before options.
    inputsOf: ({ args }) => args.slice(0, 2).filter((arg) => !isContext(arg)),
  });
}

function operationOfInput(input: CallExpression, program: SourceProgram): string | undefined {
  const imported = input.isNew ? importedAs(input.callee, program) : undefined;
  const service = PACKAGE.exec(imported?.module ?? "")?.[1];
  const name = /^(\w+)Input$/.exec(imported?.name ?? "")?.[1];
  return service && name && program.operations.find(service, name);
}

/** A client's method, or the function that makes a paginator. */
function operationOfMethod(method: string, program: SourceProgram): string | undefined {
  const name = /^New(\w+)Paginator$/.exec(method)?.[1] ?? method.replace(METHOD_END, "");
  if (program.operations.named(name).length === 0) return undefined;
  const services = program.scopes.imports.flatMap(({ module }) => PACKAGE.exec(module)?.[1] ?? []);
  const operation = program.operations.findOnly(services, name);
  return operation !== undefined && nameOf(operation) === name ? operation : undefined;
}

/** What version 1 of the SDK adds to the names of operations. */
const METHOD_END = /(?:Pages)?(?:WithContext)?$|Request$/;

const isContext = (node: ProgramNode): boolean => {
  const name = lastName(node.kind === "call" ? node.callee : node) ?? "";
  return /(?:ctx|context)$/i.test(name) || ["Background", "TODO"].includes(name);
};

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
  isRunLater: (call, { text }) =>
    call !== undefined &&
    /\b(?:go|defer)\s{1,9}$/.test(text.slice(Math.max(0, call.span.start - 20), call.span.start)),
};
