import { describe, expect, it } from "vitest";
import { importsOf, readSourceFile, SOURCE_FILES, stageOf } from "./source-files.ts";

/** What each stage may import besides itself. */
const ALLOWED: Record<string, readonly string[]> = {
  diagnostics: [],
  documents: ["diagnostics"],
  texts: ["documents"],
  files: ["diagnostics", "documents"],
  requests: ["diagnostics", "documents", "files", "texts"],
  schema: ["diagnostics", "documents", "texts"],
  git: ["diagnostics"],
  iam: ["diagnostics", "documents"],
  rules: ["diagnostics", "documents", "iam", "schema", "texts"],
  context: ["diagnostics", "documents", "files", "schema"],
  config: ["diagnostics", "documents", "files", "rules", "schema"],
  permissions: ["context", "diagnostics", "documents", "iam", "requests", "rules"],
  reporters: ["diagnostics"],
  schemagen: ["diagnostics"],
  engine: [
    "context",
    "diagnostics",
    "documents",
    "files",
    "iam",
    "permissions",
    "requests",
    "rules",
    "schema",
  ],
  api: ["context", "diagnostics", "documents", "engine", "permissions", "requests", "rules", "schema"],
  gather: ["context", "diagnostics", "files", "iam"],
  "aws-sdk": ["api", "context", "diagnostics", "documents", "engine", "files", "gather", "iam", "requests"],
  "index.ts": ["api", "diagnostics", "schema"],
  run: [
    "config",
    "context",
    "diagnostics",
    "documents",
    "engine",
    "files",
    "git",
    "iam",
    "reporters",
    "rules",
    "schema",
  ],
  mcp: ["config", "diagnostics", "engine", "files", "gather", "rules", "run"],
  gate: ["config", "diagnostics", "documents", "files", "run", "schema"],
  lsp: [
    "config",
    "context",
    "diagnostics",
    "documents",
    "engine",
    "files",
    "requests",
    "rules",
    "run",
    "schema",
  ],
  cli: [
    "api",
    "config",
    "context",
    "diagnostics",
    "documents",
    "engine",
    "files",
    "gate",
    "gather",
    "git",
    "iam",
    "lsp",
    "mcp",
    "permissions",
    "rules",
    "run",
    "schema",
    "schemagen",
    "start",
  ],
  action: ["git", "run", "start"],
  playground: ["cli", "diagnostics", "lsp", "run", "schemagen"],
  start: [],
};

/** The only files that may touch `process` and the console. */
const FRONTS = /^(cli|action|start)\/|^run\/io\.ts$|^gate\/(private-files|run-command)\.ts$/;

describe("the table of import directions", () => {
  it("has a row for every stage and no row too many", () => {
    expect([...new Set(SOURCE_FILES.map(stageOf))].sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  it("leads from later stages to earlier ones only", () => {
    const later = new Set<string>();
    const visit = (stage: string, trail: readonly string[]): void => {
      expect(trail, [...trail, stage].join(" -> ")).not.toContain(stage);
      if (later.has(stage)) return;
      for (const next of ALLOWED[stage]!) visit(next, [...trail, stage]);
      later.add(stage);
    };
    for (const stage of Object.keys(ALLOWED)) visit(stage, []);
  });

  it.each(SOURCE_FILES)("holds for %s", (file) => {
    const stage = stageOf(file);
    const foreign = importsOf(file)
      .map(stageOf)
      .filter((other) => other !== stage);
    expect(foreign.filter((other) => !ALLOWED[stage]!.includes(other))).toEqual([]);
  });
});

// Biome's noImportCycles does not follow dynamic imports.
describe("imports, dynamic ones and types included,", () => {
  it("never form a cycle", () => {
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      expect(trail, [...trail, file].join(" -> ")).not.toContain(file);
      if (done.has(file)) return;
      for (const next of importsOf(file).filter((path) => SOURCE_FILES.includes(path)))
        visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of SOURCE_FILES) visit(file, []);
  });
});

describe("process and console", () => {
  it.each(SOURCE_FILES.filter((file) => !FRONTS.test(file)))("are not touched by %s", (file) => {
    const code = readSourceFile(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(code).not.toMatch(/\bprocess\s*\.|console\s*\./);
  });
});
