import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CODES } from "../../src/diagnostics/codes.ts";
import { importsOf, SOURCE_FILES, stageOf } from "../architecture/source-files.ts";
import { ROOT } from "../cli/run.ts";
import { readText } from "./pages.ts";

const PATH = /^\.?[\w-][\w.-]*(?:\/[\w.-]+)*\/?$/;

const namesIn = (folder: string): string[] => readdirSync(join(ROOT, folder));

/** The top-level names of the repository, and of src/, relative to which the table of folders is. */
const STARTS = new Set([...namesIn("."), ...namesIn("src"), "dist"]);

/** The code spans of a page, outside its fenced blocks, that are paths in the repository. */
function pathsIn(page: string): string[] {
  const text = readText(page).replace(/^```[\s\S]*?^```$/gm, "");
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
  return spans.filter(
    (span) =>
      PATH.test(span) &&
      !Object.hasOwn(CODES, span) &&
      (span.includes("/") ? STARTS.has(span.split("/")[0]!) : /^\w.*\.(?:ts|mjs)$/.test(span)),
  );
}

/** A file that the build makes, or one that is there, from the root or from src/. */
const isThere = (path: string): boolean =>
  path.startsWith("dist/") || ["", "src"].some((from) => existsSync(join(ROOT, from, path)));

describe.each(["docs/ARCHITECTURE.md", "CONTRIBUTING.md"])("%s", (page) => {
  it("names only files and folders that exist, by their whole paths", () => {
    const paths = pathsIn(page);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });
});

describe("docs/ARCHITECTURE.md", () => {
  const page = readText("docs/ARCHITECTURE.md");
  const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  it("describes every folder of src/ and no other", () => {
    const rows = [...page.matchAll(/^\| `(\w[\w-]*)\/` \|/gm)].map((match) => match[1]!);
    expect(rows.sort()).toEqual(folders.sort());
  });

  it("draws every folder of src/ in a layer", () => {
    const drawing = /^## Layers\n[\s\S]*?^```text\n([\s\S]*?)^```$/m.exec(page)![1]!;
    const drawn = drawing.split("\n").flatMap((line) => line.slice(0, 42).match(/[a-z][a-z-]+/g) ?? []);
    expect(drawn.sort()).toEqual(folders.sort());
  });

  it("lists every import direction of src/ and no other", () => {
    const [, table = ""] = page.split("\n## Import directions\n");
    const rows = [...table.split("\n## ")[0]!.matchAll(/^\| (`.*`) \| (.*)\|$/gm)];
    const namesOf = (cell: string): string[] => [...cell.matchAll(/`([\w-]+)`/g)].map((match) => match[1]!);
    const listed = rows.flatMap(([, from, to]) =>
      namesOf(from!).flatMap((importer) => namesOf(to!).map((imported) => `${importer} -> ${imported}`)),
    );
    const directions = SOURCE_FILES.filter((file) => folders.includes(stageOf(file))).flatMap((file) =>
      importsOf(file)
        .filter((imported) => stageOf(imported) !== stageOf(file))
        .map((imported) => `${stageOf(file)} -> ${stageOf(imported)}`),
    );
    expect(listed.sort()).toEqual([...new Set(directions)].sort());
  });
});
