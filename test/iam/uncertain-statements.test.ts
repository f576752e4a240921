/** Statements whose meaning is uncertain: such an Allow allows nothing, and such a Deny may deny. */
import { describe, expect, it } from "vitest";
import { type SimulateInput, simulate } from "../../src/iam/index.ts";
import { identity } from "./cases/row.ts";
import * as p from "./policies.ts";
import { allow, createSimulateInput, deny } from "./policies.ts";

const TEAM = "aws:PrincipalTag/team";
const decisionOf = (statements: p.Parts[], parts: Partial<SimulateInput> = {}) =>
  simulate(identity(statements, parts)).decision;
const denied = (parts: p.Parts, more: Partial<SimulateInput> = {}) =>
  decisionOf([allow(), deny(parts)], more);

describe("a `*` at the end of an ARN field", () => {
  const WIDE = [
    "arn:aws:s3*:reports/*",
    "arn:aws:*:reports/*",
    "arn:*:reports/*",
    "*:reports/*",
    "arn:aws:s3:*reports/*.csv*",
  ];

  it.each(WIDE)("may span several fields in a Deny: %s", (resource) => {
    expect(denied({ Resource: resource })).toBe("unknown");
  });

  it.each(WIDE)("spans no other field in an Allow: %s", (resource) => {
    expect(decisionOf([allow({ Resource: resource })])).toBe("implicitDeny");
  });

  it("may span several fields in NotResource", () => {
    const parts = { NotResource: "arn:aws:s3*:reports/*" };
    expect(denied(parts)).toBe("unknown");
    expect(decisionOf([allow(parts)])).toBe("unknown");
    expect(denied({ NotResource: "arn:aws:s3*:other/*" })).toBe("explicitDeny");
  });

  it.each(["arn:aws:s3:*", "arn:aws:*", "arn:aws:s3:::*", "arn:aws:s3:*:*:reports/*", "arn:*:s3:::*"])(
    "is certain when it matches field by field: %s",
    (resource) => {
      expect(denied({ Resource: resource })).toBe("explicitDeny");
      expect(decisionOf([allow({ Resource: resource })])).toBe("allowed");
    },
  );

  it.each(["arn:aws:s3*:other/*", "arn:*:other/*", "arn:*:s3:::other/*", "arn:aws:iam::*:role/x"])(
    "is irrelevant when no reading matches: %s",
    (resource) => {
      expect(denied({ Resource: resource })).toBe("allowed");
      expect(denied({ Resource: resource }, { resource: p.OBJECTS })).toBe("allowed");
    },
  );

  it("is uncertain for requested patterns, too", () => {
    const parts = { resource: p.OBJECTS };
    expect(denied({ Resource: "arn:aws:s3*:reports/*" }, parts)).toBe("unknown");
    expect(denied({ Resource: "arn:aws:s3*:reports/p/*" }, parts)).toBe("unknown");
  });

  it("may match colons of the resource field", () => {
    const action = { Action: "lambda:InvokeFunction" };
    const resource = `arn:aws:lambda:eu-west-1:${p.ACCOUNT}:function:x`;
    const statements = [
      allow({ ...action, Resource: "*" }),
      deny({ ...action, Resource: "arn:aws:lambda:*:*:x" }),
    ];
    expect(decisionOf(statements, { action: action.Action, resource })).toBe("unknown");
  });
});

