import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));

/** What each room of src/ may import besides itself. Files beside the rooms are the pipelines that join them. */
const ALLOWED: Record<string, readonly string[]> = {
  diagnostics: [],
  documents: ["diagnostics"],
  requests: ["diagnostics", "documents"],
  schema: ["diagnostics", "documents"],
  config: ["diagnostics", "documents", "rules", "schema"],
  context: ["diagnostics", "documents", "schema"],
  rules: ["diagnostics", "documents", "schema"],
  git: ["diagnostics"],
  iam: ["diagnostics", "documents"],
  permissions: ["context", "diagnostics", "iam", "rules"],
  reporters: ["diagnostics"],
  generate: ["diagnostics"],
  "snapshot.ts": ["diagnostics", "documents", "schema"],
  "load-engine.ts": ["context", "documents", "rules", "schema", "engine.ts"],
  "engine.ts": ["context", "permissions", "requests", "rules", "schema"],
  "validate.ts": [
    "context",
    "diagnostics",
    "documents",
    "iam",
    "permissions",
    "requests",
    "rules",
    "schema",
    "engine.ts",
  ],
  "meant.ts": [],
  "read-requests.ts": ["diagnostics", "documents", "requests", "schema", "engine.ts", "meant.ts"],
  "find.ts": ["diagnostics", "documents", "requests", "engine.ts", "meant.ts", "read-requests.ts"],
  "file-check.ts": [
    "context",
    "diagnostics",
    "documents",
    "iam",
    "permissions",
    "requests",
    "rules",
    "engine.ts",
    "meant.ts",
    "read-requests.ts",
    "validate.ts",
  ],
  "check.ts": ["diagnostics", "documents", "rules", "engine.ts", "file-check.ts", "validate.ts"],
  "check-live.ts": [
    "context",
    "diagnostics",
    "documents",
    "iam",
    "permissions",
    "rules",
    "check.ts",
    "engine.ts",
  ],
  "api.ts": [
    "context",
    "diagnostics",
    "documents",
    "permissions",
    "requests",
    "rules",
    "schema",
    "engine.ts",
    "load-engine.ts",
    "snapshot.ts",
    "validate.ts",
  ],
  "index.ts": ["diagnostics", "schema", "api.ts"],
  action: ["cli", "git"],
  "aws-sdk": ["diagnostics", "requests", "api.ts", "snapshot.ts"],
  cli: [
    "config",
    "context",
    "iam",
    "permissions",
    "rules",
    "diagnostics",
    "documents",
    "schema",
    "reporters",
    "generate",
    "check.ts",
    "check-live.ts",
    "engine.ts",
    "file-check.ts",
    "git",
    "find.ts",
    "load-engine.ts",
  ],
};

const FILES = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

const importsOf = (file: string): string[] => {
  const text = readFileSync(join(SRC, file), "utf8");
  const found = [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(([, path]) => path!);
  return found.map((path) => relative(SRC, resolve(SRC, dirname(file), path)));
};

const roomOf = (file: string): string => file.split("/")[0]!;

describe("imports", () => {
  it("has a row for every room and no row too many", () => {
    expect([...new Set(FILES.map(roomOf))].sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  it.each(FILES)("of %s go one way", (file) => {
    const room = roomOf(file);
    const foreign = importsOf(file)
      .map(roomOf)
      .filter((other) => other !== room);
    const forbidden = foreign.filter((other) => !ALLOWED[room]!.includes(other));
    expect(forbidden).toEqual([]);
  });

  it("never form a circle", () => {
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      expect(trail, `${[...trail, file].join(" -> ")}`).not.toContain(file);
      if (done.has(file)) return;
      for (const next of valueImports(file)) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of FILES) visit(file, []);
  });
});

/** Imports that exist at run time: two files may know each other's types. */
function valueImports(file: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8").replaceAll(/(?:import|export) type [^;]*;/g, "");
  const found = [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(([, path]) => path!);
  return found
    .map((path) => relative(SRC, resolve(SRC, dirname(file), path)))
    .filter((path) => FILES.includes(path));
}

describe("process", () => {
  it.each(FILES.filter((file) => !/^(cli|action)\//.test(file)))("is not touched by %s", (file) => {
    const code = readFileSync(join(SRC, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(code).not.toMatch(/\bprocess\s*\.|console\s*\./);
  });
});
