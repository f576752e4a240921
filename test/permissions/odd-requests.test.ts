import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import type { World } from "./world.ts";
import {
  ACCOUNT,
  ALICE,
  allow,
  BUCKET,
  deny,
  keyForAccount,
  OPERATOR,
  OTHER,
  own,
  policy,
  ROOT,
  SHARE,
  scp,
  withKey,
} from "./world.ts";

const other = (arn: string) => arn.replaceAll(ACCOUNT, OTHER);
/** The same world in another partition, or with another bucket. */
const swap = (w: World, from: string, to: string) =>
  Object.assign(w, JSON.parse(JSON.stringify(w).replaceAll(from, to)));

situations("StartCacheReport", [
  [
    "placeholders: role partly placeholder",
    (w) => (w.request.Role = `arn:aws:iam::${ACCOUNT}:role/\${NAME}`),
    ["undecided"],
  ],
  ["placeholders: share placeholder", (w) => (w.request.FileShareARN = "${SHARE}"), ["undecided"]],
  ["placeholders: role faulty", (w) => (w.request.Role = 7), []],
  ["placeholders: role missing", (w) => delete w.request.Role, []],
  ["placeholders: share faulty", (w) => (w.request.FileShareARN = ["x"]), []],
  ["placeholders: tags faulty", (w) => (w.request.Tags = [{ Key: 5, Value: "x" }]), []],
  [
    "partitions: china",
    (w) => {
      swap(w, "arn:aws:", "arn:aws-cn:");
      swap(w, "eu-west-1", "cn-north-1");
    },
    [],
  ],
  [
    "partitions: china key",
    (w) => {
      withKey(w, [
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
    "partitions: gov",
    (w) => {
      withKey(w, [keyForAccount]);
      swap(w, "arn:aws:", "arn:aws-us-gov:");
      swap(w, "eu-west-1", "us-gov-west-1");
    },
    [],
  ],
  [
    "partitions: gov partition mixed",
    (w) => {
      swap(w, "arn:aws:", "arn:aws-us-gov:");
      swap(w, "eu-west-1", "us-gov-west-1");
      own(w.writer)[0].Resource = `${BUCKET}/*`;
    },
    ["implicit-deny"],
  ],
] satisfies Situation[]);

situations("CreateDataRepositoryTask", [
  [
    "partitions: fsx china",
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
    "caller kinds: root scp",
    (w) => {
      w.caller = `arn:aws:iam::${ACCOUNT}:root`;
      w.byHand = scp([policy(allow("*", "*"), deny("storagegateway:*", "*"))]);
    },
    ["explicit-deny"],
  ],
  [
    "caller kinds: federated user",
    (w) => {
      w.caller = `arn:aws:sts::${ACCOUNT}:federated-user/bob`;
    },
    ["undecided"],
  ],
  [
    "caller kinds: a group as caller",
    (w) => {
      w.caller = `arn:aws:iam::${ACCOUNT}:group/ops`;
    },
    ["undecided"],
  ],
  [
    "caller kinds: sso session",
    (w) => {
      w.operator.Arn = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0123456789abcdef`;
      w.operator.RoleName = "AWSReservedSSO_Ops_0123456789abcdef";
      w.caller = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Ops_0123456789abcdef/me@x.y`;
    },
    [],
  ],
  [
    "caller kinds: caller empty",
    (w) => {
      w.caller = "";
    },
    ["undecided"],
  ],
  [
    "caller kinds: caller of another account, share here",
    (w) => {
      w.caller = other(OPERATOR);
      w.iam.RoleDetailList = [{ ...w.operator, Arn: other(OPERATOR) }];
    },
    ["implicit-deny"],
  ],
  [
    "caller kinds: username variable",
    (w) => {
      w.caller = ALICE;
      own(w.alice)[0].Resource = SHARE.replace("share-1A2B3C4D", "share-${aws:username}");
    },
    ["implicit-deny"],
  ],
  [
    "caller kinds: principaltag variable",
    (w) => {
      own(w.operator)[0].Resource = SHARE.replace("share-1A2B3C4D", "${aws:PrincipalTag/share}");
    },
    ["undecided"],
  ],
  [
    "caller kinds: user w/o UserPolicyList",
    (w) => {
      w.caller = ALICE;
      delete w.alice.UserPolicyList;
      delete w.alice.GroupList;
    },
    ["implicit-deny"],
  ],
  [
    "caller kinds: action misspelt",
    (w) => {
      own(w.operator)[0].Action = "storagegateway:EvictFilesFailingUploads";
    },
    ["implicit-deny", "malformed-policy"],
  ],
  [
    "caller kinds: no Version",
    (w) => {
      delete w.operator.RolePolicyList[0].PolicyDocument.Version;
    },
    [],
  ],
  [
    "caller kinds: statement object",
    (w) => {
      w.operator.RolePolicyList[0].PolicyDocument.Statement = own(w.operator)[0];
    },
    [],
  ],
  [
    "caller kinds: Effect allow lower",
    (w) => {
      own(w.operator)[0].Effect = "allow";
    },
    ["implicit-deny", "malformed-policy"],
  ],
  [
    "caller kinds: resource without arn",
    (w) => {
      own(w.operator)[0].Resource = "share/*";
    },
    ["implicit-deny", "malformed-policy"],
  ],
  [
    "caller kinds: deny faulty",
    (w) => {
      own(w.operator).push({
        Effect: "Deny",
        Action: "storagegateway:*",
        Resource: "*",
        Condition: { StringEqual: { "aws:SourceIp": "1" } },
      });
    },
    ["malformed-policy", "undecided"],
  ],
  [
    "caller kinds: deny unrelated faulty",
    (w) => {
      own(w.operator).push({
        Effect: "Deny",
        Action: "s3:*",
        Resource: "*",
        Condition: { StringEqual: { "aws:SourceIp": "1" } },
      });
    },
    ["malformed-policy"],
  ],
] satisfies Situation[]);
