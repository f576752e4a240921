import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import type { World } from "./world.ts";
import {
  ACCOUNT,
  ALICE,
  allow,
  BUCKET,
  deny,
  encryptWithKey,
  inlineStatementsOf,
  keyForAccount,
  OPERATOR,
  OTHER,
  policy,
  ROOT,
  SHARE,
  scp,
} from "./world.ts";

const other = (arn: string) => arn.replaceAll(ACCOUNT, OTHER);
/** Replaces a text throughout the world, to change the partition, the Region or the bucket. */
const swap = (w: World, from: string, to: string) =>
  Object.assign(w, JSON.parse(JSON.stringify(w).replaceAll(from, to)));

situations("StartCacheReport", [
  [
    "a part of the role is a placeholder",
    (w) => (w.request.Role = `arn:aws:iam::${ACCOUNT}:role/\${NAME}`),
    ["undecided"],
  ],
  ["the share is a placeholder", (w) => (w.request.FileShareARN = "${SHARE}"), ["undecided"]],
  ["the role is malformed", (w) => (w.request.Role = 7), []],
  ["the role is missing", (w) => delete w.request.Role, []],
  ["the share is malformed", (w) => (w.request.FileShareARN = ["x"]), []],
  ["the tags are malformed", (w) => (w.request.Tags = [{ Key: 5, Value: "x" }]), []],
  [
    "everything is in the partition aws-cn",
    (w) => {
      swap(w, "arn:aws:", "arn:aws-cn:");
      swap(w, "eu-west-1", "cn-north-1");
    },
    [],
  ],
  [
    "a KMS key is in the partition aws-cn",
    (w) => {
      encryptWithKey(w, [
        allow("kms:*", "*", {
          Principal: ROOT,
          Condition: { StringEquals: { "kms:ViaService": "s3.cn-north-1.amazonaws.com.cn" } },
        }),
      ]);
      swap(w, "arn:aws:", "arn:aws-cn:");
      swap(w, "eu-west-1", "cn-north-1");
    },
    [],
  ],
  [
    "a KMS key is in the partition aws-us-gov",
    (w) => {
      encryptWithKey(w, [keyForAccount]);
      swap(w, "arn:aws:", "arn:aws-us-gov:");
      swap(w, "eu-west-1", "us-gov-west-1");
    },
    [],
  ],
  [
    "the role's policy names another partition",
    (w) => {
      swap(w, "arn:aws:", "arn:aws-us-gov:");
      swap(w, "eu-west-1", "us-gov-west-1");
      inlineStatementsOf(w.writer)[0].Resource = `${BUCKET}/*`;
    },
    ["implicit-deny"],
  ],
] satisfies Situation[]);

situations("CreateDataRepositoryTask", [
  [
    "the file system of the partition aws-cn isn't described",
    (w) => {
      w.fileSystem = undefined;
      swap(w, "arn:aws:", "arn:aws-cn:");
      swap(w, "eu-west-1", "cn-north-1");
    },
    ["undecided"],
  ],
] satisfies Situation[]);

situations("EvictFilesFailingUpload", [
  [
    "an SCP denies the root user",
    (w) => {
      w.caller = `arn:aws:iam::${ACCOUNT}:root`;
      w.handWritten = scp([policy(allow("*", "*"), deny("storagegateway:*", "*"))]);
    },
    ["explicit-deny"],
  ],
  [
    "the caller is a federated user",
    (w) => {
      w.caller = `arn:aws:sts::${ACCOUNT}:federated-user/bob`;
    },
    ["undecided"],
  ],
  [
    "the caller is a group",
    (w) => {
      w.caller = `arn:aws:iam::${ACCOUNT}:group/ops`;
    },
    ["undecided"],
  ],
  [
    "the caller is a session of IAM Identity Center",
    (w) => {
      w.operator.Arn = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0123456789abcdef`;
      w.operator.RoleName = "AWSReservedSSO_Ops_0123456789abcdef";
      w.caller = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Ops_0123456789abcdef/me@x.y`;
    },
    [],
  ],
  [
    "the caller is empty",
    (w) => {
      w.caller = "";
    },
    ["undecided"],
  ],
  [
    "the caller is in another account than the share",
    (w) => {
      w.caller = other(OPERATOR);
      w.iam.RoleDetailList = [{ ...w.operator, Arn: other(OPERATOR) }];
    },
    ["implicit-deny"],
  ],
  [
    "the resource contains another user name by a variable",
    (w) => {
      w.caller = ALICE;
      inlineStatementsOf(w.alice)[0].Resource = SHARE.replace("share-1A2B3C4D", "share-${aws:username}");
    },
    ["implicit-deny"],
  ],
  [
    "the resource contains a tag of the principal by a variable",
    (w) => {
      inlineStatementsOf(w.operator)[0].Resource = SHARE.replace(
        "share-1A2B3C4D",
        "${aws:PrincipalTag/share}",
      );
    },
    ["undecided"],
  ],
  [
    "the user's record lists no policies",
    (w) => {
      w.caller = ALICE;
      delete w.alice.UserPolicyList;
      delete w.alice.GroupList;
    },
    ["implicit-deny"],
  ],
  [
    "the policy's action is misspelt",
    (w) => {
      inlineStatementsOf(w.operator)[0].Action = "storagegateway:EvictFilesFailingUploads";
    },
    ["implicit-deny", "malformed-policy"],
  ],
  [
    "the policy has no version",
    (w) => {
      delete w.operator.RolePolicyList[0].PolicyDocument.Version;
    },
    [],
  ],
  [
    "the policy has a single statement without a list",
    (w) => {
      w.operator.RolePolicyList[0].PolicyDocument.Statement = inlineStatementsOf(w.operator)[0];
    },
    [],
  ],
  [
    "the policy's effect is in lower case",
    (w) => {
      inlineStatementsOf(w.operator)[0].Effect = "allow";
    },
    ["implicit-deny", "malformed-policy"],
  ],
  [
    "the policy's resource isn't an ARN",
    (w) => {
      inlineStatementsOf(w.operator)[0].Resource = "share/*";
    },
    ["implicit-deny", "malformed-policy"],
  ],
  [
    "a Deny is malformed",
    (w) => {
      inlineStatementsOf(w.operator).push({
        Effect: "Deny",
        Action: "storagegateway:*",
        Resource: "*",
        Condition: { StringEqual: { "aws:SourceIp": "1" } },
      });
    },
    ["malformed-policy", "undecided"],
  ],
  [
    "a Deny for other actions is malformed",
    (w) => {
      inlineStatementsOf(w.operator).push({
        Effect: "Deny",
        Action: "s3:*",
        Resource: "*",
        Condition: { StringEqual: { "aws:SourceIp": "1" } },
      });
    },
    ["malformed-policy"],
  ],
] satisfies Situation[]);
