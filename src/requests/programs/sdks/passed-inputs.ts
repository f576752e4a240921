import { quoted } from "../../../diagnostics/text.ts";
import type { ProgramFindings } from "../findings.ts";
import type { CallExpression, MemberNode, ProgramNode } from "../model/node.ts";
import { lastName } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";
import { returnsIn } from "./clients.ts";
import { whyHandedOn, whyInputUnknown } from "./unread.ts";

/** How an SDK whose calls are given requests that are made before is recognised. */
export interface PassedInputs {
  /** The operation that a method of this name calls, of a service whose package the program imports. */
  operationOf(method: string): string | undefined;
  /** Makes the call a request, which is read where it stands? */
  isInput(call: CallExpression): boolean;
  /** The arguments that may be the request. */
  inputsOf(call: CallExpression): readonly ProgramNode[];
}

/** Calls of operations that are given what this program doesn't make, and methods that are handed on. */
export function findPassedInputs(
  program: SourceProgram,
  found: ProgramFindings,
  { operationOf, isInput, inputsOf }: PassedInputs,
): void {
  for (const member of program.scopes.members) {
    const operation = isReplaced(member) ? undefined : operationOf(member.name);
    if (operation === undefined) continue;
    const { parent } = member;
    if (parent?.kind !== "call" || parent.callee !== member) {
      found.skip(member.span, whyHandedOn(member.name, operation), operation);
      continue;
    }
    const inputs = inputsOf(parent).filter(mayBeInput);
    const last = inputs.at(-1);
    if (!last) continue;
    if (inputs.some((input) => isMadeHere(input, isInput, program))) found.see(parent.span);
    else {
      const why = `${quoted(program.sourceOf(last.span))} is made somewhere else: ${whyInputUnknown(operation)}`;
      found.skip(parent.span, why, operation);
    }
  }
}

/** A method that is given another body, or one of an object that a test expects to be called. */
const isReplaced = ({ parent, of, ...member }: MemberNode): boolean =>
  (parent?.kind === "assign" && parent.target.span === member.span) ||
  (of.kind === "call" && ["EXPECT", "verify", "when", "given"].includes(lastName(of.callee) ?? ""));

/** No literal is a request; a wrapper of the operation's name may take one. */
const mayBeInput = ({ kind }: ProgramNode): boolean =>
  kind !== "literal" && kind !== "template" && kind !== "list";

/** A value is looked for in as many places. */
const MAX_PLACES = 500;

/** Does the program make a value itself, as far as names, functions and fields lead to it? */
function isMadeHere(value: ProgramNode, isInput: PassedInputs["isInput"], program: SourceProgram): boolean {
  const seen = new Set<ProgramNode>();
  const waiting = [value];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node) || seen.size > MAX_PLACES) continue;
    seen.add(node);
    if (node.kind === "call" && isInput(node)) return true;
    waiting.push(...sourcesOf(node, program));
  }
  return false;
}

/** Where a value may come from. */
function sourcesOf(node: ProgramNode, { scopes }: SourceProgram): readonly ProgramNode[] {
  if (node.kind === "name") return scopes.bindings(node).flatMap(({ by }) => assigned(by));
  if (node.kind === "other" || node.kind === "flow") return node.children;
  if (node.kind === "member") return scopes.assignsTo(node.name).flatMap(assigned);
  if (node.kind !== "call") return [];
  const { callee, args } = node;
  const named = scopes.functions.filter(({ name }) => name !== undefined && name === lastName(callee));
  const functions = callee.kind === "scope" ? [callee] : named;
  const returned = functions.flatMap(returnsIn).filter((value) => value !== undefined);
  return [...(callee.kind === "member" ? [callee.of] : []), ...args, ...returned];
}

/** What is assigned, or what stands beside where it is one of several values, or may be replaced. */
function assigned(assign: ProgramNode): readonly ProgramNode[] {
  if (assign.kind !== "assign") return [];
  if (assign.value) return [assign.value];
  return assign.parent?.kind === "other" ? assign.parent.children : [];
}
