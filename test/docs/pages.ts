import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Ran } from "../cli/run.ts";
import { directory, ROOT, runCli } from "../cli/run.ts";

export const readText = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** The Markdown files below a folder of the repository, by their path in it. */
export const pagesBelow = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .sort();

/** A fenced block of Markdown: the info string's language and rest, and the text with its line ends. */
export interface Block {
  language: string;
  info: string;
  text: string;
  /** Offsets of the text in the page. */
  start: number;
  end: number;
}

const FENCE = /^```(\w+)[ \t]*([^\n]*)\n([\s\S]*?)^```$/gm;

export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCE)].map((match) => {
    const [whole, language = "", info = "", text = ""] = match;
    const start = match.index + whole.length - text.length - "```".length;
    return { language, info: info.trim(), text, start, end: start + text.length };
  });
}

/** Files that a page shows, and what `check` prints for the last of them. */
export interface Example {
  files: { name: string; text: string }[];
  args: string[];
  expected: Block;
}

/** The page's examples: named `yaml` and `json` blocks up to a `text` block that isn't marked `no-run`. */
export function examplesOf(markdown: string): Example[] {
  const examples: Example[] = [];
  let files: Example["files"] = [];
  for (const block of blocksOf(markdown)) {
    if (block.language === "text" && block.info !== "no-run") {
      examples.push({ files, args: block.info.split(" ").filter(Boolean), expected: block });
      files = [];
    } else if (block.language !== "text" && block.info !== "")
      files.push({ name: block.info, text: block.text });
  }
  return examples;
}

/** Runs the command line in a temporary directory with these files. */
export async function runIn(
  files: readonly { name: string; text: string | Uint8Array }[],
  args: readonly string[],
): Promise<Ran> {
  const cwd = directory(Object.fromEntries(files.map(({ name, text }) => [name, text])));
  try {
    return await runCli(args, { cwd });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/**
 * Tests that each example of a page shows what `check` prints. With UPDATE_DOCS=1 in the environment the page is
 * rewritten; then read the difference.
 */
export function checkExamples(page: string): void {
  const examples = examplesOf(readText(page)).map((example, index) => ({ ...example, index }));
  test.each(examples)("example $index shows what is printed", async (example) => {
    const printed = await printedFor(page, example);
    if (process.env.UPDATE_DOCS) update(page, example.index, printed);
    else expect(printed).toBe(example.expected.text);
  });
}

function update(page: string, index: number, printed: string): void {
  const text = readText(page);
  const { start, end } = examplesOf(text)[index]!.expected;
  writeFileSync(join(ROOT, page), text.slice(0, start) + printed + text.slice(end));
}

/** What `check` prints for an example's last file: its findings one by one, without those of rules. */
async function printedFor(page: string, { files, args }: Example): Promise<string> {
  const file = files.at(-1);
  if (!file) throw new Error("an example has a file in a block before it");
  const { stdout, stderr } = await runIn(files, ["check", "--no-color", "--show=all", ...args, file.name]);
  const isOurs = isOfFamily(page);
  return `${`${stderr}${findingsIn(stdout)}`.trimEnd().split("\n\n").filter(isOurs).join("\n\n").trimEnd()}\n`;
}

/** The findings of a report, without what follows them: what undecided checks wait for, and the verdict. */
const findingsIn = (report: string): string =>
  report.slice(
    0,
    report.search(
      /^(?:deletes data, |undecided requests: |\d+ checks? |not read: |can't be decided: |(?:pass|fail|undecided): \d)/m,
    ),
  );

/** Selects the findings that a page is about: a request can have others, too. */
function isOfFamily(page: string): (finding: string) => boolean {
  const family =
    page.includes("permissions") || page.includes("/iam/") ? /^\w+\[iam\// : /^\w+\[(?:document|schema)\//;
  return (finding) => !/^\w+\[/.test(finding) || family.test(finding);
}
