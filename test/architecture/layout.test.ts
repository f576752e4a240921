import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSourceFile, SOURCE_FILES, SRC } from "./source-files.ts";

/** Names that two files may export, each with the reason. */
const SHARED_NAMES: Readonly<Record<string, string>> = {
  run: "every command's work is loaded by this name",
};

const EXPORT =
  /^export (?:async )?(?:abstract )?(?:function\*?|const|class|interface|type) ([A-Za-z0-9_]+)/gm;

const isGenerated = (file: string): boolean => file.includes(".generated.");

describe("the layout of src/", () => {
  it("keeps at most three files beside the folders", () => {
    expect(SOURCE_FILES.filter((file) => !file.includes("/")).length).toBeLessThanOrEqual(3);
  });

  it("keeps at most 25 files in a folder", () => {
    const folders = new Map<string, number>();
    for (const entry of readdirSync(SRC, { recursive: true, withFileTypes: true, encoding: "utf8" })) {
      if (!entry.isFile()) continue;
      folders.set(entry.parentPath, (folders.get(entry.parentPath) ?? 0) + 1);
    }
    expect([...folders].filter(([, count]) => count > 25)).toEqual([]);
  });

  it("keeps files at 300 lines", () => {
    const long = SOURCE_FILES.filter((file) => !isGenerated(file)).filter(
      (file) => readSourceFile(file).trimEnd().split("\n").length > 300,
    );
    expect(long).toEqual([]);
  });

  it("has one file for each exported name", () => {
    const files = new Map<string, string[]>();
    for (const file of SOURCE_FILES.filter((each) => !isGenerated(each))) {
      for (const [, name] of readSourceFile(file).matchAll(EXPORT)) {
        files.set(name!, [...(files.get(name!) ?? []), file]);
      }
    }
    const twice = [...files].filter(([name, places]) => new Set(places).size > 1 && !(name in SHARED_NAMES));
    expect(Object.fromEntries(twice)).toEqual({});
  });

  it("names no shared name that only one file exports", () => {
    expect(Object.keys(SHARED_NAMES).length).toBeLessThanOrEqual(8);
    for (const name of Object.keys(SHARED_NAMES)) {
      const places = SOURCE_FILES.filter((file) =>
        [...readSourceFile(file).matchAll(EXPORT)].some(([, exported]) => exported === name),
      );
      expect(places.length, name).toBeGreaterThan(1);
    }
  });
});
