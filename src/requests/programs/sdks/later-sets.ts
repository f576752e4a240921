import type { Span } from "../../../diagnostics/lines.ts";
import type { CallExpression, ProgramNode } from "../model/node.ts";
import type { ProgramValue } from "../model/value.ts";
import { holeAt, ObjectBuilder } from "../model/value.ts";
import type { SourceProgram } from "../program.ts";

/** A member that the program sets somewhere, of an object that may be any. */
interface LaterSet {
  name: string;
  key: Span;
  value: Span;
}

/** By names in small letters. */
type SetsByName = ReadonlyMap<string, readonly LaterSet[]>;

/** Collects what a program sets, once for all its requests. */
const onceForProgram = (
  collect: (program: SourceProgram) => readonly LaterSet[],
): ((program: SourceProgram) => SetsByName) => {
  const known = new WeakMap<SourceProgram, SetsByName>();
  return (program) => {
    const sets = known.get(program) ?? groupByName(collect(program));
    known.set(program, sets);
    return sets;
  };
};

function groupByName(sets: readonly LaterSet[]): SetsByName {
  const groups = new Map<string, LaterSet[]>();
  for (const set of sets) {
    const name = set.name.toLowerCase();
    const group = groups.get(name);
    if (group) group.push(set);
    else groups.set(name, [set]);
  }
  return groups;
}

/**
 * What is known of a request that is returned or passed on: whoever gets it may give it other members, as far as the
 * program does that anywhere.
 */
export function withLaterSets(
  payload: ProgramValue,
  operation: string,
  program: SourceProgram,
  sets: SetsByName,
): ProgramValue {
  const { members } = program.operations.shapes(operation);
  const names = new Set(Object.keys(members).map((name) => name.toLowerCase()));
  const own = [...names]
    .flatMap((name) => sets.get(name) ?? [])
    .filter(({ key }) => !isInside(payload, key))
    .sort((a, b) => a.key.start - b.key.start);
  if (!payload.members || own.length === 0) return payload;
  const builder = new ObjectBuilder(({ start, end }) => program.text.slice(start, end));
  builder.spread(payload);
  for (const { name, key, value } of own)
    builder.setMaybe(name, { ...holeAt(value, (span) => program.sourceOf(span)), key });
  return builder.done(payload.span, program.sourceOf(payload.span));
}

/** What the evaluation of the payload has followed already. */
const isInside = ({ members }: ProgramValue, key: Span): boolean =>
  [...(members?.values() ?? [])].some((member) => member.key?.start === key.start);

/** `x.Name = …`, whatever `x` is. */
export const assignedMembers = onceForProgram((program) =>
  program.scopes.assigns.flatMap(({ target, value }) =>
    target.kind === "member"
      ? [{ name: target.name, key: target.nameSpan, value: (value ?? target).span }]
      : [],
  ),
);

/** `x.toBuilder().name(…)`: all methods of such a chain. */
export const rebuiltMembers = onceForProgram((program) =>
  program.scopes.calls.flatMap((call) => {
    const { callee } = call;
    if (callee.kind !== "member" || !isRebuilt(callee.of)) return [];
    return [{ name: callee.name, key: callee.nameSpan, value: (call.args[0] ?? call).span }];
  }),
);

function isRebuilt(node: ProgramNode): boolean {
  for (let base = node; isMethodCall(base); base = base.callee.of)
    if (base.callee.name === "toBuilder") return true;
  return false;
}

const isMethodCall = (node: ProgramNode): node is CallExpression & { callee: { kind: "member" } } =>
  node.kind === "call" && node.callee.kind === "member";
