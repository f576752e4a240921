import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import type { World } from "./world.ts";
import {
  ACCOUNT,
  ALICE,
  allow,
  BUCKET,
  bound,
  deny,
  everyone,
  OPERATOR,
  OTHER,
  own,
  policy,
  rcp,
  scp,
  setPolicy,
  WRITER,
} from "./world.ts";

const WRITE = ["s3:PutObject", "s3:AbortMultipartUpload"];
const _other = (arn: string) => arn.replaceAll(ACCOUNT, OTHER);
/** The same world in another partition, or with another bucket. */
const swap = (w: World, from: string, to: string) =>
  Object.assign(w, JSON.parse(JSON.stringify(w).replaceAll(from, to)));

situations("StartCacheReport", [
  [
    "bucket policies: tls deny",
    (w) =>
      setPolicy(
        w,
        everyone(
          deny("s3:*", [BUCKET, `${BUCKET}/*`], { Condition: { Bool: { "aws:SecureTransport": "false" } } }),
        ),
      ),
    [],
  ],
  [
    "bucket policies: vpce deny",
    (w) =>
      setPolicy(
        w,
        everyone(
          deny("s3:*", [BUCKET, `${BUCKET}/*`], {
            Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
          }),
        ),
      ),
    ["undecided"],
  ],
  [
    "bucket policies: sse deny",
    (w) =>
      setPolicy(
        w,
        everyone(
          deny("s3:PutObject", `${BUCKET}/*`, {
            Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
          }),
        ),
      ),
    ["undecided"],
  ],
  [
    "bucket policies: sse null deny",
    (w) =>
      setPolicy(
        w,
        everyone(
          deny("s3:PutObject", `${BUCKET}/*`, {
            Condition: { Null: { "s3:x-amz-server-side-encryption": "true" } },
          }),
        ),
      ),
    ["undecided"],
  ],
  [
    "bucket policies: sse deny on one prefix",
    (w) =>
      setPolicy(
        w,
        everyone(
          deny("s3:PutObject", `${BUCKET}/secret/*`, {
            Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
          }),
        ),
      ),
    ["undecided"],
  ],
  [
    "bucket policies: notprincipal other",
    (w) => setPolicy(w, deny("s3:*", `${BUCKET}/*`, { NotPrincipal: { AWS: ALICE } })),
    ["explicit-deny"],
  ],
  [
    "bucket policies: notprincipal writer",
    (w) =>
      setPolicy(
        w,
        deny("s3:*", `${BUCKET}/*`, { NotPrincipal: { AWS: [WRITER, `arn:aws:iam::${ACCOUNT}:root`] } }),
      ),
    ["undecided"],
  ],
  [
    "bucket policies: principal star allow",
    (w) => {
      w.writer.RolePolicyList = [];
      setPolicy(w, everyone(allow(WRITE, `${BUCKET}/*`)));
    },
    ["over-permissive"],
  ],
  [
    "bucket policies: bucket in other account, star allow and own",
    (w) => {
      w.bucket.account = OTHER;
      setPolicy(w, everyone(allow("s3:*", `${BUCKET}/*`)));
    },
    ["over-permissive"],
  ],
  [
    "bucket policies: bucket other account only bucket side",
    (w) => {
      w.bucket.account = OTHER;
      w.writer.RolePolicyList = [];
      setPolicy(w, allow(WRITE, `${BUCKET}/*`, { Principal: { AWS: WRITER } }));
    },
    ["implicit-deny"],
  ],
  [
    "bucket policies: bucket policy allows other role only",
    (w) => {
      w.writer.RolePolicyList = [];
      setPolicy(w, allow(WRITE, `${BUCKET}/*`, { Principal: { AWS: OPERATOR } }));
    },
    ["implicit-deny"],
  ],
  [
    "bucket policies: own one prefix, bucket policy the rest",
    (w) => {
      own(w.writer)[0].Resource = `${BUCKET}/a/*`;
      setPolicy(w, allow(WRITE, `${BUCKET}/*`, { Principal: { AWS: WRITER } }));
    },
    [],
  ],
  [
    "bucket policies: own put, bucket policy abort",
    (w) => {
      own(w.writer)[0].Action = "s3:PutObject";
      setPolicy(w, allow("s3:AbortMultipartUpload", `${BUCKET}/*`, { Principal: { AWS: WRITER } }));
    },
    [],
  ],
  [
    "bucket policies: bucket policy for account root id form",
    (w) => {
      w.bucket.account = OTHER;
      setPolicy(w, allow(WRITE, `${BUCKET}/*`, { Principal: { AWS: ACCOUNT } }));
    },
    [],
  ],
  [
    "bucket policies: bucket policy PrincipalArn like",
    (w) =>
      setPolicy(
        w,
        everyone(
          deny("s3:*", `${BUCKET}/*`, {
            Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/Cache*` } },
          }),
        ),
      ),
    [],
  ],
  [
    "bucket policies: bucket policy PrincipalArn unlike",
    (w) =>
      setPolicy(
        w,
        everyone(
          deny("s3:*", `${BUCKET}/*`, {
            Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/Admin*` } },
          }),
        ),
      ),
    ["explicit-deny"],
  ],
  [
    "bucket policies: bucket policy via service bool",
    (w) =>
      setPolicy(
        w,
        everyone(
          deny("s3:*", `${BUCKET}/*`, { Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } } }),
        ),
      ),
    ["explicit-deny"],
  ],
  [
    "bucket policies: boundary covers a prefix",
    (w) => bound(w, w.writer, policy(allow("s3:*", `${BUCKET}/daily/*`))),
    ["partial-grant"],
  ],
  [
    "bucket policies: scp covers a prefix",
    (w) => {
      w.byHand = scp([policy(allow(["storagegateway:*", "iam:*"], "*"), allow("s3:*", `${BUCKET}/daily/*`))]);
    },
    ["partial-grant"],
  ],
  [
    "bucket policies: scp denies part",
    (w) => {
      w.byHand = scp([policy(allow("*", "*"), deny("s3:*", `${BUCKET}/x/*`))]);
    },
    ["partial-grant"],
  ],
  [
    "bucket policies: rcp allow all + deny other orgs",
    (w) => {
      w.byHand = rcp([
        policy(
          everyone(allow("*", "*")),
          everyone(
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
    "bucket policies: dots with a near name",
    (w) => {
      swap(w, "cache-reports", "cache.reports");
      own(w.writer)[0].Resource = "arn:aws:s3:::cacheXreports/*";
      w.context = { bucket: { account: ACCOUNT } };
    },
    ["implicit-deny"],
  ],
  ["bucket policies: prefix form", (w) => (w.request.LocationARN = `${BUCKET}/daily`), []],
  [
    "bucket policies: prefix form with grant on prefix",
    (w) => {
      w.request.LocationARN = `${BUCKET}/daily/`;
      own(w.writer)[0].Resource = `${BUCKET}/daily/*`;
    },
    ["partial-grant"],
  ],
  [
    "bucket policies: prefix grant, grant NotResource",
    (w) => {
      own(w.writer)[0] = { Effect: "Allow", Action: WRITE, NotResource: `${BUCKET}/x/*` };
    },
    ["partial-grant"],
  ],
  [
    "bucket policies: NotAction allow",
    (w) => {
      own(w.writer)[0] = { Effect: "Allow", NotAction: "iam:*", Resource: `${BUCKET}/*` };
    },
    [],
  ],
  [
    "bucket policies: S3's own name of the account",
    (w) => (own(w.writer)[0].Condition = { StringEquals: { "s3:ResourceAccount": ACCOUNT } }),
    [],
  ],
  ["bucket policies: a pattern for a bucket", (w) => (w.request.LocationARN = `${BUCKET.slice(0, -3)}*`), []],
] satisfies Situation[]);
