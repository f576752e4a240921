import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import {
  ACCOUNT,
  allow,
  bound,
  deny,
  everyone,
  GATEWAY,
  guard,
  OPERATOR,
  OTHER,
  own,
  policy,
  rcp,
  SERVICE,
  SHARE,
  scp,
  trust,
  WRITER,
} from "./world.ts";

const PASS: Situation[] = [
  [
    "the caller may not pass the role",
    (w) => own(w.operator).splice(1, 1),
    ["pass-role-denied"],
    `\`${OPERATOR}\` may not pass the role \`${WRITER}\``,
  ],
  [
    "passing requires iam:PassedToService, which isn't sent",
    (w) => (own(w.operator)[1].Condition = { StringEquals: { "iam:PassedToService": SERVICE } }),
    ["pass-role-denied"],
    "asks for `StringEquals iam:PassedToService`",
  ],
  [
    "passing requires iam:PassedToService if it exists",
    (w) => (own(w.operator)[1].Condition = { StringEqualsIfExists: { "iam:PassedToService": SERVICE } }),
    [],
  ],
  [
    "passing to other services is denied",
    (w) =>
      own(w.operator).push(
        deny("iam:PassRole", "*", { Condition: { StringNotEquals: { "iam:PassedToService": SERVICE } } }),
      ),
    ["pass-role-denied"],
  ],
  ["passing is denied", (w) => own(w.operator).push(deny("iam:*", "*")), ["pass-role-denied"]],
  [
    "an SCP denies passing",
    (w) => (w.byHand = scp([policy(allow("*", "*"), deny("iam:PassRole", "*"))])),
    ["pass-role-denied"],
  ],
  [
    "the boundary lacks passing",
    (w) => bound(w, w.operator, policy(allow("storagegateway:*", "*"))),
    ["pass-role-denied"],
  ],
  [
    "every role can be passed",
    (w) => (own(w.operator)[1].Resource = "*"),
    ["over-permissive"],
    "lets every role be passed",
  ],
  [
    "passing depends on a tag of the role",
    (w) => (own(w.operator)[1].Condition = { StringEquals: { "iam:ResourceTag/use": "reports" } }),
    ["undecided"],
    "iam:ResourceTag/use",
  ],
];

const TRUST: Situation[] = [
  [
    "the trust policy names another service",
    (w) => (w.writer.AssumeRolePolicyDocument.Statement[0].Principal.Service = "fsx.amazonaws.com"),
    ["untrusted-service"],
    `\`${SERVICE}\` may not assume the role`,
  ],
  [
    "the trust policy requires the share as source",
    (w) => trust(w.writer, guard(SHARE.replace(/share-.*/, "*"))),
    ["untrusted-service"],
    "asks for `ArnLike aws:SourceArn`",
  ],
  [
    "the trust policy requires the share as source and the share isn't described",
    (w) => {
      w.share = undefined;
      trust(w.writer, guard(`arn:aws:storagegateway:eu-west-1:${ACCOUNT}:share/*`));
    },
    ["untrusted-service"],
  ],
  [
    "the trust policy requires the gateway as source and the share isn't described",
    (w) => (w.share = undefined),
    ["undecided"],
    "aws:SourceArn",
  ],
  [
    "the trust policy accepts every gateway and the share isn't described",
    (w) => {
      w.share = undefined;
      trust(w.writer, guard(`arn:aws:storagegateway:eu-west-1:${ACCOUNT}:gateway/*`));
    },
    [],
  ],
  [
    "the trust policy requires another gateway as source",
    (w) => trust(w.writer, guard(GATEWAY.replace("12A3", "9999"))),
    ["untrusted-service"],
  ],
  [
    "the trust policy requires another account as source",
    (w) => trust(w.writer, { StringEquals: { "aws:SourceAccount": OTHER } }),
    ["untrusted-service"],
  ],
  [
    "the trust policy requires only the account as source",
    (w) => trust(w.writer, { StringEquals: { "aws:SourceAccount": ACCOUNT } }),
    [],
  ],
  ["the trust policy has no condition", (w) => trust(w.writer), ["confused-deputy"], "for every account"],
  [
    "the trust policy accepts any gateway of any account",
    (w) => trust(w.writer, { ArnLike: { "aws:SourceArn": "arn:aws:storagegateway:*:*:gateway/*" } }),
    ["confused-deputy"],
  ],
  [
    "the trust policy denies other accounts",
    (w) => {
      trust(w.writer);
      w.writer.AssumeRolePolicyDocument.Statement.push({
        Effect: "Deny",
        Principal: "*",
        Action: "sts:AssumeRole",
        Condition: { StringNotEquals: { "aws:SourceAccount": ACCOUNT } },
      });
    },
    [],
  ],
  [
    "anyone may assume the role",
    (w) => {
      w.writer.AssumeRolePolicyDocument.Statement[0].Principal = { AWS: "*", Service: SERVICE };
      delete w.writer.AssumeRolePolicyDocument.Statement[0].Condition;
    },
    ["confused-deputy", "over-permissive"],
    "anyone",
  ],
  [
    "the trust policy denies the service",
    (w) =>
      w.writer.AssumeRolePolicyDocument.Statement.push({
        Effect: "Deny",
        Principal: { Service: SERVICE },
        Action: "sts:*",
      }),
    ["untrusted-service"],
  ],
  [
    "an RCP denies the service",
    (w) => (w.byHand = rcp([policy(everyone(allow("*", "*")), everyone(deny("sts:AssumeRole", "*")))])),
    ["untrusted-service"],
  ],
  [
    "an SCP denies the service's action",
    (w) => (w.byHand = scp([policy(allow("*", "*"), deny("sts:AssumeRole", "*"))])),
    [],
  ],
  [
    "the trust policy is malformed",
    (w) => (w.writer.AssumeRolePolicyDocument.Statement[0].Efect = "Allow"),
    ["malformed-policy", "untrusted-service"],
  ],
];

situations("StartCacheReport", PASS);
situations("StartCacheReport", TRUST);
