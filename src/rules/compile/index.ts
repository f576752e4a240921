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

/**
 * Compiles rules that were read from files, in two parts: those that are loaded at the start, and those that only
 * `deferred` operations need. Throws `CompileError` for what the compiler doesn't know.
 */
export function compileRules(
  { rules, permissions }: RuleSet,
  isDeferred: (operation: string) => boolean = () => false,
): { early: CompiledRules; late: CompiledRules } {
  const numbers = new Map<Expression, number>();
  const isLate = (entry: Entry) =>
    listOperations(entry).every((name) => name !== ANY_OPERATION && isDeferred(name));
  const compilePart = (entries: readonly Entry[], firstSlot: number) => {
    // A request has slots for the rules of every operation, and for those of its own.
    const common = compileEntries(entries, ANY_OPERATION, firstSlot, numbers);
    const operations = [...new Set(entries.map(({ operation }) => operation))].sort();
    const modules = operations.map((operation) => {
      const { code } =
        operation === ANY_OPERATION ? common : compileEntries(entries, operation, common.slots, numbers);
      return `${JSON.stringify(operation)}: ${code},\n`;
    });
    return { slots: common.slots, modules: `{\n${modules.join("")}}` };
  };
  const all: readonly Entry[] = [...rules, ...permissions];
  const early = compilePart(
    all.filter((entry) => !isLate(entry)),
    0,
  );
  // A request of a late operation is also one for the rules of every operation.
  const late = compilePart(all.filter(isLate), early.slots);
  const pick = (test: (entry: Entry) => boolean) =>
    store(rules.filter(test), permissions.filter(test), numbers);
  return {
    early: { stored: pick((entry) => !isLate(entry)), modules: early.modules },
    late: { stored: pick(isLate), modules: late.modules },
  };
}

/** The operations that an entry is for; `*` if it is for all. */
const listOperations = (entry: Entry): readonly string[] =>
  ("operations" in entry && entry.operations) || [entry.operation];

function compileEntries(
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
