import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, ROOT, runCli } from "../cli/run.ts";

import { fences, README } from "./readme.ts";

/** The arguments of the last command in the text before a fence. */
const commandBefore = (info: string): string[] => {
  const before = README.slice(0, README.indexOf(`\`\`\`text ${info}\n`));
  const [, words = ""] = [...before.matchAll(/`node dist\/cli\.js ([^`]+)`/g)].at(-1)!;
  return words.split(" ");
};

describe("the README", () => {
  it("shows what `check examples` prints", async () => {
    const { stdout, status } = await runCli(["check", "examples"]);
    expect(status).toBe(1);
    const shown = fences("text").slice(0, 3);
    expect(fences("text")).toHaveLength(5);
    const [verdict, ...findings] = [shown[2]!, ...shown.slice(0, 2)];
    for (const text of findings) expect(stdout).toContain(text);
    const last = `${stdout.trimEnd().split("\n").at(-1)}\n`;
    if (process.env.UPDATE_DOCS) writeFileSync(join(ROOT, "README.md"), README.replace(verdict, last));
    else expect(verdict).toBe(last);
  });

  it("shows how context decides what was undecided", async () => {
    const { stdout, status } = await runCli(commandBefore("good"));
    expect(status).toBe(0);
    expect(stdout).toBe(fences("text good")[0]);
  });

  it("shows the report of a missing permission", async () => {
    const { stdout, status } = await runCli(commandBefore("permissions"));
    expect(status).toBe(1);
    expect(stdout).toContain(fences("text permissions")[0]);
  });

  it("names the two commands for a fresh clone", () => {
    const commands = fences("sh").join("");
    expect(commands).toContain("npm ci && node dist/cli.js check examples\n");
    expect(commands).toContain("npm ci && npm test\n");
  });

  it("has a request document that passes", async () => {
    const cwd = directory({ "evict.yaml": fences("yaml evict.yaml")[0]! });
    expect(await runCli(["check", "evict.yaml"], { cwd })).toMatchObject({ status: 0 });
  });
});
