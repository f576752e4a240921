/**
 * Compiles what counts the findings of rules for a request of which everything is known, while nothing is known of its
 * surroundings: what `validate()` decides most outcomes by.
 */
import type { JsonSchema } from "../../../schema/json-schema.ts";
import type { Node } from "../../cel/ast.ts";
import type { Permission } from "../../permission.ts";
import type { Expression, Rule } from "../../rule.ts";
import { ANY_OPERATION, isParsed } from "../../rule.ts";
import type { RuleSet } from "../../rule-set.ts";
import { CompileError, ModuleConstants } from "../emit.ts";
import { ExpressionGraph, type GraphNode } from "../graph.ts";
import { findFactsOfRule } from "./facts.ts";
import { type RuleNodes, writeRule } from "./rule.ts";
import { isConstant, isOpen, type Value } from "./values.ts";
import { type CountingModule, CountingWriter } from "./write.ts";

/** The code of an object with a function for each operation that `test` takes. `schemaOf` gives an operation's schema. */
export function compileCounters(
  { rules, permissions }: RuleSet,
  schemaOf: (operation: string) => JsonSchema | undefined,
  test: (operation: string) => boolean = () => true,
): string {
  const own = [...rules, ...permissions].map(({ operation }) => operation);
  const named = rules.flatMap(({ operations = [] }) => operations);
  const operations = [...new Set([ANY_OPERATION, ...own, ...named])].filter(test).sort();
  const members = operations.map((operation) => {
    const code = compileOperationCounter(
      rules.filter((rule) => rule.scope === "request" && isOf(rule, operation)),
      permissions.filter((each) => each.operation === operation || each.operation === ANY_OPERATION),
      { operation, schema: operation === ANY_OPERATION ? undefined : schemaOf(operation) },
    );
    return `${JSON.stringify(operation)}: ${code},\n`;
  });
  return `{\n${members.join("")}}`;
}

const isOf = ({ operation, operations }: Rule, wanted: string): boolean =>
  operation === wanted || (operation === ANY_OPERATION && (operations?.includes(wanted) ?? true));

function compileOperationCounter(
  rules: readonly Rule[],
  permissions: readonly Permission[],
  { operation, schema }: { operation: string; schema: JsonSchema | undefined },
): string {
  const graph = new ExpressionGraph();
  const nodes = rules.map((rule) => addRule(rule, graph));
  const needs = permissions.flatMap(({ id, when }) =>
    when ? [{ id, node: graph.add(readNode(when)) }] : [],
  );
  const module = new SharedValues(operation === ANY_OPERATION ? undefined : operation);
  const ofRules = rules.map(
    ({ id }, index) => `${JSON.stringify(id)}: ${writeRule(nodes[index]!, module)},\n`,
  );
  const ofNeeds = needs.map(({ id, node }) => `${JSON.stringify(id)}: ${writeNeed(node, module)},\n`);
  const facts = rules.flatMap(({ id }, index) => {
    const found = findFactsOfRule(nodes[index]!, schema);
    return found ? [`${JSON.stringify(id)}: ${JSON.stringify(found)},\n`] : [];
  });
  const parts = { rules: ofRules, facts, needs: ofNeeds };
  const members = Object.entries(parts).map(([name, lines]) => `${name}: {\n${lines.join("")}}`);
  const found = `{ slots: ${module.slots}, ${members.join(", ")} }`;
  return `(R) => {\n${module.constants.write()}${module.functions.join("")}return ${found};\n}`;
}

function addRule({ when, isWhenOfItem = false, assert, each }: Rule, graph: ExpressionGraph): RuleNodes {
  return {
    when: when && graph.add(readNode(when)),
    isWhenOfItem,
    assert: graph.add(readNode(assert)),
    each: each?.map((list) => list.path ?? graph.add(readNode(list))),
  };
}

function readNode(expression: Expression): Node {
  if (!isParsed(expression)) throw new CompileError("only rules that were read from files can be compiled");
  return expression.node;
}

/** Whether a request may need a permission. */
function writeNeed(node: GraphNode, module: CountingModule): string {
  const writer = new CountingWriter(module);
  const value = writer.write(node);
  if (isOpen(value)) return "true";
  return isConstant(value)
    ? String(value.constant !== false)
    : writer.writeFunction("v", `return ${value.code} !== false;`);
}

/** Above this cost, a value is kept for the request; above the other, it has a function of its own. */
const KEPT_COST = 12;
const OWN_COST = 4;

/** What the expressions of an operation have in common. */
class SharedValues implements CountingModule {
  readonly constants = new ModuleConstants();
  readonly functions: string[] = [];
  readonly operation: string | undefined;
  slots = 0;
  readonly #known = new Map<GraphNode, Value | undefined>();

  constructor(operation: string | undefined) {
    this.operation = operation;
  }

  share(node: GraphNode): Value | undefined {
    if (node.uses < 2 || node.free.size > 0 || node.children.length === 0) return undefined;
    if (!this.#known.has(node)) this.#known.set(node, this.#write(node));
    return this.#known.get(node);
  }

  #write(node: GraphNode): Value | undefined {
    const writer = new CountingWriter(this);
    const value = writer.writeOwn(node);
    if (isOpen(value) || isConstant(value)) return value;
    if (value.cost < OWN_COST) return undefined;
    const name = `s${this.functions.length}`;
    const isKept = value.cost >= KEPT_COST;
    const body = isKept ? keep(value.code, this.slots++) : `return ${value.code};`;
    this.functions.push(`const ${name} = ${writer.writeFunction("v", body)};\n`);
    return { ...value, code: `${name}(v)`, cost: isKept ? OWN_COST : value.cost };
  }
}

/** `undefined` in a slot says that the value isn't there yet, and `null` that it is open. */
const keep = (code: string, slot: number): string =>
  `let x = v.kept[${slot}]; if (x === undefined) { x = ${code}; v.kept[${slot}] = x === undefined ? null : x; } return x;`;
