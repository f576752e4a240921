import { describe, expect, it } from "vitest";
import { type SimulateInput, simulate } from "../../src/iam/index.ts";
import * as p from "./policies.ts";
import { allow, createSimulateInput, deny, policy } from "./policies.ts";

const NARROW = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });

const decisionOf = (parts: Partial<SimulateInput>) => simulate(createSimulateInput(parts)).decision;

describe("policies of simulate()", () => {
  it("may be given as text", () => {
    expect(decisionOf({ identityPolicies: [JSON.stringify(p.ALLOWED)] })).toBe("allowed");
  });

  it("may be mutated between two calls", () => {
    const own = policy(allow(), allow({ Sid: "Other", Action: ["s3:GetObject"] }));
    const input = createSimulateInput({ identityPolicies: [own] });
    expect(simulate(input).decision).toBe("allowed");
    own.Statement[0]!.Effect = "Deny";
    expect(simulate(input).decision).toBe("explicitDeny");
    own.Statement.shift();
    expect(simulate(input).decision).toBe("implicitDeny");
    (own.Statement[0]!.Action as string[]).push("s3:PutObject");
    expect(simulate(input).decision).toBe("allowed");
    own.Statement[0]!.Condition = { Bool: { "aws:SecureTransport": true } };
    expect(simulate(input).decision).toBe("implicitDeny");
    (own.Statement[0]!.Condition as Record<string, object>).Bool = { "aws:SecureTransport": false };
    expect(simulate({ ...input, context: { "aws:SecureTransport": false } }).decision).toBe("allowed");
  });

  it("are read according to the member that they are given in", () => {
    const own = policy(allow());
    expect(decisionOf({ identityPolicies: [own], resourcePolicy: own })).toBe("allowed");
    const { faults } = simulate(createSimulateInput({ identityPolicies: [own], resourcePolicy: own }));
    expect(faults.map((fault) => fault.policy)).toContainEqual({ kind: "resource", index: 0 });
  });

  it("are distinguished, even if one is given twice", () => {
    const { decidedBy } = simulate(
      createSimulateInput({
        identityPolicies: [p.FULL, p.FULL],
        serviceControlPolicies: [[p.FULL], [policy(allow({ Sid: "Writers" }))]],
      }),
    );
    expect(decidedBy.map((each) => [each.policy, each.sid])).toEqual([
      [{ kind: "scp", index: 0, level: 0 }, undefined],
      [{ kind: "scp", index: 0, level: 1 }, "Writers"],
      [{ kind: "identity", index: 0 }, undefined],
      [{ kind: "identity", index: 1 }, undefined],
    ]);
  });

  it.each([
    ["text that isn't JSON", "{"],
    ["empty text", ""],
    ["no statement", {}],
    ["a statement that isn't an object", { Version: "2012-10-17", Statement: [5] }],
    ["a misspelt element", policy(allow({ Resources: "*" }))],
    ["an unknown operator", policy(allow({ Condition: { Equals: { a: "b" } } }))],
  ])("never cause an exception when they are malformed: %s", (_, document) => {
    const { decision, faults } = simulate(createSimulateInput({ identityPolicies: [document] }));
    expect(decision).not.toBe("allowed");
    expect(faults[0]).toMatchObject({ policy: { kind: "identity", index: 0 }, severity: "error" });
  });

  it.each([
    ["one identity policy", { identityPolicies: p.ALLOWED }, "allowed"],
    ["its text", { identityPolicies: JSON.stringify(p.ALLOWED) }, "allowed"],
    ["one session policy", { identityPolicies: p.FULL, sessionPolicies: NARROW }, "implicitDeny"],
    ["one control policy", { identityPolicies: p.FULL, serviceControlPolicies: NARROW }, "implicitDeny"],
    ["a level of one policy", { identityPolicies: p.FULL, serviceControlPolicies: [NARROW] }, "implicitDeny"],
    ["a boundary in a list", { identityPolicies: p.FULL, permissionsBoundary: [NARROW] }, "implicitDeny"],
    [
      "null instead of a boundary",
      { identityPolicies: p.FULL, permissionsBoundary: null, context: null },
      "allowed",
    ],
    [
      "null instead of an organization",
      { identityPolicies: p.FULL, serviceControlPolicies: null },
      "allowed",
    ],
  ])("may be given with or without a list: %s", (_, parts, decision) => {
    expect(decisionOf(parts as unknown as Partial<SimulateInput>)).toBe(decision);
  });

  it("are faulty when they contain themselves", () => {
    const own: Record<string, unknown> = { Version: "2012-10-17" };
    own.Statement = [own];
    const { decision, faults } = simulate(createSimulateInput({ identityPolicies: [own, p.ALLOWED] }));
    expect(decision).toBe("unknown");
    expect(faults[0]!.message).toContain("contains itself");
  });
});

