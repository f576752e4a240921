import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/index.ts";
import { runs } from "../support/scale.ts";
import type { World } from "./world.ts";
import {
  ALICE,
  addBoundary,
  allow,
  BUCKET,
  diagnose,
  encryptWithKey,
  GATEWAY,
  inlineStatementsOf,
  keyForAccount,
  localPolicy,
  OTHER,
  policy,
  scp,
  setTrustPolicy,
  sourceGuard,
  WRITER,
} from "./world.ts";

type Bend = (w: World) => unknown;

/** Ways to deny access without a `Deny`. */
const WAYS_TO_DENY: Readonly<Record<string, Bend>> = {
  "the operator may not start reports": (w) => inlineStatementsOf(w.operator).shift(),
  "the role may be passed to another service only": (w) => {
    const passing = inlineStatementsOf(w.operator).find(({ Action: action }) => action === "iam:PassRole");
    passing.Condition = { StringEquals: { "iam:PassedToService": "x.amazonaws.com" } };
  },
  "the operator has no permissions": (w) => inlineStatementsOf(w.operator).splice(0),
  "the operator's boundary lacks the action": (w) => addBoundary(w, w.operator, policy(allow("s3:*", "*"))),
  "the writer's boundary allows one prefix": (w) =>
    addBoundary(w, w.writer, policy(allow("s3:*", `${BUCKET}/daily/*`))),
  "the writer may write below one prefix": (w) => {
    inlineStatementsOf(w.writer)[0].Resource = `${BUCKET}/daily/*`;
  },
  "the writer lacks s3:AbortMultipartUpload": (w) => {
    inlineStatementsOf(w.writer)[0].Action = "s3:PutObject";
  },
  "the writer may write everywhere but below a prefix": (w) => {
    delete inlineStatementsOf(w.writer)[0].Resource;
    inlineStatementsOf(w.writer)[0].NotResource = `${BUCKET}/daily/*`;
  },
  "the bucket belongs to another account": (w) => {
    w.bucket.account = OTHER;
  },
  "the bucket's account is unknown": (w) => delete w.bucket.account,
  "the writer may not use the key": (w) => encryptWithKey(w, [keyForAccount], false),
  "the key policy allows only another principal": (w) =>
    encryptWithKey(w, [allow("kms:*", "*", { Principal: { AWS: ALICE } })], false),
  "the trust policy names the share as source": (w) =>
    setTrustPolicy(w.writer, sourceGuard("arn:aws:storagegateway:*:*:share/*")),
  "the trust policy names another gateway as source": (w) =>
    setTrustPolicy(w.writer, sourceGuard(GATEWAY.replace("12A3", "9999"))),
  "the SCPs of one level lack the action": (w) => {
    w.handWritten = scp([policy(allow("*", "*"))], [policy(allow(["iam:*", "kms:*"], "*"))]);
  },
  "the share isn't described": (w) => {
    w.share = undefined;
  },
};

const findStatements = (w: World, where: string, message: string) => {
  const holder = message.includes(`\`${WRITER}\` is`) ? w.writer : w.operator;
  const level = /level (\d)/.exec(where)?.[1];
  if (/^a policy of/.test(where)) return inlineStatementsOf(holder);
  if (/boundary/.test(where))
    return w.iam.Policies.find(
      ({ Arn: arn }: { Arn: string }) => arn === holder.PermissionsBoundary.PermissionsBoundaryArn,
    ).PolicyVersionList[1].Document.Statement;
  if (/trust/.test(where)) return w.writer.AssumeRolePolicyDocument.Statement;
  if (/key/.test(where)) return w.bucket.kmsKeyPolicy.Statement;
  if (level) return w.handWritten.organization.serviceControlPolicies[Number(level) - 1][0].Statement;
  if (/^the policy of `arn:aws:s3/.test(where)) {
    w.bucket.policy ??= policy();
    return w.bucket.policy.Statement;
  }
  throw new Error(`where is ${where}?`);
};

const denials = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(({ severity, status }) => severity === "error" && status === "failed");

/** Adds every suggested statement to the policy that the help names. */
function applySuggestions(w: World, findings: readonly Diagnostic[]): void {
  for (const { help = "", message } of findings) {
    const ways = [...help.matchAll(/add to (.*?): (\{.*?\})(?=; |$)/g)];
    expect(ways.length, help).toBeGreaterThan(0);
    for (const [, where = "", statement = ""] of ways) {
      findStatements(w, where, message).push(JSON.parse(statement));
    }
  }
}

/** Gives the writer's boundary an ARN of its own when both roles have a boundary. */
function separateBoundaries(w: World): void {
  const [one, other] = [w.operator, w.writer].map(({ PermissionsBoundary: it }) => it);
  if (!one || !other) return;
  const arn = localPolicy("Second");
  w.iam.Policies.at(-1).Arn = arn;
  w.writer.PermissionsBoundary = { ...other, PermissionsBoundaryArn: arn };
}

const combineBends = (names: readonly string[]): Bend => {
  const steps = Object.keys(WAYS_TO_DENY).filter((name) => names.includes(name));
  return (w) => {
    for (const name of steps) WAYS_TO_DENY[name]!(w);
    separateBoundaries(w);
  };
};

describe("suggested statements", () => {
  it.each(Object.keys(WAYS_TO_DENY))("fix the denial: %s", (name) => expectFixed([name]));

  it("fix several denials at once", () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(WAYS_TO_DENY), { maxLength: 4 }), (names) => expectFixed(names)),
      { numRuns: runs(40) },
    );
  });
});

describe("the suggested condition", () => {
  it.each([
    ["the trust policy has no condition", undefined],
    [
      "the trust policy accepts any gateway",
      { ArnLike: { "aws:SourceArn": "arn:aws:storagegateway:*:*:gateway/*" } },
    ],
    ["the trust policy accepts any source", { Null: { "aws:SourceArn": "false" } }],
  ])("prevents a confused deputy when %s", (_name, condition) => {
    const [first] = diagnose("StartCacheReport", (w) => setTrustPolicy(w.writer, condition));
    expect(first?.code).toBe("iam/confused-deputy");
    const [, shown = ""] = /"Condition":(\{.*\})/.exec(first?.help ?? "") ?? [];
    expect(diagnose("StartCacheReport", (w) => setTrustPolicy(w.writer, JSON.parse(shown)))).toEqual([]);
  });
});

/** Asserts that no denial is left once all suggestions are applied. */
function expectFixed(names: readonly string[]): void {
  const pasted: (readonly Diagnostic[])[] = [];
  const denied = () =>
    denials(
      diagnose("StartCacheReport", (w) => {
        combineBends(names)(w);
        for (const findings of pasted) applySuggestions(w, findings);
      }),
    );
  pasted.push(denied());
  const texts = denied().map(({ message, help }) => `${message}\n${help}`);
  expect(texts, names.join(", ")).toEqual([]);
}
