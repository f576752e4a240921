import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import {
  ACCOUNT,
  ALICE,
  addBoundary,
  allow,
  attachManagedPolicy,
  deny,
  FULL,
  inlineStatementsOf,
  localPolicy,
  OPERATOR,
  OTHER,
  policy,
  rcp,
  SHARE,
  scp,
  WRITER,
  withEveryone,
} from "./world.ts";

const CALLER: Situation[] = [
  ["everything is allowed", () => {}, []],
  ["the caller is a user", (w) => (w.caller = ALICE), []],
  [
    "the caller is a session of a role",
    (w) => (w.caller = `arn:aws:sts::${ACCOUNT}:assumed-role/StorageOperator/me`),
    [],
  ],
  ["the caller is the root of the account", (w) => (w.caller = `arn:aws:iam::${ACCOUNT}:root`), []],
  [
    "no policy of the caller allows the action",
    (w) => inlineStatementsOf(w.operator).splice(0, 1),
    ["implicit-deny"],
    `\`${OPERATOR}\` is not allowed \`storagegateway:StartCacheReport\` on \`${SHARE}\`: none of its policies allows it`,
  ],
  [
    "the caller has no policies",
    (w) => (w.operator.RolePolicyList = []),
    ["implicit-deny", "pass-role-denied"],
    "it has no policies",
  ],
  [
    "the caller's policy allows another share",
    (w) => (inlineStatementsOf(w.operator)[0].Resource = SHARE.replace("1A2B", "9999")),
    ["implicit-deny"],
  ],
  [
    "the user's group allows the action",
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
    "the user's group isn't in the IAM details",
    (w) => {
      w.caller = ALICE;
      w.alice.GroupList = ["ops"];
    },
    ["undecided"],
    "the group `ops` is not in the IAM details",
  ],
  [
    "the default version of a managed policy allows the action",
    (w) => {
      w.operator.RolePolicyList = [];
      attachManagedPolicy(
        w,
        w.operator,
        "Ops",
        policy(allow("storagegateway:StartCacheReport", SHARE), allow("iam:PassRole", WRITER)),
      );
    },
    [],
  ],
  [
    "an AWS managed policy isn't in the IAM details",
    (w) => {
      w.operator.AttachedManagedPolicies = [{ PolicyName: "X", PolicyArn: "arn:aws:iam::aws:policy/X" }];
    },
    ["undecided"],
    "`arn:aws:iam::aws:policy/X` is not in the IAM details",
  ],
  [
    "an AWS managed policy isn't in the IAM details and an inline policy denies the action",
    (w) => {
      w.operator.AttachedManagedPolicies = [{ PolicyName: "X", PolicyArn: "arn:aws:iam::aws:policy/X" }];
      inlineStatementsOf(w.operator).push(deny("*", "*"));
    },
    ["explicit-deny", "pass-role-denied"],
  ],
  [
    "the caller's policy denies the action",
    (w) => inlineStatementsOf(w.operator).push(deny("storagegateway:Start*", "*", { Sid: "NoReports" })),
    ["explicit-deny"],
    "by `Deny` statement `NoReports` of inline policy `Own` of role `StorageOperator` (",
  ],
  [
    "the user's group denies the action",
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
  ["the boundary allows the action", (w) => addBoundary(w, w.operator, FULL), []],
  [
    "the boundary lacks the action",
    (w) => addBoundary(w, w.operator, policy(allow("iam:PassRole", "*"))),
    ["implicit-deny"],
    "its permissions boundary `Boundary` of role `StorageOperator` doesn't allow it",
  ],
  [
    "the boundary denies the action",
    (w) => addBoundary(w, w.operator, policy(allow("*", "*"), deny("storagegateway:*", "*"))),
    ["explicit-deny"],
    "permissions boundary `Boundary`",
  ],
  [
    "the boundary isn't in the IAM details",
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
    "the SCPs of one level lack the action",
    (w) => (w.handWritten = scp([FULL], [policy(allow(["iam:*", "s3:*"], "*"))])),
    ["implicit-deny"],
    "no service control policy of level 2 allows it",
  ],
  [
    "an SCP denies the action",
    (w) => (w.handWritten = scp([policy(allow("*", "*"), deny("storagegateway:*", "*"))])),
    ["explicit-deny"],
    "service control policy 1 of level 1",
  ],
  [
    "an RCP denies an action that RCPs don't cover",
    (w) => (w.handWritten = rcp([policy(withEveryone(deny("storagegateway:*", "*")))])),
    [],
  ],
  [
    "a Deny depends on the source address",
    (w) =>
      inlineStatementsOf(w.operator).push(
        deny("storagegateway:*", "*", { Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      ),
    ["undecided"],
    "it depends on `aws:SourceIp`",
  ],
  [
    "a Deny depends on the source address, which is given for all calls",
    (w) => {
      inlineStatementsOf(w.operator).push(
        deny("storagegateway:*", "*", { Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      );
      w.handWritten = { conditionKeys: { "aws:SourceIp": "10.1.2.3" } };
    },
    [],
  ],
  [
    "a Deny depends on the source address, which is given for another principal",
    (w) => {
      inlineStatementsOf(w.operator).push(
        deny("storagegateway:*", "*", { Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      );
      w.handWritten = { conditionKeys: { [ALICE]: { "aws:SourceIp": "10.1.2.3" } } };
    },
    ["undecided"],
  ],
  [
    "a Deny depends on the source address, which the request's context gives",
    (w) => {
      inlineStatementsOf(w.operator).push(
        deny("storagegateway:*", "*", { Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      );
      w.context = { conditionKeys: { [OPERATOR]: { "aws:SourceIp": ["192.168.0.1"] } } };
    },
    ["explicit-deny"],
  ],
  [
    "the call is known not to use a VPC endpoint",
    (w) => {
      inlineStatementsOf(w.operator).push(
        deny("storagegateway:*", "*", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }),
      );
      w.handWritten = { conditionKeys: { "aws:SourceVpce": null } };
    },
    [],
  ],
  [
    "an Allow requires MFA",
    (w) => (inlineStatementsOf(w.operator)[0].Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
    ["undecided"],
    "aws:MultiFactorAuthPresent",
  ],
  [
    "an Allow requires a tag that the request has",
    (w) => {
      w.request.Tags = [{ Key: "Team", Value: "storage" }];
      inlineStatementsOf(w.operator)[0].Condition = {
        StringEquals: { "aws:RequestTag/team": "storage" },
        "ForAnyValue:StringEquals": { "aws:TagKeys": ["Team"] },
      };
    },
    [],
  ],
  [
    "an Allow requires a tag that the request lacks",
    (w) => {
      inlineStatementsOf(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/Team": "storage" } };
    },
    ["implicit-deny"],
    "asks for `StringEquals aws:RequestTag/Team`",
  ],
  [
    "an Allow requires a tag whose value is a placeholder",
    (w) => {
      w.request.Tags = [{ Key: "Team", Value: "${TEAM}" }];
      inlineStatementsOf(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/Team": "storage" } };
    },
    ["undecided"],
  ],
  [
    "other Regions are denied",
    (w) =>
      inlineStatementsOf(w.operator).push(
        deny("*", "*", { Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } }),
      ),
    ["undecided"],
    "iam:PassRole",
  ],
  ["the caller is unknown", (w) => (w.caller = undefined), ["undecided"], "who makes the call is not known"],
  [
    "the caller isn't in the IAM details",
    (w) => (w.caller = `arn:aws:iam::${ACCOUNT}:role/Nobody`),
    ["undecided"],
    "role/Nobody` is not in the IAM details",
  ],
  [
    "the caller's ARN has another path",
    (w) => (w.caller = `arn:aws:iam::${ACCOUNT}:role/x/StorageOperator`),
    ["undecided"],
  ],
  [
    "the caller is a placeholder",
    (w) => (w.caller = "${CALLER}"),
    ["undecided"],
    "`${CALLER}` is a placeholder",
  ],
  ["the caller isn't an ARN", (w) => (w.caller = "alice"), ["undecided"], "`alice` is not the ARN"],
  [
    "the share is in another account",
    (w) => (w.request.FileShareARN = SHARE.replace(ACCOUNT, OTHER)),
    ["implicit-deny", "untrusted-service"],
  ],
];

situations("StartCacheReport", CALLER);
