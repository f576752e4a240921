import { describe, expect, test } from "vitest";
import { CODES } from "../../src/diagnostics/codes.ts";
import { blocksOf, checkExamples, pagesBelow, readText, runIn } from "./pages.ts";

const codes = Object.keys(CODES);
const pageOf = (code: string): string => `docs/codes/${code}.md`;

test("every code has a page, and every page a code", () => {
  expect(pagesBelow("docs/codes")).toEqual(codes.map(pageOf).sort());
});

describe.each(Object.entries(CODES))("%s", (code, severity) => {
  const page = readText(pageOf(code));

  test("the page has the common form", () => {
    expect(page.split("\n", 3)).toEqual([`# ${code}`, "", `Severity: ${severity}`]);
    const headings = [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual(["Example", "Why it matters", "How to fix it", "Not reported"]);
    expect(
      blocksOf(page).some(({ language, text }) => language === "text" && text.includes(`[${code}]`)),
    ).toBe(true);
  });

  test("`explain` prints it", () => {
    expect(runIn([], ["explain", code])).toMatchObject({ status: 0, stdout: page, stderr: "" });
  });

  checkExamples(pageOf(code));
});

/** Files that can't stand in a fence, by the name that the page gives them. */
const OTHER_FILES: Record<string, Uint8Array> = {
  "dump.json": Buffer.alloc(9 * 1024 * 1024, " "),
  "utf16.yaml": Buffer.from("\ufeffoperation: a:B\n", "utf16le"),
  "latin1.yaml": Buffer.from('operation: a:B\njustification: "vérifié"\n', "latin1"),
};

test("what the pages say of other files is what the tool prints", () => {
  // What AWS says has tests of its own, with a server that says it: test/live.
  const blocks = codes
    .filter((code) => code !== "iam/live-difference")
    .flatMap((code) => blocksOf(readText(pageOf(code))))
    .filter(({ info }) => info === "no-run");
  const names = blocks.map(({ text }) => /--> (.*?):/.exec(text)?.[1] ?? "");
  expect(names.sort()).toEqual(["dump.json", "evict.yml", "latin1.yaml", "utf16.yaml"]);
  const files = Object.entries(OTHER_FILES).map(([name, text]) => ({ name, text }));
  const { stdout } = runIn(files, ["check", "--no-color", ...names]);
  for (const { text } of blocks) expect(stdout).toContain(text);
});

test("`explain` lists the codes", () => {
  const { stdout } = runIn([], ["explain"]);
  expect(stdout.split("\n").map((line) => line.split(" ")[0])).toEqual([...codes, ""]);
});
