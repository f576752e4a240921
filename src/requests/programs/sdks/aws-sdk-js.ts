import { quoted } from "../../../diagnostics/text.ts";
import { isSharedName } from "../../mentions/shared-names.ts";
import type { ProgramFindings } from "../findings.ts";
import type { SdkStyle } from "../model/conform.ts";
import type { CallExpression, IndexNode, MemberNode, ProgramNode } from "../model/node.ts";
import { lastName, positional } from "../model/node.ts";
import { nameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import { findCommandsHandedOn, findRequiredHandedOn } from "./aws-sdk-js-unread.ts";
import type { ClientMakers } from "./clients.ts";
import { clientService, knownService } from "./clients.ts";
import type { Imported } from "./imports.ts";
import { importedAs } from "./imports.ts";
import { findTelling } from "./likely-operation.ts";
import { whyComputed } from "./unread.ts";

/** Calls of the AWS SDK for JavaScript: commands and clients of its third version, clients of its second. */
export function findJavascriptSdkCalls(program: SourceProgram, found: ProgramFindings): void {
  for (const call of program.scopes.calls) {
    if (call.isNew) addCommand(call, program, found);
    else if (call.callee.kind === "member") addMethod(call, call.callee, program, found);
    else if (call.callee.kind === "index") addNamedMethod(call, call.callee, program, found);
    else addPaginator(call, program, found);
  }
  const names = {
    ofPackage: (module: string, name: string) => operationOfCommand({ module, name }, program),
    likely: (name: string) => likelyCommand(name, program),
  };
  findCommandsHandedOn(program, found, names);
  findRequiredHandedOn(program, found, names);
}

const CLIENT_PACKAGE = /^@aws-sdk\/client-[\w-]+$/;

/** `new CreateDataRepositoryTaskCommand({…})`. */
function addCommand(call: CallExpression, program: SourceProgram, found: ProgramFindings): void {
  const { callee } = call;
  if (callee.kind === "index") addComputed(call, callee.of, program, found);
  const imported = importedAs(callee, program);
  const operation = imported ? operationOfCommand(imported, program) : ofUnboundCommand(callee, program);
  if (operation === undefined) return;
  const [input] = positional(call);
  const isKept = isInputUsed(call, program);
  add(
    call,
    operation,
    isKept && input ? { ...input, kind: "other", isRead: false, children: [] } : input,
    callee,
    program,
    found,
  );
}

const operationOfCommand = ({ module, name }: Imported, program: SourceProgram): string | undefined =>
  name?.endsWith("Command") && CLIENT_PACKAGE.test(module)
    ? program.operations.find(module, name)
    : undefined;

/** A page often shows a part of a program, without its imports: then the class has no other meaning. */
const ofUnboundCommand = (callee: ProgramNode, program: SourceProgram): string | undefined =>
  callee.kind === "name" && program.scopes.bindings(callee).length === 0
    ? likelyCommand(callee.name, program)
    : undefined;

/** The operation of a command whose name alone tells it. */
function likelyCommand(command: string, program: SourceProgram): string | undefined {
  const name = /^(\w+)Command$/.exec(command)?.[1];
  const named = name === undefined ? [] : program.operations.named(name);
  return findTelling(
    named.filter((operation) => !isSharedName(nameOf(operation))),
    false,
  );
}

/** `command.input`: the command is changed, or asked for what it was given. */
function isInputUsed({ parent }: CallExpression, program: SourceProgram): boolean {
  if (parent?.kind !== "assign" || parent.target.kind !== "name") return false;
  return program.scopes
    .mentions(parent.target)
    .some((mention) => isMemberOf(mention, "input") || isGivenOn(mention));
}

const isMemberOf = ({ parent }: ProgramNode, name: string): boolean =>
  parent?.kind === "member" && parent.name === name;

/** `const { input } = command ?? {}`, `const other = command`: its input may be reached by another name. */
function isGivenOn(mention: ProgramNode): boolean {
  let node = mention;
  for (let { parent } = node; parent && !ENDS.has(parent.kind); { parent } = node) {
    if (parent.kind === "assign") return parent.value === node;
    node = parent;
  }
  return false;
}

const ENDS: ReadonlySet<ProgramNode["kind"]> = new Set(["call", "argument", "flow", "scope", "member"]);

/** `new sdk[name](…)`: any command of the package. */
function addComputed(
  call: CallExpression,
  of: ProgramNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const imported = importedAs(of, program);
  if (
    !imported ||
    !CLIENT_PACKAGE.test(imported.module) ||
    !program.operations.names.hasService(imported.module)
  )
    return;
  found.skip(call.span, `which command of ${quoted(imported.module)} this is, only the run knows`);
}

/** `fsx.createDataRepositoryTask({…})`, where the client is in sight. */
function addMethod(
  call: CallExpression,
  method: MemberNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  if (program.operations.named(method.name).length === 0) return;
  const service = clientService(method.of, program, clientsOf(program));
  const operation = service === undefined ? undefined : program.operations.find(service, method.name);
  if (operation === undefined) found.passForeignCall(service, call);
  if (operation === undefined || methodOf(operation) !== method.name) return;
  const [input] = positional(call);
  // With nothing but a callback, there is no input.
  const payload = input?.kind === "scope" ? undefined : input;
  add(call, operation, payload, method, program, found);
}

/** `fsx["createDataRepositoryTask"]({…})`, `fsx[name]({…})`. */
function addNamedMethod(
  call: CallExpression,
  { of, key }: IndexNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const service = knownService(of, program, clientsOf(program));
  if (service === undefined) return;
  const { value: name } = program.evaluator(call).valueOf(key);
  const operation = typeof name === "string" ? program.operations.find(service, name) : undefined;
  if (operation !== undefined && methodOf(operation) === name)
    add(call, operation, positional(call)[0], key, program, found);
  else if (typeof name !== "string") found.skip(call.span, whyComputed(service));
}

/** `paginateListFileShares({ client }, {…})`. */
function addPaginator(call: CallExpression, program: SourceProgram, found: ProgramFindings): void {
  const imported = importedAs(call.callee, program);
  const name = /^paginate(\w+)$/.exec(imported?.name ?? "")?.[1];
  if (!imported || name === undefined || !CLIENT_PACKAGE.test(imported.module)) return;
  const operation = program.operations.find(imported.module, name);
  if (operation !== undefined) add(call, operation, positional(call)[1], call.callee, program, found);
}

function add(
  call: CallExpression,
  operation: string,
  input: ProgramNode | undefined,
  { span, ...callee }: ProgramNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  // A command keeps the object that it is made of, and is looked at when it is sent.
  const evaluator = program.evaluator(call, { isKept: call.isNew && call.parent?.kind !== "call" });
  const payload = input
    ? evaluator.valueOf(input)
    : evaluator.objectOf([], { span: call.span, overrides: false });
  const named = callee.kind === "member" ? callee.nameSpan : span;
  found.add({ operation, container: "aws-sdk-js", node: call, named, payload, style: styleOf(program) });
}

/** What a client's method is called for an operation. */
function methodOf(operation: string): string {
  const name = nameOf(operation);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Enumerations come out of the package of the client. */
const styleOf = (program: SourceProgram): SdkStyle => ({
  isEnumeration: ({ of }) => CLIENT_PACKAGE.test(importedAs(of, program)?.module ?? ""),
});

const clientsOf = (program: SourceProgram): ClientMakers => ({
  made: (node) => {
    // X-Ray returns the client that it is given: `AWSXRay.captureAWSClient(new AWS.FSx())`.
    const isCaptured = node.kind === "call" && /^captureAWS/.test(lastName(node.callee) ?? "");
    const made = isCaptured ? node.args[0] : node;
    return made?.kind === "call" && made.isNew ? madeBy(made.callee, program) : undefined;
  },
  typed: (annotation) => (program.operations.names.hasService(annotation) ? annotation : undefined),
});

/** A page that loads the SDK by an element of its own has it in a variable: `new AWS.FSx()`. */
const ofGlobal = (callee: ProgramNode, program: SourceProgram): Imported | undefined =>
  callee.kind === "member" &&
  callee.of.kind === "name" &&
  callee.of.name === "AWS" &&
  program.scopes.bindings(callee.of).length === 0
    ? { module: "aws-sdk", name: callee.name }
    : undefined;

/** The service of a class of clients: `FSx` of `aws-sdk`, of `aws-sdk/clients/fsx` or of `@aws-sdk/client-fsx`. */
function madeBy(callee: ProgramNode, program: SourceProgram): string | undefined {
  const { module = "", name } = importedAs(callee, program) ?? ofGlobal(callee, program) ?? {};
  if (CLIENT_PACKAGE.test(module)) return name?.endsWith("Command") ? undefined : module;
  const client = /^aws-sdk\/clients\/(\w+)$/.exec(module)?.[1];
  // `aws-sdk/clients/all`, `aws-sdk/global` and `aws-sdk/dist/aws-sdk` are the SDK as a whole.
  return /^aws-sdk(?:\/|$)/.test(module) && (client === undefined || client === "all") ? name : client;
}
