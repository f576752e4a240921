import { describe, expect, it } from "vitest";
import type { AccessRequest, KeyState, PolicySet } from "../../src/iam/evaluation/decision.ts";
import { evaluate } from "../../src/iam/evaluation/evaluate.ts";
import { createSmallestStatement } from "../../src/iam/granting-statement.ts";
import type { PolicyKind } from "../../src/iam/policy.ts";
import { readPolicy } from "../../src/iam/read/index.ts";
import * as p from "./policies.ts";
import { allow, deny, policy } from "./policies.ts";

const read = (document: unknown, kind: PolicyKind = "identity", name = kind as string) =>
  readPolicy(document, { kind, name });

const keys = (known: Record<string, KeyState> = {}): AccessRequest["keys"] => ({
  get: (key) => known[key.toLowerCase()] ?? "unknown",
});

const request = (parts: Partial<AccessRequest> = {}): AccessRequest => ({
  principal: p.ROLE,
  action: "s3:PutObject",
  resource: p.OBJECT,
  keys: keys(),
  ...parts,
});

const decide = (policies: PolicySet, parts: Partial<AccessRequest> = {}) =>
  evaluate(request(parts), policies);

describe("evaluation trace", () => {
  it("lists every statement that concerns the action, with why it didn't match", () => {
    const own = read(
      policy(
        allow({ Action: "s3:GetObject" }),
        allow({ Resource: "arn:aws:s3:::other/*" }),
        allow({ Condition: { StringEquals: { "aws:PrincipalTag/team": "a" } } }),
        allow({ Sid: "Own" }),
      ),
    );
    const { considered, decidedBy } = decide(
      { identity: [own] },
      { keys: keys({ "aws:principaltag/team": ["b"] }) },
    );
    expect(considered.map(({ statement, outcome, because }) => [statement.index, outcome, because])).toEqual([
      [1, "unmatched", { part: "resource" }],
      [
        2,
        "unmatched",
        {
          part: "condition",
          operator: "StringEquals",
          key: "aws:PrincipalTag/team",
          expected: ["a"],
          got: ["b"],
        },
      ],
      [3, "matched", undefined],
    ]);
    expect(decidedBy.map(({ statement }) => statement.sid)).toEqual(["Own"]);
  });

  it("refers to the given policy of each statement", () => {
    const own = read(p.ALLOWED, "identity", "inline policy `Write`");
    expect(decide({ identity: [own] }).decidedBy).toMatchObject([{ policy: own, layer: "identity" }]);
  });

  it("names the layers that lack the action", () => {
    const other = read(policy(allow({ Action: "s3:GetObject" })), "scp");
    const full = read(p.FULL, "scp");
    const policies = { identity: [], boundary: read(p.FULL, "boundary"), serviceControl: [[full], [other]] };
    expect(decide(policies)).toMatchObject({
      decision: "implicitDeny",
      lackingLayers: ["scp 2", "identity"],
    });
  });

  it("marks a statement that only delegates to the account", () => {
    const bucket = read(policy(allow({ Principal: { AWS: p.ROOT } })), "resource");
    expect(decide({ resource: bucket })).toMatchObject({
      decision: "implicitDeny",
      lackingLayers: ["identity"],
      considered: [{ outcome: "matched", isDelegation: true }],
    });
  });

  it("names the missing keys of both the Allow and the Deny", () => {
    const own = read(
      policy(
        allow({ Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }),
        deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } }),
      ),
    );
    expect(decide({ identity: [own] }).missing).toEqual(["aws:SourceVpc", "aws:SecureTransport"]);
  });

  it("omits missing keys that a matching Allow makes irrelevant", () => {
    const own = read(policy(allow({ Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }), allow()));
    expect(decide({ identity: [own] })).toMatchObject({ decision: "allowed", missing: [] });
  });
});

describe("malformed input of an evaluation", () => {
  const FAULTY = { Condition: { StringEqualz: { "aws:SourceVpc": "vpc-1" } } };

  it("allows nothing in an Allow", () => {
    expect(decide({ identity: [read(policy(allow(FAULTY)))] }).decision).toBe("implicitDeny");
  });

  it("may deny what its valid parts match in a Deny", () => {
    const faulty = (parts: object) => [read(policy(allow(), deny({ ...FAULTY, ...parts })))];
    expect(decide({ identity: faulty({}) })).toMatchObject({
      decision: "unknown",
      decidedBy: [{ because: { part: "faulty" } }],
    });
    expect(decide({ identity: faulty({ Resource: "arn:aws:s3:::other/*" }) }).decision).toBe("allowed");
    expect(decide({ identity: faulty({ Action: "s3:GetObject" }) }).decision).toBe("allowed");
  });

  it.each([
    ["a principal that isn't an ARN", { principal: "Reporter" }, "the principal `Reporter` is no ARN"],
    ["a principal with a wildcard", { principal: `arn:aws:iam::${p.ACCOUNT}:role/*` }, "is no ARN of a user"],
    ["a malformed service", { principal: { service: "storage gateway" } }, "is no service principal"],
    ["an action without a service prefix", { action: "PutObject" }, "`PutObject` is no action"],
    ["a pattern of actions", { action: "s3:*" }, "`s3:*` is no action"],
  ])("leaves the decision unknown: %s", (_, parts, note) => {
    const decision = decide({ identity: [read(p.FULL)] }, parts);
    expect(decision.decision).toBe("unknown");
    expect(decision.notes?.[0]).toContain(note);
  });
});

