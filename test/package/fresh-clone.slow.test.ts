import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../cli/run.ts";
import { npmWarnings } from "./npm-warnings.ts";

/** The machine's npm, and versions beside it: a colon-separated list of directories to put before the path. */
const NPMS = ["", ...(process.env.COUNTERSIGN_NPM_PATHS ?? "").split(":").filter((path) => path !== "")];

interface Manifest {
  scripts?: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;
const lockText = readFileSync(join(ROOT, "package-lock.json"), "utf8");

describe.each(NPMS)("`npm ci` on a fresh clone, with npm of the path %j", (npm) => {
  it("warns of no engine and no install script", () => {
    const clone = mkdtempSync(join(tmpdir(), "countersign-clone-"));
    for (const name of ["package-lock.json", ".npmrc"]) copyFileSync(join(ROOT, name), join(clone, name));
    // npm runs the package's own scripts even in a dry run.
    writeFileSync(join(clone, "package.json"), JSON.stringify({ ...manifest, scripts: {} }));
    const { status, stdout, stderr } = spawnSync("npm", ["ci", "--dry-run", "--offline"], {
      cwd: clone,
      encoding: "utf8",
      env: { ...process.env, PATH: [npm, process.env.PATH].filter(Boolean).join(delimiter) },
    });
    expect(status, stderr).toBe(0);
    expect(npmWarnings(`${stdout}${stderr}`)).toEqual([]);
  });
});

it("the lock file names no registry, and package.json exact versions", () => {
  expect(lockText).not.toMatch(/"resolved"|https?:\/\/registry/);
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
