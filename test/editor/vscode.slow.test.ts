import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../cli/run.ts";

const EXTENSION = join(ROOT, "editors", "vscode");

const run = (command: string, args: readonly string[], cwd: string): string => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
};

describe("the extension for VS Code", () => {
  // vsce brings hundreds of packages, which npm installs.
  it("is packaged with its code, readme and licences, and nothing else", { timeout: 300_000 }, () => {
    const directory = mkdtempSync(join(tmpdir(), "countersign-vscode-"));
    cpSync(EXTENSION, directory, { recursive: true });
    run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], directory);
    run("npm", ["run", "package"], directory);
    const archive = join(directory, "countersign-0.1.0.vsix");
    expect(existsSync(archive)).toBe(true);
    const names = run("python3", ["-m", "zipfile", "-l", archive], directory);
    const files = [...names.matchAll(/^(\S+?)\s/gm)]
      .map(([, name]) => name!)
      .filter((name) => name.startsWith("extension/"));
    expect(files.map((name) => name.toLowerCase()).sort()).toEqual([
      "extension/dist/extension.js",
      "extension/license.txt",
      "extension/package.json",
      "extension/readme.md",
      "extension/third-party-licences.txt",
    ]);
    expect(readFileSync(join(directory, "THIRD-PARTY-LICENCES.txt"), "utf8")).toContain(
      "vscode-languageclient",
    );
  });

  it("starts the program of its setting, the workspace's package or the one in PATH", () => {
    const { findServer } = createRequire(import.meta.url)(join(EXTENSION, "src", "server-command.js"));
    const folder = mkdtempSync(join(tmpdir(), "countersign-vscode-"));
    expect(findServer("", [folder])).toEqual({ command: "countersign" });
    const module = join(folder, "node_modules", "countersign", "dist", "cli.js");
    mkdirSync(join(module, ".."), { recursive: true });
    writeFileSync(module, "");
    expect(findServer("", [folder])).toEqual({ module });
    expect(findServer("/opt/countersign", [folder])).toEqual({ command: "/opt/countersign" });
  });
});