describe("a partial grant", () => {
  const B = "arn:aws:s3:::reports";
  it.each([
    [
      "values that match nothing requested",
      [allow({ Resource: [`${B}/p/*`, B, "arn:aws:s3:::other/*"] })],
      [`${B}/p/*`],
    ],
    [
      "one of two values is denied",
      [allow({ Resource: [`${B}/a/*`, `${B}/b/*`] }), deny({ Resource: `${B}/b/*` })],
      [`${B}/a/*`],
    ],
    ["a variable", [allow({ Resource: `${B}/\${aws:username}/*` })], [`${B}/\${aws:username}/*`]],
    [
      "a Deny within the grant",
      [allow({ Resource: `${B}/a/*` }), deny({ Resource: `${B}/a/x/*` })],
      [`${B}/a/x`],
    ],
  ])("covers the allowed resources: %s", (_, statements, expected) => {
    const parts = { principal: p.USER, resource: p.OBJECTS, identityPolicies: policy(...statements) };
    const { partial, covered, uncovered } = simulate(createSimulateInput(parts));
    expect({ partial, covered }).toEqual({ partial: true, covered: expected });
    expect(decisionOf({ ...parts, resource: uncovered! })).not.toBe("allowed");
    expect(decisionOf({ ...parts, resource: covered[0]!.replace("${aws:username}", "ana") })).toBe("allowed");
  });
});

describe("context of simulate()", () => {
  const when = (condition: object, context?: SimulateInput["context"]) =>
    decisionOf({
      identityPolicies: [policy(allow({ Condition: condition }))],
      ...(context && { context }),
    });

  it("ignores the case of keys", () => {
    expect(when({ StringEquals: { "aws:SourceVpc": "vpc-1" } }, { "AWS:sourcevpc": "vpc-1" })).toBe(
      "allowed",
    );
  });

  it("accepts numbers and booleans", () => {
    expect(when({ NumericLessThan: { "s3:max-keys": "10" } }, { "s3:max-keys": 9 })).toBe("allowed");
    expect(when({ Bool: { "aws:SecureTransport": "true" } }, { "aws:SecureTransport": true })).toBe(
      "allowed",
    );
  });

  it.each([null, undefined])("treats a key with the value %s as absent", (value) => {
    const input = createSimulateInput({
      identityPolicies: [policy(allow({ Condition: { Null: { "aws:SourceVpc": "true" } } }))],
      context: { "aws:SourceVpc": value },
      missingKeys: "unknown",
    });
    expect(simulate(input).decision).toBe("allowed");
  });

  const implied = (key: string, value: string, parts: Partial<SimulateInput> = {}) =>
    decisionOf({
      identityPolicies: [policy(allow({ Condition: { StringLike: { [key]: value } } }))],
      missingKeys: "unknown",
      ...parts,
    });

  it.each([
    ["aws:PrincipalArn", p.ROLE, p.ROLE],
    ["aws:PrincipalArn", p.SESSION, p.ROLE],
    ["aws:PrincipalAccount", p.ROLE, p.ACCOUNT],
    ["aws:PrincipalType", p.SESSION, "AssumedRole"],
    ["aws:PrincipalType", p.USER, "User"],
    ["aws:username", p.USER, "ana"],
    ["aws:userid", p.SESSION, "AROA*:nightly"],
    ["aws:PrincipalIsAWSService", p.ROLE, "false"],
    ["aws:ResourceAccount", p.ROLE, p.ACCOUNT],
  ])("derives %s of %s", (key, principal, value) => {
    expect(implied(key, value, { principal })).toBe("allowed");
    expect(implied(key, `${value}x`, { principal })).not.toBe("allowed");
  });

  it("derives that a role has no aws:username", () => {
    expect(implied("aws:username", "*")).toBe("implicitDeny");
  });

  it("derives the path of a session's role only if it is fixed", () => {
    const principal = `arn:aws:sts::${p.ACCOUNT}:assumed-role/AWSReservedSSO_Admin_0/ana`;
    const path = `arn:aws:iam::${p.ACCOUNT}:role/aws-reserved/sso.amazonaws.com/`;
    expect(implied("aws:PrincipalArn", `${path}*AWSReservedSSO_Admin_0`, { principal })).toBe("allowed");
    expect(implied("aws:PrincipalArn", `${path}AWSReservedSSO_Admin_0`, { principal })).toBe("unknown");
  });

  it("overrides derived keys", () => {
    const arn = `arn:aws:iam::${p.ACCOUNT}:role/team/Reporter`;
    const parts = { principal: p.SESSION, context: { "aws:principalarn": arn } };
    expect(implied("aws:PrincipalArn", arn, parts)).toBe("allowed");
  });
});

