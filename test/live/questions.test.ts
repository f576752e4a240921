import { describe, expect, it } from "vitest";
import type { ComparableDecision } from "../../src/permissions/compare-with-aws.ts";
import { batchQueries } from "../../src/permissions/compare-with-aws.ts";

const asking = (action: string, resource: string, context = {}): ComparableDecision =>
  ({
    query: {
      principal: "arn:aws:iam::123456789012:role/R",
      actions: [action],
      resources: [resource],
      context,
    },
  }) as never;

describe("simulation queries", () => {
  it("group actions and resources into few calls without duplicates", () => {
    const all = [
      asking("s3:PutObject", "b"),
      asking("s3:PutObject", "a"),
      asking("s3:GetObject", "a"),
      asking("s3:GetObject", "b"),
      asking("s3:GetObject", "b"),
      asking("s3:ListBucket", "b"),
      asking("s3:PutObject", "a", { "aws:RequestedRegion": ["eu-west-1"] }),
    ];
    const principal = "arn:aws:iam::123456789012:role/R";
    expect(batchQueries(all)).toEqual([
      { principal, context: {}, actions: ["s3:PutObject", "s3:GetObject"], resources: ["a", "b"] },
      { principal, context: {}, actions: ["s3:ListBucket"], resources: ["b"] },
      {
        principal,
        context: { "aws:RequestedRegion": ["eu-west-1"] },
        actions: ["s3:PutObject"],
        resources: ["a"],
      },
    ]);
  });
});
