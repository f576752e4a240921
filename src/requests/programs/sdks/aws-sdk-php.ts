import type { ProgramFindings } from "../findings.ts";
import type { SdkStyle } from "../model/conform.ts";
import { capitalized } from "../model/conform.ts";
import type { CallExpression, MemberNode, ProgramNode } from "../model/node.ts";
import { lastName, positional, textOfLiteral } from "../model/node.ts";
import type { ProgramValue } from "../model/value.ts";
import { objectValue } from "../model/value.ts";
import { nameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import type { ClientMakers } from "./clients.ts";
import { clientService, knownService } from "./clients.ts";
import { importedAs } from "./imports.ts";
import { likelyOperation } from "./likely-operation.ts";
import { whyComputed } from "./unread.ts";

/** Calls of the AWS SDK for PHP: methods of clients, and commands by their operations' names. */
export function findPhpSdkCalls(program: SourceProgram, found: ProgramFindings): void {
  for (const call of program.scopes.calls) {
    const { callee } = call;
    if (callee.kind === "index") addComputed(call, callee.of, program, found);
    if (callee.kind !== "member") continue;
    if (NAMING.has(callee.name)) addNamed(call, callee, program, found);
    else addMethod(call, callee, program, found);
  }
}

/** Methods that take an operation's name and what it is given. */
const NAMING = new Set(["getCommand", "getIterator", "getPaginator"]);

function addNamed(
  call: CallExpression,
  method: MemberNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const [name, input] = call.args;
  const text = textOfLiteral(name);
  if (!name) return;
  if (text === undefined) addComputed(call, method.of, program, found);
  else addCall(call, { receiver: method.of, name: text, named: name.span, input }, program, found);
}

/** `$fsx->createDataRepositoryTask([…])`, also `…Async`. */
function addMethod(
  call: CallExpression,
  method: MemberNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const name = capitalized(method.name.replace(/Async$/, ""));
  const [input] = call.args;
  addCall(call, { receiver: method.of, name, named: method.nameSpan, input }, program, found);
}

/** `$fsx->$name([…])`, `$fsx->getCommand($name)`. */
function addComputed(
  call: CallExpression,
  client: ProgramNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const service = knownService(client, program, clientsOf(program));
  if (service !== undefined) found.skip(call.span, whyComputed(service));
}

interface PhpCall {
  receiver: ProgramNode;
  /** As the API has it. */
  name: string;
  named: ProgramNode["span"];
  input: ProgramNode | undefined;
}

function addCall(
  call: CallExpression,
  { receiver, name, named, input }: PhpCall,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const operations = program.operations.named(name).filter((operation) => nameOf(operation) === name);
  if (operations.length === 0 || input?.kind === "spread" || input?.kind === "argument") return;
  const payload = payloadOf(call, input, program);
  const service = clientService(receiver, program, clientsOf(program));
  const operation =
    service === undefined
      ? likely(operations, payload, call, program)
      : program.operations.ofService(operations, service);
  if (operation === undefined) {
    found.passForeignCall(service, call);
    return;
  }
  found.add({ operation, container: "aws-sdk-php", node: call, named, payload, style: STYLE });
}

function payloadOf(
  call: CallExpression,
  input: ProgramNode | undefined,
  program: SourceProgram,
): ProgramValue {
  const evaluator = program.evaluator(call);
  if (!input) return objectValue({}, call.span);
  return isCommandChanged(call, program) ? evaluator.hole(input.span) : evaluator.valueOf(input);
}

/** `$command["Type"] = …` */
function isCommandChanged({ parent, callee }: CallExpression, program: SourceProgram): boolean {
  if (!NAMING.has(lastName(callee) ?? "") || parent?.kind !== "assign" || parent.target.kind !== "name")
    return false;
  return program.scopes
    .mentions(parent.target)
    .some(({ parent: use }) => use?.kind === "index" && use.of.kind === "name");
}

/** The operation of a call of what may be a client. */
function likely(
  operations: readonly string[],
  { members }: ProgramValue,
  call: CallExpression,
  program: SourceProgram,
): string | undefined {
  const isNamed = /\bAws\\|aws-sdk-php/.test(program.text);
  return members && positional(call).length <= 2
    ? likelyOperation(operations, [...members.keys()], { program, isNamed, nameOf: (member) => member })
    : undefined;
}

const clientsOf = (program: SourceProgram): ClientMakers => ({
  made: (node) => {
    if (node.kind !== "call") return undefined;
    if (node.isNew) return serviceOf(pathOf(node.callee, program));
    const name = lastName(node.callee);
    if (name === "createClient") return textOfLiteral(node.args[0]);
    if (name === "factory" && node.callee.kind === "member")
      return serviceOf(pathOf(node.callee.of, program));
    const service = /^create(?:MultiRegion)?(\w+)$/.exec(name ?? "")?.[1];
    return service !== undefined && program.operations.names.hasService(service) ? service : undefined;
  },
  typed: (annotation) => {
    const known = program.scopes.imports.find(({ local }) => local?.name === annotation);
    return serviceOf(known ? `${known.module}\\${known.imported}` : annotation.replace(/^\\/, ""));
  },
});

/** `Aws\FSx\FSxClient`. */
const serviceOf = (path: string | undefined): string | undefined =>
  /^Aws\\(\w+)\\\w+Client$/.exec(path ?? "")?.[1];

function pathOf(node: ProgramNode, program: SourceProgram): string | undefined {
  if (node.kind !== "name") return undefined;
  const imported = importedAs(node, program);
  return imported ? `${imported.module}\\${imported.name}` : node.name;
}

/** Members have the API's names. An empty array is an object, too. */
const STYLE: SdkStyle = { emptyIsObject: true };
