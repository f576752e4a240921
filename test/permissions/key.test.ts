import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import {
  ACCOUNT,
  addBoundary,
  allow,
  deny,
  encryptWithKey,
  inlineStatementsOf,
  KEY,
  keyForAccount,
  OPERATOR,
  policy,
  ROOT,
  rcp,
  WRITER,
  withEveryone,
} from "./world.ts";

const KEYS: Situation[] = [
  ["the role may use the key", (w) => encryptWithKey(w, [keyForAccount]), []],
  ["no key policy is given", (w) => encryptWithKey(w), ["undecided"], "kmsKeyPolicy"],
  [
    "the role may not use the key and no key policy is given",
    (w) => encryptWithKey(w, undefined, false),
    ["implicit-deny"],
    "might, and is not given",
  ],
  [
    "the role may not use the key",
    (w) => encryptWithKey(w, [keyForAccount], false),
    ["implicit-deny"],
    "`kms:GenerateDataKey` and `kms:Decrypt`",
  ],
  [
    "the role may only encrypt",
    (w) => {
      encryptWithKey(w, [keyForAccount], false);
      inlineStatementsOf(w.writer).push(allow("kms:GenerateDataKey*", KEY));
    },
    ["implicit-deny"],
    "`kms:Decrypt`",
  ],
  [
    "the key policy allows only another role",
    (w) => encryptWithKey(w, [allow("kms:*", "*", { Principal: { AWS: OPERATOR } })]),
    ["implicit-deny"],
    "the policy of the KMS key doesn't allow it",
  ],
  [
    "only the key policy allows the role",
    (w) =>
      encryptWithKey(
        w,
        [allow(["kms:GenerateDataKey", "kms:Decrypt"], "*", { Principal: { AWS: WRITER } })],
        false,
      ),
    [],
  ],
  [
    "the key policy denies everyone",
    (w) => encryptWithKey(w, [keyForAccount, withEveryone(deny("kms:Decrypt", "*"))]),
    ["explicit-deny"],
    "the policy of the KMS key (",
  ],
  [
    "the key policy allows only calls through S3",
    (w) =>
      encryptWithKey(w, [
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
      encryptWithKey(w, [
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
      encryptWithKey(w, [keyForAccount]);
      w.handWritten = rcp([policy(withEveryone(allow("*", "*")), withEveryone(deny("kms:*", "*")))]);
    },
    ["explicit-deny"],
  ],
  [
    "the role's boundary lacks KMS",
    (w) => {
      encryptWithKey(w, [keyForAccount]);
      addBoundary(w, w.writer, policy(allow("s3:*", "*")));
    },
    ["implicit-deny"],
  ],
];

situations("StartCacheReport", KEYS);