describe("a malformed condition", () => {
  const CONDITIONS = [
    ["a malformed number", { NumericLessThan: { "s3:max-keys": "abc" } }],
    ["a variable instead of a number", { NumericLessThan: { "s3:max-keys": "${aws:PrincipalTag/most}" } }],
    ["a malformed address", { IpAddress: { "aws:SourceIp": "10.0.0" } }],
    ["a malformed prefix", { IpAddress: { "aws:SourceIp": "10.0.0.0/33" } }],
    ["a malformed address in a list", { IpAddress: { "aws:SourceIp": ["10.0.0", "192.168.0.0/16"] } }],
    ["a malformed boolean", { Bool: { "aws:SecureTransport": "no" } }],
    ["a malformed boolean for Null", { Null: { [TEAM]: "yes" } }],
    ["a malformed date", { DateLessThan: { "aws:CurrentTime": "tomorrow" } }],
    ["a duplicate key", { StringEquals: { [TEAM]: "x", [TEAM.toUpperCase()]: "y" } }],
    ["an empty list of values", { StringEquals: { [TEAM]: [] } }],
    ["an empty key", { StringEquals: { "": "x" } }],
    ["a blank key", { StringEquals: { " ": "x" } }],
    ["an unclosed variable", { StringEquals: { [TEAM]: "${aws:username" } }],
  ] as const;
  const context = { [TEAM]: "y", "aws:SourceIp": "10.0.0.1", "aws:SecureTransport": "false" };

  it.each(CONDITIONS)("may be met in a Deny: %s", (_, condition) => {
    const result = simulate(identity([allow(), deny({ Condition: condition })], { context }));
    expect(result.decision).toBe("unknown");
    expect(result.faults).toMatchObject([{ severity: "error" }]);
    expect(result.decidedBy).toMatchObject([
      { effect: "Deny", outcome: "unknown", because: { part: "faulty" } },
    ]);
  });

  it.each(CONDITIONS)("is never met in an Allow: %s", (_, condition) => {
    expect(decisionOf([allow({ Condition: condition })], { context })).toBe("implicitDeny");
  });

  it.each(CONDITIONS)("is irrelevant when the rest of the Deny doesn't match: %s", (_, condition) => {
    expect(denied({ Condition: condition, Resource: "arn:aws:s3:::other/*" }, { context })).toBe("allowed");
    const unmet = { ...condition, StringLike: { [TEAM]: "z*" } };
    expect(denied({ Condition: unmet }, { context })).toBe("allowed");
  });
});

describe("an ARN that AWS refuses", () => {
  it.each(["arn:", "arn:aws", "arn:*", "arn:aws:s3::reports", "arn:aws:s3::reports/*", "arn:*:s3:*:*"])(
    "is an error, and grants nothing: %s",
    (resource) => {
      const { decision, faults } = simulate(identity([allow({ Resource: resource })]));
      expect(decision).toBe("implicitDeny");
      expect(faults).toMatchObject([{ severity: "error", path: ["Statement", 0, "Resource"] }]);
      expect(denied({ Resource: resource })).toBe("unknown");
    },
  );

  it.each(["arn:aws:s3", "arn:aws:s3:", "arn:aws:s3::", "arn:aws:s3:::*"])(
    "is not one that AWS completes: %s",
    (resource) => {
      const { decision, faults } = simulate(identity([allow({ Resource: resource })]));
      expect(faults.filter(({ severity }) => severity === "error")).toEqual(
        resource.split(":").length === 5 ? [expect.anything()] : [],
      );
      if (faults.every(({ severity }) => severity === "warning"))
        expect(decision).toBe(/s3:?$|\*$/.test(resource) ? "allowed" : "implicitDeny");
    },
  );
});

describe("a wildcard in the type of a resource", () => {
  const SHARE = `arn:aws:storagegateway:eu-west-1:${p.ACCOUNT}:share/share-1A2B3C4D`;
  const ask = (resource: string, effect: "Allow" | "Deny" = "Allow") => {
    const Action = "storagegateway:*";
    const statements =
      effect === "Allow"
        ? [allow({ Action, Resource: resource })]
        : [allow({ Action, Resource: "*" }), deny({ Action, Resource: resource })];
    return simulate(
      identity(statements, { action: "storagegateway:EvictFilesFailingUpload", resource: SHARE }),
    );
  };
  const arn = (resource: string) => `arn:aws:storagegateway:*:*:${resource}`;

  it.each(["sh*re/share-1A2B3C4D", "sh?re/*", "*/share-1A2B3C4D", "share*", "s*", "*share/*", "?*"])(
    "leaves open what it matches: %s",
    (resource) => {
      expect(ask(arn(resource))).toMatchObject({
        decision: "unknown",
        decidedBy: [{ statement: 0, outcome: "unknown", because: { part: "resource" } }],
      });
      expect(ask(arn(resource), "Deny").decision).toBe("unknown");
    },
  );

  it.each(["*", "share/*", "share/share-?A2B3C4D", "**"])("is not one in %s", (resource) => {
    expect(ask(arn(resource)).decision).toBe("allowed");
    expect(ask(arn(resource), "Deny").decision).toBe("explicitDeny");
  });

  it.each(["ga*way/x", "gate*/*"])("doesn't matter where it can't match: %s", (resource) => {
    expect(ask(arn(resource)).decision).toBe("implicitDeny");
    expect(ask(arn(resource), "Deny").decision).toBe("allowed");
  });

  it.each([
    ["s3:PutObject", "arn:aws:s3:::reports/a.csv", "arn:aws:s3:::rep*/a.csv"],
    ["sqs:SendMessage", `arn:aws:sqs:eu-west-1:${p.ACCOUNT}:jobs-1`, "arn:aws:sqs:*:*:jobs-*"],
    ["sns:Publish", `arn:aws:sns:eu-west-1:${p.ACCOUNT}:jobs-1`, "arn:aws:sns:*:*:*-1"],
  ])("doesn't matter where resources have no type: %s", (action, resource, pattern) => {
    const own = identity([allow({ Action: action, Resource: pattern })], { action, resource });
    expect(simulate(own).decision).toBe("allowed");
  });
});

