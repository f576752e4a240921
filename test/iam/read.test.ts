import { describe, expect, it } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { PartialText } from "../../src/documents/partial.ts";
import type { Policy, PolicyKind, Statement } from "../../src/iam/policy.ts";
import { createPlaceFinder, readPolicy } from "../../src/iam/read/index.ts";

const read = (document: unknown, kind: PolicyKind = "identity"): Policy =>
  readPolicy(document, { kind, name: "the policy" });

const VERSION = { Version: "2012-10-17" };
const PUT = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::reports/*" };

const one = (statement: object, kind?: PolicyKind): Policy =>
  read({ ...VERSION, Statement: [statement] }, kind);

const only = (policy: Policy): Statement => {
  expect(policy.statements).toHaveLength(1);
  return policy.statements[0]!;
};

/** Severity and path of each fault, such as "error Statement/0/Action". */
const where = ({ faults }: Policy): string[] =>
  faults.map(({ severity, path, at }) => `${severity} ${path.join("/")}${at === "key" ? " (key)" : ""}`);

describe("readPolicy()", () => {
  it("reads all elements", () => {
    const policy = read(
      {
        ...VERSION,
        Id: "reports",
        Statement: [
          {
            Sid: "Write",
            Effect: "Deny",
            Principal: {
              AWS: ["123456789012", "arn:aws:iam::123456789012:role/a/b"],
              Service: "s3.amazonaws.com",
            },
            NotAction: ["s3:Get*", "s3:PutObject"],
            NotResource: "arn:aws:s3:::reports/${aws:username}",
            Condition: {
              Bool: { "aws:SecureTransport": false },
              "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a*", 5] },
            },
          },
        ],
      },
      "resource",
    );
    expect(policy).toEqual({
      kind: "resource",
      name: "the policy",
      hasVariables: true,
      faults: [],
      statements: [
        {
          index: 0,
          path: ["Statement", 0],
          sid: "Write",
          effect: "Deny",
          isFaulty: false,
          principal: {
            isNegated: false,
            isEveryone: false,
            aws: ["arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:role/a/b"],
            service: ["s3.amazonaws.com"],
            federated: [],
            canonicalUser: [],
          },
          action: { isNegated: true, values: ["s3:Get*", "s3:PutObject"] },
          resource: { isNegated: true, values: ["arn:aws:s3:::reports/${aws:username}"] },
          conditions: [
            {
              operator: "Bool",
              base: "Bool",
              ifExists: false,
              key: "aws:SecureTransport",
              values: ["false"],
              path: ["Statement", 0, "Condition", "Bool", "aws:SecureTransport"],
            },
            {
              operator: "ForAnyValue:StringLikeIfExists",
              base: "StringLike",
              quantifier: "ForAnyValue",
              ifExists: true,
              key: "aws:TagKeys",
              values: ["a*", "5"],
              path: ["Statement", 0, "Condition", "ForAnyValue:StringLikeIfExists", "aws:TagKeys"],
            },
          ],
        },
      ],
    });
  });

  it("accepts a single statement, and strings instead of lists", () => {
    const policy = read({ ...VERSION, Statement: PUT });
    expect(policy.faults).toEqual([]);
    expect(only(policy)).toMatchObject({
      path: ["Statement"],
      action: { values: ["s3:PutObject"] },
      resource: { values: ["arn:aws:s3:::reports/*"] },
    });
  });

  it.each([
    ["2012-10-17", true],
    ["2008-10-17", false],
    [undefined, false],
  ])("reads version %s as having variables: %s", (version, hasVariables) => {
    const policy = read({ ...(version && { Version: version }), Statement: [PUT] });
    expect(policy.hasVariables).toBe(hasVariables);
    expect(policy.faults).toEqual([]);
  });

  it("warns about variables in a policy of the old version", () => {
    const policy = read({ Statement: [PUT, { ...PUT, Resource: "arn:aws:s3:::b/${aws:username}" }] });
    expect(where(policy)).toEqual(["warning Statement/1/Resource"]);
    expect(policy.statements.map(({ isFaulty }) => isFaulty)).toEqual([false, false]);
  });

  it.each(["*", { AWS: "*" }, { AWS: ["*"] }])("reads %j as everyone", (Principal) => {
    expect(only(one({ ...PUT, Principal }, "resource")).principal).toMatchObject({
      isEveryone: true,
      aws: ["*"],
    });
  });

  it("completes an ARN that lacks fields, with a warning", () => {
    const policy = one({ ...PUT, Resource: ["arn:aws:s3", "*", "arn:aws:s3:::b"] });
    expect(only(policy).resource?.values).toEqual(["arn:aws:s3:*:*:*", "*", "arn:aws:s3:::b"]);
    expect(where(policy)).toEqual(["warning Statement/0/Resource/0"]);
    expect(only(policy).isFaulty).toBe(false);
  });
});

