import type { Span } from "../../../diagnostics/lines.ts";
import type { Container } from "../../request.ts";
import type { ProgramFindings } from "../findings.ts";
import type { SdkStyle } from "../model/conform.ts";
import type { CallExpression, NameNode, ProgramNode } from "../model/node.ts";
import { enclosing, lastName } from "../model/node.ts";
import { nameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import { assignedMembers, withLaterSets } from "./later-sets.ts";

/** An SDK whose requests are objects of a type of their own. */
export interface InputSdk {
  container: Container;
  style: SdkStyle;
  /** What methods of clients have behind an operation's name. */
  suffixes: readonly string[];
  /** Is a call made at another time than when its arguments are given? What changes later counts, too. */
  isRunLater?(call: CallExpression | undefined, program: SourceProgram): boolean;
}

/**
 * Adds the requests of an input: one for each call that it is sent with, or what is known of it where it is handed on. A
 * variable that is given one of two inputs is sent once: `sent` has the uses that are told already.
 */
export function addInput(
  { input, whole, sent }: { input: CallExpression; whole: CallExpression; sent: Set<ProgramNode> },
  operation: string,
  {
    container,
    style,
    suffixes,
    isRunLater = () => false,
    program,
    found,
  }: InputSdk & { program: SourceProgram; found: ProgramFindings },
): void {
  const { callee } = input;
  const { parent } = whole;
  found.see(declarationOf(input, program));
  const named = callee.kind === "member" ? callee.nameSpan : callee.span;
  const target = parent?.kind === "assign" && parent.value === whole ? parent.target : undefined;
  const mentions = target?.kind === "name" ? mentionsOf(target, program) : [];
  if (isWaitedFor(mentions.length > 0 ? mentions : [whole])) return;
  const sendings = mentions.filter((mention) => callOfOperation(mention, operation, suffixes) !== undefined);
  // What is never sent here is handed on: then its last mention tells what is known of it.
  const uses = sendings.length > 0 ? sendings : mentions.slice(-1);
  for (const use of uses.length > 0 ? uses : [whole]) {
    const call = callOfOperation(use, operation, suffixes);
    if (sent.has(use)) continue;
    sent.add(use);
    const isKept = isRunLater(call, program);
    const value = program.evaluator(call ?? use, { isKept }).valueOf(use);
    const isShared = parent?.kind === "assign" && parent.isShared === true && use === whole;
    const known = isShared ? program.evaluator(use).hole(use.span) : value;
    const payload = call ? known : withLaterSets(known, operation, program, assignedMembers(program));
    found.add({ operation, container, named, style, node: call ?? use, payload });
  }
}

/** An input, from the type of the variable on that it is declared for: `CreateDataRepositoryTaskRequest request = new() { … }`. */
function declarationOf({ parent, span }: CallExpression, { text }: SourceProgram): Span {
  const type = parent?.kind === "assign" ? parent.annotation : undefined;
  const start = type === undefined || type === "var" ? -1 : text.lastIndexOf(type, span.start);
  return start < 0 || span.start - start > MAX_DECLARATION ? span : { start, end: span.end };
}

/** Types and names of variables are shorter. */
const MAX_DECLARATION = 300;

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

/** The call of the operation that an input is an argument of. */
function callOfOperation(
  node: ProgramNode,
  operation: string,
  suffixes: readonly string[],
): CallExpression | undefined {
  const call = enclosing(node, (outer): outer is CallExpression => outer.kind === "call");
  const name = call?.callee.kind === "member" ? call.callee.name : "";
  const base = nameOf(operation);
  const isCall = suffixes.some((suffix) => name === `${base}${suffix}`);
  return isCall && call?.args.includes(node) ? call : undefined;
}
