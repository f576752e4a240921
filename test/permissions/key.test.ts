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
  ["the key's policy isn't given", (w) => withKey(w), ["undecided"], "kmsKeyPolicy"],
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
    "the key's policy lets nobody in",
    (w) => withKey(w, [allow("kms:*", "*", { Principal: { AWS: OPERATOR } })]),
    ["implicit-deny"],
    "the policy of the KMS key doesn't allow it",
  ],
  [
    "the key's policy lets the role in by itself",
    (w) =>
      withKey(w, [allow(["kms:GenerateDataKey", "kms:Decrypt"], "*", { Principal: { AWS: WRITER } })], false),
    [],
  ],
  [
    "the key's policy denies the role",
    (w) => withKey(w, [keyForAccount, everyone(deny("kms:Decrypt", "*"))]),
    ["explicit-deny"],
    "the policy of the KMS key (",
  ],
  [
    "through S3 alone",
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
    "through another service alone",
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
    "an RCP denies the key",
    (w) => {
      withKey(w, [keyForAccount]);
      w.byHand = rcp([policy(everyone(allow("*", "*")), everyone(deny("kms:*", "*")))]);
    },
    ["explicit-deny"],
  ],
  [
    "the role's boundary lacks the key",
    (w) => {
      withKey(w, [keyForAccount]);
      bound(w, w.writer, policy(allow("s3:*", "*")));
    },
    ["implicit-deny"],
  ],
];

situations("StartCacheReport", KEYS);
