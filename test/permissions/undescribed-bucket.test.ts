import { describe, expect, it } from "vitest";
import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import type { World } from "./world.ts";
import {
  ACCOUNT,
  addBoundary,
  allow,
  BUCKET,
  deny,
  diagnose,
  inlineStatementsOf,
  policy,
  rcp,
  scp,
  WRITER,
} from "./world.ts";

const without = (bend: (w: World) => unknown) => (w: World) => {
  bend(w);
  w.bucket = undefined;
};

const others = allow(["storagegateway:*", "iam:*", "kms:*"], "*");

/** Nothing is known of the bucket or its key: its policy could still deny, and a grant of it isn't shown. */
const UNDESCRIBED: Situation[] = [
  ["the role may write to the undescribed bucket", without(() => {}), ["undecided"], "`s3:PutObject`"],
  [
    "the role may write below a prefix of the undescribed bucket",
    without((w) => (inlineStatementsOf(w.writer)[0].Resource = `${BUCKET}/daily/*`)),
    ["partial-grant", "undecided"],
    `on \`${BUCKET}/daily/*\`, and for example not on \`${BUCKET}/x\`; the policy of \`${BUCKET}\` might, and is not given`,
  ],
  [
    "the role has no policies and the bucket isn't described",
    without((w) => (w.writer.RolePolicyList = [])),
    ["implicit-deny", "undecided"],
    `it has no policies; the policy of \`${BUCKET}\` might, and is not given`,
  ],
  [
    "the role lacks only s3:AbortMultipartUpload and the bucket isn't described",
    without((w) => (inlineStatementsOf(w.writer)[0].Action = "s3:PutObject")),
    ["implicit-deny", "undecided"],
    "is not allowed `s3:AbortMultipartUpload` on",
  ],
  [
    "the role's boundary lacks the actions and the bucket isn't described",
    without((w) => addBoundary(w, w.writer, policy(allow("kms:*", "*")))),
    ["implicit-deny", "undecided"],
    "permissions boundary",
  ],
  [
    "the role's boundary allows one prefix and the bucket isn't described",
    without((w) => addBoundary(w, w.writer, policy(allow("s3:*", `${BUCKET}/daily/*`)))),
    ["partial-grant", "undecided"],
    "permissions boundary",
  ],
  [
    "the role denies the actions and the bucket isn't described",
    without((w) => inlineStatementsOf(w.writer).push(deny("s3:*", "*"))),
    ["explicit-deny", "undecided"],
  ],
  [
    "the role denies one prefix and the bucket isn't described",
    without((w) => inlineStatementsOf(w.writer).push(deny("s3:*", `${BUCKET}/locked/*`))),
    ["explicit-deny", "undecided"],
    `on a part of \`${BUCKET}/*\`, for example on \`${BUCKET}/locked/x\`,`,
  ],
  [
    "the role's boundary denies an action and the bucket isn't described",
    without((w) => addBoundary(w, w.writer, policy(allow("*", "*"), deny("s3:Put*", "*")))),
    ["explicit-deny", "undecided"],
  ],
  [
    "an SCP denies the actions and the bucket isn't described",
    without((w) => (w.handWritten = scp([policy(allow("*", "*"), deny("s3:*", "*"))]))),
    ["explicit-deny", "undecided"],
  ],
  [
    "the SCPs lack the actions, whatever the bucket policy allows",
    without((w) => (w.handWritten = scp([policy(others)]))),
    ["implicit-deny", "undecided"],
  ],
  [
    "the SCPs allow one prefix, whatever the bucket policy allows",
    without((w) => (w.handWritten = scp([policy(others, allow("s3:*", `${BUCKET}/daily/*`))]))),
    ["partial-grant", "undecided"],
    "no service control policy of level 1 allows it",
  ],
  [
    "an RCP denies the actions and the bucket isn't described",
    without(
      (w) =>
        (w.handWritten = rcp([
          policy(allow("*", "*", { Principal: "*" }), deny("s3:*", "*", { Principal: "*" })),
        ])),
    ),
    ["explicit-deny", "undecided"],
  ],
  [
    "the role's permission depends on the undescribed bucket's account",
    without(
      (w) =>
        (inlineStatementsOf(w.writer)[0].Condition = { StringEquals: { "aws:ResourceAccount": ACCOUNT } }),
    ),
    ["undecided"],
    "`s3:PutObject`, `s3:AbortMultipartUpload`, `kms:GenerateDataKey` and `kms:Decrypt` can't be checked without",
  ],
  [
    "the role's permission depends on a condition key and the bucket isn't described",
    without(
      (w) => (inlineStatementsOf(w.writer)[0].Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
    ),
    ["undecided", "undecided"],
  ],
];

const OWNERLESS: Situation[] = [
  [
    "the bucket's account is unknown and the role may write below a prefix",
    (w) => {
      delete w.bucket.account;
      inlineStatementsOf(w.writer)[0].Resource = `${BUCKET}/daily/*`;
    },
    ["partial-grant"],
  ],
  [
    "the bucket's account is unknown and the role has no policies",
    (w) => {
      delete w.bucket.account;
      w.writer.RolePolicyList = [];
    },
    ["implicit-deny"],
  ],
];

situations("StartCacheReport", UNDESCRIBED);
situations("StartCacheReport", OWNERLESS);

describe("an undescribed bucket", () => {
  it("is asked for where its policy allows what the role's own policies lack", () => {
    const bend = without((w) => (inlineStatementsOf(w.writer)[0].Resource = `${BUCKET}/daily/*`));
    const [first] = diagnose("StartCacheReport", bend).filter(({ code }) => code === "iam/partial-grant");
    expect(first).toMatchObject({ status: "failed", severity: "error", pointer: "/Role" });
    expect(first?.help).toMatch(
      /^add to a policy of the role: \{.*; where the bucket's policy allows it, give it with `--context FILE`: `buckets: /,
    );
    expect(first?.message).toContain(`\`${WRITER}\``);
  });
});
