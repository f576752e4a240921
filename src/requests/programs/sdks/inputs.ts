import type { Container } from "../../request.ts";
import type { ProgramFindings } from "../findings.ts";
import type { SdkStyle } from "../model/conform.ts";
import type { CallExpression, NameNode, ProgramNode } from "../model/node.ts";
import { enclosing } from "../model/node.ts";
import { nameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import { assignedMembers, withLaterSets } from "./later-sets.ts";

/** An SDK whose requests are objects of a type of their own. */
export interface InputSdk {
  container: Container;
  style: SdkStyle;
  /** What methods of clients have behind an operation's name. */
  suffixes: readonly string[];
}

/** Adds the requests of an input: one for each call that it is sent with, or what is known of it where it is handed on. */
export function addInput(
  { input, whole }: { input: CallExpression; whole: CallExpression },
  operation: string,
  {
    container,
    style,
    suffixes,
    program,
    found,
  }: InputSdk & { program: SourceProgram; found: ProgramFindings },
): void {
  const { callee } = input;
  const { parent } = whole;
  found.see(input.span);
  const named = callee.kind === "member" ? callee.nameSpan : callee.span;
  const target = parent?.kind === "assign" && parent.value === whole ? parent.target : undefined;
  const mentions = target?.kind === "name" ? mentionsOf(target, program) : [];
  const sent = mentions.filter((mention) => callOfOperation(mention, operation, suffixes) !== undefined);
  // What is never sent here is handed on: then its last mention tells what is known of it.
  const uses = sent.length > 0 ? sent : mentions.slice(-1);
  for (const use of uses.length > 0 ? uses : [whole]) {
    const call = callOfOperation(use, operation, suffixes);
    const value = program.evaluator(call ?? use).valueOf(use);
    const isShared = parent?.kind === "assign" && parent.isShared === true && use === whole;
    const known = isShared ? program.evaluator(use).hole(use.span) : value;
    const payload = call ? known : withLaterSets(known, operation, program, assignedMembers(program));
    found.add({ operation, container, named, style, node: call ?? use, payload });
  }
}

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
