/** Rules: cross-field constraints as data. `stored.ts` alone is enough to run rules that were built. */
export type { ContextRow } from "./context-types.ts";
export { CONTEXT, contextTypes } from "./context-types.ts";
export type { ExampleFault, ExampleRun, FaultyOf } from "./examples.ts";
export { runExamples } from "./examples.ts";
export type { RuleFunction } from "./functions/table.ts";
export { FORMS, FUNCTIONS, signatureOf } from "./functions/table.ts";
export type { RuleFault } from "./load/error.ts";
export { RuleError } from "./load/error.ts";
export type { LoadOptions, RuleSource } from "./load/load.ts";
export { loadRules } from "./load/load.ts";
export type { ContextTypes, RequestSchemas } from "./load/rule-file.ts";
export type { Example, ExampleInput, ExampleKind, PermissionEntry, Rule } from "./rule.ts";
export type { ChangesetFinding, RuleInput, RuleOptions } from "./rule-set.ts";
export { RuleSet } from "./rule-set.ts";
export type { RuleSetting, SettingFault } from "./settings.ts";
export { ruleOptions, settingFaults } from "./settings.ts";
export type { StoredRules } from "./stored.ts";
export { fromJson, toJson } from "./stored.ts";
