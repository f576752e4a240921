import type { GraphNode } from "../graph.ts";
import { writeMember } from "./parts.ts";
import type { Value } from "./values.ts";
import { createConstant, isConstant, isDecided, isOpen, OPEN, TRUE, UNCOUNTED } from "./values.ts";
import { type CountingModule, CountingWriter } from "./write.ts";

/** A rule whose expressions are in the graph. */
export interface RuleNodes {
  when: GraphNode | undefined;
  isWhenOfItem: boolean;
  assert: GraphNode;
  /** The lists whose items it checks: paths in the request or the context, or expressions. */
  each: readonly (ItemPath | GraphNode)[] | undefined;
}

export interface ItemPath {
  root: "request" | "context";
  path: readonly string[];
}

/** What a rule finds: how often it is broken, and in the upper half of the number how often it is undecided. */
const HOLDS = createConstant(0, "0");
const BROKEN = createConstant(1, "1");
const UNDECIDED = createConstant(0x10000, "65536");

/** The code of a number, or of a function of the subject and the rule's parameters that gives it. */
export function writeRule(rule: RuleNodes, module: CountingModule): string {
  return rule.each ? writeItemRule(rule, rule.each, module) : writeRequestRule(rule, module);
}

function writeRequestRule({ when, assert }: RuleNodes, module: CountingModule): string {
  const writer = new CountingWriter(module);
  const applies = when ? writer.write(when) : TRUE;
  const decision = writeDecision(applies, writer.write(assert), writer);
  return isConstant(decision) ? decision.code : writer.writeFunction("v, p", `return ${decision.code};`);
}

/** As `decide` of the counted rules: if `assert` holds, the rule holds even if `when` is open. */
function writeDecision(applies: Value, holds: Value, writer: CountingWriter): Value {
  if (isConstant(applies) && applies.constant !== true) return HOLDS;
  if (holds.constant === true) return HOLDS;
  if (isConstant(applies)) return writeAssertion(holds, writer);
  const number = (code: string): Value => ({ code, kind: "number", isKnown: true, cost: 0 });
  if (isOpen(applies))
    return isOpen(holds) || isConstant(holds)
      ? UNDECIDED
      : number(`(${holds.code} === true ? 0 : ${UNDECIDED.code})`);
  if (isDecided(applies)) return number(`(${applies.code} ? ${writeAssertion(holds, writer).code} : 0)`);
  const [a, b] = [writer.takeTemporary(), writer.takeTemporary()];
  const isSettled = `(${a} = ${applies.code}) !== true && ${a} != null || (${b} = ${holds.code}) === true`;
  return number(`(${isSettled} ? 0 : ${a} == null || ${b} == null ? ${UNDECIDED.code} : 1)`);
}

function writeAssertion(holds: Value, writer: CountingWriter): Value {
  if (isOpen(holds)) return UNDECIDED;
  if (isConstant(holds)) return holds.constant === true ? HOLDS : BROKEN;
  const name = writer.takeTemporary();
  const code = isDecided(holds)
    ? `(${holds.code} ? 0 : 1)`
    : `((${name} = ${holds.code}) === true ? 0 : ${name} == null ? ${UNDECIDED.code} : 1)`;
  return { code, kind: "number", isKnown: true, cost: 0 };
}

const ITEM: Value = { code: "item", kind: "any", isKnown: true, cost: 0 };
const INDEX: Value = { code: "index", kind: "number", isKnown: true, cost: 0 };

function writeItemRule(
  rule: RuleNodes,
  lists: NonNullable<RuleNodes["each"]>,
  module: CountingModule,
): string {
  const writer = new CountingWriter(module, { item: ITEM, index: INDEX });
  const given = rule.when && !rule.isWhenOfItem ? writer.write(rule.when) : undefined;
  if (given && isConstant(given) && given.constant !== true) return HOLDS.code;
  const applies: Value | undefined =
    given && !isConstant(given) && !isOpen(given) ? { ...given, code: "applies" } : given;
  const begin =
    applies?.code === "applies"
      ? `const applies = ${given!.code}; if (applies !== true && applies != null) return 0; `
      : "";
  const counts = lists.map((list) => writeItems(rule, { list, applies }, writer, module));
  if (counts.every((count) => count === "")) return HOLDS.code;
  return writer.writeFunction("v, p", `${begin}let found = 0; ${counts.join("")}return found;`);
}

/** Statements that add what is found for the items of a list. */
function writeItems(
  rule: RuleNodes,
  { list, applies }: { list: ItemPath | GraphNode; applies: Value | undefined },
  writer: CountingWriter,
  module: CountingModule,
): string {
  const path = "root" in list ? list : undefined;
  if (path?.root !== "request") {
    const given = path ? OPEN : writer.write(list as GraphNode);
    if (isConstant(given) && (given.constant as unknown[]).length === 0) return "";
    if (!isOpen(given)) return `${UNCOUNTED.code}; `;
    return writeUnknownItem(rule, applies, module);
  }
  const decision = writeItemDecision(rule, applies, writer);
  if (decision.constant === 0) return "";
  const code = path.path.reduce((value, part) => writeMember({ ...OPEN, code: value }, part), "v.request");
  const items = writer.takeTemporary();
  const loop = `for (let index = 0; index < ${items}.length; index++) { const item = ${items}[index]; found += ${decision.code}; } `;
  return `if (Array.isArray(${items} = ${code})) ${loop}`;
}

function writeItemDecision(rule: RuleNodes, applies: Value | undefined, writer: CountingWriter): Value {
  const own = rule.isWhenOfItem ? writer.write(rule.when!) : (applies ?? TRUE);
  return writeDecision(own, writer.write(rule.assert), writer);
}

/** Nothing is known of the items, not even whether they exist. */
function writeUnknownItem(rule: RuleNodes, applies: Value | undefined, module: CountingModule): string {
  const writer = new CountingWriter(module, { item: OPEN, index: OPEN });
  const decision = writeItemDecision(rule, applies, writer);
  if (decision.constant === 0) return "";
  if (isConstant(decision)) return `found += ${UNDECIDED.code}; `;
  const call = `(${writer.writeFunction("", `return ${decision.code};`)})()`;
  return `if (${call} !== 0) found += ${UNDECIDED.code}; `;
}
