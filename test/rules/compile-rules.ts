import { parseExpression } from "../../src/rules/cel/index.ts";
import { compileOperation } from "../../src/rules/compile/compile.ts";
import { compileCounters } from "../../src/rules/compile/counting/index.ts";
import { type CompiledRules, compileRules } from "../../src/rules/compile/index.ts";
import type { CounterModules } from "../../src/rules/counting/finding-counter.ts";
import type { RuleSet } from "../../src/rules/index.ts";
import { fromStored } from "../../src/rules/index.ts";
import { RUNTIME } from "../../src/rules/runtime/compiled.ts";
import type { Program } from "../../src/rules/runtime/index.ts";
import { evaluateProgram } from "../../src/rules/runtime/index.ts";
import type { CompiledModule, CompiledModules, StoredRules } from "../../src/rules/stored.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";

/** Runs generated code. Only tests do: what ships is a module. */
const runCode = (code: string): unknown => new Function(`"use strict"; return ${code}`)();

/** The same rules as `npm run build` would store and a run load them: those of `deferred` operations together. */
export function compileRuleSet(rules: RuleSet, deferred: readonly string[] = []): RuleSet {
  const operations = new Set(deferred);
  const groups = compileRules(rules, (name) => (operations.has(name) ? "late" : name));
  const restore = ({ stored, modules }: CompiledRules) =>
    [JSON.parse(JSON.stringify(stored)), runCode(modules)] as [StoredRules, CompiledModules];
  const operationsOf = (group: string) => (group === "late" ? operations : new Set([group]));
  const [base, ...others] = [...groups].map(([group, compiled]) => ({
    operations: operationsOf(group),
    load: () => restore(compiled),
  }));
  return fromStored(...base!.load(), others);
}

/** The code that counts what the same rules find. */
export const compileCountersOf = (rules: RuleSet): CounterModules =>
  runCode(compileCounters(rules, (operation) => builtinSchemas.find(operation)?.source)) as CounterModules;

/** Programs of compiled expressions of one operation. */
export function compileExpressions(texts: readonly string[]): Program[] {
  const { code } = compileOperation({ deciding: texts.map(parseExpression), shown: [] });
  const [programs] = (runCode(code) as CompiledModule)(RUNTIME);
  return programs.map(
    (evaluate): Program =>
      (variables, budget) =>
        evaluateProgram(evaluate, variables, budget),
  );
}
