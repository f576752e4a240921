import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Ran } from "../cli/run.ts";
import { runCli } from "../cli/run.ts";

/**
 * Each folder `<family>/<code>/<name>` is a test: its files, the arguments in `command` (`check . --format json` where
 * there is none), and what is printed in `expected.json`, or `expected.txt` where a command doesn't print JSON.
 * UPDATE_CASES=1 writes the expected files; then read the difference.
 */
const CASES = import.meta.dirname;
const DEFAULT_COMMAND = "check . --format json";
const OWN_FILES = ["command", "expected.json", "expected.txt"];

const foldersIn = (folder: string): string[] =>
  readdirSync(join(CASES, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));

const cases = foldersIn("").flatMap(foldersIn).flatMap(foldersIn).sort();

function commandIn(folder: string): string[] {
  const file = join(folder, "command");
  const line = existsSync(file) ? readFileSync(file, "utf8") : DEFAULT_COMMAND;
  return line.trim().split(/\s+/);
}

/** Runs a case on a copy of its files, where no configuration is found above them. */
async function runCase(folder: string, command: readonly string[]): Promise<Ran> {
  const cwd = mkdtempSync(join(tmpdir(), "countersign-case-"));
  try {
    cpSync(folder, cwd, { recursive: true });
    for (const name of OWN_FILES) rmSync(join(cwd, name), { force: true });
    return await runCli(command, { cwd });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function printed({ status, stdout, stderr }: Ran, isJson: boolean): string {
  if (!isJson) return `${stdout}${stderr}exit status ${status}\n`;
  const report = JSON.parse(stdout);
  return `${JSON.stringify({ exitStatus: status, ...(stderr && { stderr }), report }, null, 2)}\n`;
}

describe("cases", () => {
  it.each(cases)("%s prints what is expected", async (name) => {
    const folder = join(CASES, name);
    const command = commandIn(folder);
    const isJson = command.includes("json");
    const text = printed(await runCase(folder, command), isJson);
    const expected = join(folder, isJson ? "expected.json" : "expected.txt");
    if (process.env.UPDATE_CASES) writeFileSync(expected, text);
    else expect(text).toBe(readFileSync(expected, "utf8"));
  });
});
