import * as p from "../policies.ts";
import { allow, deny, policy, question, SHARE } from "../policies.ts";
import type { Row } from "./row.ts";
import { identity, when } from "./row.ts";

export const STATEMENTS: Row[] = [
  ["1 no statement matches", "I", identity([allow({ Action: "s3:GetObject" })])],
  ["1 no policy", "I", question()],
  ["2 an Allow here, a Deny there", "E", question({ identityPolicies: [p.ALLOWED, policy(deny())] })],
  ["3 actions ignore case", "A", identity([allow({ Action: "S3:PUTOBJECT" })])],
  ["4 resources keep case", "I", identity([allow({ Resource: "arn:aws:s3:::Reports/*" })])],
  ["31 Allow with NotAction", "A", identity([allow({ NotAction: "iam:*" })])],
  ["31 Allow with NotAction that names it", "I", identity([allow({ NotAction: "s3:*" })])],
  ["31 Deny with NotAction", "E", identity([allow(), deny({ NotAction: "s3:GetObject" })])],
  ["31 Deny with NotAction that names it", "A", identity([allow(), deny({ NotAction: "s3:*" })])],
  ["31 Deny with NotResource", "E", identity([allow(), deny({ NotResource: "arn:aws:s3:::other/*" })])],
  ["31 Deny with NotResource that names it", "A", identity([allow(), deny({ NotResource: p.OBJECTS })])],
  ["32 an object action granted on the bucket", "I", identity([allow({ Resource: "arn:aws:s3:::reports" })])],
  [
    "32 a bucket action granted on the objects",
    "I",
    identity([allow({ Action: "s3:ListBucket" })], {
      action: "s3:ListBucket",
      resource: "arn:aws:s3:::reports",
    }),
  ],
  [
    "51 a dot is a dot",
    "I",
    identity([allow({ Resource: "arn:aws:s3:::reports/a.*" })], {
      resource: `${p.OBJECT.replace(".", "x")}`,
    }),
  ],
  ["51 a dot is a dot: the same", "A", identity([allow({ Resource: "arn:aws:s3:::reports/a.*" })])],
];

const reports = (resource: string) =>
  identity([allow({ Action: "storagegateway:ListCacheReports", Resource: resource })], {
    action: "storagegateway:ListCacheReports",
    resource: "*",
  });

export const RESOURCES: Row[] = [
  [
    "25 the last segment's * crosses colons and slashes",
    "A",
    identity([allow({ Resource: "arn:aws:s3:::rep*" })], { resource: "arn:aws:s3:::reports/a:b/c" }),
  ],
  ["33 an action without resource, granted on an ARN", "I", reports(SHARE)],
  ["33 an action without resource, granted on *", "A", reports("*")],
  ["33 an action without resource, asked of an ARN", "I", { ...reports(SHARE), resource: SHARE }],
  [
    "18 without a version, ${…} is text",
    "I",
    question({
      identityPolicies: [{ Statement: [allow({ Resource: "arn:aws:s3:::reports/${aws:username}.csv" })] }],
      principal: p.USER,
      resource: "arn:aws:s3:::reports/ana.csv",
    }),
  ],
  [
    "18 2008-10-17, ${…} is text",
    "I",
    question({
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
    "18 2012-10-17, ${…} is a variable",
    "A",
    identity([allow({ Resource: "arn:aws:s3:::reports/${aws:username}.csv" })], {
      principal: p.USER,
      resource: "arn:aws:s3:::reports/ana.csv",
    }),
  ],
  [
    "19 a variable without value",
    "I",
    identity([allow({ Resource: "arn:aws:s3:::reports/${aws:PrincipalTag/team}" })], {
      resource: "arn:aws:s3:::reports/x",
    }),
  ],
  [
    "19 a variable with a default",
    "A",
    identity([allow({ Resource: "arn:aws:s3:::reports/${aws:PrincipalTag/team, 'x'}" })], {
      resource: "arn:aws:s3:::reports/x",
    }),
  ],
  [
    "22 a * in a variable's value is literal",
    "I",
    identity([allow({ Resource: "arn:aws:s3:::reports/${aws:PrincipalTag/team}" })], {
      context: { "aws:PrincipalTag/team": "*" },
    }),
  ],
  [
    "22 a * in a variable's value, itself",
    "A",
    when(
      { StringLike: { "s3:prefix": "${aws:PrincipalTag/team}" } },
      { "aws:PrincipalTag/team": "*", "s3:prefix": "*" },
    ),
  ],
];
