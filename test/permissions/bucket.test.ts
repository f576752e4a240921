import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import {
  ACCOUNT,
  addBoundary,
  allow,
  BUCKET,
  deny,
  FULL,
  inlineStatementsOf,
  OTHER,
  policy,
  ROOT,
  rcp,
  scp,
  setPolicy,
  WRITER,
  withEveryone,
} from "./world.ts";

const BUCKETS: Situation[] = [
  [
    "the role lacks s3:AbortMultipartUpload",
    (w) => (inlineStatementsOf(w.writer)[0].Action = ["s3:PutObject"]),
    ["implicit-deny"],
    "`s3:AbortMultipartUpload`",
  ],
  [
    "the role has no policies",
    (w) => (w.writer.RolePolicyList = []),
    ["implicit-deny"],
    "`s3:PutObject` and `s3:AbortMultipartUpload`",
  ],
  [
    "the role allows one prefix",
    (w) => (inlineStatementsOf(w.writer)[0].Resource = `${BUCKET}/reports/*`),
    ["partial-grant"],
    `on \`${BUCKET}/reports/*\``,
  ],
  [
    "the role denies one prefix",
    (w) => inlineStatementsOf(w.writer).push(deny("s3:PutObject", `${BUCKET}/locked/*`)),
    ["partial-grant"],
    "because of `Deny` statement",
  ],
  [
    "the role allows the bucket but not its objects",
    (w) => (inlineStatementsOf(w.writer)[0].Resource = BUCKET),
    ["implicit-deny", "malformed-policy", "malformed-policy"],
  ],
  [
    "the role denies the actions",
    (w) => inlineStatementsOf(w.writer).push(deny("s3:*", "*")),
    ["explicit-deny"],
  ],
  [
    "the role's boundary lacks the actions",
    (w) => addBoundary(w, w.writer, policy(allow("kms:*", "*"))),
    ["implicit-deny"],
  ],
  [
    "the role's boundary denies an action",
    (w) => addBoundary(w, w.writer, policy(allow("*", "*"), deny("s3:Put*", "*"))),
    ["explicit-deny"],
  ],
  [
    "an SCP denies S3",
    (w) => (w.handWritten = scp([policy(allow("*", "*"), deny("s3:*", "*"))])),
    ["explicit-deny"],
  ],
  [
    "an RCP denies S3",
    (w) => (w.handWritten = rcp([policy(withEveryone(allow("*", "*")), withEveryone(deny("s3:*", "*")))])),
    ["explicit-deny"],
    "resource control policy",
  ],
  [
    "the role allows everything",
    (w) => (w.writer.RolePolicyList[0].PolicyDocument = FULL),
    ["over-permissive"],
    "allows `*` on `*`",
  ],
  [
    "the role allows all of S3",
    (w) => (inlineStatementsOf(w.writer)[0] = allow("s3:*", "*")),
    ["over-permissive"],
  ],
  ["the role allows all of S3 on the bucket", (w) => (inlineStatementsOf(w.writer)[0].Action = "s3:*"), []],
  [
    "the bucket policy denies the role",
    (w) => setPolicy(w, deny("s3:PutObject", `${BUCKET}/*`, { Principal: { AWS: WRITER } })),
    ["explicit-deny"],
    "the policy of bucket `cache-reports` (",
  ],
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
    "the bucket policy denies other organizations",
    (w) =>
      setPolicy(
        w,
        withEveryone(
          deny("s3:*", `${BUCKET}/*`, { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } }),
        ),
      ),
    ["undecided"],
    "aws:PrincipalOrgID",
  ],
  [
    "the bucket policy requires a VPC endpoint that the context gives",
    (w) => {
      setPolicy(
        w,
        withEveryone(
          deny("s3:*", `${BUCKET}/*`, { Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } }),
        ),
      );
      w.handWritten = { conditionKeys: { [WRITER]: { "aws:SourceVpce": "vpce-1" } } };
    },
    [],
  ],
  [
    "only the bucket policy allows the actions",
    (w) => {
      w.writer.RolePolicyList = [];
      setPolicy(
        w,
        allow(["s3:PutObject", "s3:AbortMultipartUpload"], `${BUCKET}/*`, { Principal: { AWS: WRITER } }),
      );
    },
    [],
  ],
  [
    "the bucket policy that denies it is given as AWS CLI output",
    (w) => (w.bucket.policy = { Policy: JSON.stringify(policy(withEveryone(deny("s3:*", `${BUCKET}/*`)))) }),
    ["explicit-deny"],
  ],
  [
    "the bucket policy that denies it is given as text",
    (w) => (w.bucket.policy = JSON.stringify(policy(withEveryone(deny("s3:*", `${BUCKET}/*`))))),
    ["explicit-deny"],
  ],
  [
    "the bucket belongs to another account",
    (w) => (w.bucket.account = OTHER),
    ["implicit-deny"],
    `the policy of \`${BUCKET}\` doesn't allow it`,
  ],
  [
    "the bucket of another account allows the role's account",
    (w) => {
      w.bucket.account = OTHER;
      setPolicy(w, allow(["s3:PutObject", "s3:AbortMultipartUpload"], `${BUCKET}/*`, { Principal: ROOT }));
    },
    [],
  ],
  ["the bucket's account is unknown", (w) => delete w.bucket.account, ["undecided"], "doesn't say `account`"],
  [
    "the bucket's account is unknown and irrelevant",
    (w) => {
      delete w.bucket.account;
      setPolicy(
        w,
        allow(["s3:PutObject", "s3:AbortMultipartUpload"], `${BUCKET}/*`, { Principal: { AWS: WRITER } }),
      );
    },
    [],
  ],
  [
    "the bucket isn't described",
    (w) => (w.bucket = undefined),
    ["undecided"],
    "can't be checked without the bucket",
  ],
  [
    "the bucket isn't described and the role denies the actions",
    (w) => {
      w.bucket = undefined;
      inlineStatementsOf(w.writer).push(deny("s3:*", "*"));
    },
    ["explicit-deny", "undecided"],
  ],
  [
    "the request's context has a bucket policy with variables",
    (w) => {
      w.bucket = undefined;
      const condition = {
        StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:role/Cache*" },
      };
      w.context = {
        bucket: {
          account: ACCOUNT,
          policy: policy(withEveryone(deny("s3:*", `${BUCKET}/*`, { Condition: condition }))),
        },
      };
    },
    [],
  ],
  [
    "the role isn't in the IAM details",
    (w) => (w.writer = undefined),
    ["undecided"],
    "CacheReportWriter` is not in the IAM details",
  ],
  [
    "the role is a placeholder",
    (w) => (w.request.Role = "${ROLE}"),
    ["undecided"],
    "`${ROLE}` is a placeholder",
  ],
  [
    "the location is a placeholder",
    (w) => (w.request.LocationARN = "${BUCKET}"),
    ["undecided"],
    "`${BUCKET}` is a placeholder",
  ],
  ["the location is malformed", (w) => (w.request.LocationARN = 5), []],
];

situations("StartCacheReport", BUCKETS);
