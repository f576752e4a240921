/** Rules: cross-field constraints as data. Running rules compiled at build time needs only `stored.ts`. */
export type { ContextDefinition } from "./context-types.ts";
export { buildContextTypes, CONTEXT_DEFINITIONS } from "./context-types.ts";
export type { ExampleFault, ExampleRun, FindFaulty } from "./examples.ts";
export { runExamples } from "./examples.ts";
export type { RuleFunction } from "./functions/table.ts";
export { FUNCTIONS, formatSignature, SPECIAL_FORMS } from "./functions/table.ts";
export type { ChangesetFinding, RuleInput, RuleOptions } from "./input.ts";
export type { ContextTypes, RequestSchemas } from "./load/environment.ts";
export type { RuleFault } from "./load/error.ts";
export { RuleError } from "./load/error.ts";
export type { LoadOptions, RuleSource } from "./load/load.ts";
export { loadRules } from "./load/load.ts";
export type {
  MaybeKnown,
  Permission,
  PermissionHolder,
  PermissionRequirement,
  RequestTag,
} from "./permission.ts";
export type { Example, ExampleInput, ExampleKind, Rule } from "./rule.ts";
export { RuleSet } from "./rule-set.ts";
export type { RuleSetting, SettingFault } from "./settings.ts";
export { checkSettings, toRuleOptions } from "./settings.ts";
export type { CompiledModules, StoredRules } from "./stored.ts";
export { fromStored } from "./stored.ts";
