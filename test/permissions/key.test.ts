import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import {
  ACCOUNT,
  allow,
  bound,
  deny,
  everyone,
  KEY,
  keyForAccount,
  OPERATOR,
  own,
  policy,
  ROOT,
  rcp,
  WRITER,
  withKey,
} from "./world.ts";

const KEYS: Situation[] = [
  ["the role may use the key", (w) => withKey(w, [keyForAccount]), []],
  ["no key policy is given", (w) => withKey(w), ["undecided"], "kmsKeyPolicy"],
  [
    "the role may not use the key",
    (w) => withKey(w, [keyForAccount], false),
    ["implicit-deny"],
    "`kms:GenerateDataKey` and `kms:Decrypt`",
  ],
  [
    "the role may only encrypt",
    (w) => {
      withKey(w, [keyForAccount], false);
      own(w.writer).push(allow("kms:GenerateDataKey*", KEY));
    },
    ["implicit-deny"],
    "`kms:Decrypt`",
  ],
  [
    "the key policy allows only another role",
    (w) => withKey(w, [allow("kms:*", "*", { Principal: { AWS: OPERATOR } })]),
    ["implicit-deny"],
    "the policy of the KMS key doesn't allow it",
  ],
  [
    "only the key policy allows the role",
    (w) =>
      withKey(w, [allow(["kms:GenerateDataKey", "kms:Decrypt"], "*", { Principal: { AWS: WRITER } })], false),
    [],
  ],
  [
    "the key policy denies everyone",
    (w) => withKey(w, [keyForAccount, everyone(deny("kms:Decrypt", "*"))]),
    ["explicit-deny"],
    "the policy of the KMS key (",
  ],
  [
    "the key policy allows only calls through S3",
    (w) =>
      withKey(w, [
        allow("kms:*", "*", {
          Principal: ROOT,
          Condition: {
            StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com", "kms:CallerAccount": ACCOUNT },
          },
        }),
      ]),
    [],
  ],
  [
    "the key policy allows only calls through another service",
    (w) =>
      withKey(w, [
        allow("kms:*", "*", {
          Principal: ROOT,
          Condition: { StringEquals: { "kms:ViaService": "fsx.eu-west-1.amazonaws.com" } },
        }),
      ]),
    ["implicit-deny"],
  ],
  [
    "an RCP denies KMS",
    (w) => {
      withKey(w, [keyForAccount]);
      w.byHand = rcp([policy(everyone(allow("*", "*")), everyone(deny("kms:*", "*")))]);
    },
    ["explicit-deny"],
  ],
  [
    "the role's boundary lacks KMS",
    (w) => {
      withKey(w, [keyForAccount]);
      bound(w, w.writer, policy(allow("s3:*", "*")));
    },
    ["implicit-deny"],
  ],
];

situations("StartCacheReport", KEYS);
