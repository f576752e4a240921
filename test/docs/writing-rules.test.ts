import { describe, expect, it } from "vitest";
import { blocksOf, readText, runIn } from "./pages.ts";

const blocks = blocksOf(readText("docs/writing-rules.md"));
const named = blocks.filter(({ info }) => info !== "").map(({ info, text }) => ({ name: info, text }));
const packs = named.filter(({ name }) => name.startsWith("rules/"));
const [draft, ...finished] = packs;
const printed = blocks.filter(({ language }) => language === "text").map(({ text }) => text);

describe("docs/writing-rules.md", () => {
  it("begins with a draft that is refused as the page shows", async () => {
    const { status, stdout, stderr } = await runIn([draft!], ["rules", "test", "rules"]);
    expect(status).toBe(2);
    for (const line of printed[0]!.trimEnd().split("\n")) expect(stdout + stderr).toContain(line);
  });

  it.each(finished)("has examples in $name with the outcomes that they state", async (file) => {
    const { status, stdout, stderr } = await runIn([file], ["rules", "test", "rules"]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^\d+ (?:rules?, \d+ examples|permission)/);
    expect(status).toBe(0);
  });

  it("shows what the finished draft prints for its examples and for a request", async () => {
    const fixed = { ...draft!, text: draft!.text.replace(/^ {4}assert: .*$/m, blocks[3]!.text.trimEnd()) };
    const tested = await runIn([fixed], ["rules", "test", "rules"]);
    expect(tested.stdout).toContain(printed[1]!);
    const used = named.filter(({ name }) => name === "requests/export.yaml");
    const config = named.find(({ name }) => name === "countersign.yaml")!;
    const checked = await runIn([fixed, config, ...used], ["check", "--no-color", "requests"]);
    expect(checked.stdout).toContain(printed[2]!);
  });
});
