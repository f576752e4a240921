import { expect, it } from "vitest";
import { blocksOf, readText } from "../docs/pages.ts";

it("docs/live.md grants every action that is ever called, and no other", () => {
  const block = blocksOf(readText("docs/live.md")).find(({ info }) => info === "policy");
  const { Statement } = JSON.parse(block!.text) as { Statement: { Action: string | string[] }[] };
  const granted = Statement.flatMap(({ Action }) => Action);
  const called = [...readText("src/iam/aws/sdk.ts").matchAll(/new (\w+)Command\(/g)].map(
    (match) => `iam:${match[1]}`,
  );
  expect(called.length).toBeGreaterThan(10);
  expect([...granted].sort()).toEqual(called.sort());
});

it("nothing that is called changes anything", () => {
  const called = [...readText("src/iam/aws/sdk.ts").matchAll(/new (\w+)Command\(/g)].map(([, name]) => name);
  expect(called.filter((name) => !/^(?:Get|List|Simulate)/.test(name!))).toEqual([]);
});
