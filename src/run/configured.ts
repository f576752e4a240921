import type { RuleSetting } from "../rules/settings.ts";
import { combinePaths, loadRunConfig } from "./config.ts";

/** Options of commands that read schemas and rules without checking anything. */
export interface DefinitionFlags {
  schemas?: readonly string[];
  rules?: readonly string[];
  config?: string | false;
}

/** What such a command works with. */
export interface RunDefinitions {
  schemas: readonly string[];
  rulePacks: readonly string[];
  settings: Readonly<Record<string, RuleSetting>>;
}

/** The directories that the command line and the configuration name, and the configuration's settings of rules. */
export async function findDefinitions({
  schemas = [],
  rules = [],
  config: named,
}: DefinitionFlags): Promise<RunDefinitions> {
  const config = await loadRunConfig(named);
  return {
    schemas: combinePaths(schemas, config, "schemas"),
    rulePacks: combinePaths(rules, config, "rulePacks"),
    settings: config?.rules ?? {},
  };
}
