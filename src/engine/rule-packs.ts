import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isConfigFile } from "../files/file-kinds.ts";
import { walkFiles } from "../files/walk.ts";
import { getBuiltinRules } from "../rules/builtin.ts";
import { buildContextTypes, loadRules, RuleError, RuleSet } from "../rules/index.ts";
import type { JsonSchema } from "../schema/json-schema.ts";
import { findPackageRoot } from "../schema/package-root.ts";
import type { SchemaStore } from "../schema/store.ts";

/** The built-in rules, and those of the packs after them. */
export function loadRulesWithPacks(directories: readonly string[], schemas: SchemaStore): RuleSet {
  const builtin = getBuiltinRules();
  if (directories.length === 0) return builtin;
  const own = loadRulePacks(directories, schemas, { taken: builtin.rules.map(({ id }) => id) });
  return new RuleSet([...builtin.rules, ...own.rules], [...builtin.permissions, ...own.permissions]);
}

/** The rules of directories alone, with their examples. */
export function loadRulePacks(
  directories: readonly string[],
  schemas: SchemaStore,
  options: { taken?: Iterable<string> } = {},
): RuleSet {
  const files = directories.flatMap(ruleFilesIn).map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const requests = {
    request: (name: string) => schemas.find(name)?.source,
    operations: () => schemas.operations(),
  };
  return loadRules(files, requests, buildContextTypes(shippedResponse), options);
}

function ruleFilesIn(directory: string): string[] {
  if (!existsSync(directory)) throw nothingAt(directory, "there is no such directory");
  if (statSync(directory).isFile()) return [directory];
  const files = walkFiles(directory, (file) => /\.ya?ml$/.test(file) && !isConfigFile(file));
  if (files.length === 0) throw nothingAt(directory, "there is no rule file in this directory");
  return files;
}

const nothingAt = (file: string, message: string): RuleError =>
  new RuleError([{ file, message, help: "name a directory of rule files (`*.yaml`)", place: START }]);

const START = { line: 1, column: 1, endLine: 1, endColumn: 1 };

const shippedResponse = (name: string): JsonSchema =>
  JSON.parse(readFileSync(join(findPackageRoot(), "schemas", `${name}.response.json`), "utf8"));