describe("variables without a known value", () => {
  const home = (text: string) => [read(policy(allow({ Resource: text })))];

  it("are reported as missing when they decide", () => {
    const identity = home("arn:aws:s3:::reports/${aws:PrincipalTag/team}/*");
    expect(decide({ identity }, { resource: "arn:aws:s3:::reports/x/y" })).toMatchObject({
      decision: "unknown",
      missing: ["aws:PrincipalTag/team"],
    });
  });

  it("are irrelevant when the rest of the resource can't match", () => {
    const identity = home("arn:aws:s3:::other/${aws:PrincipalTag/team}/*");
    expect(decide({ identity })).toMatchObject({ decision: "implicitDeny", missing: [] });
  });

  it("leave a pattern undecided when they affect a part of it", () => {
    const identity = [
      read(policy(allow(), deny({ Resource: "arn:aws:s3:::reports/${aws:PrincipalTag/team}/*" }))),
    ];
    expect(decide({ identity }, { resource: p.OBJECTS })).toMatchObject({
      decision: "unknown",
      partial: false,
      missing: ["aws:PrincipalTag/team"],
    });
  });
});

describe("resource patterns", () => {
  const grant = (...statements: object[]) => ({
    identity: [read({ Version: "2012-10-17", Statement: statements })],
  });

  it("are granted in part, with the granted patterns and the lacking layer", () => {
    const decision = decide(grant(allow({ Resource: "arn:aws:s3:::reports/p/*" })), { resource: p.OBJECTS });
    expect(decision).toMatchObject({
      decision: "implicitDeny",
      partial: true,
      covered: ["arn:aws:s3:::reports/p/*"],
      lackingLayers: ["identity"],
    });
    expect(decision.decidedBy).toHaveLength(1);
  });

  it("are explicitly denied when a Deny covers everything that isn't allowed", () => {
    const denied = deny({ Sid: "Secret", Resource: "arn:aws:s3:::reports/secret/*" });
    const decision = decide(grant(allow(), denied), { resource: p.OBJECTS });
    expect(decision).toMatchObject({
      decision: "explicitDeny",
      partial: true,
      decidedBy: [{ statement: { sid: "Secret" } }],
    });
    expect(decision.uncovered).toMatch(/^arn:aws:s3:::reports\/secret\//);
    for (const covered of decision.covered) expect(covered).not.toContain("secret");
  });

  it("are limited by the layer that allows less", () => {
    const boundary = read(policy(allow({ Resource: "arn:aws:s3:::reports/a*" })), "boundary");
    const decision = decide({ ...grant(allow()), boundary }, { resource: p.OBJECTS });
    expect(decision).toMatchObject({ decision: "implicitDeny", partial: true, lackingLayers: ["boundary"] });
  });

  it("are unknown when everything that is denied may be allowed", () => {
    const decision = decide(
      grant(
        allow({ Resource: "arn:aws:s3:::reports/a*" }),
        allow({ Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }),
      ),
      { resource: p.OBJECTS },
    );
    expect(decision).toMatchObject({ decision: "unknown", partial: false, missing: ["aws:SourceVpc"] });
  });
});

describe("smallest granting statement", () => {
  it("grants the missing actions", () => {
    const needed = {
      actions: ["s3:PutObject", "s3:AbortMultipartUpload"],
      resources: [p.OBJECTS],
      sid: "Write",
    };
    const statement = createSmallestStatement(needed);
    expect(statement).toEqual({ Sid: "Write", Effect: "Allow", Action: needed.actions, Resource: p.OBJECTS });
    const identity = [read({ Version: "2012-10-17", Statement: [statement] })];
    expect(decide({ identity }, { resource: p.OBJECTS }).decision).toBe("allowed");
  });

  it("has the resource * for an action that takes no resource", () => {
    const actions = ["storagegateway:ListCacheReports"];
    expect(createSmallestStatement({ actions, resources: [p.SHARE] }).Resource).toBe("*");
  });

  it("lets a service assume a role for one source only", () => {
    const gateway = "arn:aws:storagegateway:eu-west-1:123456789012:gateway/*";
    const statement = createSmallestStatement({
      actions: ["sts:AssumeRole"],
      principal: { service: "storagegateway.amazonaws.com" },
      sourceArn: gateway,
      sourceAccount: p.ACCOUNT,
    });
    expect(statement).toEqual({
      Effect: "Allow",
      Principal: { Service: "storagegateway.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        ArnLike: { "aws:SourceArn": gateway },
        StringEquals: { "aws:SourceAccount": p.ACCOUNT },
      },
    });
    const ask = (sourceArn: string) =>
      decide(
        { resource: read({ Version: "2012-10-17", Statement: [statement] }, "trust") },
        {
          principal: { service: "storagegateway.amazonaws.com" },
          action: "sts:AssumeRole",
          resource: p.ROLE,
          keys: keys({ "aws:sourcearn": [sourceArn], "aws:sourceaccount": [p.ACCOUNT] }),
        },
      ).decision;
    expect(ask(gateway.replace("*", "sgw-1"))).toBe("allowed");
    expect(ask(p.SHARE)).toBe("implicitDeny");
  });
});
