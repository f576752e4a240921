import { expect, it } from "vitest";
import { blocksOf, readText } from "../docs/pages.ts";

it("docs/live.md shows a policy that allows every IAM action in use and no other", () => {
  const block = blocksOf(readText("docs/live.md")).find(({ info }) => info === "policy");
  const { Statement } = JSON.parse(block!.text) as { Statement: { Action: string | string[] }[] };
  const granted = Statement.flatMap(({ Action }) => Action);
  const called = [...readText("src/iam/aws/sdk.ts").matchAll(/new (\w+)Command\(/g)].map(
    (match) => `iam:${match[1]}`,
  );
  expect(called.length).toBeGreaterThan(10);
  expect([...granted].sort()).toEqual(called.sort());
});

it("only reading IAM actions are in use", () => {
  const called = [...readText("src/iam/aws/sdk.ts").matchAll(/new (\w+)Command\(/g)].map(([, name]) => name);
  expect(called.filter((name) => !/^(?:Get|List|Simulate)/.test(name!))).toEqual([]);
});
