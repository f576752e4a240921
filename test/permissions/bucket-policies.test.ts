import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import type { World } from "./world.ts";
import {
  ACCOUNT,
  ALICE,
  addBoundary,
  allow,
  BUCKET,
  deny,
  inlineStatementsOf,
  OPERATOR,
  OTHER,
  policy,
  rcp,
  scp,
  setPolicy,
  WRITER,
  withEveryone,
} from "./world.ts";

const WRITE = ["s3:PutObject", "s3:AbortMultipartUpload"];
/** Replaces a text throughout the world, to change the partition, the Region or the bucket. */
const swap = (w: World, from: string, to: string) =>
  Object.assign(w, JSON.parse(JSON.stringify(w).replaceAll(from, to)));

situations("StartCacheReport", [
  [
    "the bucket policy denies requests without TLS",
    (w) =>
      setPolicy(
        w,
        withEveryone(
          deny("s3:*", [BUCKET, `${BUCKET}/*`], { Condition: { Bool: { "aws:SecureTransport": "false" } } }),
        ),
      ),
    [],
  ],
  [
    "the bucket policy denies requests from other VPC endpoints",
    (w) =>
      setPolicy(
        w,
        withEveryone(
          deny("s3:*", [BUCKET, `${BUCKET}/*`], {
            Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
          }),
        ),
      ),
    ["undecided"],
  ],
  [
    "the bucket policy denies objects with other encryption",
    (w) =>
      setPolicy(
        w,
        withEveryone(
          deny("s3:PutObject", `${BUCKET}/*`, {
            Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
          }),
        ),
      ),
    ["undecided"],
  ],
  [
    "the bucket policy denies objects without an encryption header",
    (w) =>
      setPolicy(
        w,
        withEveryone(
          deny("s3:PutObject", `${BUCKET}/*`, {
            Condition: { Null: { "s3:x-amz-server-side-encryption": "true" } },
          }),
        ),
      ),
    ["undecided"],
  ],
  [
    "the bucket policy denies objects with other encryption below one prefix",
    (w) =>
      setPolicy(
        w,
        withEveryone(
          deny("s3:PutObject", `${BUCKET}/secret/*`, {
            Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
          }),
        ),
      ),
    ["undecided"],
  ],
  [
    "NotPrincipal of a Deny lists another principal",
    (w) => setPolicy(w, deny("s3:*", `${BUCKET}/*`, { NotPrincipal: { AWS: ALICE } })),
    ["explicit-deny"],
  ],
  [
    "NotPrincipal of a Deny lists the role and the account",
    (w) =>
      setPolicy(
        w,
        deny("s3:*", `${BUCKET}/*`, { NotPrincipal: { AWS: [WRITER, `arn:aws:iam::${ACCOUNT}:root`] } }),
      ),
    ["undecided"],
  ],
  [
    "only the bucket policy allows the action, to everyone",
    (w) => {
      w.writer.RolePolicyList = [];
      setPolicy(w, withEveryone(allow(WRITE, `${BUCKET}/*`)));
    },
    ["over-permissive"],
  ],
  [
    "the bucket of another account allows the action to everyone",
    (w) => {
      w.bucket.account = OTHER;
      setPolicy(w, withEveryone(allow("s3:*", `${BUCKET}/*`)));
    },
    ["over-permissive"],
  ],
  [
    "the bucket of another account allows the action and the role doesn't",
    (w) => {
      w.bucket.account = OTHER;
      w.writer.RolePolicyList = [];
      setPolicy(w, allow(WRITE, `${BUCKET}/*`, { Principal: { AWS: WRITER } }));
    },
    ["implicit-deny"],
  ],
  [
    "the bucket policy allows the action only to another role",
    (w) => {
      w.writer.RolePolicyList = [];
      setPolicy(w, allow(WRITE, `${BUCKET}/*`, { Principal: { AWS: OPERATOR } }));
    },
    ["implicit-deny"],
  ],
  [
    "the role allows one prefix and the bucket policy the rest",
    (w) => {
      inlineStatementsOf(w.writer)[0].Resource = `${BUCKET}/a/*`;
      setPolicy(w, allow(WRITE, `${BUCKET}/*`, { Principal: { AWS: WRITER } }));
    },
    [],
  ],
  [
    "the role allows one action and the bucket policy the other",
    (w) => {
      inlineStatementsOf(w.writer)[0].Action = "s3:PutObject";
      setPolicy(w, allow("s3:AbortMultipartUpload", `${BUCKET}/*`, { Principal: { AWS: WRITER } }));
    },
    [],
  ],
  [
    "the bucket of another account names the role's account by id",
    (w) => {
      w.bucket.account = OTHER;
      setPolicy(w, allow(WRITE, `${BUCKET}/*`, { Principal: { AWS: ACCOUNT } }));
    },
    [],
  ],
  [
    "the bucket policy denies all but a pattern that matches the role",
    (w) =>
      setPolicy(
        w,
        withEveryone(
          deny("s3:*", `${BUCKET}/*`, {
            Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/Cache*` } },
          }),
        ),
      ),
    [],
  ],
  [
    "the bucket policy denies all but a pattern that doesn't match the role",
    (w) =>
      setPolicy(
        w,
        withEveryone(
          deny("s3:*", `${BUCKET}/*`, {
            Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/Admin*` } },
          }),
        ),
      ),
    ["explicit-deny"],
  ],
  [
    "the bucket policy denies principals that aren't services",
    (w) =>
      setPolicy(
        w,
        withEveryone(
          deny("s3:*", `${BUCKET}/*`, { Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } } }),
        ),
      ),
    ["explicit-deny"],
  ],
  [
    "the role's boundary allows one prefix",
    (w) => addBoundary(w, w.writer, policy(allow("s3:*", `${BUCKET}/daily/*`))),
    ["partial-grant"],
  ],
  [
    "an SCP allows one prefix",
    (w) => {
      w.handWritten = scp([
        policy(allow(["storagegateway:*", "iam:*"], "*"), allow("s3:*", `${BUCKET}/daily/*`)),
      ]);
    },
    ["partial-grant"],
  ],
  [
    "an SCP denies one prefix",
    (w) => {
      w.handWritten = scp([policy(allow("*", "*"), deny("s3:*", `${BUCKET}/x/*`))]);
    },
    ["partial-grant"],
  ],
  [
    "an RCP denies other organizations",
    (w) => {
      w.handWritten = rcp([
        policy(
          withEveryone(allow("*", "*")),
          withEveryone(
            deny("s3:*", "*", {
              Condition: {
                StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-1" },
                BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
              },
            }),
          ),
        ),
      ]);
    },
    ["undecided"],
  ],
  [
    "the role allows a bucket whose name has another character for a dot",
    (w) => {
      swap(w, "cache-reports", "cache.reports");
      inlineStatementsOf(w.writer)[0].Resource = "arn:aws:s3:::cacheXreports/*";
      w.context = { bucket: { account: ACCOUNT } };
    },
    ["implicit-deny"],
  ],
  ["the location is a prefix without a slash", (w) => (w.request.LocationARN = `${BUCKET}/daily`), []],
  [
    "the location is a prefix and the role allows only that prefix",
    (w) => {
      w.request.LocationARN = `${BUCKET}/daily/`;
      inlineStatementsOf(w.writer)[0].Resource = `${BUCKET}/daily/*`;
    },
    ["partial-grant"],
  ],
  [
    "the role allows everything but a prefix with NotResource",
    (w) => {
      inlineStatementsOf(w.writer)[0] = { Effect: "Allow", Action: WRITE, NotResource: `${BUCKET}/x/*` };
    },
    ["partial-grant"],
  ],
  [
    "the role allows the actions with NotAction",
    (w) => {
      inlineStatementsOf(w.writer)[0] = { Effect: "Allow", NotAction: "iam:*", Resource: `${BUCKET}/*` };
    },
    [],
  ],
  [
    "the role requires s3:ResourceAccount",
    (w) => (inlineStatementsOf(w.writer)[0].Condition = { StringEquals: { "s3:ResourceAccount": ACCOUNT } }),
    [],
  ],
  ["the location is a pattern of buckets", (w) => (w.request.LocationARN = `${BUCKET.slice(0, -3)}*`), []],
] satisfies Situation[]);
