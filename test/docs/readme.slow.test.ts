import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, ROOT } from "../cli/run.ts";
import { fences } from "./readme.ts";

describe("the README", () => {
  it("has a program that compiles and runs", () => {
    const program = fences("ts api.ts")[0]!;
    const cwd = directory();
    const file = join(cwd, "api.ts");
    writeFileSync(file, program);
    const tsconfig = {
      extends: join(ROOT, "tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        outDir: join(cwd, "out"),
        rootDir: cwd,
        typeRoots: [join(ROOT, "node_modules/@types")],
        paths: { countersign: [join(ROOT, "dist/index.d.ts")] },
      },
      include: [file],
    };
    writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify(tsconfig));
    writeFileSync(join(cwd, "package.json"), '{"type":"module"}');
    const compiled = spawnSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", cwd], {
      encoding: "utf8",
    });
    expect(compiled.stdout).toBe("");
    const code = readFileSync(join(cwd, "out", "api.js"), "utf8").replace(
      'from "countersign"',
      `from ${JSON.stringify(join(ROOT, "dist/index.js"))}`,
    );
    writeFileSync(join(cwd, "api.mjs"), code);
    const ran = spawnSync(process.execPath, [join(cwd, "api.mjs")], { encoding: "utf8" });
    expect(ran).toMatchObject({ status: 0, stdout: "fail\n" });
    expect(ran.stderr).toContain("storagegateway/force-remove-justified at /ForceRemove: ");
  });
});
