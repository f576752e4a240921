import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, ROOT, runCli } from "../cli/run.ts";

const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** The content of the fenced blocks whose info string starts like this. */
const fences = (info: string): string[] =>
  [...README.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, found]) => found!.startsWith(info))
    .map(([, , text]) => text!);

/** The last command in the text before a fence. */
const commandBefore = (info: string): string[] => {
  const before = README.slice(0, README.indexOf(`\`\`\`text ${info}\n`));
  const [, words = ""] = [...before.matchAll(/`node dist\/cli\.js ([^`]+)`/g)].at(-1)!;
  return words.split(" ");
};

describe("the README", () => {
  it("shows what the examples print", async () => {
    const { stdout, status } = await runCli(["check", "examples"]);
    expect(status).toBe(1);
    const shown = fences("text").slice(0, 3);
    expect(fences("text")).toHaveLength(5);
    for (const text of shown) expect(stdout).toContain(text);
  });

  it("shows how context settles what is undecided", async () => {
    const { stdout, status } = await runCli(commandBefore("good"));
    expect(status).toBe(0);
    expect(stdout).toBe(fences("text good")[0]);
  });

  it("shows what a permission that is missing looks like", async () => {
    const { stdout, status } = await runCli(commandBefore("permissions"));
    expect(status).toBe(1);
    expect(stdout).toContain(fences("text permissions")[0]);
  });

  it("names the two commands of a fresh clone near its top", () => {
    const commands = fences("sh").join("");
    expect(commands).toContain("npm ci && node dist/cli.js check examples\n");
    expect(commands).toContain("npm ci && npm test\n");
  });

  it("has a request document that passes", async () => {
    const cwd = directory({ "evict.yaml": fences("yaml evict.yaml")[0]! });
    expect(await runCli(["check", "evict.yaml"], { cwd })).toMatchObject({ status: 0 });
  });

  it("has a program that runs and whose types hold", () => {
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
