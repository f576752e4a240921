/** Compiles rules at build time. Nothing that runs imports this. */
import type { Permission } from "../permission.ts";
import type { Expression, Rule } from "../rule.ts";
import { ANY_OPERATION, isParsed } from "../rule.ts";
import type { RuleSet } from "../rule-set.ts";
import type { StoredRules } from "../stored.ts";
import { listExpressions } from "../stored.ts";
import { compileOperation } from "./compile.ts";
import { CompileError } from "./emit.ts";

export { CompileError } from "./emit.ts";

export interface CompiledRules {
  stored: StoredRules;
  /** The code of an object with a function for each operation. */
  modules: string;
}

type Entry = Rule | Permission;

/** The name of the rules that are loaded for requests of every operation. */
export const BASE = "";

/**
 * Compiles rules that were read from files, in groups that can be loaded apart: of each operation, its group. What is for operations of
 * several groups is in `BASE`, which every request needs. Throws `CompileError` for what the compiler doesn't know.
 */
export function compileRules(
  { rules, permissions }: RuleSet,
  groupOf: (operation: string) => string = () => BASE,
): ReadonlyMap<string, CompiledRules> {
  const numbers = new Map<Expression, number>();
  const groupOfEntry = (entry: Entry): string => {
    const groups = new Set(
      listOperations(entry).map((name) => (name === ANY_OPERATION ? BASE : groupOf(name))),
    );
    return groups.size === 1 ? [...groups][0]! : BASE;
  };
  let slots = 0;
  const compileGroup = (group: string): CompiledRules => {
    const isIn = (entry: Entry): boolean => groupOfEntry(entry) === group;
    const compiled = compileEntries([...rules, ...permissions].filter(isIn), slots, numbers);
    // A request of any group has slots for the rules of every operation.
    if (group === BASE) slots = compiled.slots;
    return {
      stored: store(rules.filter(isIn), permissions.filter(isIn), numbers),
      modules: compiled.modules,
    };
  };
  const groups = new Set([BASE, ...[...rules, ...permissions].map(groupOfEntry)]);
  return new Map([...groups].map((group) => [group, compileGroup(group)]));
}

/** Compiles the entries of a group. A request has slots for the rules of every operation, and for those of its own. */
function compileEntries(entries: readonly Entry[], firstSlot: number, numbers: Map<Expression, number>) {
  const common = compileOwn(entries, ANY_OPERATION, firstSlot, numbers);
  const operations = [...new Set(entries.map(({ operation }) => operation))].sort();
  const modules = operations.map((operation) => {
    const { code } =
      operation === ANY_OPERATION ? common : compileOwn(entries, operation, common.slots, numbers);
    return `${JSON.stringify(operation)}: ${code},\n`;
  });
  return { slots: common.slots, modules: `{\n${modules.join("")}}` };
}

/** The operations that an entry is for; `*` if it is for all. */
const listOperations = (entry: Entry): readonly string[] =>
  ("operations" in entry && entry.operations) || [entry.operation];

function compileOwn(
  entries: readonly Entry[],
  operation: string,
  firstSlot: number,
  numbers: Map<Expression, number>,
) {
  const own = entries.filter((entry) => entry.operation === operation);
  const deciding = own.flatMap((entry) => listExpressions(entry).deciding);
  const shown = own.flatMap((entry) => listExpressions(entry).shown);
  for (const [number, expression] of [...deciding, ...shown].entries()) numbers.set(expression, number);
  return compileOperation({ deciding: deciding.map(readNode), shown: shown.map(readNode) }, firstSlot);
}

function readNode(expression: Expression) {
  if (!isParsed(expression)) throw new CompileError("only rules that were read from files can be compiled");
  return expression.node;
}

/** What only `rules test` and documentation need, of rules and of expressions. */
const OMITTED_OF_RULES: ReadonlySet<string> = new Set(["place", "examples", "define"]);
const OMITTED_OF_EXPRESSIONS: ReadonlySet<string> = new Set(["text", "node"]);

function store(
  rules: readonly Rule[],
  permissions: readonly Permission[],
  numbers: ReadonlyMap<Expression, number>,
): StoredRules {
  const text = JSON.stringify(
    { version: 1, rules, permissions },
    function (this: object, key, value: unknown) {
      if ("program" in this) {
        if (key === "program") return numbers.get(this as Expression) ?? -1;
        if (OMITTED_OF_EXPRESSIONS.has(key)) return undefined;
      } else if ("operation" in this && OMITTED_OF_RULES.has(key)) return undefined;
      return typeof value === "bigint" ? Number(value) : value;
    },
  );
  return JSON.parse(text) as StoredRules;
}
