import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import type { World } from "./world.ts";
import {
  ACCOUNT,
  allow,
  BUCKET,
  KEY,
  keyForAccount,
  OTHER,
  own,
  ROOT,
  SERVICE,
  trust,
  withKey,
} from "./world.ts";

const other = (arn: string) => arn.replaceAll(ACCOUNT, OTHER);
/** The same world in another partition, or with another bucket. */
const stated = (w: World) => w.writer.AssumeRolePolicyDocument.Statement[0];

situations("StartCacheReport", [
  [
    "keys: key other account",
    (w) => {
      withKey(w, [keyForAccount]);
      w.bucket.kmsKeyArn = other(KEY);
      own(w.writer).push(allow("kms:*", other(KEY)));
    },
    [],
  ],
  [
    "keys: key other account without own",
    (w) => {
      withKey(w, [keyForAccount], false);
      w.bucket.kmsKeyArn = other(KEY);
    },
    ["implicit-deny"],
  ],
  [
    "keys: key no root, role key by name w/o identity",
    (w) =>
      withKey(w, [allow("kms:*", "*", { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/Admin` } })], false),
    ["implicit-deny"],
  ],
  [
    "keys: key via other region",
    (w) =>
      withKey(w, [
        allow("kms:*", "*", {
          Principal: ROOT,
          Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
        }),
      ]),
    ["implicit-deny"],
  ],
  [
    "keys: key identity via cond",
    (w) => {
      withKey(w, [keyForAccount], false);
      own(w.writer).push(
        allow(["kms:GenerateDataKey", "kms:Decrypt"], KEY, {
          Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
        }),
      );
    },
    [],
  ],
  [
    "keys: key enc context",
    (w) => {
      withKey(w, [keyForAccount], false);
      own(w.writer).push(
        allow(["kms:GenerateDataKey", "kms:Decrypt"], KEY, {
          Condition: { StringLike: { "kms:EncryptionContext:aws:s3:arn": `${BUCKET}*` } },
        }),
      );
    },
    ["undecided"],
  ],
  [
    "keys: key reencrypt star",
    (w) => {
      withKey(w, [keyForAccount], false);
      own(w.writer).push(allow(["kms:GenerateDataKey*", "kms:Decrypt"], "*"));
    },
    [],
  ],
  ["trust: trust both services", (w) => (stated(w).Principal.Service = ["fsx.amazonaws.com", SERVICE]), []],
  [
    "trust: trust no condition both",
    (w) => {
      trust(w.writer);
      stated(w).Principal.Service = ["fsx.amazonaws.com", SERVICE];
    },
    ["confused-deputy"],
  ],
  [
    "trust: trust star",
    (w) => {
      trust(w.writer);
      stated(w).Principal = "*";
    },
    ["over-permissive", "undecided"],
  ],
  ["trust: trust star guarded", (w) => (stated(w).Principal = "*"), ["undecided"]],
  ["trust: trust aws star", (w) => (stated(w).Principal = { AWS: "*" }), ["undecided"]],
  ["trust: trust tagsession", (w) => (stated(w).Action = ["sts:TagSession"]), ["untrusted-service"]],
  ["trust: trust sts:*", (w) => (stated(w).Action = "sts:*"), []],
  ["trust: trust *", (w) => (stated(w).Action = "*"), []],
  [
    "trust: trust ArnEquals gateway/*",
    (w) =>
      (stated(w).Condition = {
        ArnEquals: { "aws:SourceArn": `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:gateway/*` },
      }),
    [],
  ],
  [
    "trust: trust StringEquals gateway/*",
    (w) =>
      (stated(w).Condition = {
        StringEquals: { "aws:SourceArn": `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:gateway/*` },
      }),
    ["untrusted-service"],
  ],
  [
    "trust: trust StringLike any of account",
    (w) =>
      (stated(w).Condition = { StringLike: { "aws:SourceArn": `arn:aws:storagegateway:*:${ACCOUNT}:*` } }),
    [],
  ],
  [
    "trust: trust arn star + account",
    (w) =>
      (stated(w).Condition = {
        ArnLike: { "aws:SourceArn": "arn:aws:storagegateway:*:*:*" },
        StringEquals: { "aws:SourceAccount": [OTHER, ACCOUNT] },
      }),
    [],
  ],
  [
    "trust: trust Null SourceArn",
    (w) => (stated(w).Condition = { Null: { "aws:SourceArn": "false" } }),
    ["confused-deputy"],
  ],
  [
    "trust: trust IfExists account",
    (w) => (stated(w).Condition = { StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } }),
    [],
  ],
  [
    "trust: trust org id",
    (w) => (stated(w).Condition = { StringEquals: { "aws:SourceOrgID": "o-1" } }),
    ["undecided"],
  ],
  [
    "trust: trust externalid",
    (w) => (stated(w).Condition = { StringEquals: { "sts:ExternalId": "x" } }),
    ["undecided"],
  ],
  [
    "trust: trust two statements, one unguarded",
    (w) =>
      w.writer.AssumeRolePolicyDocument.Statement.push({
        Effect: "Allow",
        Principal: { Service: SERVICE },
        Action: "sts:AssumeRole",
      }),
    ["confused-deputy"],
  ],
  [
    "trust: trust as URL-encoded text",
    (w) =>
      (w.writer.AssumeRolePolicyDocument = encodeURIComponent(
        JSON.stringify(w.writer.AssumeRolePolicyDocument),
      )),
    [],
  ],
  [
    "trust: trust as JSON text",
    (w) => (w.writer.AssumeRolePolicyDocument = JSON.stringify(w.writer.AssumeRolePolicyDocument)),
    [],
  ],
  ["trust: trust account root only", (w) => (stated(w).Principal = ROOT), ["untrusted-service"]],
  [
    "trust: trust wrong suffix",
    (w) => (stated(w).Principal.Service = "storagegateway.eu-west-1.amazonaws.com"),
    ["untrusted-service"],
  ],
  [
    "trust: trust Resource given",
    (w) => (stated(w).Resource = "*"),
    ["malformed-policy", "untrusted-service"],
  ],
] satisfies Situation[]);
