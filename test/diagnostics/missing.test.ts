import { describe, expect, it } from "vitest";
import type { MissingInput } from "../../src/diagnostics/diagnostic.ts";
import { mergeCommands } from "../../src/diagnostics/merge-commands.ts";
import { groupMissing } from "../../src/diagnostics/missing.ts";
import { createFinding } from "../reporters/findings.ts";

const wait = (file: string, ...missing: MissingInput[]) =>
  createFinding({ status: "undecided", file, missing });

describe("commands for the records of one kind", () => {
  it.each<[string, string[], string[]]>([
    [
      "ids of one option",
      ["aws a --ids x > f", "aws a --ids y > f", "aws a --ids z > f"],
      ["aws a --ids x y z > f"],
    ],
    [
      "values of a filter",
      ["aws a --filters Name=n,Values=x > f", "aws a --filters Name=n,Values=y > f"],
      ["aws a --filters Name=n,Values=x,y > f"],
    ],
    [
      "an option that takes one value",
      ["aws a --arn x > f", "aws a --arn y > f"],
      ["aws a --arn x > f", "aws a --arn y > f"],
    ],
    [
      "different files",
      ["aws a --ids x > f", "aws a --ids y > g"],
      ["aws a --ids x > f", "aws a --ids y > g"],
    ],
    [
      "a value that isn't known, beside one that is",
      ["aws a --ids THE_ID > f", "aws a --ids x > f"],
      ["aws a --ids x > f"],
    ],
    ["only a value that isn't known", ["aws a --ids THE_ID > f"], ["aws a --ids THE_ID > f"]],
    [
      "filters that aren't known",
      ["aws a --filters Name=n,Values=THE_ID > f", "aws a --filters Name=n,Values=y > f"],
      ["aws a --filters Name=n,Values=y > f"],
    ],
    ["equal commands", ["aws a > f", "aws a > f"], ["aws a > f"]],
    [
      "more values than an option takes",
      Array.from({ length: 12 }, (_, index) => `aws a --ids x${index} > context/f.json`),
      [
        "aws a --ids x0 x1 x2 x3 x4 x5 x6 x7 x8 x9 > context/f.json",
        "aws a --ids x10 x11 > context/f-2.json",
      ],
    ],
  ])("are merged: %s", (_title, commands, expected) => {
    expect(mergeCommands(commands)).toEqual(expected);
  });

  it("join the values of thousands of commands without going over the joined ones again and again", () => {
    const values = Array.from({ length: 50_000 }, (_, index) => `fs-${index}`);
    const merged = mergeCommands(values.map((value) => `aws a --filters Name=n,Values=${value} > f`));
    expect(merged).toHaveLength(5000);
    expect(merged[0]).toBe(`aws a --filters Name=n,Values=${values.slice(0, 10).join(",")} > f`);
  });
});

describe("what undecided checks wait for", () => {
  it("is grouped by fact, whatever records and members of it are wanted", () => {
    const { facts } = groupMissing([
      wait("a", { kind: "fact", name: "context.fileSystem", command: "c 1" }),
      wait("b", { kind: "fact", name: "context.fileSystem", command: "c 2" }),
      wait("b", { kind: "fact", name: "context.conditionKeys.aws:SourceIp" }),
      wait(
        "b",
        { kind: "fact", name: "context.conditionKeys.aws:SourceVpc" },
        { kind: "fact", name: "caller" },
      ),
      wait("b", { kind: "policy", name: "arn:1" }, { kind: "policy", name: "arn:2" }),
    ]);
    expect(facts.map(({ label, checks, commands }) => [label, checks.length, commands.length])).toEqual([
      ["file system", 2, 2],
      ["condition keys", 2, 0],
      ["caller", 1, 0],
      ["policies of roles and users", 1, 0],
    ]);
  });

  it("is one value wherever checks of a file ask for it, also across requests and as a part of a text", () => {
    const { values } = groupMissing([
      wait("a", { kind: "value", name: "${X}", file: "a", line: 1 }),
      wait("a", { kind: "value", name: "s3://${X}/reports" }),
      wait("b", { kind: "value", name: "${X}" }),
      wait("c", { kind: "value", name: "${Z}" }),
    ]);
    expect(values.map(({ file, names, checks }) => [file, names, checks.length])).toEqual([
      ["a", ["${X}"], 3],
      ["c", ["${Z}"], 1],
    ]);
  });

  it("is told apart from calls that were not read, and from checks that nothing decides", () => {
    const missing = groupMissing([
      createFinding({ status: "undecided", code: "document/unread", missing: [{ kind: "call", name: "x" }] }),
      wait("a"),
      createFinding(),
    ]);
    expect([missing.unread.length, missing.open.length, missing.waiting.length]).toEqual([1, 1, 0]);
  });
});