describe("policy faults", () => {
  const FAULTS: [string, PolicyKind, object, string[], RegExp][] = [
    [
      "an element in another case",
      "identity",
      { ...PUT, effect: "Allow" },
      ["error Statement/0/effect (key)"],
      /`Effect`\?/,
    ],
    [
      "a misspelt element",
      "identity",
      { Effect: "Allow", Actions: "*", Resource: "*" },
      ["error Statement/0/Actions (key)"],
      /did you mean `Action`\?/,
    ],
    [
      "Effect in another case",
      "identity",
      { ...PUT, Effect: "allow" },
      ["error Statement/0/Effect"],
      /did you mean `Allow`\?/,
    ],
    ["no Effect", "identity", { Action: "*", Resource: "*" }, ["error Statement/0"], /no `Effect`/],
    [
      "no Action",
      "identity",
      { Effect: "Allow", Resource: "*" },
      ["error Statement/0"],
      /neither `Action` nor `NotAction`/,
    ],
    [
      "Action and NotAction",
      "identity",
      { ...PUT, NotAction: "*" },
      ["error Statement/0/NotAction (key)"],
      /has both/,
    ],
    [
      "Resource and NotResource",
      "identity",
      { ...PUT, NotResource: "*" },
      ["error Statement/0/NotResource (key)"],
      /has both/,
    ],
    [
      "no Resource",
      "identity",
      { Effect: "Allow", Action: "*" },
      ["error Statement/0"],
      /neither `Resource`.*an identity policy needs/,
    ],
    [
      "an action without a service prefix",
      "identity",
      { ...PUT, Action: "PutObject" },
      ["error Statement/0/Action"],
      /no action/,
    ],
    [
      "a variable in an action",
      "identity",
      { ...PUT, Action: "s3:${a}" },
      ["error Statement/0/Action"],
      /variables stand only/,
    ],
    [
      "a number as action",
      "identity",
      { ...PUT, Action: ["s3:*", 5] },
      ["error Statement/0/Action/1"],
      /item 2 of `Action`.*number `5`/,
    ],
    [
      "a resource that isn't an ARN",
      "identity",
      { ...PUT, Resource: "reports/*" },
      ["error Statement/0/Resource"],
      /`\*` or an ARN/,
    ],
    [
      "Principal in an identity policy",
      "identity",
      { ...PUT, Principal: "*" },
      ["error Statement/0/Principal (key)"],
      /an identity policy has no `Principal`/,
    ],
    [
      "Principal in a boundary",
      "boundary",
      { ...PUT, Principal: "*" },
      ["error Statement/0/Principal (key)"],
      /a permissions boundary has no/,
    ],
    [
      "NotPrincipal in a session policy",
      "session",
      { ...PUT, NotPrincipal: "*" },
      ["error Statement/0/NotPrincipal (key)"],
      /a session policy has no/,
    ],
    [
      "Principal in an SCP",
      "scp",
      { ...PUT, Principal: "*" },
      ["error Statement/0/Principal (key)"],
      /a service control policy has no/,
    ],
    [
      "no Principal in a resource policy",
      "resource",
      PUT,
      ["error Statement/0"],
      /no `Principal`, which a resource policy needs/,
    ],
    [
      "no Principal in a key policy",
      "key",
      { ...PUT, Resource: "*" },
      ["error Statement/0"],
      /a key policy needs/,
    ],
    [
      "Resource in a trust policy",
      "trust",
      { ...PUT, Principal: "*" },
      ["error Statement/0/Resource (key)"],
      /a trust policy has no `Resource`/,
    ],
    [
      "NotPrincipal in an Allow",
      "resource",
      { ...PUT, NotPrincipal: "*" },
      ["error Statement/0/NotPrincipal (key)"],
      /can't stand in an `Allow`/,
    ],
    [
      "NotPrincipal in a trust policy",
      "trust",
      { Effect: "Deny", Action: "*", NotPrincipal: "*" },
      ["error Statement/0/NotPrincipal (key)"],
      /a trust policy has no `NotPrincipal`/,
    ],
    [
      "an unknown type of principal",
      "resource",
      { ...PUT, Principal: { Aws: "*" } },
      ["error Statement/0/Principal/Aws (key)"],
      /did you mean `AWS`\?/,
    ],
    [
      "a Principal that is a string",
      "resource",
      { ...PUT, Principal: "123456789012" },
      ["error Statement/0/Principal"],
      /an object such as/,
    ],
    [
      "a wildcard in a principal",
      "trust",
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::123456789012:role/*" } },
      ["error Statement/0/Principal/AWS"],
      /no wildcards/,
    ],
    [
      "a group as principal",
      "resource",
      { ...PUT, Principal: { AWS: "arn:aws:iam::123456789012:group/g" } },
      ["error Statement/0/Principal/AWS"],
      /a group can't/,
    ],
    [
      "an ARN of no principal",
      "resource",
      { ...PUT, Principal: { AWS: ["arn:aws:s3:::b"] } },
      ["error Statement/0/Principal/AWS/0"],
      /is no principal/,
    ],
    [
      "a malformed service principal",
      "trust",
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "storagegateway" } },
      ["error Statement/0/Principal/Service"],
      /no service principal/,
    ],
    [
      "an unknown operator",
      "identity",
      { ...PUT, Condition: { StringEqual: { a: "b" } } },
      ["error Statement/0/Condition/StringEqual (key)"],
      /did you mean `StringEquals`\?/,
    ],
    [
      "an unknown operator with quantifier and suffix",
      "identity",
      { ...PUT, Condition: { "ForAnyValues:StringLikesIfExists": { a: "b" } } },
      ["error Statement/0/Condition/ForAnyValues:StringLikesIfExists (key)"],
      /`ForAnyValue:StringLikeIfExists`\?/,
    ],
    [
      "a duplicate condition key",
      "identity",
      { ...PUT, Condition: { Bool: { "aws:a": "true", "AWS:A": "true" } } },
      ["error Statement/0/Condition/Bool/AWS:A (key)"],
      /same key as `aws:a`/,
    ],
    [
      "an empty list of values",
      "identity",
      { ...PUT, Condition: { Bool: { a: [] } } },
      ["error Statement/0/Condition/Bool/a"],
      /empty list/,
    ],
    [
      "null as a value",
      "identity",
      { ...PUT, Condition: { Bool: { a: null } } },
      ["error Statement/0/Condition/Bool/a"],
      /is null/,
    ],
    [
      "a Condition that is a list",
      "identity",
      { ...PUT, Condition: [] },
      ["error Statement/0/Condition"],
      /an object of operators/,
    ],
    [
      "an empty NotAction",
      "identity",
      { Effect: "Allow", NotAction: [], Resource: "*" },
      ["error Statement/0/NotAction"],
      /would mean everything/,
    ],
    ["an RCP that allows", "rcp", { ...PUT, Principal: "*" }, ["error Statement/0/Effect"], /only denies/],
    [
      "an RCP that names a principal",
      "rcp",
      { ...PUT, Effect: "Deny", Principal: { AWS: "123456789012" } },
      ["error Statement/0/Principal"],
      /is `"\*"`/,
    ],
    [
      "NotAction in an RCP",
      "rcp",
      { Effect: "Deny", NotAction: "s3:*", Resource: "*", Principal: "*" },
      ["error Statement/0/NotAction (key)"],
      /no `NotAction`/,
    ],
  ];

  it.each(FAULTS)(
    "are reported once at their place, and mark the statement: %s",
    (_, kind, statement, places, text) => {
      const policy = one(statement, kind);
      expect(where(policy)).toEqual(places);
      expect(policy.faults.map(({ message, help }) => `${message}. ${help}`).join()).toMatch(text);
      expect(only(policy).isFaulty).toBe(true);
    },
  );

  const WARNINGS: [string, PolicyKind, object, string[]][] = [
    ["an empty Action", "identity", { ...PUT, Action: [] }, ["warning Statement/0/Action"]],
    ["a Sid that IAM rejects", "identity", { ...PUT, Sid: "write reports" }, ["warning Statement/0/Sid"]],
    [
      "a deleted principal",
      "resource",
      { ...PUT, Principal: { AWS: "AROAEXAMPLEEXAMPLE01" } },
      ["warning Statement/0/Principal/AWS"],
    ],
    [
      "an operator without keys",
      "identity",
      { ...PUT, Condition: { Bool: {} } },
      ["warning Statement/0/Condition/Bool (key)"],
    ],
    [
      "ForAllValues without a Null check",
      "identity",
      { ...PUT, Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } } },
      ["warning Statement/0/Condition/ForAllValues:StringEquals/aws:TagKeys (key)"],
    ],
  ];

  it.each(WARNINGS)("are warnings if they don't affect the meaning: %s", (_, kind, statement, places) => {
    const policy = one(statement, kind);
    expect(where(policy)).toEqual(places);
    expect(only(policy).isFaulty).toBe(false);
  });

  it.each([
    [
      "ForAllValues with a Null check",
      {
        ...PUT,
        Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": "a" }, Null: { "AWS:TagKeys": false } },
      },
      "identity",
    ],
    [
      "ForAllValues in a Deny",
      { ...PUT, Effect: "Deny", Condition: { "ForAllValues:StringEquals": { a: "a" } } },
      "identity",
    ],
    ["a Sid with spaces in a resource policy", { ...PUT, Principal: "*", Sid: "a b" }, "resource"],
    ["RCPFullAWSAccess", { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }, "rcp"],
    [
      "a Deny with NotPrincipal",
      { ...PUT, Effect: "Deny", NotPrincipal: { AWS: "123456789012" } },
      "resource",
    ],
    [
      "a CloudFront origin access identity",
      { ...PUT, Principal: { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1" } },
      "resource",
    ],
    [
      "an assumed role's session",
      { ...PUT, Principal: { AWS: "arn:aws-cn:sts::123456789012:assumed-role/R/s" } },
      "resource",
    ],
    [
      "a trust policy",
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "storagegateway.amazonaws.com" } },
      "trust",
    ],
  ] as [string, object, PolicyKind][])("aren't reported for a valid policy: %s", (_, statement, kind) => {
    const policy = one(statement, kind);
    expect(policy.faults).toEqual([]);
    expect(only(policy).isFaulty).toBe(false);
  });

  it("include a warning about a duplicate Sid", () => {
    const policy = read({
      ...VERSION,
      Statement: [
        { ...PUT, Sid: "A" },
        { ...PUT, Sid: "A" },
      ],
    });
    expect(where(policy)).toEqual(["warning Statement/1/Sid"]);
  });

  it("of one statement don't affect the others", () => {
    const policy = read({ ...VERSION, Statement: [PUT, { ...PUT, Effect: "Alow" }, PUT] });
    expect(policy.statements.map(({ isFaulty }) => isFaulty)).toEqual([false, true, false]);
  });

  it.each([
    ["an unknown version", { Version: "2012-10-18", Statement: [PUT] }, "error Version"],
    ["an unknown element", { ...VERSION, Statement: [PUT], Ids: "a" }, "error Ids (key)"],
  ])("of the document mark every statement: %s", (_, document, place) => {
    const policy = read(document);
    expect(where(policy)).toEqual([place]);
    expect(policy.statements.map(({ isFaulty }) => isFaulty)).toEqual([true]);
  });
});

describe("numerous policy faults", () => {
  it("are limited, without warnings displacing errors", () => {
    const many = Array.from({ length: 5000 }, () => "arn:aws:s3");
    const policy = one({ ...PUT, Resource: [...many, "reports"] });
    expect(policy.faults.length).toBeLessThan(1000);
    expect(where(policy)).toContain("error Statement/0/Resource/5000");
    expect(one({ ...PUT, Resource: many.map(() => "reports") }).faults.length).toBeLessThan(1000);
  });

  it("are found in a long text of unclosed variables", () => {
    const open = "${".repeat(500_000);
    expect(where(one({ ...PUT, Resource: `arn:${open}` }))).toEqual(["error Statement/0/Resource"]);
  });
});

describe("unreadable parts of a policy", () => {
  const ANYTHING = { effect: "Deny", isFaulty: true, action: { values: ["*"] }, resource: { values: ["*"] } };

  it.each([[null], [5], [[]], ["{"], [""], ["%zz"], [{ ...VERSION }], [{ ...VERSION, Statement: [5] }]])(
    "may deny anything: %j",
    (document) => {
      const policy = read(document);
      expect(only(policy)).toMatchObject(ANYTHING);
      expect(policy.faults).toHaveLength(1);
    },
  );

  it("apply to everyone in a trust policy, which has no resource", () => {
    expect(only(read(null, "trust"))).toMatchObject({ effect: "Deny", principal: { isEveryone: true } });
    expect(only(read(null, "trust")).resource).toBeUndefined();
  });

  it.each([
    ["Action", { Effect: "Deny", Action: ["s3:GetObject", 5], Resource: "arn:aws:s3:::b" }, "action"],
    [
      "Action and NotAction",
      { Effect: "Deny", Action: "s3:A", NotAction: "s3:B", Resource: "arn:aws:s3:::b" },
      "action",
    ],
    ["Resource", { Effect: "Deny", Action: "s3:GetObject", NotResource: "b" }, "resource"],
  ] as const)("match everything in a Deny: %s", (_, statement, part) => {
    expect(only(one(statement))[part]).toEqual({ isNegated: false, values: ["*"] });
  });

  it("match everyone in the principal of a Deny", () => {
    const statement = { ...PUT, Effect: "Deny", NotPrincipal: { AWS: ["arn:aws:iam::123456789012:role/*"] } };
    expect(only(one(statement, "resource")).principal).toMatchObject({ isNegated: false, isEveryone: true });
  });

  it("leave open what a statement says of them, and keep what is certain", () => {
    const open = new PartialText("!Sub", ["arn:aws:s3:::", { source: "${Bucket}" }, "/*"]);
    const { statements, faults } = read({
      ...VERSION,
      Statement: [{ ...PUT, Resource: ["arn:aws:s3:::a/*", open] }],
    });
    expect(faults).toEqual([]);
    expect(statements.map(({ resource, conditions }) => [resource?.values, conditions.length])).toEqual([
      [["arn:aws:s3:::a/*"], 0],
      [["arn:aws:s3:::a/*", "arn:aws:s3:::*/*"], 1],
    ]);
  });

  it.each([
    ["a document", new Unknown("!Ref P")],
    ["the statements", { ...VERSION, Statement: new Unknown("!Ref P") }],
    ["a statement", { ...VERSION, Statement: [new Unknown("!Ref P")] }],
    ["the effect", { ...VERSION, Statement: [{ ...PUT, Effect: new Unknown("!Ref P") }] }],
  ])("may allow and may deny if %s isn't known", (_what, document) => {
    const { statements, faults } = read(document);
    expect(faults).toEqual([]);
    expect(
      statements.map(({ effect, isFaulty, conditions }) => [effect, isFaulty, conditions.length]),
    ).toEqual([
      ["Allow", false, 1],
      ["Deny", false, 1],
    ]);
  });
});

