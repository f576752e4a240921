import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../cli/run.ts";

interface Ran {
  status: number | null;
  output: string;
}

function ran(command: string, args: readonly string[], cwd: string): Ran {
  const env = { ...process.env, NPM_CONFIG_UPDATE_NOTIFIER: "false", NPM_CONFIG_FUND: "false" };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", env });
  return { status, output: `${stdout}${stderr}` };
}

const PROGRAM = `
import { createValidator, validate } from "countersign";
import { GuardError, guard } from "countersign/aws-sdk";

const { outcome, diagnostics } = validate({
  operation: "fsx:CreateDataRepositoryTask",
  request: { FileSystemId: "fs-0123456789abcdef0", Type: "EXPORT", Report: { Enabled: false } },
});
console.log(outcome, diagnostics.map(({ code, pointer }) => code + " " + pointer).join());
console.log(typeof guard(createValidator()).applyToStack, GuardError.name);
`;

describe("the package that npm packs", () => {
  let project = "";
  let tarball = "";
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "countersign-package-"));
    // --ignore-scripts keeps `prepare` from replacing dist/, which other tests are using.
    const packed = ran("npm", ["pack", "--ignore-scripts", "--pack-destination", project], ROOT);
    expect(packed.status, packed.output).toBe(0);
    tarball = join(project, readdirSync(project).find((name) => name.endsWith(".tgz"))!);
    writeFileSync(
      join(project, "package.json"),
      '{ "name": "empty", "version": "1.0.0", "type": "module" }\n',
    );
    const installed = ran("npm", ["install", "--prefer-offline", "--no-audit", tarball], project);
    expect(installed.status, installed.output).toBe(0);
  }, 180_000);

  it("contains what it needs and no sources or tests", () => {
    const { output } = ran("tar", ["tzf", tarball], project);
    const files = output
      .trim()
      .split("\n")
      .map((name) => name.replace(/^package\//, ""));
    expect(files).toEqual(
      expect.arrayContaining([
        "dist/cli.js",
        "dist/index.d.ts",
        "schemas/countersign/request.json",
        "LICENSE",
        "README.md",
      ]),
    );
    expect(files.filter((name) => /^(src|test|bench|scripts|\.)/.test(name))).toEqual([]);
  });

  it("runs from the command line of an empty project", () => {
    writeFileSync(
      join(project, "request.yaml"),
      "operation: fsx:CreateDataRepositoryTask\nrequest: {FileSystemId: fs-0123456789abcdef0, Type: EXPORT, Report: {Enabled: false}}\n",
    );
    const { status, output } = ran("npx", ["--no-install", "countersign", "check", "request.yaml"], project);
    expect(output).toContain("schema/enum");
    expect(status).toBe(1);
    expect(ran("npx", ["--no-install", "countersign", "explain", "schema/enum"], project).status).toBe(0);
  });

  it("can be imported by a program, with its types", () => {
    writeFileSync(join(project, "program.ts"), PROGRAM);
    writeFileSync(join(project, "program.mjs"), PROGRAM);
    expect(ran(process.execPath, ["program.mjs"], project)).toEqual({
      status: 0,
      output: "fail schema/enum /Type\nfunction GuardError\n",
    });
    const options = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--types",
      "node",
      "--typeRoots",
      join(ROOT, "node_modules/@types"),
    ];
    const checked = ran(
      process.execPath,
      [join(ROOT, "node_modules/typescript/bin/tsc"), ...options, "program.ts"],
      project,
    );
    expect(checked.output).toBe("");
    writeFileSync(
      join(project, "wrong.ts"),
      'import { validate } from "countersign";\nvalidate({ operation: 3, request: {} });\n',
    );
    const refused = ran(
      process.execPath,
      [join(ROOT, "node_modules/typescript/bin/tsc"), ...options, "wrong.ts"],
      project,
    );
    expect(refused.output).toContain("wrong.ts(2,12): error TS2322");
  });

  it("passes publint and attw", () => {
    const linted = ran(
      process.execPath,
      [join(ROOT, "node_modules/publint/src/cli.js"), tarball, "--strict"],
      project,
    );
    expect(linted.status, linted.output).toBe(0);
    // The package is ESM only: a CommonJS program uses `await import()`.
    const attw = [
      join(ROOT, "node_modules/@arethetypeswrong/cli/dist/index.js"),
      tarball,
      "--profile",
      "esm-only",
    ];
    const typed = ran(process.execPath, attw, project);
    expect(typed.status, typed.output).toBe(0);
  });
});