describe("an action that doesn't exist", () => {
  it("is told of a policy, and of the request", () => {
    const { faults } = simulate(identity([allow({ Action: "s3:PutObjekt" })], { action: "s3:GetObjekt" }));
    expect(faults).toMatchObject(
      [
        { path: ["action"], message: "there is no action `s3:GetObjekt`", help: /GetObject/ },
        { policy: { kind: "identity", index: 0 }, path: ["Statement", 0, "Action", 0], help: /PutObject/ },
      ].map(({ help, ...fault }) => ({ ...fault, severity: "warning", help: expect.stringMatching(help) })),
    );
  });

  it("is not told of one that exists", () => {
    expect(
      simulate(identity([allow({ Action: "s3:GetObject" })], { action: "s3:GetObject" })).faults,
    ).toEqual([]);
  });
});

describe("an unclosed variable", () => {
  const Resource = "arn:aws:s3:::reports/${aws:username";

  it("makes the statement uncertain", () => {
    expect(denied({ Resource })).toBe("unknown");
    expect(decisionOf([allow({ NotResource: Resource })])).toBe("implicitDeny");
  });

  it("is literal before version 2012-10-17", () => {
    const own = { Statement: [allow(), deny({ Resource })] };
    expect(simulate(createSimulateInput({ identityPolicies: [own] })).decision).toBe("allowed");
  });
});

describe("an alias of a KMS key", () => {
  const resource = `arn:aws:kms:eu-west-1:${p.ACCOUNT}:alias/reports`;

  it("leaves open which key policy applies", () => {
    const { decision, notes } = simulate(
      createSimulateInput({ action: "kms:Decrypt", resource, identityPolicies: [p.FULL] }),
    );
    expect(decision).toBe("unknown");
    expect(notes[0]).toContain("give the key's ARN");
  });

  it("is a resource in its own right for alias actions", () => {
    const parts = { action: "kms:UpdateAlias", resource, identityPolicies: [p.FULL] };
    expect(simulate(createSimulateInput(parts)).decision).toBe("allowed");
  });
});

describe("notes of a decision", () => {
  const resource = `arn:aws:kms:eu-west-1:${p.ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

  it("mention the key policy only if it could change the decision", () => {
    const ask = (statement: p.Parts) =>
      simulate(
        identity([{ ...statement, Action: "kms:*", Resource: "*" }], { action: "kms:Decrypt", resource }),
      );
    expect(ask(allow())).toMatchObject({ decision: "unknown", notes: [expect.stringContaining("KMS key")] });
    expect(ask(deny())).toMatchObject({ decision: "explicitDeny", notes: [] });
  });

  it("explain that users of an identity provider have no ARN", () => {
    const action = "sts:AssumeRoleWithWebIdentity";
    const trust = p.policy({
      Effect: "Allow",
      Principal: { Federated: "accounts.google.com" },
      Action: action,
    });
    const { decision, notes } = simulate(
      createSimulateInput({ action, resource: p.ROLE, resourcePolicy: trust }),
    );
    expect(decision).toBe("unknown");
    expect(notes[0]).toContain("identity provider");
  });
});

describe("a resource that isn't an ARN", () => {
  it.each(["", "reports", "s3://reports/*", "*reports*"])("is left undecided: `%s`", (resource) => {
    const { decision, notes } = simulate(createSimulateInput({ resource, identityPolicies: [p.FULL] }));
    expect({ decision, notes }).toEqual({
      decision: "unknown",
      notes: [expect.stringContaining("is no resource")],
    });
  });
});
