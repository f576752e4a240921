import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ContextFault } from "../context/context.ts";
import { readContextFiles } from "../context/load/files.ts";
import { ContextSchemas } from "../context/load/schemas.ts";
import { isConfigFile } from "../files/file-kinds.ts";
import { walkFiles } from "../files/walk.ts";
import { getBuiltinRules } from "../rules/builtin.ts";
import type { RuleSetting, SettingFault } from "../rules/index.ts";
import {
  buildContextTypes,
  checkSettings,
  loadRules,
  RuleError,
  RuleSet,
  toRuleOptions,
} from "../rules/index.ts";
import { builtinSchemas } from "../schema/builtin.ts";
import { compileSchema } from "../schema/compile.ts";
import type { JsonSchema } from "../schema/json-schema.ts";
import { findPackageRoot } from "../schema/package-root.ts";
import type { SchemaStore } from "../schema/store.ts";
import { combineStores } from "../schema/store.ts";
import type { Engine } from "./engine.ts";

/** What the user supplies in addition to the built-in schemas and rules. */
export interface EngineOptions {
  /** Additional schemas; they take precedence over the built-in ones. */
  schemas?: readonly SchemaStore[];
  /** Directories of additional rule files. */
  rulePacks?: readonly string[];
  /** Context files, or directories of them. */
  context?: readonly string[];
  rules?: Readonly<Record<string, RuleSetting>>;
  /** ARN of the principal that makes the calls, for requests that name no caller. */
  caller?: string | undefined;
}

export interface LoadedEngine {
  engine: Engine;
  /** Problems in context files that do not prevent their use. */
  warnings: readonly ContextFault[];
  /** Settings that name no rule or parameter. */
  settingFaults: readonly SettingFault[];
}

/**
 * Reads and validates everything that requests are checked with. Throws `SchemaFileError`, `RuleError` or
 * `ContextError`, which lists every fault of its kind.
 */
export function loadEngine(options: EngineOptions): LoadedEngine {
  const { schemas: own = [], rulePacks = [], rules: settings = {} } = options;
  const schemas = combineStores([...own, builtinSchemas]);
  const rules = loadRulesWithPacks(rulePacks, schemas);
  const contextSchemas = new ContextSchemas(compileSchema);
  const { store: context, warnings } = readContextFiles(
    listContextFiles(options.context ?? []),
    contextSchemas,
  );
  const caller = options.caller === undefined ? {} : { caller: options.caller };
  const engine = { schemas, rules, ruleOptions: toRuleOptions(settings), context, contextSchemas, ...caller };
  return { engine, warnings, settingFaults: checkSettings(settings, rules.rules) };
}

/** The built-in rules, followed by those of the rule packs. */
function loadRulesWithPacks(directories: readonly string[], schemas: SchemaStore): RuleSet {
  const builtin = getBuiltinRules();
  if (directories.length === 0) return builtin;
  const own = loadRulePacks(directories, schemas, { taken: builtin.rules.map(({ id }) => id) });
  return new RuleSet([...builtin.rules, ...own.rules], [...builtin.permissions, ...own.permissions]);
}

/** Loads the rules of directories, without the built-in ones, with their examples. */
export function loadRulePacks(
  directories: readonly string[],
  schemas: SchemaStore,
  options: { taken?: Iterable<string> } = {},
): RuleSet {
  const files = directories
    .flatMap(listRuleFiles)
    .map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const requests = {
    request: (name: string) => schemas.find(name)?.source,
    operations: () => schemas.operations(),
  };
  return loadRules(files, requests, buildContextTypes(readShippedResponse), options);
}

function listRuleFiles(directory: string): string[] {
  if (!existsSync(directory)) throw createEmptyPackError(directory, "there is no such directory");
  if (statSync(directory).isFile()) return [directory];
  const files = [...walkFiles(directory, (file) => /\.ya?ml$/.test(file) && !isConfigFile(file))];
  if (files.length === 0) throw createEmptyPackError(directory, "there is no rule file in this directory");
  return files;
}

const createEmptyPackError = (file: string, message: string): RuleError =>
  new RuleError([{ file, message, help: "name a directory of rule files (`*.yaml`)", place: START_OF_FILE }]);

const START_OF_FILE = { line: 1, column: 1, endLine: 1, endColumn: 1 };

const readShippedResponse = (name: string): JsonSchema =>
  JSON.parse(readFileSync(join(findPackageRoot(), "schemas", `${name}.response.json`), "utf8"));

const listContextFiles = (paths: readonly string[]): string[] =>
  paths.flatMap((path) =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory() ? [...walkFiles(path)] : [path],
  );
