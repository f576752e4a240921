import type { Permission } from "./permission.ts";
import type { Expression, Rule } from "./rule.ts";
import { RuleSet } from "./rule-set.ts";
import type { Runtime } from "./runtime/compiled.ts";
import { RUNTIME } from "./runtime/compiled.ts";
import type { Budget, CelVariables, EvaluateCode, Program } from "./runtime/index.ts";
import { evaluateProgram } from "./runtime/index.ts";

/**
 * Rules checked and compiled at build time. In them, the program of an expression is a number: its position among
 * those of its operation.
 */
export interface StoredRules {
  version: 1;
  rules: Rule[];
  permissions: Permission[];
}

/**
 * The compiled expressions of one operation: those that decide, and those of messages, which few runs need. The
 * numbers go on from the first to the second.
 */
export type CompiledModule = (
  runtime: Runtime,
) => readonly [deciding: readonly EvaluateCode[], shown: () => readonly EvaluateCode[]];

export type CompiledModules = Readonly<Record<string, CompiledModule>>;

/** The stored rules of some operations, which are loaded for requests of these. */
export interface StoredGroup {
  readonly operations: ReadonlySet<string>;
  load(): readonly [StoredRules, CompiledModules];
}

/** Rules whose expressions run the compiled code. */
export function fromStored(
  stored: StoredRules,
  modules: CompiledModules,
  groups: readonly StoredGroup[] = [],
): RuleSet {
  const { rules, permissions } = attachPrograms(stored, modules);
  const deferred = groups.map(({ operations, load }) => ({
    operations,
    load: () => attachPrograms(...load()),
  }));
  return new RuleSet(rules, permissions, deferred);
}

function attachPrograms(stored: StoredRules, modules: CompiledModules): StoredRules {
  const loaded = new Map<string, LoadedModule>();
  for (const each of [...stored.rules, ...stored.permissions]) {
    const { operation } = each;
    const module = loaded.get(operation) ?? new LoadedModule(modules[operation]!);
    loaded.set(operation, module);
    const { deciding, shown } = listExpressions(each);
    for (const expression of deciding) attachProgram(expression, module);
    for (const expression of shown) attachProgram(expression, module);
  }
  return stored;
}

function attachProgram(expression: Expression, module: LoadedModule): void {
  const number = expression.program as unknown as number;
  expression.program = module.createProgram(number);
}

/** The code of one operation, which runs when one of its expressions is first evaluated. */
class LoadedModule {
  readonly #module: CompiledModule;
  #deciding: readonly EvaluateCode[] | undefined;
  #listShown: (() => readonly EvaluateCode[]) | undefined;
  #shown: readonly EvaluateCode[] | undefined;

  constructor(module: CompiledModule) {
    this.#module = module;
  }

  createProgram(number: number): Program {
    let evaluate: EvaluateCode | undefined;
    const loadCode = (): EvaluateCode => {
      evaluate ??= this.#find(number);
      return evaluate;
    };
    return Object.assign(
      (variables: CelVariables, budget: Budget) => evaluateProgram(loadCode(), variables, budget),
      { loadCode },
    );
  }

  #find(number: number): EvaluateCode {
    if (!this.#deciding) [this.#deciding, this.#listShown] = this.#module(RUNTIME);
    if (number < this.#deciding.length) return this.#deciding[number]!;
    this.#shown ??= this.#listShown!();
    return this.#shown[number - this.#deciding.length]!;
  }
}

/** What a rule or a permission evaluates, in a fixed order: what decides, and what messages show. */
export function listExpressions(entry: Rule | Permission): {
  deciding: Expression[];
  shown: Expression[];
} {
  if ("actions" in entry) {
    const { when, principal, resource, resourceAccount, resourcePolicy, tags, keys } = entry;
    const own = [when, principal, resource, resourceAccount, resourcePolicy, tags];
    return { deciding: [...own, ...Object.values(keys)].filter((each) => each !== undefined), shown: [] };
  }
  const { when, each = [], assert, message, help = [], fix } = entry;
  // A list at a path is read as data.
  const lists = each.filter(({ path }) => path === undefined);
  return {
    deciding: [when, ...lists, assert].filter((part) => part !== undefined),
    shown: [...message, ...help, fix].filter((part) => part !== undefined && typeof part !== "string"),
  };
}
