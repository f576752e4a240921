import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import { ACCOUNT, deny, FILE_SYSTEM, OTHER, own, SERVICE, SHARE, TASKS } from "./world.ts";

const _other = (arn: string) => arn.replaceAll(ACCOUNT, OTHER);
/** The same world in another partition, or with another bucket. */

situations("StartCacheReport", [
  [
    "pass role: pass with path pattern",
    (w) => (own(w.operator)[1].Resource = `arn:aws:iam::${ACCOUNT}:role/Cache*`),
    [],
  ],
  [
    "pass role: pass wrong path",
    (w) => (own(w.operator)[1].Resource = `arn:aws:iam::${ACCOUNT}:role/service-role/*`),
    ["pass-role-denied"],
  ],
  [
    "pass role: pass role/*",
    (w) => (own(w.operator)[1].Resource = `arn:aws:iam::${ACCOUNT}:role/*`),
    ["over-permissive"],
  ],
  [
    "pass role: pass AssociatedResourceArn",
    (w) => (own(w.operator)[1].Condition = { ArnLike: { "iam:AssociatedResourceArn": SHARE } }),
    ["undecided"],
  ],
  [
    "pass role: pass aws:ResourceTag",
    (w) => (own(w.operator)[1].Condition = { StringEquals: { "aws:ResourceTag/team": "x" } }),
    ["undecided"],
  ],
  [
    "pass role: pass deny passed not sgw StringNotLike",
    (w) =>
      own(w.operator).push(
        deny("iam:PassRole", "*", {
          Condition: { StringNotLike: { "iam:PassedToService": ["storagegateway*"] } },
        }),
      ),
    ["pass-role-denied"],
  ],
  [
    "pass role: pass deny IfExists",
    (w) =>
      own(w.operator).push(
        deny("iam:PassRole", "*", {
          Condition: { StringNotEqualsIfExists: { "iam:PassedToService": SERVICE } },
        }),
      ),
    ["pass-role-denied"],
  ],
  ["pass role: pass get too", (w) => (own(w.operator)[1].Action = "iam:*"), []],
  [
    "tags: tagkeys ForAllValues ok",
    (w) => {
      w.request.Tags = [{ Key: "a", Value: "b" }];
      own(w.operator)[0].Condition = { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "c"] } };
    },
    ["malformed-policy"],
  ],
  [
    "tags: tagkeys ForAllValues bad",
    (w) => {
      w.request.Tags = [
        { Key: "a", Value: "b" },
        { Key: "z", Value: "b" },
      ];
      own(w.operator)[0].Condition = { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "c"] } };
    },
    ["implicit-deny", "malformed-policy"],
  ],
  [
    "tags: tagkeys case",
    (w) => {
      w.request.Tags = [{ Key: "A", Value: "b" }];
      own(w.operator)[0].Condition = {
        "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] },
        Null: { "aws:TagKeys": "false" },
      };
    },
    ["implicit-deny"],
  ],
  [
    "tags: tags placeholder whole",
    (w) => {
      w.request.Tags = "${TAGS}";
      own(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/a": "b" } };
    },
    ["undecided"],
  ],
  [
    "tags: tags placeholder key",
    (w) => {
      w.request.Tags = [{ Key: "${K}", Value: "b" }];
      own(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/a": "b" } };
    },
    ["undecided"],
  ],
  [
    "tags: tags placeholder not needed",
    (w) => {
      w.request.Tags = "${TAGS}";
    },
    [],
  ],
] satisfies Situation[]);

situations("EvictFilesFailingUpload", [
  [
    "tags: tag null required on evict",
    (w) => (own(w.operator)[0].Condition = { Null: { "aws:RequestTag/a": "true" } }),
    [],
  ],
] satisfies Situation[]);

situations("CreateDataRepositoryTask", [
  [
    "tags: fsx tags placeholder, may tag",
    (w) => {
      w.request.Tags = "${TAGS}";
    },
    [],
  ],
  [
    "tags: fsx tags placeholder, may not tag",
    (w) => {
      w.request.Tags = "${TAGS}";
      own(w.operator).splice(3, 1);
    },
    ["undecided"],
  ],
  [
    "tags: fsx tag deny",
    (w) => {
      w.request.Tags = [{ Key: "env", Value: "prod" }];
      own(w.operator).push(
        deny("fsx:TagResource", "*", { Condition: { StringEquals: { "aws:RequestTag/env": "prod" } } }),
      );
    },
    ["explicit-deny"],
  ],
  [
    "tags: fsx restag",
    (w) => {
      own(w.operator)[2].Condition = { StringEquals: { "aws:ResourceTag/team": "x" } };
    },
    ["undecided"],
  ],
  [
    "tags: fsx other fs",
    (w) => {
      own(w.operator)[2].Resource = [FILE_SYSTEM.replace("0123", "9999"), TASKS];
    },
    ["implicit-deny"],
  ],
  [
    "tags: fsx star",
    (w) => {
      own(w.operator)[2].Resource = "*";
    },
    [],
  ],
  [
    "tags: fsx file system placeholder",
    (w) => {
      w.request.FileSystemId = "${FS}";
    },
    ["undecided"],
  ],
  [
    "tags: fsx near miss other resource",
    (w) => {
      own(w.operator)[2].Resource = [FILE_SYSTEM.replace("0123", "9999")];
      own(w.operator)[2].Condition = { StringEquals: { "aws:RequestTag/a": "x" } };
    },
    ["implicit-deny"],
  ],
] satisfies Situation[]);
