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
    "46 the trust policy names the service",
    "A",
    assume({ resourcePolicy: trust({ Service: "storagegateway.amazonaws.com" }) }),
  ],
  [
    "46 the trust policy names another service",
    "I",
    assume({ resourcePolicy: trust({ Service: "fsx.amazonaws.com" }) }),
  ],
  ["47 aws:SourceArn of the shares", "I", fromArn("arn:aws:storagegateway:eu-west-1:123456789012:share/*")],
  [
    "47 aws:SourceArn of the gateways",
    "A",
    fromArn("arn:aws:storagegateway:eu-west-1:123456789012:gateway/*"),
  ],
  [
    "48 AssumeRole, allowed by an identity policy only",
    "I",
    assume({ principal: p.USER, identityPolicies: [MAY_ASSUME] }),
  ],
  [
    "48 AssumeRole, the trust policy names another",
    "I",
    assume({
      principal: p.USER,
      identityPolicies: [MAY_ASSUME],
      resourcePolicy: trust({ Service: "ec2.amazonaws.com" }),
    }),
  ],
  [
    "48 AssumeRole, the trust policy names the user",
    "A",
    assume({ principal: p.USER, resourcePolicy: trust({ AWS: p.USER }) }),
  ],
  [
    "48 AssumeRole, the trust policy names the account only",
    "I",
    assume({ principal: p.USER, resourcePolicy: trust({ AWS: p.ROOT }) }),
  ],
  [
    "48 AssumeRole, both",
    "A",
    assume({ principal: p.USER, identityPolicies: [MAY_ASSUME], resourcePolicy: trust({ AWS: p.ROOT }) }),
  ],
  [
    "49 PassRole, iam:PassedToService absent",
    "I",
    pass({ StringEquals: { "iam:PassedToService": "storagegateway.amazonaws.com" } }),
  ],
  ["49 PassRole, without condition", "A", pass()],
  [
    "50 KMS, the key policy does not name the account",
    "I",
    decrypt({ resourcePolicy: keyPolicy({ AWS: `arn:aws:iam::${p.ACCOUNT}:role/Admin` }) }),
  ],
  ["50 KMS, the key policy names the account", "A", decrypt({ resourcePolicy: keyPolicy({ AWS: p.ROOT }) })],
  [
    "50 KMS, the key policy names the role, no identity policy",
    "A",
    decrypt({ identityPolicies: [], resourcePolicy: keyPolicy({ AWS: p.ROLE }) }),
  ],
  [
    "50 KMS, the key policy names the account, no identity policy",
    "I",
    decrypt({ identityPolicies: [], resourcePolicy: keyPolicy({ AWS: p.ROOT }) }),
  ],
  ["50 KMS, the key policy is not given", "U", decrypt({})],
];

export const PATTERNS: Row[] = [
  ["54 a pattern that the grant contains", "A", identity([allow()], { resource: p.OBJECTS })],
  [
    "54 a pattern, of which part is granted",
    "I",
    identity([allow({ Resource: "arn:aws:s3:::reports/p/*" })], { resource: p.OBJECTS }),
  ],
  [
    "54 a pattern, of which part is denied",
    "E",
    identity([allow(), deny({ Resource: "arn:aws:s3:::reports/p/*" })], { resource: p.OBJECTS }),
  ],
  [
    "54 a pattern that two grants contain together",
    "A",
    identity(
      [allow({ Resource: "arn:aws:s3:::reports/p*" }), allow({ NotResource: "arn:aws:s3:::reports/p*" })],
      { resource: p.OBJECTS },
    ),
  ],
];
