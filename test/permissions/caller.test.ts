import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import {
  ACCOUNT,
  ALICE,
  allow,
  bound,
  deny,
  everyone,
  FULL,
  localPolicy,
  manage,
  OPERATOR,
  OTHER,
  own,
  policy,
  rcp,
  SHARE,
  scp,
  WRITER,
} from "./world.ts";

const CALLER: Situation[] = [
  ["everything is allowed", () => {}, []],
  ["by a user", (w) => (w.caller = ALICE), []],
  [
    "by a session of a role",
    (w) => (w.caller = `arn:aws:sts::${ACCOUNT}:assumed-role/StorageOperator/me`),
    [],
  ],
  ["by the root of the account", (w) => (w.caller = `arn:aws:iam::${ACCOUNT}:root`), []],
  [
    "no policy of the caller allows it",
    (w) => own(w.operator).splice(0, 1),
    ["implicit-deny"],
    `\`${OPERATOR}\` is not allowed \`storagegateway:StartCacheReport\` on \`${SHARE}\`: none of its policies allows it`,
  ],
  [
    "the caller has no policies at all",
    (w) => (w.operator.RolePolicyList = []),
    ["implicit-deny", "pass-role-denied"],
    "it has no policies",
  ],
  [
    "another share is allowed",
    (w) => (own(w.operator)[0].Resource = SHARE.replace("1A2B", "9999")),
    ["implicit-deny"],
  ],
  [
    "by a group of the user",
    (w) => {
      w.caller = ALICE;
      w.alice.UserPolicyList = [];
      w.alice.GroupList = ["ops"];
      w.iam.GroupDetailList = [
        {
          Arn: `arn:aws:iam::${ACCOUNT}:group/ops`,
          GroupName: "ops",
          GroupPolicyList: w.operator.RolePolicyList,
          AttachedManagedPolicies: [],
        },
      ];
    },
    [],
  ],
  [
    "the user's group is not in the output",
    (w) => {
      w.caller = ALICE;
      w.alice.GroupList = ["ops"];
    },
    ["undecided"],
    "the group `ops` is not in the IAM details",
  ],
  [
    "a managed policy allows it, by its default version",
    (w) => {
      w.operator.RolePolicyList = [];
      manage(
        w,
        w.operator,
        "Ops",
        policy(allow("storagegateway:StartCacheReport", SHARE), allow("iam:PassRole", WRITER)),
      );
    },
    [],
  ],
  [
    "a policy of AWS is not in the output",
    (w) => {
      w.operator.AttachedManagedPolicies = [{ PolicyName: "X", PolicyArn: "arn:aws:iam::aws:policy/X" }];
    },
    ["undecided"],
    "`arn:aws:iam::aws:policy/X` is not in the IAM details",
  ],
  [
    "a policy that denies all the same is in it",
    (w) => {
      w.operator.AttachedManagedPolicies = [{ PolicyName: "X", PolicyArn: "arn:aws:iam::aws:policy/X" }];
      own(w.operator).push(deny("*", "*"));
    },
    ["explicit-deny", "pass-role-denied"],
  ],
  [
    "a Deny of the caller",
    (w) => own(w.operator).push(deny("storagegateway:Start*", "*", { Sid: "NoReports" })),
    ["explicit-deny"],
    "by `Deny` statement `NoReports` of inline policy `Own` of role `StorageOperator` (",
  ],
  [
    "a Deny of the user's group",
    (w) => {
      w.caller = ALICE;
      w.alice.GroupList = ["ops"];
      w.iam.GroupDetailList = [
        {
          Arn: `arn:aws:iam::${ACCOUNT}:group/ops`,
          GroupName: "ops",
          GroupPolicyList: [{ PolicyName: "No", PolicyDocument: policy(deny("storagegateway:*", "*")) }],
          AttachedManagedPolicies: [],
        },
      ];
    },
    ["explicit-deny"],
    "of group `ops`",
  ],
  ["the boundary allows it", (w) => bound(w, w.operator, FULL), []],
  [
    "the boundary lacks it",
    (w) => bound(w, w.operator, policy(allow("iam:PassRole", "*"))),
    ["implicit-deny"],
    "its permissions boundary `Boundary` of role `StorageOperator` doesn't allow it",
  ],
  [
    "the boundary denies it",
    (w) => bound(w, w.operator, policy(allow("*", "*"), deny("storagegateway:*", "*"))),
    ["explicit-deny"],
    "permissions boundary `Boundary`",
  ],
  [
    "the boundary is not in the output",
    (w) => {
      w.operator.PermissionsBoundary = {
        PermissionsBoundaryType: "Policy",
        PermissionsBoundaryArn: localPolicy("Gone"),
      };
    },
    ["undecided"],
    "policy/Gone` is not in the IAM details",
  ],
  [
    "an SCP lacks it at one level",
    (w) => (w.byHand = scp([FULL], [policy(allow(["iam:*", "s3:*"], "*"))])),
    ["implicit-deny"],
    "no service control policy of level 2 allows it",
  ],
  [
    "an SCP denies it",
    (w) => (w.byHand = scp([policy(allow("*", "*"), deny("storagegateway:*", "*"))])),
    ["explicit-deny"],
    "service control policy 1 of level 1",
  ],
  [
    "an RCP denies what no RCP can",
    (w) => (w.byHand = rcp([policy(everyone(deny("storagegateway:*", "*")))])),
    [],
  ],
  [
    "a Deny hangs on the address",
    (w) =>
      own(w.operator).push(
        deny("storagegateway:*", "*", { Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      ),
    ["undecided"],
    "it depends on `aws:SourceIp`",
  ],
  [
    "and the address is given",
    (w) => {
      own(w.operator).push(
        deny("storagegateway:*", "*", { Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      );
      w.byHand = { conditionKeys: { "aws:SourceIp": "10.1.2.3" } };
    },
    [],
  ],
  [
    "and another principal's address is given",
    (w) => {
      own(w.operator).push(
        deny("storagegateway:*", "*", { Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      );
      w.byHand = { conditionKeys: { [ALICE]: { "aws:SourceIp": "10.1.2.3" } } };
    },
    ["undecided"],
  ],
  [
    "and the request itself says it",
    (w) => {
      own(w.operator).push(
        deny("storagegateway:*", "*", { Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      );
      w.context = { conditionKeys: { [OPERATOR]: { "aws:SourceIp": ["192.168.0.1"] } } };
    },
    ["explicit-deny"],
  ],
  [
    "the call is known not to come through an endpoint",
    (w) => {
      own(w.operator).push(
        deny("storagegateway:*", "*", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }),
      );
      w.byHand = { conditionKeys: { "aws:SourceVpce": null } };
    },
    [],
  ],
  [
    "an Allow wants MFA",
    (w) => (own(w.operator)[0].Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
    ["undecided"],
    "aws:MultiFactorAuthPresent",
  ],
  [
    "a tag that the call gives",
    (w) => {
      w.request.Tags = [{ Key: "Team", Value: "storage" }];
      own(w.operator)[0].Condition = {
        StringEquals: { "aws:RequestTag/team": "storage" },
        "ForAnyValue:StringEquals": { "aws:TagKeys": ["Team"] },
      };
    },
    [],
  ],
  [
    "a tag that it doesn't give",
    (w) => {
      own(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/Team": "storage" } };
    },
    ["implicit-deny"],
    "asks for `StringEquals aws:RequestTag/Team`",
  ],
  [
    "a tag whose value is a placeholder",
    (w) => {
      w.request.Tags = [{ Key: "Team", Value: "${TEAM}" }];
      own(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/Team": "storage" } };
    },
    ["undecided"],
  ],
  [
    "another Region is denied",
    (w) =>
      own(w.operator).push(
        deny("*", "*", { Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } }),
      ),
    ["undecided"],
    "iam:PassRole",
  ],
  [
    "who makes the call isn't known",
    (w) => (w.caller = undefined),
    ["undecided"],
    "who makes the call is not known",
  ],
  [
    "the caller isn't in the output",
    (w) => (w.caller = `arn:aws:iam::${ACCOUNT}:role/Nobody`),
    ["undecided"],
    "role/Nobody` is not in the IAM details",
  ],
  [
    "the caller's path is wrong",
    (w) => (w.caller = `arn:aws:iam::${ACCOUNT}:role/x/StorageOperator`),
    ["undecided"],
  ],
  [
    "the caller is a placeholder",
    (w) => (w.caller = "${CALLER}"),
    ["undecided"],
    "`${CALLER}` is a placeholder",
  ],
  ["the caller is no ARN", (w) => (w.caller = "alice"), ["undecided"], "`alice` is not the ARN"],
  [
    "the share is in another account",
    (w) => (w.request.FileShareARN = SHARE.replace(ACCOUNT, OTHER)),
    ["implicit-deny", "untrusted-service"],
  ],
];

situations("StartCacheReport", CALLER);