describe("input validation of simulate()", () => {
  it.each([
    ["no action", { action: undefined }, "`action` is missing"],
    ["a principal that isn't a string", { principal: 5 }, "`principal` has to be an ARN"],
    ["a policy that isn't a document", { identityPolicies: [null] }, "`identityPolicies` has to be a list"],
    ["policies without levels", { serviceControlPolicies: [p.FULL, p.FULL] }, "has to be a list of levels"],
    ["several boundaries", { permissionsBoundary: [p.FULL, p.FULL] }, "has to be one policy document"],
    ["a misspelt name", { permissionBoundary: p.FULL }, "did you mean `permissionsBoundary`?"],
    ["an unknown kind of policy", { endpointPolicies: [p.FULL] }, "there is no `endpointPolicies`"],
    ["context values of other types", { context: { a: {} } }, "`context` has to be an object"],
    ["an unknown default", { missingKeys: "maybe" }, "`missingKeys` has to be"],
  ])("throws a TypeError for %s", (_, parts, message) => {
    const ask = () => simulate({ ...createSimulateInput(), ...parts } as never);
    expect(ask).toThrow(TypeError);
    expect(ask).toThrow(message);
  });

  it("accepts unrelated members of the caller", () => {
    expect(simulate({ ...createSimulateInput(), id: 7 } as SimulateInput).decision).toBe("implicitDeny");
  });

  it("accepts an unsupported principal, and leaves it undecided", () => {
    const { decision, notes } = simulate(
      createSimulateInput({ principal: "ana", identityPolicies: [p.FULL] }),
    );
    expect(decision).toBe("unknown");
    expect(notes[0]).toContain("`ana` is no ARN");
  });
});

describe("simulate() with values whose getters throw", () => {
  const fail = () => {
    throw new Error("no");
  };
  const question = {
    principal: "arn:aws:iam::123456789012:role/R",
    action: "s3:GetObject",
    resource: "arn:aws:s3:::b/k",
    identityPolicies: [{ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }],
  };

  it("takes a condition key as not given, and says so", () => {
    const context = Object.defineProperty({}, "aws:SourceIp", { enumerable: true, get: fail });
    const { decision, notes } = simulate({ ...question, context });
    expect([decision, notes]).toEqual([
      "allowed",
      ["`context.aws:SourceIp` can't be read: it counts as not given"],
    ]);
  });

  it.each(["permissionsBoundary", "serviceControlPolicies"])(
    "allows nothing past an unreadable %s",
    (name) => {
      const input = Object.defineProperty({ ...question }, name, { enumerable: true, get: fail });
      expect(simulate(input)).toMatchObject({
        decision: expect.not.stringMatching(/^allowed$/),
        notes: [expect.any(String)],
      });
    },
  );

  it("allows nothing by a statement whose condition can't be read", () => {
    const statement = { Effect: "Allow", Action: "*", Resource: "*" };
    Object.defineProperty(statement, "Condition", { enumerable: true, get: fail });
    const identityPolicies = [{ Version: "2012-10-17", Statement: statement }];
    expect(simulate({ ...question, identityPolicies }).decision).not.toBe("allowed");
  });
});
