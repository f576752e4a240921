import { describe, expect, test } from "vitest";
import { CODES } from "../../src/diagnostics/codes.ts";
import { blocksOf, checkExamples, pagesBelow, readText, runIn } from "./pages.ts";

const codes = Object.keys(CODES);
const pageOf = (code: string): string => `docs/codes/${code}.md`;

test("docs/codes has a page for every code and no other", () => {
  expect(pagesBelow("docs/codes")).toEqual(codes.map(pageOf).sort());
});

describe.each(Object.entries(CODES))("the page of %s", (code, severity) => {
  const page = readText(pageOf(code));

  test("has the title, severity and headings that all pages have", () => {
    expect(page.split("\n", 3)).toEqual([`# ${code}`, "", `Severity: ${severity}`]);
    const headings = [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual(["Example", "Why it matters", "How to fix it", "Not reported"]);
    expect(
      blocksOf(page).some(({ language, text }) => language === "text" && text.includes(`[${code}]`)),
    ).toBe(true);
  });

  test("is what `explain` prints", async () => {
    expect(await runIn([], ["explain", code])).toMatchObject({ status: 0, stdout: page, stderr: "" });
  });

  checkExamples(pageOf(code));
});

/** Files that Markdown can't hold, by their name on the page. */
const OTHER_FILES: Record<string, Uint8Array> = {
  "dump.json": Buffer.alloc(9 * 1024 * 1024, " "),
  "utf16.yaml": Buffer.from("\ufeffoperation: a:B\n", "utf16le"),
  "latin1.yaml": Buffer.from('operation: a:B\njustification: "vérifié"\n', "latin1"),
};

test("blocks marked no-run show what is printed for files that a page can't hold", async () => {
  // iam/live-difference needs an answer of AWS, which test/live simulates.
  const blocks = codes
    .filter((code) => code !== "iam/live-difference")
    .flatMap((code) => blocksOf(readText(pageOf(code))))
    .filter(({ info }) => info === "no-run");
  const names = blocks.map(({ text }) => /--> (.*?):/.exec(text)?.[1] ?? "");
  expect(names.sort()).toEqual(["dump.json", "evict.yml", "latin1.yaml", "utf16.yaml"]);
  const files = Object.entries(OTHER_FILES).map(([name, text]) => ({ name, text }));
  const { stdout } = await runIn(files, ["check", "--no-color", ...names]);
  for (const { text } of blocks) expect(stdout).toContain(text);
});

test("`explain` without a code lists all of them", async () => {
  const { stdout } = await runIn([], ["explain"]);
  expect(stdout.split("\n").map((line) => line.split(" ")[0])).toEqual([...codes, ""]);
});
