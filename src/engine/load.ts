import type { ContextFault } from "../context/context.ts";
import type { ContextReadResult } from "../context/load/builder.ts";
import type { ContextSchemas } from "../context/load/schemas.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import type { RuleSetting, SettingFault } from "../rules/settings.ts";
import { checkSettings, toRuleOptions } from "../rules/settings.ts";
import type { SchemaStore } from "../schema/store.ts";
import type { Engine } from "./engine.ts";

/** What an engine is made of, each read and checked already. */
export interface EngineParts {
  schemas: SchemaStore;
  rules: RuleSet;
  context: ContextReadResult;
  /** Absent where they are loaded with the first request that brings a context of its own. */
  contextSchemas?: ContextSchemas;
  settings?: Readonly<Record<string, RuleSetting>>;
  /** Who makes the calls of requests that don't say it. */
  caller?: string | undefined;
}

export interface LoadedEngine {
  engine: Engine;
  /** Problems in context files that do not prevent their use. */
  warnings: readonly ContextFault[];
  /** Settings that name no rule or parameter. */
  settingFaults: readonly SettingFault[];
}

/** Puts together what requests are to be checked with. */
export function createEngine({ context, settings = {}, caller, ...parts }: EngineParts): LoadedEngine {
  const { store, warnings } = context;
  const engine = {
    ...parts,
    ruleOptions: toRuleOptions(settings),
    context: store,
    ...(caller !== undefined && { caller }),
  };
  // Without settings, the rules that are loaded late stay so.
  const hasSettings = Object.keys(settings).length > 0;
  const settingFaults = hasSettings ? checkSettings(settings, parts.rules.rules) : [];
  return { engine, warnings, settingFaults };
}
