import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import { ACCOUNT, deny, FILE_SYSTEM, inlineStatementsOf, SERVICE, SHARE, TASKS } from "./world.ts";

situations("StartCacheReport", [
  [
    "iam:PassRole is allowed on a pattern that matches the role",
    (w) => (inlineStatementsOf(w.operator)[1].Resource = `arn:aws:iam::${ACCOUNT}:role/Cache*`),
    [],
  ],
  [
    "iam:PassRole is allowed on another path",
    (w) => (inlineStatementsOf(w.operator)[1].Resource = `arn:aws:iam::${ACCOUNT}:role/service-role/*`),
    ["pass-role-denied"],
  ],
  [
    "iam:PassRole is allowed on every role of the account",
    (w) => (inlineStatementsOf(w.operator)[1].Resource = `arn:aws:iam::${ACCOUNT}:role/*`),
    ["over-permissive"],
  ],
  [
    "iam:PassRole requires iam:AssociatedResourceArn",
    (w) =>
      (inlineStatementsOf(w.operator)[1].Condition = { ArnLike: { "iam:AssociatedResourceArn": SHARE } }),
    ["undecided"],
  ],
  [
    "iam:PassRole requires a tag of the role",
    (w) => (inlineStatementsOf(w.operator)[1].Condition = { StringEquals: { "aws:ResourceTag/team": "x" } }),
    ["undecided"],
  ],
  [
    "iam:PassRole is denied with StringNotLike on iam:PassedToService",
    (w) =>
      inlineStatementsOf(w.operator).push(
        deny("iam:PassRole", "*", {
          Condition: { StringNotLike: { "iam:PassedToService": ["storagegateway*"] } },
        }),
      ),
    ["pass-role-denied"],
  ],
  [
    "iam:PassRole is denied with StringNotEqualsIfExists on iam:PassedToService",
    (w) =>
      inlineStatementsOf(w.operator).push(
        deny("iam:PassRole", "*", {
          Condition: { StringNotEqualsIfExists: { "iam:PassedToService": SERVICE } },
        }),
      ),
    ["pass-role-denied"],
  ],
  [
    "iam:PassRole requires a tag of the caller, which its details have",
    (w) => {
      w.operator.Tags = [{ Key: "Team", Value: "x" }];
      inlineStatementsOf(w.operator)[1].Condition = { StringEquals: { "aws:PrincipalTag/team": "x" } };
    },
    [],
  ],
  [
    "iam:PassRole requires another value of a tag of the caller",
    (w) => {
      w.operator.Tags = [{ Key: "team", Value: "y" }];
      inlineStatementsOf(w.operator)[1].Condition = { StringEquals: { "aws:PrincipalTag/team": "x" } };
    },
    ["pass-role-denied"],
  ],
  [
    "iam:PassRole requires a tag that only the role's session can have",
    (w) => {
      w.operator.Tags = [];
      inlineStatementsOf(w.operator)[1].Condition = { StringEquals: { "aws:PrincipalTag/team": "x" } };
    },
    ["undecided"],
  ],
  [
    "the share is named with a wildcard in its type",
    (w) => (inlineStatementsOf(w.operator)[0].Resource = SHARE.replace(":share/", ":sh*re/")),
    ["undecided"],
  ],
  [
    "all IAM actions are allowed on the role",
    (w) => (inlineStatementsOf(w.operator)[1].Action = "iam:*"),
    [],
  ],
  [
    "ForAllValues lists all tag keys of the request",
    (w) => {
      w.request.Tags = [{ Key: "a", Value: "b" }];
      inlineStatementsOf(w.operator)[0].Condition = {
        "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "c"] },
      };
    },
    ["malformed-policy"],
  ],
  [
    "ForAllValues lacks a tag key of the request",
    (w) => {
      w.request.Tags = [
        { Key: "a", Value: "b" },
        { Key: "z", Value: "b" },
      ];
      inlineStatementsOf(w.operator)[0].Condition = {
        "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "c"] },
      };
    },
    ["implicit-deny", "malformed-policy"],
  ],
  [
    "ForAllValues lists the tag key in another case",
    (w) => {
      w.request.Tags = [{ Key: "A", Value: "b" }];
      inlineStatementsOf(w.operator)[0].Condition = {
        "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] },
        Null: { "aws:TagKeys": "false" },
      };
    },
    ["implicit-deny"],
  ],
  [
    "the tags are a placeholder and a tag is required",
    (w) => {
      w.request.Tags = "${TAGS}";
      inlineStatementsOf(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/a": "b" } };
    },
    ["undecided"],
  ],
  [
    "a tag key is a placeholder and a tag is required",
    (w) => {
      w.request.Tags = [{ Key: "${K}", Value: "b" }];
      inlineStatementsOf(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/a": "b" } };
    },
    ["undecided"],
  ],
  [
    "the tags are a placeholder and no tag is required",
    (w) => {
      w.request.Tags = "${TAGS}";
    },
    [],
  ],
] satisfies Situation[]);

situations("EvictFilesFailingUpload", [
  [
    "an operation without tags requires an absent tag",
    (w) => (inlineStatementsOf(w.operator)[0].Condition = { Null: { "aws:RequestTag/a": "true" } }),
    [],
  ],
] satisfies Situation[]);

situations("CreateDataRepositoryTask", [
  [
    "the tags are a placeholder and tagging is allowed",
    (w) => {
      w.request.Tags = "${TAGS}";
    },
    [],
  ],
  [
    "the tags are a placeholder and tagging isn't allowed",
    (w) => {
      w.request.Tags = "${TAGS}";
      inlineStatementsOf(w.operator).splice(3, 1);
    },
    ["undecided"],
  ],
  [
    "tagging with the given value is denied",
    (w) => {
      w.request.Tags = [{ Key: "env", Value: "prod" }];
      inlineStatementsOf(w.operator).push(
        deny("fsx:TagResource", "*", { Condition: { StringEquals: { "aws:RequestTag/env": "prod" } } }),
      );
    },
    ["explicit-deny"],
  ],
  [
    "a tag of the file system is required",
    (w) => {
      inlineStatementsOf(w.operator)[2].Condition = { StringEquals: { "aws:ResourceTag/team": "x" } };
    },
    ["undecided"],
  ],
  [
    "another file system is allowed",
    (w) => {
      inlineStatementsOf(w.operator)[2].Resource = [FILE_SYSTEM.replace("0123", "9999"), TASKS];
    },
    ["implicit-deny"],
  ],
  [
    "the action is allowed on every resource",
    (w) => {
      inlineStatementsOf(w.operator)[2].Resource = "*";
    },
    [],
  ],
  [
    "the file system is a placeholder",
    (w) => {
      w.request.FileSystemId = "${FS}";
    },
    ["undecided"],
  ],
  [
    "a conditional statement allows another file system",
    (w) => {
      inlineStatementsOf(w.operator)[2].Resource = [FILE_SYSTEM.replace("0123", "9999")];
      inlineStatementsOf(w.operator)[2].Condition = { StringEquals: { "aws:RequestTag/a": "x" } };
    },
    ["implicit-deny"],
  ],
] satisfies Situation[]);
