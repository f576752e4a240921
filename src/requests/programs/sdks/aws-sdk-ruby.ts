import type { ProgramFindings } from "../findings.ts";
import type { SdkStyle } from "../model/conform.ts";
import type { CallExpression, MemberNode, ProgramNode } from "../model/node.ts";
import { positional, textOfLiteral } from "../model/node.ts";
import type { ProgramValue } from "../model/value.ts";
import { nameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import type { ClientMakers } from "./clients.ts";
import { clientService, knownService } from "./clients.ts";
import { likelyOperation } from "./likely-operation.ts";
import { toRubyName } from "./ruby-names.ts";
import { whyComputed } from "./unread.ts";

/** Calls of the AWS SDK for Ruby. */
export function findRubySdkCalls(program: SourceProgram, found: ProgramFindings): void {
  for (const call of program.scopes.calls) {
    const { callee } = call;
    if (callee.kind !== "member") continue;
    if (SENDERS.has(callee.name)) addSent(call, callee, program, found);
    else addCall(call, callee, callee.name, call.args, program, found);
  }
}

/** Methods that call another by its name. */
const SENDERS = new Set(["send", "public_send", "__send__"]);

/** `client.public_send(:create_data_repository_task, …)`. */
function addSent(
  call: CallExpression,
  sender: MemberNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const [name, ...args] = call.args;
  const text = textOfLiteral(name);
  if (text !== undefined) {
    addCall(call, { ...sender, nameSpan: name!.span }, text, args, program, found);
    return;
  }
  const service = knownService(sender.of, program, CLIENTS);
  if (service !== undefined) found.skip(call.span, whyComputed(service));
}

function addCall(
  call: CallExpression,
  method: MemberNode,
  name: string,
  args: readonly ProgramNode[],
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const named = program.operations.named(name).filter((operation) => toRubyName(nameOf(operation)) === name);
  const given = args.filter(({ kind }) => kind !== "flow");
  const objects = positional({ ...call, args: given });
  if (named.length === 0 || objects.length > 1 || (objects.length > 0 && given.length > 1)) return;
  const payload = payloadOf(call, given, objects[0], program);
  const service = clientService(method.of, program, CLIENTS);
  const operation =
    service === undefined
      ? likely(named, payload, method, program)
      : program.operations.ofService(named, service);
  if (operation === undefined) {
    found.passForeignCall(service, call);
    return;
  }
  found.add({
    operation,
    container: "aws-sdk-ruby",
    node: call,
    named: method.nameSpan,
    payload,
    style: STYLE,
  });
}

function payloadOf(
  call: CallExpression,
  args: readonly ProgramNode[],
  object: ProgramNode | undefined,
  program: SourceProgram,
): ProgramValue {
  const evaluator = program.evaluator(call);
  return object ? evaluator.valueOf(object) : evaluator.objectOf(args, { span: call.span, overrides: true });
}

/** The operation of a call of what may be a client, or something that is made to look like one. */
function likely(
  named: readonly string[],
  payload: ProgramValue,
  { of }: MemberNode,
  program: SourceProgram,
): string | undefined {
  const isOwn = of.kind === "name" && of.name === "self";
  const isNamed = /\bAws::|aws-sdk/.test(program.text);
  return isOwn || !payload.members
    ? undefined
    : likelyOperation(named, [...payload.members.keys()], { program, isNamed, nameOf: toRubyName });
}

const CLIENT = /^(?:::)?Aws::(\w+)::Client\.new\b/;

const CLIENTS: ClientMakers = {
  // `Aws::FSx::Client.new(…)`, also where it is given to a name.
  made: (node) => {
    if (node.kind === "assign") return node.value && CLIENTS.made(node.value);
    if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.name !== "new") return undefined;
    const { of: type } = node.callee;
    if (type.kind !== "member" || type.name !== "Client" || type.of.kind !== "member") return undefined;
    const { of: root, name: service } = type.of;
    return root.kind === "name" && root.name === "Aws" ? service : undefined;
  },
  typed: (annotation) => CLIENT.exec(annotation)?.[1],
};

/** Members are symbols with words in small letters; the SDK makes booleans and numbers of texts. */
const STYLE: SdkStyle = {
  reader: "the AWS SDK for Ruby",
  spell: toRubyName,
  apiName: (name, members) => members.find((member) => toRubyName(member) === name),
  convert: (value, kind) => {
    if (typeof value !== "string") return value;
    if (kind === "boolean") return value === "true" || (value === "false" ? false : value);
    const isNumber =
      (kind === "integer" && /^[+-]?\d{1,15}$/.test(value)) ||
      (kind === "float" && /^[+-]?\d+\.\d+$/.test(value));
    return isNumber ? Number(value) : value;
  },
};
