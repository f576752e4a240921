import type { SimulateInput } from "../../../src/iam/index.ts";
import type { Parts } from "../policies.ts";
import * as p from "../policies.ts";
import { allow, deny, policy } from "../policies.ts";
import type { Row } from "./row.ts";
import { identity } from "./row.ts";

const assume = (parts: Partial<SimulateInput> = {}): SimulateInput => ({
  principal: { service: "storagegateway.amazonaws.com" },
  action: "sts:AssumeRole",
  resource: p.ROLE,
  ...parts,
});
const trust = (principal: unknown, parts: Parts = {}) =>
  policy({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...parts });
const fromArn = (pattern: string) =>
  assume({
    resourcePolicy: trust(
      { Service: "storagegateway.amazonaws.com" },
      { Condition: { ArnLike: { "aws:SourceArn": pattern } } },
    ),
    context: { "aws:SourceArn": "arn:aws:storagegateway:eu-west-1:123456789012:gateway/sgw-12A3456B" },
  });
const MAY_ASSUME = policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource: p.ROLE });
const pass = (condition?: Parts) =>
  identity(
    [allow({ Action: "iam:PassRole", Resource: p.ROLE, ...(condition && { Condition: condition }) })],
    {
      principal: p.USER,
      action: "iam:PassRole",
      resource: p.ROLE,
    },
  );
const KEY = `arn:aws:kms:eu-west-1:${p.ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const keyPolicy = (principal: unknown) =>
  policy({ Effect: "Allow", Principal: principal, Action: "kms:*", Resource: "*" });
const decrypt = (parts: Partial<SimulateInput>): SimulateInput => ({
  principal: p.ROLE,
  action: "kms:Decrypt",
  resource: KEY,
  identityPolicies: [policy({ Effect: "Allow", Action: "kms:Decrypt", Resource: KEY })],
  ...parts,
});

export const ROLES_AND_KEYS: Row[] = [
  [
    "46: trust policy names the service",
    "A",
    assume({ resourcePolicy: trust({ Service: "storagegateway.amazonaws.com" }) }),
  ],
  [
    "46: trust policy names another service",
    "I",
    assume({ resourcePolicy: trust({ Service: "fsx.amazonaws.com" }) }),
  ],
  ["47: aws:SourceArn matches shares", "I", fromArn("arn:aws:storagegateway:eu-west-1:123456789012:share/*")],
  [
    "47: aws:SourceArn matches gateways",
    "A",
    fromArn("arn:aws:storagegateway:eu-west-1:123456789012:gateway/*"),
  ],
  [
    "48: AssumeRole, only an identity policy",
    "I",
    assume({ principal: p.USER, identityPolicies: [MAY_ASSUME] }),
  ],
  [
    "48: AssumeRole, the trust policy names another principal",
    "I",
    assume({
      principal: p.USER,
      identityPolicies: [MAY_ASSUME],
      resourcePolicy: trust({ Service: "ec2.amazonaws.com" }),
    }),
  ],
  [
    "48: AssumeRole, the trust policy names the user",
    "A",
    assume({ principal: p.USER, resourcePolicy: trust({ AWS: p.USER }) }),
  ],
  [
    "48: AssumeRole, the trust policy names the account, no identity policy",
    "I",
    assume({ principal: p.USER, resourcePolicy: trust({ AWS: p.ROOT }) }),
  ],
  [
    "48: AssumeRole, the trust policy names the account, identity policy",
    "A",
    assume({ principal: p.USER, identityPolicies: [MAY_ASSUME], resourcePolicy: trust({ AWS: p.ROOT }) }),
  ],
  [
    "49: PassRole, absent iam:PassedToService",
    "I",
    pass({ StringEquals: { "iam:PassedToService": "storagegateway.amazonaws.com" } }),
  ],
  ["49: PassRole, no condition", "A", pass()],
  [
    "50: KMS, the key policy names another role",
    "I",
    decrypt({ resourcePolicy: keyPolicy({ AWS: `arn:aws:iam::${p.ACCOUNT}:role/Admin` }) }),
  ],
  [
    "50: KMS, the key policy names the account, identity policy",
    "A",
    decrypt({ resourcePolicy: keyPolicy({ AWS: p.ROOT }) }),
  ],
  [
    "50: KMS, the key policy names the role, no identity policy",
    "A",
    decrypt({ identityPolicies: [], resourcePolicy: keyPolicy({ AWS: p.ROLE }) }),
  ],
  [
    "50: KMS, the key policy names the account, no identity policy",
    "I",
    decrypt({ identityPolicies: [], resourcePolicy: keyPolicy({ AWS: p.ROOT }) }),
  ],
  ["50: KMS, no key policy is given", "U", decrypt({})],
];

export const PATTERNS: Row[] = [
  ["54: pattern within the grant", "A", identity([allow()], { resource: p.OBJECTS })],
  [
    "54: pattern of which a part is granted",
    "I",
    identity([allow({ Resource: "arn:aws:s3:::reports/p/*" })], { resource: p.OBJECTS }),
  ],
  [
    "54: pattern of which a part is denied",
    "E",
    identity([allow(), deny({ Resource: "arn:aws:s3:::reports/p/*" })], { resource: p.OBJECTS }),
  ],
  [
    "54: pattern within the union of two grants",
    "A",
    identity(
      [allow({ Resource: "arn:aws:s3:::reports/p*" }), allow({ NotResource: "arn:aws:s3:::reports/p*" })],
      { resource: p.OBJECTS },
    ),
  ],
];
