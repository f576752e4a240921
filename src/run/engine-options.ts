import { resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { ConfigError } from "../config/config.ts";
import type { ContextFault } from "../context/context.ts";
import type { AgeLimit } from "../context/load/age.ts";
import type { ContextReadResult } from "../context/load/builder.ts";
import { ContextStore } from "../context/store.ts";
import { CODES } from "../diagnostics/codes.ts";
import { findNearest } from "../diagnostics/nearest.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Engine } from "../engine/engine.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import type { RuleSetting, SettingFault } from "../rules/settings.ts";
import { builtinSchemas } from "../schema/builtin.ts";
import type { SchemaStore } from "../schema/store.ts";
import { combineStores } from "../schema/store.ts";
import { combinePaths } from "./config.ts";
import { UsageError } from "./io.ts";
import { openSchemaStores } from "./schemas.ts";

/** What the command line supplies; it precedes what the configuration supplies. */
export interface EngineFlags {
  schemas: readonly string[];
  context: readonly string[];
  rules: readonly string[];
  /** The greatest age of facts that are used, such as `24h`. */
  maxAge?: string;
  /** A directory of context that is left out. */
  withoutContext?: string;
  /** ARN of the principal that makes the calls, for requests that name no caller. */
  caller?: string;
  /** The time that rules go by; the start of the run if absent. */
  now?: Date;
}

export interface RunEngine {
  engine: Engine;
  warnings: readonly ContextFault[];
}

/**
 * Creates the engine of a run. If neither the command line nor the configuration supplies anything, nothing
 * is read before the first request is found.
 */
export async function createRunEngine(flags: EngineFlags, config: Config | undefined): Promise<RunEngine> {
  const maxAge = flags.maxAge ?? config?.maxAge;
  const ageLimit = maxAge === undefined ? undefined : await readAgeLimit(maxAge, flags.now);
  const schemas = combinePaths(flags.schemas, config, "schemas");
  const rulePacks = combinePaths(flags.rules, config, "rulePacks");
  const context = combinePaths(flags.context, config, "context").filter(
    (path) => flags.withoutContext === undefined || resolve(path) !== resolve(flags.withoutContext),
  );
  const settings = config?.rules ?? {};
  const named = (config?.waivers.length ?? 0) + (config?.requests.length ?? 0);
  const bare =
    named + schemas.length + rulePacks.length + context.length + Object.keys(settings).length === 0;
  const { engine, warnings } = bare
    ? { engine: createShippedEngine(), warnings: [] }
    : await loadSuppliedEngine({ schemas, rulePacks, context, rules: settings, ageLimit }, config);
  const caller = flags.caller ?? config?.caller;
  const cliVersion = config?.cliVersion;
  const known = { ...(caller !== undefined && { caller }), ...(cliVersion !== undefined && { cliVersion }) };
  const ruleOptions = { ...engine.ruleOptions, now: flags.now ?? new Date() };
  return { engine: { ...engine, ...known, ruleOptions }, warnings };
}

const createShippedEngine = (): Engine => ({
  schemas: builtinSchemas,
  context: new ContextStore(),
  loadRules: async () => (await import("../rules/builtin.ts")).getBuiltinRules(),
});

interface SuppliedPaths {
  schemas: readonly string[];
  rulePacks: readonly string[];
  context: readonly string[];
  rules: Readonly<Record<string, RuleSetting>>;
  ageLimit: AgeLimit | undefined;
}

async function loadSuppliedEngine(brought: SuppliedPaths, config: Config | undefined): Promise<RunEngine> {
  const { createEngine } = await import("../engine/load.ts");
  const schemas = combineStores([...(await openSchemaStores(brought.schemas)), builtinSchemas]);
  const rules = await rulesOf(brought.rulePacks, schemas);
  const context = await contextOf(brought.context, brought.ageLimit);
  const { engine, settingFaults, warnings } = createEngine({
    schemas,
    rules,
    context,
    settings: brought.rules,
  });
  if (config) checkConfigNames(config, engine, settingFaults);
  return { engine, warnings };
}

async function rulesOf(packs: readonly string[], schemas: SchemaStore): Promise<RuleSet> {
  if (packs.length === 0) return (await import("../rules/builtin.ts")).getBuiltinRules();
  return (await import("../engine/rule-packs.ts")).loadRulesWithPacks(packs, schemas);
}

async function contextOf(paths: readonly string[], limit: AgeLimit | undefined): Promise<ContextReadResult> {
  if (paths.length === 0) return { store: new ContextStore(), warnings: [] };
  const { findContextFiles, readContextFiles } = await import("../context/load/files.ts");
  const { files, warnings } = await findContextFiles(paths);
  const read = await readContextFiles(files, [], limit);
  return { ...read, warnings: [...warnings, ...read.warnings] };
}

async function readAgeLimit(text: string, now = new Date()): Promise<AgeLimit> {
  const { parseAge } = await import("../context/load/age.ts");
  const maxAge = parseAge(text);
  if (maxAge === undefined)
    throw new UsageError(`${quoted(text)} is no age`, "write minutes, hours or days: `90m`, `24h` or `7d`");
  return { maxAge, now: now.getTime() };
}

/**
 * Rejects rules, codes and operations that the configuration names but that do not exist: each would silently
 * have no effect.
 */
function checkConfigNames(
  config: Config,
  { rules, schemas }: Engine,
  settingFaults: readonly SettingFault[],
): void {
  const codes = [...Object.keys(CODES), ...(rules?.rules ?? []).map(({ id }) => id)];
  const operations = schemas.operations();
  const faults = [
    ...settingFaults.map(({ path, ...fault }) => ({ ...fault, path: ["rules", ...path] })),
    ...config.waivers.flatMap(({ code }, index) =>
      checkName(code, codes, "code", ["waivers", index, "code"]),
    ),
    ...config.requests.flatMap(({ operation }, index) =>
      checkName(operation, operations, "schema for the operation", ["requests", index, "operation"]),
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

function checkName(name: string, names: readonly string[], what: string, path: Path): SettingFault[] {
  if (names.includes(name)) return [];
  const near = findNearest(name, names);
  const help = near ? `did you mean ${quoted(near)}?` : "check the spelling";
  return [{ path, at: "value", message: `there is no ${what} ${quoted(name)}`, help }];
}
