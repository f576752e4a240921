import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { CLI, directory } from "../cli/run.ts";

const REQUEST = JSON.stringify({
  operation: "fsx:DeleteBackup",
  request: { BackupId: "backup-0123456789abcdef0", ClientRequestToken: 5 },
});
const EXPORT = JSON.stringify({
  operation: "fsx:CreateDataRepositoryTask",
  request: {
    Type: "EXPORT_TO_REPOSITORY",
    FileSystemId: "fs-0123456789abcdef0",
    Paths: ["results"],
    Report: { Enabled: false },
  },
});
const cwd = directory({ "request.json": REQUEST, "export.json": EXPORT });
const ARGS = ["check", "request.json"];
const makeHome = (): string => realpathSync(mkdtempSync(join(tmpdir(), "countersign-home-")));

function start(env: Record<string, string>, options: readonly string[] = [], args = ARGS): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...options, CLI, ...args], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    encoding: "utf8",
  });
  return `${status} ${stderr}${stdout}`;
}

const RIGHT = start({ COUNTERSIGN_CODE_CACHE: "off", HOME: makeHome() });

/** All files of compiled code below a home. Newer versions of Node keep theirs in a folder for the version. */
const cacheFiles = (home: string): string[] =>
  readdirSync(join(home, ".cache/countersign"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe("a start with compiled code", () => {
  it("does as one without", () => {
    const HOME = makeHome();
    expect(RIGHT).toMatch(/^1 [\s\S]*schema\//);
    for (let run = 0; run < 3; run++) expect(start({ HOME })).toBe(RIGHT);
    expect(cacheFiles(HOME).length).toBeGreaterThan(0);
  });

  it("loads one part that is worth caching for a JSON request without a finding", () => {
    const HOME = makeHome();
    expect(start({ HOME }, [], ["check", "export.json"])).toMatch(/^0 /);
    expect(cacheFiles(HOME)).toHaveLength(1);
  });

  it("does the same when the files were flipped or cut, and mends them", () => {
    const HOME = makeHome();
    start({ HOME });
    for (const path of cacheFiles(HOME)) {
      const data = readFileSync(path);
      for (let at = 40; at < data.length; at += 97) data[at]! ^= 0x55;
      writeFileSync(path, data);
    }
    expect(start({ HOME })).toBe(RIGHT);
    for (const path of cacheFiles(HOME)) truncateSync(path, 1000);
    expect(start({ HOME })).toBe(RIGHT);
    expect(start({ HOME })).toBe(RIGHT);
  });

  it("adds what the first runs called that others before them didn't, and then leaves the files as they are", () => {
    const HOME = makeHome();
    expect(start({ HOME }, [], ["check", "missing.json"])).toMatch(/^2 /);
    const [path] = cacheFiles(HOME).filter((each) => each.includes("/core.cjs-"));
    const small = readFileSync(path!).length;
    for (let run = 0; run < 4; run++) expect(start({ HOME })).toBe(RIGHT);
    const grown = readFileSync(path!);
    expect(grown.length).toBeGreaterThan(small * 1.2);
    start({ HOME }, [], ["check", "export.json"]);
    expect(readFileSync(path!).equals(grown)).toBe(true);
  });

  it("does the same with other options of V8 on the same files", () => {
    const HOME = makeHome();
    start({ HOME });
    expect(start({ HOME }, ["--no-opt"])).toBe(RIGHT);
    expect(start({ HOME, NODE_OPTIONS: "--max-old-space-size=300" })).toBe(RIGHT);
    expect(start({ HOME })).toBe(RIGHT);
  });

  it("does the same in several first starts at once, and none leaves an unfinished file", async () => {
    const HOME = makeHome();
    const run = promisify(execFile);
    const once = (): Promise<string> =>
      run(process.execPath, [CLI, ...ARGS], { cwd, env: { PATH: process.env.PATH, HOME } }).then(
        ({ stdout }) => stdout,
        ({ code, stderr, stdout }) => `${code} ${stderr}${stdout}`,
      );
    expect(new Set(await Promise.all(Array.from({ length: 6 }, once)))).toEqual(new Set([RIGHT]));
    expect(cacheFiles(HOME).filter((path) => /\.\d+-\w+$/.test(path))).toEqual([]);
  });

  it("does the same where nothing can be cached", () => {
    expect(start({ HOME: "/nowhere/at/all" })).toBe(RIGHT);
    expect(start({})).toBe(RIGHT);
  });
});
