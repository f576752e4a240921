import type { Config } from "../config/config.ts";
import { ConfigError } from "../config/config.ts";
import type { ContextFault } from "../context/context.ts";
import { ContextStore } from "../context/store.ts";
import { CODES } from "../diagnostics/codes.ts";
import { nearest } from "../diagnostics/nearest.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Engine } from "../engine/engine.ts";
import type { RuleSetting, SettingFault } from "../rules/settings.ts";
import { builtinSchemas } from "../schema/builtin.ts";
import { fromConfig } from "./config.ts";
import { storesOf } from "./schemas.ts";

/** What the command line supplies; it precedes what the configuration supplies. */
export interface EngineFlags {
  schemas: readonly string[];
  context: readonly string[];
  rules: readonly string[];
  /** ARN of the principal that makes the calls, for requests that name no caller. */
  caller?: string;
}

export interface CliEngine {
  engine: Engine;
  warnings: readonly ContextFault[];
}

/**
 * Creates the engine of a run. If neither the command line nor the configuration supplies anything, nothing
 * is read before the first request is found.
 */
export async function engineOf(flags: EngineFlags, config: Config | undefined): Promise<CliEngine> {
  const schemas = [...flags.schemas, ...(config ? fromConfig(config, config.schemas) : [])];
  const rulePacks = [...flags.rules, ...(config ? fromConfig(config, config.rulePacks) : [])];
  const context = [...flags.context, ...(config ? fromConfig(config, config.context) : [])];
  const settings = config?.rules ?? {};
  const named = (config?.waivers.length ?? 0) + (config?.requests.length ?? 0);
  const bare =
    named + schemas.length + rulePacks.length + context.length + Object.keys(settings).length === 0;
  const { engine, warnings } = bare
    ? { engine: shipped(), warnings: [] }
    : await loaded({ schemas, rulePacks, context, rules: settings }, config);
  const caller = flags.caller ?? config?.caller;
  return { engine: { ...engine, ...(caller !== undefined && { caller }) }, warnings };
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
  const { loadEngine } = await import("../engine/load.ts");
  const { contextFiles } = await import("../context/load/files.ts");
  const { files, warnings } = await contextFiles(brought.context);
  const schemas = await storesOf(brought.schemas);
  const { engine, settingFaults, ...more } = loadEngine({ ...brought, schemas, context: files });
  if (config) checkNames(config, engine, settingFaults);
  return { engine, warnings: [...warnings, ...more.warnings] };
}

/**
 * Rejects rules, codes and operations that the configuration names but that do not exist: each would silently
 * have no effect.
 */
function checkNames(
  config: Config,
  { rules, schemas }: Engine,
  settingFaults: readonly SettingFault[],
): void {
  const codes = [...Object.keys(CODES), ...(rules?.rules ?? []).map(({ id }) => id)];
  const operations = schemas.operations();
  const faults = [
    ...settingFaults.map(({ path, ...fault }) => ({ ...fault, path: ["rules", ...path] })),
    ...config.waivers.flatMap(({ code }, index) =>
      unknownName(code, codes, "code", ["waivers", index, "code"]),
    ),
    ...config.requests.flatMap(({ operation }, index) =>
      unknownName(operation, operations, "schema for the operation", ["requests", index, "operation"]),
    ),
  ];
  if (faults.length === 0) return;
  const placed = faults.map(({ path, at, message, help }) => ({
    message,
    help,
    place: config.placeOf(path, at),
  }));
  throw new ConfigError(config.file, placed);
}

function unknownName(name: string, names: readonly string[], what: string, path: Path): SettingFault[] {
  if (names.includes(name)) return [];
  const near = nearest(name, names);
  const help = near ? `did you mean ${quoted(near)}?` : "check the spelling";
  return [{ path, at: "value", message: `there is no ${what} ${quoted(name)}`, help }];
}
