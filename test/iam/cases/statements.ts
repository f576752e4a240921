import * as p from "../policies.ts";
import { allow, createSimulateInput, deny, policy, SHARE } from "../policies.ts";
import type { Row } from "./row.ts";
import { identity, when } from "./row.ts";

export const STATEMENTS: Row[] = [
  ["1: no statement matches", "I", identity([allow({ Action: "s3:GetObject" })])],
  ["1: no policy", "I", createSimulateInput()],
  [
    "2: Allow and Deny in different policies",
    "E",
    createSimulateInput({ identityPolicies: [p.ALLOWED, policy(deny())] }),
  ],
  ["3: action in another case", "A", identity([allow({ Action: "S3:PUTOBJECT" })])],
  ["4: resource in another case", "I", identity([allow({ Resource: "arn:aws:s3:::Reports/*" })])],
  ["31: Allow with NotAction of another action", "A", identity([allow({ NotAction: "iam:*" })])],
  ["31: Allow with NotAction of the action", "I", identity([allow({ NotAction: "s3:*" })])],
  [
    "31: Deny with NotAction of another action",
    "E",
    identity([allow(), deny({ NotAction: "s3:GetObject" })]),
  ],
  ["31: Deny with NotAction of the action", "A", identity([allow(), deny({ NotAction: "s3:*" })])],
  [
    "31: Deny with NotResource of another resource",
    "E",
    identity([allow(), deny({ NotResource: "arn:aws:s3:::other/*" })]),
  ],
  ["31: Deny with NotResource of the resource", "A", identity([allow(), deny({ NotResource: p.OBJECTS })])],
  ["32: object action granted on the bucket", "I", identity([allow({ Resource: "arn:aws:s3:::reports" })])],
  [
    "32: bucket action granted on the objects",
    "I",
    identity([allow({ Action: "s3:ListBucket" })], {
      action: "s3:ListBucket",
      resource: "arn:aws:s3:::reports",
    }),
  ],
  [
    "51: dot in the policy against another character",
    "I",
    identity([allow({ Resource: "arn:aws:s3:::reports/a.*" })], {
      resource: `${p.OBJECT.replace(".", "x")}`,
    }),
  ],
  ["51: dot in the policy against a dot", "A", identity([allow({ Resource: "arn:aws:s3:::reports/a.*" })])],
];

const reports = (resource: string) =>
  identity([allow({ Action: "storagegateway:ListCacheReports", Resource: resource })], {
    action: "storagegateway:ListCacheReports",
    resource: "*",
  });

export const RESOURCES: Row[] = [
  [
    "25: * in the last field against colons and slashes",
    "A",
    identity([allow({ Resource: "arn:aws:s3:::rep*" })], { resource: "arn:aws:s3:::reports/a:b/c" }),
  ],
  ["33: action without resource, granted on an ARN", "I", reports(SHARE)],
  ["33: action without resource, granted on *", "A", reports("*")],
  [
    "33: action without resource, granted on the ARN that is requested",
    "I",
    { ...reports(SHARE), resource: SHARE },
  ],
  [
    "18: ${…} in a policy without a version",
    "I",
    createSimulateInput({
      identityPolicies: [{ Statement: [allow({ Resource: "arn:aws:s3:::reports/${aws:username}.csv" })] }],
      principal: p.USER,
      resource: "arn:aws:s3:::reports/ana.csv",
    }),
  ],
  [
    "18: ${…} in a policy of version 2008-10-17",
    "I",
    createSimulateInput({
      identityPolicies: [
        {
          Version: "2008-10-17",
          Statement: [allow({ Resource: "arn:aws:s3:::reports/${aws:username}.csv" })],
        },
      ],
      principal: p.USER,
      resource: "arn:aws:s3:::reports/ana.csv",
    }),
  ],
  [
    "18: ${…} in a policy of version 2012-10-17",
    "A",
    identity([allow({ Resource: "arn:aws:s3:::reports/${aws:username}.csv" })], {
      principal: p.USER,
      resource: "arn:aws:s3:::reports/ana.csv",
    }),
  ],
  [
    "19: variable without a value",
    "I",
    identity([allow({ Resource: "arn:aws:s3:::reports/${aws:PrincipalTag/team}" })], {
      resource: "arn:aws:s3:::reports/x",
    }),
  ],
  [
    "19: variable with a default",
    "A",
    identity([allow({ Resource: "arn:aws:s3:::reports/${aws:PrincipalTag/team, 'x'}" })], {
      resource: "arn:aws:s3:::reports/x",
    }),
  ],
  [
    "22: * in a variable's value against other text",
    "I",
    identity([allow({ Resource: "arn:aws:s3:::reports/${aws:PrincipalTag/team}" })], {
      context: { "aws:PrincipalTag/team": "*" },
    }),
  ],
  [
    "22: * in a variable's value against a literal *",
    "A",
    when(
      { StringLike: { "s3:prefix": "${aws:PrincipalTag/team}" } },
      { "aws:PrincipalTag/team": "*", "s3:prefix": "*" },
    ),
  ],
];
