import * as p from "../policies.ts";
import { allow, createSimulateInput, deny, policy } from "../policies.ts";
import type { Row } from "./row.ts";
import { bucketPolicy, identity, NARROW } from "./row.ts";

const LINKED = `arn:aws:iam::${p.ACCOUNT}:role/aws-service-role/fsx.amazonaws.com/AWSServiceRoleForFSxS3Access_fs-1`;
const DENIED = policy(deny({ Resource: "*" }));
const START = { action: "storagegateway:StartCacheReport", resource: p.SHARE };
const rcp = (action: string) => policy({ Effect: "Deny", Principal: "*", Action: action, Resource: "*" });

export const LAYERS: Row[] = [
  ["34: boundary lacks the action", "I", identity([allow()], { permissionsBoundary: NARROW })],
  ["34: boundary denies the action", "E", identity([allow()], { permissionsBoundary: DENIED })],
  ["34: boundary without identity policies", "I", createSimulateInput({ permissionsBoundary: p.FULL })],
  [
    "35: every SCP level allows the action",
    "A",
    identity([allow()], { serviceControlPolicies: [[p.FULL], [p.FULL]] }),
  ],
  [
    "35: one SCP level lacks the action",
    "I",
    identity([allow()], { serviceControlPolicies: [[p.FULL], [NARROW]] }),
  ],
  ["35: one SCP level has no policy", "I", identity([allow()], { serviceControlPolicies: [[p.FULL], []] })],
  [
    "35: one SCP level denies the action",
    "E",
    identity([allow()], { serviceControlPolicies: [[p.FULL, DENIED], [p.FULL]] }),
  ],
  [
    "36: service-linked role, an SCP denies the action",
    "A",
    identity([allow()], { principal: LINKED, serviceControlPolicies: [[p.FULL, DENIED]] }),
  ],
  [
    "36: service-linked role, no SCP allows the action",
    "A",
    identity([allow()], { principal: LINKED, serviceControlPolicies: [[]] }),
  ],
  [
    "36: session named like a service-linked role's",
    "U",
    identity([allow()], {
      principal: `arn:aws:sts::${p.ACCOUNT}:assumed-role/AWSServiceRoleForX/s`,
      serviceControlPolicies: [[p.FULL, DENIED]],
    }),
  ],
  ["37: RCP denies an action of s3", "E", identity([allow()], { resourceControlPolicies: [[rcp("s3:*")]] })],
  [
    "37: RCP denies an action of storagegateway",
    "A",
    identity([allow({ Action: START.action, Resource: p.SHARE })], {
      ...START,
      resourceControlPolicies: [[rcp("*")]],
    }),
  ],
  [
    "38: same account, the bucket policy names the role",
    "A",
    createSimulateInput({ resourcePolicy: bucketPolicy({ AWS: p.ROLE }) }),
  ],
  [
    "38: same account, the bucket policy names the session's role",
    "A",
    createSimulateInput({ principal: p.SESSION, resourcePolicy: bucketPolicy({ AWS: p.ROLE }) }),
  ],
  [
    "38: same account, the bucket policy names the account",
    "I",
    createSimulateInput({ resourcePolicy: bucketPolicy({ AWS: p.ROOT }) }),
  ],
  [
    "38: same account, the bucket policy names the account by its id",
    "I",
    createSimulateInput({ resourcePolicy: bucketPolicy({ AWS: p.ACCOUNT }) }),
  ],
  [
    "39: grant to the role's ARN, boundary lacks the action",
    "I",
    createSimulateInput({ resourcePolicy: bucketPolicy({ AWS: p.ROLE }), permissionsBoundary: NARROW }),
  ],
  [
    "40: grant to the session's ARN, boundary lacks the action",
    "A",
    createSimulateInput({
      principal: p.SESSION,
      resourcePolicy: bucketPolicy({ AWS: p.SESSION }),
      permissionsBoundary: NARROW,
    }),
  ],
  [
    "41: session policy lacks the action",
    "I",
    identity([allow()], { principal: p.SESSION, sessionPolicies: [NARROW] }),
  ],
  [
    "41: grant to the role's ARN, session policy lacks the action",
    "I",
    createSimulateInput({
      principal: p.SESSION,
      sessionPolicies: [NARROW],
      resourcePolicy: bucketPolicy({ AWS: p.ROLE }),
    }),
  ],
  [
    "42: grant to the session's ARN, session policy lacks the action",
    "A",
    createSimulateInput({
      principal: p.SESSION,
      sessionPolicies: [NARROW],
      resourcePolicy: bucketPolicy({ AWS: p.SESSION }),
    }),
  ],
  [
    "43: bucket policy denies the session's role",
    "E",
    identity([allow()], {
      principal: p.SESSION,
      resourcePolicy: policy(deny({ Principal: { AWS: p.ROLE } })),
    }),
  ],
  [
    "44: cross-account, only the identity policy allows the action",
    "I",
    identity([allow()], { resourceAccount: p.OTHER }),
  ],
  [
    "44: cross-account, only the bucket policy allows the action",
    "I",
    createSimulateInput({ resourceAccount: p.OTHER, resourcePolicy: bucketPolicy({ AWS: p.ROLE }) }),
  ],
  [
    "44: cross-account, both policies allow the action",
    "A",
    identity([allow()], { resourceAccount: p.OTHER, resourcePolicy: bucketPolicy({ AWS: p.ROLE }) }),
  ],
  [
    "44: cross-account, the bucket policy names the principal's account",
    "A",
    identity([allow()], { resourceAccount: p.OTHER, resourcePolicy: bucketPolicy({ AWS: p.ROOT }) }),
  ],
  [
    "44: cross-account, the bucket policy names its own account",
    "I",
    identity([allow()], { resourceAccount: p.OTHER, resourcePolicy: bucketPolicy({ AWS: p.OTHER }) }),
  ],
  [
    "45: NotPrincipal lists another user",
    "E",
    identity([allow()], {
      principal: p.USER,
      resourcePolicy: policy(deny({ NotPrincipal: { AWS: [`arn:aws:iam::${p.ACCOUNT}:user/eve`, p.ROOT] } })),
    }),
  ],
  [
    "45: NotPrincipal lists the user and the account",
    "A",
    identity([allow()], {
      principal: p.USER,
      resourcePolicy: policy(deny({ NotPrincipal: { AWS: [p.USER, p.ROOT] } })),
    }),
  ],
  [
    "45: NotPrincipal lists a user that has a boundary",
    "E",
    identity([allow()], {
      principal: p.USER,
      permissionsBoundary: p.FULL,
      resourcePolicy: policy(deny({ NotPrincipal: { AWS: [p.USER, p.ROOT] } })),
    }),
  ],
];
