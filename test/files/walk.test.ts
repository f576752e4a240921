import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expandPath, walkFiles } from "../../src/files/walk.ts";

let directory: string;
const at = (name: string): string => join(directory, name);

const FILES = [
  "b.yaml",
  "a.json",
  "B.YML",
  "10.yaml",
  "9.yaml",
  "notes.txt",
  "countersign.yaml",
  ".hidden.yaml",
  "sub/c.yaml",
  "sub/deeper/d.json",
  "sub/countersign.yml",
  "sub/node_modules/x.yaml",
  "node_modules/y.yaml",
  ".git/z.yaml",
  ".github/workflow.yml",
  "odd [1].yaml",
  "{x}.yaml",
  "folder.yaml/inside.yaml",
];

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "countersign-walk-"));
  for (const file of FILES) {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), "a: 1\n");
  }
  symlinkSync("sub", at("linked"));
  symlinkSync("..", at("sub/up"));
  symlinkSync("nowhere.yaml", at("broken.yaml"));
  symlinkSync("loop.yaml", at("loop.yaml"));
  symlinkSync("a.json", at("link.json"));
  symlinkSync("sub", at("linked.yaml"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const named = (path: string, files: readonly string[], isNamed: boolean) =>
  files.map((file) => ({ file: path === "" ? at(file) : join(path, file), isExplicit: isNamed }));

const ALL = [
  ".github/workflow.yml",
  ".hidden.yaml",
  "10.yaml",
  "9.yaml",
  "B.YML",
  "a.json",
  "b.yaml",
  "broken.yaml",
  "countersign.yaml",
  "folder.yaml/inside.yaml",
  "link.json",
  "loop.yaml",
  "notes.txt",
  "odd [1].yaml",
  "sub/c.yaml",
  "sub/countersign.yml",
  "sub/deeper/d.json",
  "{x}.yaml",
];

describe("entriesOf() on directories", () => {
  test("walks in order of name without .git, node_modules and linked directories", async () => {
    expect(await expandPath(directory)).toEqual(named("", ALL, false));
    expect(await expandPath(`${directory}/`)).toEqual(named("", ALL, false));
  });

  test("walks a directory named explicitly, whatever its name", async () => {
    expect(await expandPath(at("node_modules"))).toEqual(named("", ["node_modules/y.yaml"], false));
    expect(await expandPath(at("folder.yaml"))).toEqual(named("", ["folder.yaml/inside.yaml"], false));
    expect(await expandPath(at("linked"))).toEqual(
      named("", ["linked/c.yaml", "linked/countersign.yml", "linked/deeper/d.json"], false),
    );
  });

  test("lists an unreadable directory, so that reading it reports the error", () => {
    mkdirSync(at("sub/closed"));
    chmodSync(directory, 0o755);
    chmodSync(at("sub/closed"), 0);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      expect(walkFiles(at("sub/closed"))).toEqual([at("sub/closed")]);
    } finally {
      if (isRoot) process.seteuid?.(0);
      rmSync(at("sub/closed"), { recursive: true });
    }
  });
});

describe("entriesOf() on paths", () => {
  test.each([
    "b.yaml",
    "notes.txt",
    "countersign.yaml",
    "none.yaml",
    "broken.yaml",
    "loop.yaml",
    "odd [1].yaml",
    "{x}.yaml",
  ])("returns %s itself", async (name) => {
    expect(await expandPath(at(name))).toEqual([{ file: at(name), isExplicit: true }]);
  });
});

describe("entriesOf() on globs", () => {
  test.each<[string, string[]]>([
    [
      "*.yaml",
      [
        "10.yaml",
        "9.yaml",
        "b.yaml",
        "broken.yaml",
        "countersign.yaml",
        "loop.yaml",
        "odd [1].yaml",
        "{x}.yaml",
      ],
    ],
    ["**/*.json", ["a.json", "link.json", "sub/deeper/d.json"]],
    ["sub/**/*.{json,yaml}", ["sub/c.yaml", "sub/deeper/d.json"]],
    ["{a,b}.*", ["a.json", "b.yaml"]],
    ["[ab].*", ["a.json", "b.yaml"]],
    ["*.txt", ["notes.txt"]],
    ["node_modules/*.yaml", ["node_modules/y.yaml"]],
    ["none/*.yaml", []],
    ["*.none", []],
    ["?.json", ["a.json"]],
  ])("expands %s", async (glob, files) => {
    expect(await expandPath(at(glob))).toEqual(named("", files, false));
  });
});

describe("git-ignored files", () => {
  const inRepository = async (files: Record<string, string>, path = ".") => {
    const root = mkdtempSync(join(tmpdir(), "countersign-ignored-"));
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), text);
      }
      const start = join(root, path);
      return (await expandPath(start)).map(({ file }) => relative(root, file));
    } finally {
      rmSync(root, { recursive: true });
    }
  };
  const FOUND = { ".git/HEAD": "", "a.yaml": "", "out/b.yaml": "", "sub/a.yaml": "", "sub/out/c.yaml": "" };

  test("are skipped in a directory", async () => {
    expect(await inRepository({ ...FOUND, ".gitignore": "out/\n" })).toEqual(["a.yaml", "sub/a.yaml"]);
    expect(await inRepository({ ...FOUND, ".gitignore": "/out\n# a.yaml\n" })).toEqual([
      "a.yaml",
      "sub/a.yaml",
      "sub/out/c.yaml",
    ]);
    expect(await inRepository({ ...FOUND, ".gitignore": "a.yaml\n!/a.yaml\n" })).toEqual([
      "a.yaml",
      "out/b.yaml",
      "sub/out/c.yaml",
    ]);
  });

  test("are determined by the nearest ignore file, including those of parent directories", async () => {
    const files = { ...FOUND, ".gitignore": "*.yaml\n", "sub/.gitignore": "!a.yaml\n" };
    expect(await inRepository(files)).toEqual(["sub/a.yaml"]);
    expect(await inRepository(files, "sub")).toEqual(["sub/a.yaml"]);
    expect(await inRepository({ ...FOUND, ".git/info/exclude": "sub/out\n" }, "sub")).toEqual(["sub/a.yaml"]);
  });

  test("are returned if they are named explicitly", async () => {
    const files = { ...FOUND, ".gitignore": "out/\na.yaml\n" };
    expect(await inRepository(files, "out")).toEqual(["out/b.yaml"]);
    expect(await inRepository(files, "sub/out")).toEqual(["sub/out/c.yaml"]);
    expect(await inRepository(files, "a.yaml")).toEqual(["a.yaml"]);
    expect(await inRepository(files, "**/*.yaml")).toHaveLength(4);
  });

  test("do not depend on unreadable ignore files or on patterns that backtrack for very long", async () => {
    expect(await inRepository({ ...FOUND, ".gitignore/x": "" })).toHaveLength(5);
    expect(await inRepository({ ...FOUND, ".gitignore": `${"*a".repeat(2000)}\n[z-a]\n` })).toHaveLength(4);
  });
});
