import { dirname, join } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { readSourceFile, SOURCE_FILES } from "./source-files.ts";

/** What a file loads when it is loaded: neither types nor dynamic imports. */
function loadedBy(file: string): string[] {
  const statements = readSourceFile(file).matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from\s+"([^"]+)"/gm);
  return [...statements].map(([, path]) => (path!.startsWith(".") ? join(dirname(file), path!) : path!));
}

function collectLoaded(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  if (SOURCE_FILES.includes(file)) for (const next of loadedBy(file)) collectLoaded(next, found);
  return found;
}

describe("built-in rules", () => {
  it("run without the CEL library, the parser, the type checker and the compiler", () => {
    const loaded = [...collectLoaded("rules/builtin.ts")];
    expect(loaded).toContain("rules/runtime/compiled.ts");
    const foreign = /^(@bufbuild\/cel|yaml|rules\/(cel|load|typecheck|compile)\/)/;
    expect(loaded.filter((file) => foreign.test(file))).toEqual([]);
  });
});
