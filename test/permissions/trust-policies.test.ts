import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import type { World } from "./world.ts";
import {
  ACCOUNT,
  allow,
  BUCKET,
  encryptWithKey,
  inlineStatementsOf,
  KEY,
  keyForAccount,
  OTHER,
  ROOT,
  SERVICE,
  setTrustPolicy,
} from "./world.ts";

const other = (arn: string) => arn.replaceAll(ACCOUNT, OTHER);
/** The statement of the role's initial trust policy. */
const trustStatement = (w: World) => w.writer.AssumeRolePolicyDocument.Statement[0];

situations("StartCacheReport", [
  [
    "the key belongs to another account and both sides allow it",
    (w) => {
      encryptWithKey(w, [keyForAccount]);
      w.bucket.kmsKeyArn = other(KEY);
      inlineStatementsOf(w.writer).push(allow("kms:*", other(KEY)));
    },
    [],
  ],
  [
    "the key belongs to another account and the role lacks it",
    (w) => {
      encryptWithKey(w, [keyForAccount], false);
      w.bucket.kmsKeyArn = other(KEY);
    },
    ["implicit-deny"],
  ],
  [
    "the key policy names another role and the role lacks the key",
    (w) =>
      encryptWithKey(
        w,
        [allow("kms:*", "*", { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/Admin` } })],
        false,
      ),
    ["implicit-deny"],
  ],
  [
    "the key policy requires calls through S3 of another Region",
    (w) =>
      encryptWithKey(w, [
        allow("kms:*", "*", {
          Principal: ROOT,
          Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
        }),
      ]),
    ["implicit-deny"],
  ],
  [
    "the role may use the key through S3 of any Region",
    (w) => {
      encryptWithKey(w, [keyForAccount], false);
      inlineStatementsOf(w.writer).push(
        allow(["kms:GenerateDataKey", "kms:Decrypt"], KEY, {
          Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
        }),
      );
    },
    [],
  ],
  [
    "the role may use the key for an encryption context",
    (w) => {
      encryptWithKey(w, [keyForAccount], false);
      inlineStatementsOf(w.writer).push(
        allow(["kms:GenerateDataKey", "kms:Decrypt"], KEY, {
          Condition: { StringLike: { "kms:EncryptionContext:aws:s3:arn": `${BUCKET}*` } },
        }),
      );
    },
    ["undecided"],
  ],
  [
    "the role may use every key",
    (w) => {
      encryptWithKey(w, [keyForAccount], false);
      inlineStatementsOf(w.writer).push(allow(["kms:GenerateDataKey*", "kms:Decrypt"], "*"));
    },
    [],
  ],
  [
    "the trust policy names two services",
    (w) => (trustStatement(w).Principal.Service = ["fsx.amazonaws.com", SERVICE]),
    [],
  ],
  [
    "the trust policy names two services without a condition",
    (w) => {
      setTrustPolicy(w.writer);
      trustStatement(w).Principal.Service = ["fsx.amazonaws.com", SERVICE];
    },
    ["confused-deputy"],
  ],
  [
    "the trust policy names everyone without a condition",
    (w) => {
      setTrustPolicy(w.writer);
      trustStatement(w).Principal = "*";
    },
    ["over-permissive", "undecided"],
  ],
  [
    "the trust policy names everyone with source conditions",
    (w) => (trustStatement(w).Principal = "*"),
    ["undecided"],
  ],
  [
    "the trust policy names every AWS principal with source conditions",
    (w) => (trustStatement(w).Principal = { AWS: "*" }),
    ["undecided"],
  ],
  [
    "the trust policy allows only sts:TagSession",
    (w) => (trustStatement(w).Action = ["sts:TagSession"]),
    ["untrusted-service"],
  ],
  ["the trust policy allows sts:*", (w) => (trustStatement(w).Action = "sts:*"), []],
  ["the trust policy allows *", (w) => (trustStatement(w).Action = "*"), []],
  [
    "ArnEquals requires a pattern of gateways as source",
    (w) =>
      (trustStatement(w).Condition = {
        ArnEquals: { "aws:SourceArn": `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:gateway/*` },
      }),
    [],
  ],
  [
    "StringEquals requires a pattern of gateways as source",
    (w) =>
      (trustStatement(w).Condition = {
        StringEquals: { "aws:SourceArn": `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:gateway/*` },
      }),
    ["untrusted-service"],
  ],
  [
    "StringLike requires any source of the account",
    (w) =>
      (trustStatement(w).Condition = {
        StringLike: { "aws:SourceArn": `arn:aws:storagegateway:*:${ACCOUNT}:*` },
      }),
    [],
  ],
  [
    "the source may be any gateway of one of two accounts",
    (w) =>
      (trustStatement(w).Condition = {
        ArnLike: { "aws:SourceArn": "arn:aws:storagegateway:*:*:*" },
        StringEquals: { "aws:SourceAccount": [OTHER, ACCOUNT] },
      }),
    [],
  ],
  [
    "the trust policy accepts any source",
    (w) => (trustStatement(w).Condition = { Null: { "aws:SourceArn": "false" } }),
    ["confused-deputy"],
  ],
  [
    "the trust policy requires the account if the key exists",
    (w) => (trustStatement(w).Condition = { StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } }),
    [],
  ],
  [
    "the trust policy requires aws:SourceOrgID",
    (w) => (trustStatement(w).Condition = { StringEquals: { "aws:SourceOrgID": "o-1" } }),
    ["undecided"],
  ],
  [
    "the trust policy requires sts:ExternalId",
    (w) => (trustStatement(w).Condition = { StringEquals: { "sts:ExternalId": "x" } }),
    ["undecided"],
  ],
  [
    "one of two trust statements has no source condition",
    (w) =>
      w.writer.AssumeRolePolicyDocument.Statement.push({
        Effect: "Allow",
        Principal: { Service: SERVICE },
        Action: "sts:AssumeRole",
      }),
    ["confused-deputy"],
  ],
  [
    "the trust policy is URL-encoded text",
    (w) =>
      (w.writer.AssumeRolePolicyDocument = encodeURIComponent(
        JSON.stringify(w.writer.AssumeRolePolicyDocument),
      )),
    [],
  ],
  [
    "the trust policy is JSON text",
    (w) => (w.writer.AssumeRolePolicyDocument = JSON.stringify(w.writer.AssumeRolePolicyDocument)),
    [],
  ],
  [
    "the trust policy names only the account",
    (w) => (trustStatement(w).Principal = ROOT),
    ["untrusted-service"],
  ],
  [
    "the trust policy names the service with a Region",
    (w) => (trustStatement(w).Principal.Service = "storagegateway.eu-west-1.amazonaws.com"),
    ["untrusted-service"],
  ],
  [
    "the trust policy has a Resource",
    (w) => (trustStatement(w).Resource = "*"),
    ["malformed-policy", "untrusted-service"],
  ],
] satisfies Situation[]);
