import * as p from "../policies.ts";
import { allow, deny, policy, question } from "../policies.ts";
import type { Row } from "./row.ts";
import { bucketPolicy, identity, NARROW } from "./row.ts";

const LINKED = `arn:aws:iam::${p.ACCOUNT}:role/aws-service-role/fsx.amazonaws.com/AWSServiceRoleForFSxS3Access_fs-1`;
const DENIED = policy(deny({ Resource: "*" }));
const START = { action: "storagegateway:StartCacheReport", resource: p.SHARE };
const rcp = (action: string) => policy({ Effect: "Deny", Principal: "*", Action: action, Resource: "*" });

export const LAYERS: Row[] = [
  ["34 the boundary lacks the action", "I", identity([allow()], { permissionsBoundary: NARROW })],
  ["34 the boundary denies it", "E", identity([allow()], { permissionsBoundary: DENIED })],
  ["34 the boundary alone", "I", question({ permissionsBoundary: p.FULL })],
  ["35 every level allows", "A", identity([allow()], { serviceControlPolicies: [[p.FULL], [p.FULL]] })],
  ["35 one level lacks it", "I", identity([allow()], { serviceControlPolicies: [[p.FULL], [NARROW]] })],
  ["35 one level has no policy", "I", identity([allow()], { serviceControlPolicies: [[p.FULL], []] })],
  [
    "35 one level denies it",
    "E",
    identity([allow()], { serviceControlPolicies: [[p.FULL, DENIED], [p.FULL]] }),
  ],
  [
    "36 service-linked roles have no SCPs",
    "A",
    identity([allow()], { principal: LINKED, serviceControlPolicies: [[p.FULL, DENIED]] }),
  ],
  [
    "36 service-linked roles have no SCPs: none allows",
    "A",
    identity([allow()], { principal: LINKED, serviceControlPolicies: [[]] }),
  ],
  [
    "36 a session with such a name may be one",
    "U",
    identity([allow()], {
      principal: `arn:aws:sts::${p.ACCOUNT}:assumed-role/AWSServiceRoleForX/s`,
      serviceControlPolicies: [[p.FULL, DENIED]],
    }),
  ],
  ["37 an RCP denies on s3", "E", identity([allow()], { resourceControlPolicies: [[rcp("s3:*")]] })],
  [
    "37 an RCP has no effect on storagegateway",
    "A",
    identity([allow({ Action: START.action, Resource: p.SHARE })], {
      ...START,
      resourceControlPolicies: [[rcp("*")]],
    }),
  ],
  [
    "38 same account, the bucket names the role",
    "A",
    question({ resourcePolicy: bucketPolicy({ AWS: p.ROLE }) }),
  ],
  [
    "38 same account, the bucket names the role, its session asks",
    "A",
    question({ principal: p.SESSION, resourcePolicy: bucketPolicy({ AWS: p.ROLE }) }),
  ],
  [
    "38 same account, the bucket names the account",
    "I",
    question({ resourcePolicy: bucketPolicy({ AWS: p.ROOT }) }),
  ],
  [
    "38 same account, the bucket names the account by its id",
    "I",
    question({ resourcePolicy: bucketPolicy({ AWS: p.ACCOUNT }) }),
  ],
  [
    "39 the role's ARN is limited by the boundary",
    "I",
    question({ resourcePolicy: bucketPolicy({ AWS: p.ROLE }), permissionsBoundary: NARROW }),
  ],
  [
    "40 the session's ARN is not limited by the boundary",
    "A",
    question({
      principal: p.SESSION,
      resourcePolicy: bucketPolicy({ AWS: p.SESSION }),
      permissionsBoundary: NARROW,
    }),
  ],
  [
    "41 the session policy lacks the action",
    "I",
    identity([allow()], { principal: p.SESSION, sessionPolicies: [NARROW] }),
  ],
  [
    "41 the session policy caps a grant to the role",
    "I",
    question({
      principal: p.SESSION,
      sessionPolicies: [NARROW],
      resourcePolicy: bucketPolicy({ AWS: p.ROLE }),
    }),
  ],
  [
    "42 the session policy does not cap a grant to the session",
    "A",
    question({
      principal: p.SESSION,
      sessionPolicies: [NARROW],
      resourcePolicy: bucketPolicy({ AWS: p.SESSION }),
    }),
  ],
  [
    "43 the bucket denies the role, its session asks",
    "E",
    identity([allow()], {
      principal: p.SESSION,
      resourcePolicy: policy(deny({ Principal: { AWS: p.ROLE } })),
    }),
  ],
  ["44 cross-account, the identity only", "I", identity([allow()], { resourceAccount: p.OTHER })],
  [
    "44 cross-account, the bucket only",
    "I",
    question({ resourceAccount: p.OTHER, resourcePolicy: bucketPolicy({ AWS: p.ROLE }) }),
  ],
  [
    "44 cross-account, both",
    "A",
    identity([allow()], { resourceAccount: p.OTHER, resourcePolicy: bucketPolicy({ AWS: p.ROLE }) }),
  ],
  [
    "44 cross-account, both, the bucket names the account",
    "A",
    identity([allow()], { resourceAccount: p.OTHER, resourcePolicy: bucketPolicy({ AWS: p.ROOT }) }),
  ],
  [
    "44 cross-account, both, the bucket names its own account",
    "I",
    identity([allow()], { resourceAccount: p.OTHER, resourcePolicy: bucketPolicy({ AWS: p.OTHER }) }),
  ],
  [
    "45 NotPrincipal that names another",
    "E",
    identity([allow()], {
      principal: p.USER,
      resourcePolicy: policy(deny({ NotPrincipal: { AWS: [`arn:aws:iam::${p.ACCOUNT}:user/eve`, p.ROOT] } })),
    }),
  ],
  [
    "45 NotPrincipal that names the user and the account",
    "A",
    identity([allow()], {
      principal: p.USER,
      resourcePolicy: policy(deny({ NotPrincipal: { AWS: [p.USER, p.ROOT] } })),
    }),
  ],
  [
    "45 NotPrincipal and a boundary",
    "E",
    identity([allow()], {
      principal: p.USER,
      permissionsBoundary: p.FULL,
      resourcePolicy: policy(deny({ NotPrincipal: { AWS: [p.USER, p.ROOT] } })),
    }),
  ],
];
