import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import {
  ACCOUNT,
  addBoundary,
  allow,
  deny,
  GATEWAY,
  inlineStatementsOf,
  OPERATOR,
  OTHER,
  policy,
  rcp,
  SERVICE,
  SHARE,
  scp,
  setTrustPolicy,
  sourceGuard,
  WRITER,
  withEveryone,
} from "./world.ts";

const PASS: Situation[] = [
  [
    "the caller may not pass the role",
    (w) => inlineStatementsOf(w.operator).splice(1, 1),
    ["pass-role-denied"],
    `\`${OPERATOR}\` may not pass the role \`${WRITER}\``,
  ],
  [
    "passing requires iam:PassedToService, which isn't sent",
    (w) =>
      (inlineStatementsOf(w.operator)[1].Condition = { StringEquals: { "iam:PassedToService": SERVICE } }),
    ["pass-role-denied"],
    "asks for `StringEquals iam:PassedToService`",
  ],
  [
    "passing requires iam:PassedToService if it exists",
    (w) =>
      (inlineStatementsOf(w.operator)[1].Condition = {
        StringEqualsIfExists: { "iam:PassedToService": SERVICE },
      }),
    [],
  ],
  [
    "passing to other services is denied",
    (w) =>
      inlineStatementsOf(w.operator).push(
        deny("iam:PassRole", "*", { Condition: { StringNotEquals: { "iam:PassedToService": SERVICE } } }),
      ),
    ["pass-role-denied"],
  ],
  ["passing is denied", (w) => inlineStatementsOf(w.operator).push(deny("iam:*", "*")), ["pass-role-denied"]],
  [
    "an SCP denies passing",
    (w) => (w.handWritten = scp([policy(allow("*", "*"), deny("iam:PassRole", "*"))])),
    ["pass-role-denied"],
  ],
  [
    "the boundary lacks passing",
    (w) => addBoundary(w, w.operator, policy(allow("storagegateway:*", "*"))),
    ["pass-role-denied"],
  ],
  [
    "every role can be passed",
    (w) => (inlineStatementsOf(w.operator)[1].Resource = "*"),
    ["over-permissive"],
    "lets every role be passed",
  ],
  [
    "passing depends on a tag of the role",
    (w) =>
      (inlineStatementsOf(w.operator)[1].Condition = { StringEquals: { "iam:ResourceTag/use": "reports" } }),
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
    (w) => setTrustPolicy(w.writer, sourceGuard(SHARE.replace(/share-.*/, "*"))),
    ["untrusted-service"],
    "asks for `ArnLike aws:SourceArn`",
  ],
  [
    "the trust policy requires the share as source and the share isn't described",
    (w) => {
      w.share = undefined;
      setTrustPolicy(w.writer, sourceGuard(`arn:aws:storagegateway:eu-west-1:${ACCOUNT}:share/*`));
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
      setTrustPolicy(w.writer, sourceGuard(`arn:aws:storagegateway:eu-west-1:${ACCOUNT}:gateway/*`));
    },
    [],
  ],
  [
    "the trust policy requires another gateway as source",
    (w) => setTrustPolicy(w.writer, sourceGuard(GATEWAY.replace("12A3", "9999"))),
    ["untrusted-service"],
  ],
  [
    "the trust policy requires another account as source",
    (w) => setTrustPolicy(w.writer, { StringEquals: { "aws:SourceAccount": OTHER } }),
    ["untrusted-service"],
  ],
  [
    "the trust policy requires only the account as source",
    (w) => setTrustPolicy(w.writer, { StringEquals: { "aws:SourceAccount": ACCOUNT } }),
    [],
  ],
  [
    "the trust policy has no condition",
    (w) => setTrustPolicy(w.writer),
    ["confused-deputy"],
    "for every account",
  ],
  [
    "the trust policy accepts any gateway of any account",
    (w) => setTrustPolicy(w.writer, { ArnLike: { "aws:SourceArn": "arn:aws:storagegateway:*:*:gateway/*" } }),
    ["confused-deputy"],
  ],
  [
    "the trust policy denies other accounts",
    (w) => {
      setTrustPolicy(w.writer);
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
    (w) =>
      (w.handWritten = rcp([
        policy(withEveryone(allow("*", "*")), withEveryone(deny("sts:AssumeRole", "*"))),
      ])),
    ["untrusted-service"],
  ],
  [
    "an SCP denies the service's action",
    (w) => (w.handWritten = scp([policy(allow("*", "*"), deny("sts:AssumeRole", "*"))])),
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