describe("policy text", () => {
  const TEXT = JSON.stringify(
    { ...VERSION, Statement: [{ ...PUT, Resource: "arn:aws:s3:::a+b/*" }] },
    null,
    2,
  );

  it.each([
    ["JSON", TEXT],
    ["JSON with surrounding white space", `\n ${TEXT}\n`],
    ["URL-encoded", encodeURIComponent(TEXT)],
    ["JSON with a percent sign", TEXT.replace("a+b", "a%2Bb")],
  ])("is read as %s", (name, text) => {
    const policy = read(text);
    expect(policy.faults).toEqual([]);
    expect(only(policy).resource?.values).toEqual([
      name === "JSON with a percent sign" ? "arn:aws:s3:::a%2Bb/*" : "arn:aws:s3:::a+b/*",
    ]);
  });

  it("reports line and column of a syntax error", () => {
    expect(read('{\n  "Version": oops\n}').faults).toMatchObject([
      {
        severity: "error",
        message: "in line 2, column 14 of the policy: expected a JSON value, found `oops`",
        path: [],
      },
    ]);
  });

  it("marks the statement that has a duplicate key", () => {
    const statements = `[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"},${JSON.stringify(PUT)}]`;
    const policy = read(`{"Version":"2012-10-17","Statement":${statements}}`);
    expect(where(policy)).toEqual(["error Statement/0"]);
    expect(policy.statements.map(({ isFaulty }) => isFaulty)).toEqual([true, false]);
  });

  it("marks all statements when a duplicate key is outside of them", () => {
    const policy = read(
      `{"Version":"2008-10-17","Version":"2012-10-17","Statement":[${JSON.stringify(PUT)}]}`,
    );
    expect(policy.statements.map(({ isFaulty }) => isFaulty)).toEqual([true]);
  });

  it("is rejected above one mebibyte", () => {
    const policy = read(`{${" ".repeat(1024 * 1024)}}`);
    expect(policy.faults[0]?.message).toMatch(/1,048,578 characters/);
    expect(only(policy).isFaulty).toBe(true);
  });

  it("is rejected when it is nested too deeply", () => {
    const policy = read(`{"Statement":${"[".repeat(50_000)}`);
    expect(policy.faults).toHaveLength(1);
    expect(only(policy).isFaulty).toBe(true);
  });

  it("locates its parts", () => {
    expect(createPlaceFinder(TEXT)(["Statement", 0, "Action"])).toMatchObject({ line: 6, column: 17 });
    expect(createPlaceFinder(TEXT)(["Statement", 0, "Action"], "key")).toMatchObject({ line: 6, column: 7 });
    expect(createPlaceFinder(encodeURIComponent(TEXT))(["Version"])).toMatchObject({ line: 2, column: 14 });
    expect(createPlaceFinder("{")(["Version"])).toBeUndefined();
  });
});
