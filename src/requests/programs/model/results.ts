import type { CallExpression, NameNode, ProgramNode, ScopeNode } from "./node.ts";
import { namedArgument, positional } from "./node.ts";
import type { Scopes } from "./scopes.ts";

export type SourceOfNode = (node: ProgramNode) => string;

/** A function of the program that returns what one expression says, however it is called. */
export interface KnownFunction {
  definition: ScopeNode;
  result: ProgramNode;
}

/** What a call of a function of the program returns, where nothing but one expression decides that. */
export function functionCalled(
  { callee, isNew }: CallExpression,
  scopes: Scopes,
  sourceOf: SourceOfNode,
): KnownFunction | undefined {
  if (callee.kind !== "name" || isNew || scopes.mayRebind) return undefined;
  const [binding, ...others] = scopes.bindings(callee);
  const definition = binding?.value;
  if (others.length > 0 || definition?.kind !== "scope" || definition.what !== "function") return undefined;
  const result = definition.result ?? lastReturn(definition);
  if (!result || isDecorated(binding!.by, sourceOf)) return undefined;
  return SPECIAL.test(sourceOf(definition)) ? undefined : { definition, result };
}

/** A generator returns its values one by one, and a function that is waited for a promise; arguments have two names. */
const SPECIAL = /^async\b|\byield\b|^function\s*\*|\barguments\b/;

/** The value of the only `return`, if that is the last statement of all. */
function lastReturn(definition: ScopeNode): ProgramNode | undefined {
  const last = definition.children.at(-1);
  const body = last?.kind === "scope" && last.what === "block" ? last : definition;
  const final = body.children.at(-1);
  return final?.kind === "return" && countReturns(definition) === 1 ? final.value : undefined;
}

function countReturns(scope: ScopeNode): number {
  let count = 0;
  const waiting: ProgramNode[] = [...scope.children];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.kind === "return") count++;
    else if (next.kind === "flow" || next.kind === "other") waiting.push(...next.children);
    else if (next.kind === "scope" && next.what === "block") waiting.push(...next.children);
  }
  return count;
}

/** What stands above a function in Python may make another one of it. */
const isDecorated = ({ parent }: ProgramNode, sourceOf: SourceOfNode): boolean =>
  parent?.kind === "other" && sourceOf(parent).startsWith("@");

/** What a call gives a parameter of the function; undefined for any other name, and where that isn't told. */
export function argumentOf(
  name: NameNode,
  { definition }: KnownFunction,
  call: CallExpression,
  scopes: Scopes,
  sourceOf: SourceOfNode,
): ProgramNode | undefined {
  const [binding, ...others] = scopes.bindings(name);
  const by = binding?.by;
  if (by?.kind !== "assign" || others.length > 0 || by.target !== binding!.name) return undefined;
  const index = definition.children.filter(isParameter).indexOf(by);
  // One that collects several arguments has none of them for its value.
  if (index < 0 || /^[*.]/.test(sourceOf(by)) || call.args.some(({ kind }) => kind === "spread"))
    return undefined;
  return namedArgument(call, name.name) ?? positional(call)[index];
}

const isParameter = (node: ProgramNode): boolean =>
  node.kind === "assign" && node.declares === "block" && node.value === undefined;
