import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import {
  ACCOUNT,
  allow,
  BUCKET,
  bound,
  deny,
  everyone,
  FULL,
  OTHER,
  own,
  policy,
  ROOT,
  rcp,
  scp,
  setPolicy,
  WRITER,
} from "./world.ts";

const BUCKETS: Situation[] = [
  [
    "the role may not give uploads up",
    (w) => (own(w.writer)[0].Action = ["s3:PutObject"]),
    ["implicit-deny"],
    "`s3:AbortMultipartUpload`",
  ],
  [
    "the role may nothing",
    (w) => (w.writer.RolePolicyList = []),
    ["implicit-deny"],
    "`s3:PutObject` and `s3:AbortMultipartUpload`",
  ],
  [
    "one prefix alone",
    (w) => (own(w.writer)[0].Resource = `${BUCKET}/reports/*`),
    ["partial-grant"],
    `on \`${BUCKET}/reports/*\``,
  ],
  [
    "a prefix is denied",
    (w) => own(w.writer).push(deny("s3:PutObject", `${BUCKET}/locked/*`)),
    ["partial-grant"],
    "because of `Deny` statement",
  ],
  [
    "the bucket alone, not its objects",
    (w) => (own(w.writer)[0].Resource = BUCKET),
    ["implicit-deny", "malformed-policy", "malformed-policy"],
  ],
  ["the role is denied it", (w) => own(w.writer).push(deny("s3:*", "*")), ["explicit-deny"]],
  ["the role's boundary lacks it", (w) => bound(w, w.writer, policy(allow("kms:*", "*"))), ["implicit-deny"]],
  [
    "the role's boundary denies it",
    (w) => bound(w, w.writer, policy(allow("*", "*"), deny("s3:Put*", "*"))),
    ["explicit-deny"],
  ],
  [
    "an SCP denies S3",
    (w) => (w.byHand = scp([policy(allow("*", "*"), deny("s3:*", "*"))])),
    ["explicit-deny"],
  ],
  [
    "an RCP denies S3",
    (w) => (w.byHand = rcp([policy(everyone(allow("*", "*")), everyone(deny("s3:*", "*")))])),
    ["explicit-deny"],
    "resource control policy",
  ],
  [
    "everything is allowed to the role",
    (w) => (w.writer.RolePolicyList[0].PolicyDocument = FULL),
    ["over-permissive"],
    "allows `*` on `*`",
  ],
  ["all of S3 is allowed to the role", (w) => (own(w.writer)[0] = allow("s3:*", "*")), ["over-permissive"]],
  ["all of S3 on this bucket is no more than asked for", (w) => (own(w.writer)[0].Action = "s3:*"), []],
  [
    "the bucket policy denies the role",
    (w) => setPolicy(w, deny("s3:PutObject", `${BUCKET}/*`, { Principal: { AWS: WRITER } })),
    ["explicit-deny"],
    "the policy of bucket `cache-reports` (",
  ],
  [
    "the bucket policy denies what isn't encrypted on its way",
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
    "the bucket policy denies another organization",
    (w) =>
      setPolicy(
        w,
        everyone(
          deny("s3:*", `${BUCKET}/*`, { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } }),
        ),
      ),
    ["undecided"],
    "aws:PrincipalOrgID",
  ],
  [
    "the bucket policy wants an endpoint",
    (w) => {
      setPolicy(
        w,
        everyone(
          deny("s3:*", `${BUCKET}/*`, { Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } }),
        ),
      );
      w.byHand = { conditionKeys: { [WRITER]: { "aws:SourceVpce": "vpce-1" } } };
    },
    [],
  ],
  [
    "the bucket policy allows it by itself",
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
    "the bucket policy as the AWS CLI prints it",
    (w) => (w.bucket.policy = { Policy: JSON.stringify(policy(everyone(deny("s3:*", `${BUCKET}/*`)))) }),
    ["explicit-deny"],
  ],
  [
    "the bucket policy as text",
    (w) => (w.bucket.policy = JSON.stringify(policy(everyone(deny("s3:*", `${BUCKET}/*`))))),
    ["explicit-deny"],
  ],
  [
    "the bucket is another account's",
    (w) => (w.bucket.account = OTHER),
    ["implicit-deny"],
    `the policy of \`${BUCKET}\` doesn't allow it`,
  ],
  [
    "another account's bucket lets the role in",
    (w) => {
      w.bucket.account = OTHER;
      setPolicy(w, allow(["s3:PutObject", "s3:AbortMultipartUpload"], `${BUCKET}/*`, { Principal: ROOT }));
    },
    [],
  ],
  ["whose the bucket is isn't known", (w) => delete w.bucket.account, ["undecided"], "doesn't say `account`"],
  [
    "whose the bucket is makes no difference",
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
    "nothing is known of the bucket",
    (w) => (w.bucket = undefined),
    ["undecided"],
    "can't be checked without the bucket",
  ],
  [
    "nothing is known of the bucket, and the role is denied",
    (w) => {
      w.bucket = undefined;
      own(w.writer).push(deny("s3:*", "*"));
    },
    ["explicit-deny", "undecided"],
  ],
  [
    "the policy in the request's context, with variables",
    (w) => {
      w.bucket = undefined;
      const condition = {
        StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:role/Cache*" },
      };
      w.context = {
        bucket: {
          account: ACCOUNT,
          policy: policy(everyone(deny("s3:*", `${BUCKET}/*`, { Condition: condition }))),
        },
      };
    },
    [],
  ],
  [
    "the writer isn't in the output",
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
  ["the location is faulty", (w) => (w.request.LocationARN = 5), []],
];

situations("StartCacheReport", BUCKETS);
