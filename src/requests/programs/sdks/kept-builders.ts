import type { BuilderCall } from "../languages/java-builders.ts";
import { chainFrom } from "../languages/java-builders.ts";
import type { CallExpression, FlowNode, NameNode, ProgramNode, ScopeNode } from "../model/node.ts";
import { enclosing, lastName } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";

/** A request that a builder in a variable makes, with what it was given before. */
export interface KeptRequest {
  end: CallExpression;
  steps: readonly BuilderCall[];
}

/**
 * `var b = X.builder(); b.type("…"); … b.build()`: the requests of a builder that nothing else gets hold of; undefined for
 * any other builder.
 */
export function requestsOfKept(begun: CallExpression, program: SourceProgram): KeptRequest[] | undefined {
  const { parent } = begun;
  if (parent?.kind !== "assign" || parent.value !== begun || parent.target.kind !== "name") return undefined;
  const { target } = parent;
  if (program.scopes.bindings(target).length !== 1 || functionOf(target)?.what !== "function")
    return undefined;
  const mentions = program.scopes.mentions(target).toSorted((a, b) => a.span.start - b.span.start);
  const calls = mentions.map((mention) => callOf(mention, target));
  if (calls.some((call) => call === undefined)) return undefined;
  const chains = calls as CallExpression[];
  const ends = chains.filter((call) => lastName(call.callee) === "build");
  const isTold = ends.length > 0 && ends.every((end) => !isRepeated(end, parent));
  return isTold ? ends.map((end) => ({ end, steps: stepsTo(end, [begun, ...chains], parent) })) : undefined;
}

const isFunction = (node: ProgramNode): node is ScopeNode =>
  node.kind === "scope" && (node.what === "function" || node.what === "class" || node.what === "module");

const functionOf = (node: ProgramNode): ScopeNode | undefined => enclosing(node, isFunction);

/** A statement of calls on the builder, or the end of it; undefined for anything else, and in another function. */
function callOf(mention: NameNode, target: NameNode): CallExpression | undefined {
  const call = chainFrom(mention);
  if (call.kind !== "call" || functionOf(mention) !== functionOf(target)) return undefined;
  const { parent } = call;
  const isStatement =
    (parent?.kind === "scope" && parent.what === "block") ||
    (parent?.kind === "flow" && parent.how === "branch");
  return isStatement || lastName(call.callee) === "build" ? call : undefined;
}

const isLoop = (node: ProgramNode): node is FlowNode => node.kind === "flow" && node.how === "loop";

/** In a loop that the builder was begun before, what comes later comes before it the next time. */
function isRepeated(end: ProgramNode, begun: ProgramNode): boolean {
  const loop = enclosing(end, isLoop);
  return loop !== undefined && !contains(loop, begun);
}

const contains = (outer: ProgramNode, { span }: ProgramNode): boolean =>
  span.start >= outer.span.start && span.end <= outer.span.end;

/** What is called on the builder up to its end, which may give it something, too. */
const stepsTo = (end: CallExpression, calls: readonly CallExpression[], begun: ProgramNode): BuilderCall[] =>
  calls
    .filter((call) => call === end || call.span.end <= end.span.start)
    .map((call) => ({ call, isCertain: isCertain(call, end, begun) }));

function isCertain(call: ProgramNode, end: ProgramNode, begun: ProgramNode): boolean {
  if (call === end) return true;
  for (let outer = call.parent; outer && !contains(outer, begun); outer = outer.parent)
    if (outer.kind === "flow" && !contains(outer, end)) return false;
  return true;
}
