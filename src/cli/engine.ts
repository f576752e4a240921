import type { Config } from "../config/config.ts";
import { ConfigError } from "../config/config.ts";
import type { ContextFault } from "../context/context.ts";
import { ContextStore } from "../context/store.ts";
import type { Engine } from "../engine.ts";
import type { RuleSetting, SettingFault } from "../rules/settings.ts";
import { builtinSchemas } from "../schema/builtin.ts";
import { fromConfig } from "./config.ts";
import { checkDirectories, checkStores } from "./schemas.ts";

/** What the command line brings along; the configuration's comes after it. */
export interface EngineFlags {
  schemas: readonly string[];
  context: readonly string[];
  rules: readonly string[];
}

export interface CliEngine {
  engine: Engine;
  warnings: readonly ContextFault[];
}

/** What requests are checked with. Without anything brought along, nothing is read before a request is found. */
export async function engineOf(flags: EngineFlags, config: Config | undefined): Promise<CliEngine> {
  const schemas = [...flags.schemas, ...(config ? fromConfig(config, config.schemas) : [])];
  const rulePacks = [...flags.rules, ...(config ? fromConfig(config, config.rulePacks) : [])];
  const context = [...flags.context, ...(config ? fromConfig(config, config.context) : [])];
  const settings = config?.rules ?? {};
  const bare = schemas.length + rulePacks.length + context.length + Object.keys(settings).length === 0;
  return bare
    ? { engine: shipped(), warnings: [] }
    : loaded({ schemas, rulePacks, context, rules: settings }, config);
}

const shipped = (): Engine => ({
  schemas: builtinSchemas,
  context: new ContextStore(),
  loadRules: async () => (await import("../rules/builtin.ts")).builtinRules(),
});

interface Brought {
  schemas: readonly string[];
  rulePacks: readonly string[];
  context: readonly string[];
  rules: Readonly<Record<string, RuleSetting>>;
}

async function loaded(brought: Brought, config: Config | undefined): Promise<CliEngine> {
  checkDirectories(brought.schemas);
  const { loadEngine } = await import("../load-engine.ts");
  const { contextFiles } = await import("../context/read.ts");
  const { files, warnings } = await contextFiles(brought.context);
  const { engine, settingFaults, ...more } = loadEngine({ ...brought, context: files });
  await checkStores(brought.schemas);
  if (config && settingFaults.length > 0) throw wrongSettings(config, settingFaults);
  return { engine, warnings: [...warnings, ...more.warnings] };
}

const wrongSettings = (config: Config, faults: readonly SettingFault[]): ConfigError =>
  new ConfigError(
    config.file,
    faults.map(({ path, at, message, help }) => ({
      message,
      help,
      place: config.placeOf(["rules", ...path], at),
    })),
  );
