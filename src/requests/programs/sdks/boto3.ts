import { quoted } from "../../../diagnostics/text.ts";
import { toKebabCase } from "../../aws-cli/names.ts";
import { findBoto3Aliases } from "../../dialects/boto3-aliases.ts";
import { namesService } from "../../mentions/services.ts";
import { isSharedName } from "../../mentions/shared-names.ts";
import type { ProgramFindings } from "../findings.ts";
import type { SdkStyle } from "../model/conform.ts";
import type { ArgumentNode, CallExpression, MemberNode } from "../model/node.ts";
import { lastName, namedArgument, positional, textOfLiteral } from "../model/node.ts";
import type { ProgramValue } from "../model/value.ts";
import { nameOf, serviceNameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import { findUnreadBoto3Calls } from "./boto3-unread.ts";
import type { ClientMakers } from "./clients.ts";
import { clientService } from "./clients.ts";
import { findTelling } from "./likely-operation.ts";

/** Calls of boto3 and aiobotocore. */
export function findBoto3Calls(program: SourceProgram, found: ProgramFindings): void {
  const isBoto = /\b(?:boto3|botocore|aiobotocore|aioboto3)\b/.test(program.text);
  for (const call of program.scopes.calls) {
    const { callee } = call;
    if (callee.kind !== "member") continue;
    if (callee.name === "paginate") addPaginator(call, callee, program, found);
    else addCall(call, callee, { program, isBoto }, found);
  }
  findUnreadBoto3Calls(program, CLIENTS, found);
}

/** A program, and whether it names boto3. */
interface BotoProgram {
  program: SourceProgram;
  isBoto: boolean;
}

function addCall(
  call: CallExpression,
  method: MemberNode,
  { program, isBoto }: BotoProgram,
  found: ProgramFindings,
): void {
  const named = program.operations
    .named(method.name)
    .filter((operation) => methodOf(operation) === method.name);
  // boto3 takes no positional arguments: such a method is somebody else's.
  if (named.length === 0 || positional(call).length > 0) return;
  const service = clientService(method.of, program, CLIENTS);
  const operation =
    service === undefined
      ? likelyOperation(call, named, { program, isBoto })
      : program.operations.ofService(named, service);
  if (operation === undefined) found.passForeignCall(service, call);
  if (isBoto && service === undefined && operation === undefined)
    skipAmbiguous(call, { name: method.name, named }, program, found);
  if (operation === undefined || !hasMembers(call, operation, program, service !== undefined)) return;
  const evaluator = program.evaluator(call);
  const payload = evaluator.objectOf(call.args, { span: call.span, overrides: false });
  reportBothNames(payload, operation, program, found);
  const style = createAliasStyle(payload, operation);
  found.add({ operation, container: "boto3", node: call, named: method.nameSpan, payload, style });
}

/** Several services have the method, and no client in the file tells which one is meant. */
function skipAmbiguous(
  call: CallExpression,
  { name, named }: { name: string; named: readonly string[] },
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const fitting = named.filter(
    (operation) =>
      keywords(call).length > 0 && fits(call, operation, program) && hasRequired(call, operation, program),
  );
  const [only, ...others] = fitting;
  if (only === undefined || program.scopes.calls.some((each) => CLIENTS.made(each) !== undefined)) return;
  const why = `which service's ${quoted(name)} this calls, only the run knows`;
  found.skip(call.span, why, others.length === 0 ? only : undefined);
}

function hasRequired(call: CallExpression, operation: string, program: SourceProgram): boolean {
  const given = new Set(keywords(call).map(({ name }) => name));
  const { required = [] } = program.operations.shape(operation);
  return call.args.some(({ kind }) => kind === "spread") || required.every((name) => given.has(name));
}

/** The other names that boto3 has for members at the top. */
function createAliasStyle(payload: ProgramValue, operation: string): SdkStyle {
  const aliases = Object.entries(findBoto3Aliases(operation));
  const used = aliases.find(([alias]) => payload.members?.has(alias));
  if (!used) return {};
  const [alias, { to }] = used;
  return {
    apiName: (name, members) => (name === alias && members.includes(to) ? to : undefined),
    spell: (member) => (member === to ? alias : member),
  };
}

/** boto3 refuses a call that has a member under both of its names. */
function reportBothNames(
  { members }: ProgramValue,
  operation: string,
  { within }: SourceProgram,
  found: ProgramFindings,
): void {
  for (const [alias, { to }] of Object.entries(findBoto3Aliases(operation))) {
    const given = members?.get(alias);
    if (!given || !members?.has(to)) continue;
    found.faults.push({
      code: "document/duplicate-key",
      span: within.span(given.key ?? given.span),
      message: `${quoted(alias)} and ${quoted(to)} are one member`,
      help: "keep one of them: boto3 refuses a call with both",
    });
  }
}

/** `fsx.get_paginator("describe_file_systems").paginate(…)`, where the client is in sight. */
function addPaginator(
  call: CallExpression,
  { of, nameSpan }: MemberNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const bindings = of.kind === "name" ? program.scopes.bindings(of) : [];
  const maker = of.kind === "name" && bindings.length === 1 ? bindings[0]!.value : of;
  if (maker?.kind !== "call" || maker.callee.kind !== "member" || maker.callee.name !== "get_paginator")
    return;
  const service = clientService(maker.callee.of, program, CLIENTS);
  const name = textOfLiteral(positional(maker)[0] ?? namedArgument(maker, "operation_name"));
  const operation =
    service !== undefined && name !== undefined ? program.operations.find(service, name) : undefined;
  if (operation === undefined || methodOf(operation) !== name || positional(call).length > 0) return;
  const args = call.args.filter((arg) => arg.kind !== "argument" || arg.name !== "PaginationConfig");
  const payload = program.evaluator(call).objectOf(args, { span: call.span, overrides: false });
  found.add({ operation, container: "boto3", node: call, named: nameSpan, payload });
}

/** What boto3 calls an operation. */
const methodOf = (operation: string): string => toKebabCase(nameOf(operation)).replaceAll("-", "_");

/** Where no client is in sight: a name that no other library has, or one of few services that the file names. */
function likelyOperation(
  call: CallExpression,
  named: readonly string[],
  { program, isBoto }: BotoProgram,
): string | undefined {
  const isOwn = named.length === 1 && !isSharedName(nameOf(named[0]!));
  const fitting = isOwn
    ? named
    : named.filter(
        (operation) => fits(call, operation, program) && namesService(program.text, serviceNameOf(operation)),
      );
  return findTelling(fitting, isBoto);
}

const keywords = ({ args }: CallExpression): ArgumentNode[] => args.filter((arg) => arg.kind === "argument");

const fits = (call: CallExpression, operation: string, program: SourceProgram): boolean => {
  const names = listMemberNames(operation, program);
  return keywords(call).every(({ name }) => names.has(name));
};

const listMemberNames = (operation: string, program: SourceProgram): ReadonlySet<string> =>
  new Set([
    ...Object.keys(program.operations.shapes(operation).members),
    ...Object.keys(findBoto3Aliases(operation)),
  ]);

/** A wrapper of the same name has arguments of its own; a call without any is one only where nothing is required. */
function hasMembers(
  call: CallExpression,
  operation: string,
  program: SourceProgram,
  isClient: boolean,
): boolean {
  const names = keywords(call).map(({ name }) => name);
  // No member of any request has an underscore.
  if (names.some((name) => name.includes("_"))) return false;
  if (isClient) return true;
  const known = listMemberNames(operation, program);
  if (names.length > 0) return names.some((name) => known.has(name));
  return call.args.length > 0 || (program.operations.shape(operation).required ?? []).length === 0;
}

const CLIENTS: ClientMakers = {
  made: (node) => {
    if (node.kind === "member") return ofResource(node);
    if (node.kind !== "call") return undefined;
    const name = lastName(node.callee);
    if (name !== "client" && name !== "create_client") return undefined;
    return textOfLiteral(positional(node)[0] ?? namedArgument(node, "service_name"));
  },
  typed: (annotation) => /^(\w+)Client$/.exec(annotation)?.[1],
};

/** `boto3.resource("s3").meta.client`. */
function ofResource({ of, name }: MemberNode): string | undefined {
  if (name !== "client" || of.kind !== "member" || of.name !== "meta" || of.of.kind !== "call")
    return undefined;
  return lastName(of.of.callee) === "resource" ? textOfLiteral(positional(of.of)[0]) : undefined;
}
