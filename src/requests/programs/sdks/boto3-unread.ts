import { quoted } from "../../../diagnostics/text.ts";
import type { ProgramFindings } from "../findings.ts";
import type { CallExpression, MemberNode } from "../model/node.ts";
import { lastName, positional, textOfLiteral } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";
import type { ClientMakers } from "./clients.ts";
import { knownService } from "./clients.ts";
import { whyComputed, whyHandedOn } from "./unread.ts";

/** Calls of boto3 that only the run can put together, or that another function makes. */
export function findUnreadBoto3Calls(
  program: SourceProgram,
  clients: ClientMakers,
  found: ProgramFindings,
): void {
  const serviceOf = (node: MemberNode["of"]): string | undefined => knownService(node, program, clients);
  for (const call of program.scopes.calls) {
    const why = dynamicCall(call, program, serviceOf);
    if (why !== undefined) found.skip(call.span, why);
  }
  for (const member of program.scopes.members) {
    const service = isHandedOn(member) ? serviceOf(member.of) : undefined;
    const operation = service && program.operations.find(service, member.name);
    if (operation) found.skip(member.span, whyHandedOn(member.name, operation), operation);
  }
}

/** Why the operation of a call, or what it is given, isn't known; undefined for any other call. */
function dynamicCall(
  call: CallExpression,
  program: SourceProgram,
  serviceOf: (node: MemberNode["of"]) => string | undefined,
): string | undefined {
  const { callee } = call;
  const [first, second] = positional(call);
  if (callee.kind === "call" && lastName(callee.callee) === "getattr") {
    const [client, name] = positional(callee);
    const service = client && serviceOf(client);
    const text = textOfLiteral(name);
    if (!service || (text !== undefined && !program.operations.find(service, text))) return undefined;
    return whyComputed(service);
  }
  if (callee.kind !== "member" || !first) return undefined;
  if (callee.name !== "_make_api_call" && callee.name !== "generate_presigned_url") return undefined;
  const service = serviceOf(callee.of);
  const name = textOfLiteral(first);
  const isKnown =
    service !== undefined && (name === undefined || program.operations.find(service, name) !== undefined);
  return isKnown && (second || call.args.length > 1 || name === undefined)
    ? `${quoted(`${callee.name}(${name ?? "…"})`)} is not read: call the operation by its own method`
    : undefined;
}

/** A method that isn't called where it stands, nor replaced, nor asked how it was called. */
function isHandedOn(member: MemberNode): boolean {
  const { parent } = member;
  if (parent?.kind === "call") return parent.callee !== member;
  return (
    parent?.kind === "argument" ||
    parent?.kind === "list" ||
    parent?.kind === "entry" ||
    (parent?.kind === "assign" && parent.value === member)
  );
}
