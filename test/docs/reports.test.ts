import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { REPORTERS } from "../../src/reporters/index.ts";
import { ROOT } from "../cli/run.ts";
import { blocksOf, readText, runIn } from "./pages.ts";

const PAGE = "docs/reports.md";
const request = blocksOf(readText(PAGE)).find(({ info }) => info === "export.yaml")!;
const shown = blocksOf(readText(PAGE)).filter(({ info }) => info.startsWith("check "));

/** What a command of the page prints; for SARIF, only the result that failed. */
async function printed(command: string): Promise<string> {
  const { stdout } = await runIn(
    [{ name: "export.yaml", text: request.text }],
    [...command.split(" "), "--no-color"],
  );
  if (command.includes("azure")) return stdout.replace(/(sourcepath=)[^;]*\//g, "$1/repository/");
  if (!command.includes("sarif")) return stdout;
  const [run] = JSON.parse(stdout).runs;
  return `${JSON.stringify(
    run.results.find(({ level }: { level: string }) => level === "error"),
    null,
    2,
  )}\n`;
}

describe(PAGE, () => {
  test.each(shown.map(({ info }) => info))("shows what `%s` prints", async (command) => {
    const text = await printed(command);
    const page = readText(PAGE);
    const block = blocksOf(page).find(({ info }) => info === command)!;
    if (process.env.UPDATE_DOCS)
      writeFileSync(join(ROOT, PAGE), page.slice(0, block.start) + text + page.slice(block.end));
    else expect(block.text).toBe(text);
  });

  test("has a problem matcher that reads the concise format", async () => {
    const matcher = blocksOf(readText(PAGE)).find(({ info }) => info === "matcher.json")!;
    const [{ pattern }] = JSON.parse(matcher.text).problemMatcher;
    const [line = ""] = (await printed("check export.yaml --format concise")).split("\n");
    const match = new RegExp(pattern[0].regexp).exec(line)!;
    const read = ["file", "line", "column", "severity", "code"].map((name) => match[pattern[0][name]]);
    expect(read).toEqual(["export.yaml", "6", "7", "error", "fsx/export-paths-relative"]);
    expect(match[pattern[0].message]).toContain("looks like a path with the mount point in it");
  });

  test("shows every format", async () => {
    const formats = shown.map(({ info }) => / --format (\w+)/.exec(info)?.[1] ?? "text");
    expect([...formats, "json", "html"].sort()).toEqual(Object.keys(REPORTERS).sort());
    const rows = [...readText(PAGE).matchAll(/^\| `(\w+)` \|/gm)].map(([, format]) => format);
    expect(rows.sort()).toEqual(Object.keys(REPORTERS).sort());
    expect((await runIn([], ["check", "--help"])).stdout.replace(/\s+/g, " ")).toContain(
      "text, concise, json, sarif, github, gitlab, rdjsonl, azure, junit, markdown or html",
    );
  });
});
