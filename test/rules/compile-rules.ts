import { parseExpression } from "../../src/rules/cel/index.ts";
import { compileOperation } from "../../src/rules/compile/compile.ts";
import { compileRules } from "../../src/rules/compile/index.ts";
import type { RuleSet } from "../../src/rules/index.ts";
import { fromStored } from "../../src/rules/index.ts";
import { RUNTIME } from "../../src/rules/runtime/compiled.ts";
import type { Program } from "../../src/rules/runtime/index.ts";
import { evaluateProgram } from "../../src/rules/runtime/index.ts";
import type { CompiledModule, CompiledModules } from "../../src/rules/stored.ts";

/** Runs generated code. Only tests do: what ships is a module. */
const runCode = (code: string): unknown => new Function(`"use strict"; return ${code}`)();

/** The same rules as `npm run build` would store and a run load them. */
export function compileRuleSet(rules: RuleSet): RuleSet {
  const { stored, modules } = compileRules(rules).early;
  return fromStored(JSON.parse(JSON.stringify(stored)), runCode(modules) as CompiledModules);
}

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
