import { describe, expect, it } from "vitest";
import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import type { World } from "./world.ts";
import { ACCOUNT, allow, BUCKET, bound, deny, own, policy, rcp, said, scp, WRITER } from "./world.ts";

const without = (bend: (w: World) => unknown) => (w: World) => {
  bend(w);
  w.bucket = undefined;
};

const others = allow(["storagegateway:*", "iam:*", "kms:*"], "*");

/** Nothing is known of the bucket: what its policy says could still grant or deny. Its key is not known, either. */
const UNDESCRIBED: Situation[] = [
  ["the role may write", without(() => {}), ["undecided"], "`s3:PutObject`"],
  [
    "the role may write below a prefix",
    without((w) => (own(w.writer)[0].Resource = `${BUCKET}/daily/*`)),
    ["partial-grant?", "undecided"],
    `on \`${BUCKET}/daily/*\`, and for example not on \`${BUCKET}/x\`; whether the policy of \`${BUCKET}\` allows the rest can't be checked without the bucket`,
  ],
  [
    "the role may nothing",
    without((w) => (w.writer.RolePolicyList = [])),
    ["implicit-deny?", "undecided"],
    `it has no policies; whether the policy of \`${BUCKET}\` allows it can't be checked without the bucket`,
  ],
  [
    "the role may write and not give up: one of each",
    without((w) => (own(w.writer)[0].Action = "s3:PutObject")),
    ["implicit-deny?", "undecided"],
    "don't allow `s3:AbortMultipartUpload` on",
  ],
  [
    "the role's boundary lacks it",
    without((w) => bound(w, w.writer, policy(allow("kms:*", "*")))),
    ["implicit-deny?", "undecided"],
    "permissions boundary",
  ],
  [
    "the role's boundary has a prefix",
    without((w) => bound(w, w.writer, policy(allow("s3:*", `${BUCKET}/daily/*`)))),
    ["partial-grant?", "undecided"],
    "permissions boundary",
  ],
  [
    "the role is denied it",
    without((w) => own(w.writer).push(deny("s3:*", "*"))),
    ["explicit-deny", "undecided"],
  ],
  [
    "the role is denied a part",
    without((w) => own(w.writer).push(deny("s3:*", `${BUCKET}/locked/*`))),
    ["explicit-deny", "undecided"],
    `on a part of \`${BUCKET}/*\`, for example on \`${BUCKET}/locked/x\`,`,
  ],
  [
    "the boundary denies it",
    without((w) => bound(w, w.writer, policy(allow("*", "*"), deny("s3:Put*", "*")))),
    ["explicit-deny", "undecided"],
  ],
  [
    "an SCP denies it",
    without((w) => (w.byHand = scp([policy(allow("*", "*"), deny("s3:*", "*"))]))),
    ["explicit-deny", "undecided"],
  ],
  [
    "an SCP lacks it, which no bucket's policy mends",
    without((w) => (w.byHand = scp([policy(others)]))),
    ["implicit-deny", "undecided"],
  ],
  [
    "an SCP has a prefix, which no bucket's policy mends",
    without((w) => (w.byHand = scp([policy(others, allow("s3:*", `${BUCKET}/daily/*`))]))),
    ["partial-grant", "undecided"],
    "no service control policy of level 1 allows it",
  ],
  [
    "an RCP denies it",
    without(
      (w) =>
        (w.byHand = rcp([
          policy(allow("*", "*", { Principal: "*" }), deny("s3:*", "*", { Principal: "*" })),
        ])),
    ),
    ["explicit-deny", "undecided"],
  ],
  [
    "what the role may hangs on whose the bucket is",
    without((w) => (own(w.writer)[0].Condition = { StringEquals: { "aws:ResourceAccount": ACCOUNT } })),
    ["undecided"],
    "`s3:PutObject`, `s3:AbortMultipartUpload`, `kms:GenerateDataKey` and `kms:Decrypt` can't be checked without",
  ],
  [
    "what the role may hangs on a key",
    without((w) => (own(w.writer)[0].Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })),
    ["undecided", "undecided"],
  ],
];

const OWNERLESS: Situation[] = [
  [
    "whose the bucket is isn't known, and the role may write below a prefix",
    (w) => {
      delete w.bucket.account;
      own(w.writer)[0].Resource = `${BUCKET}/daily/*`;
    },
    ["partial-grant"],
  ],
  [
    "whose the bucket is isn't known, and the role may nothing",
    (w) => {
      delete w.bucket.account;
      w.writer.RolePolicyList = [];
    },
    ["implicit-deny"],
  ],
];

situations("StartCacheReport", UNDESCRIBED);
situations("StartCacheReport", OWNERLESS);

describe("a bucket that isn't described", () => {
  it("is asked for before the role is given more", () => {
    const bend = without((w) => (own(w.writer)[0].Resource = `${BUCKET}/daily/*`));
    const [first] = said("StartCacheReport", bend).filter(({ code }) => code === "iam/partial-grant");
    expect(first).toMatchObject({ status: "undecided", severity: "error", pointer: "/Role" });
    expect(first?.help).toMatch(
      /^give it with `--context FILE`: `buckets: .* or add to a policy of the role: \{/,
    );
    expect(first?.message).toContain(`\`${WRITER}\``);
  });
});
