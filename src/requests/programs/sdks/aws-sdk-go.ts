import type { ProgramFindings } from "../findings.ts";
import type { SdkStyle } from "../model/conform.ts";
import { capitalized } from "../model/conform.ts";
import type { CallExpression, NameNode, ProgramNode } from "../model/node.ts";
import { enclosing, lastName } from "../model/node.ts";
import { nameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import { importedAs } from "./imports.ts";
import { assignedMembers, withLaterSets } from "./later-sets.ts";
import { findPassedInputs } from "./passed-inputs.ts";

const PACKAGE = /^github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/(\w+)$/;

/** Inputs of the AWS SDKs for Go, where they are made: `&fsx.CreateDataRepositoryTaskInput{…}`. */
export function findGoSdkCalls(program: SourceProgram, found: ProgramFindings): void {
  // A variable that is given one of two inputs is sent once.
  const sent = new Set<ProgramNode>();
  for (const input of program.scopes.calls) {
    const operation = operationOfInput(input, program);
    if (operation === undefined) continue;
    found.see(input.span);
    addInput({ input, whole: withSetters(input), sent }, operation, program, found);
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
  const [operation, ...others] = new Set(
    services.flatMap((service) => program.operations.find(service, name) ?? []),
  );
  return others.length === 0 && operation !== undefined && nameOf(operation) === name ? operation : undefined;
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

function addInput(
  { input, whole, sent }: { input: CallExpression; whole: CallExpression; sent: Set<ProgramNode> },
  operation: string,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const { callee } = input;
  const { parent } = whole;
  const named = callee.kind === "member" ? callee.nameSpan : callee.span;
  const target = parent?.kind === "assign" && parent.value === whole ? parent.target : undefined;
  const mentions = target?.kind === "name" ? mentionsOf(target, program) : [];
  if (isWaitedFor(mentions.length > 0 ? mentions : [whole])) return;
  const sendings = mentions.filter((mention) => isSent(mention, operation));
  // What is never sent here is handed on: then its last mention tells what is known of it.
  const uses = sendings.length > 0 ? sendings : mentions.slice(-1);
  for (const use of uses.length > 0 ? uses : [whole]) {
    const call = callOfOperation(use, operation);
    if (sent.has(use)) continue;
    sent.add(use);
    const value = program.evaluator(call ?? use).valueOf(use);
    const isShared = parent?.kind === "assign" && parent.isShared === true && use === whole;
    const known = isShared ? program.evaluator(use).hole(use.span) : value;
    const payload = call ? known : withLaterSets(known, operation, program, assignedMembers(program));
    found.add({ operation, container: "aws-sdk-go", named, style: STYLE, node: call ?? use, payload });
  }
}

/** `waiter.Wait(ctx, in, …)`, `WaitUntilTaskExists(in)`: a waiter asks again and again, and is no request of its own. */
const isWaitedFor = (uses: readonly ProgramNode[]): boolean =>
  uses.every(
    ({ parent }) =>
      parent?.kind === "call" && /^Wait(?:ForOutput$|Until|$)/.test(lastName(parent.callee) ?? ""),
  );

/** Every place where the variable's value is used, in order. */
const mentionsOf = (target: NameNode, program: SourceProgram): NameNode[] =>
  program.scopes
    .mentions(target)
    .filter((mention) => !isMemberSet(mention))
    .toSorted((a, b) => a.span.start - b.span.start);

/** `in.FileSystemId = …`. */
const isMemberSet = ({ parent }: NameNode): boolean =>
  parent?.kind === "member" && parent.parent?.kind === "assign" && parent.parent.target === parent;

const isSent = (mention: NameNode, operation: string): boolean =>
  callOfOperation(mention, operation) !== undefined;

/** The call of the operation that an input is an argument of. */
function callOfOperation(node: ProgramNode, operation: string): CallExpression | undefined {
  const call = enclosing(node, (outer): outer is CallExpression => outer.kind === "call");
  const name = call?.callee.kind === "member" ? call.callee.name : "";
  const base = nameOf(operation);
  const isCall = [base, `${base}WithContext`, `${base}Request`, `${base}Pages`].includes(name);
  return isCall && call?.args.includes(node) ? call : undefined;
}

/** Go's fields have the members' names, with a capital letter. */
const STYLE: SdkStyle = {
  spell: capitalized,
  apiName: (name, members) => members.find((member) => member.toLowerCase() === name.toLowerCase()),
};
