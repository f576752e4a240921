import { describe, expect, it } from "vitest";
import { type SimulateInput, simulate } from "../../src/iam/index.ts";
import * as p from "./policies.ts";
import { allow, deny, policy, question } from "./policies.ts";

describe("principals", () => {
  const bucket = (principal: p.Parts, effect = "Allow") => policy({ ...allow(principal), Effect: effect });
  const own = { identityPolicies: [p.FULL] };
  const TEAM = `arn:aws:iam::${p.ACCOUNT}:role/team/Reporter`;
  const FEDERATED = `arn:aws:sts::${p.ACCOUNT}:federated-user/ana`;
  const NARROW = policy(allow({ Action: "s3:GetObject" }));
  const SERVICE = { service: "storagegateway.amazonaws.com" };

  it.each<[string, string, Partial<SimulateInput>]>([
    ["the root needs no policy", "allowed", { principal: p.ROOT }],
    ["the root has SCPs", "implicitDeny", { principal: p.ROOT, serviceControlPolicies: [[NARROW]] }],
    [
      "the root is not enough for another account",
      "implicitDeny",
      { principal: p.ROOT, resourceAccount: p.OTHER },
    ],
    [
      "the root can be denied",
      "explicitDeny",
      { principal: p.ROOT, resourcePolicy: bucket({ Principal: "*" }, "Deny") },
    ],
    [
      "the root can't assume roles",
      "implicitDeny",
      {
        principal: p.ROOT,
        action: "sts:AssumeRole",
        resource: p.ROLE,
        resourcePolicy: policy({ Effect: "Allow", Principal: { AWS: p.ROOT }, Action: "sts:AssumeRole" }),
      },
    ],
    [
      "a user's ARN is not limited by the boundary",
      "allowed",
      {
        principal: p.USER,
        permissionsBoundary: NARROW,
        resourcePolicy: bucket({ Principal: { AWS: p.USER } }),
      },
    ],
    [
      "everyone is not limited by the boundary",
      "allowed",
      { permissionsBoundary: NARROW, resourcePolicy: bucket({ Principal: "*" }) },
    ],
    [
      "everyone is limited by SCPs",
      "implicitDeny",
      { serviceControlPolicies: [[NARROW]], resourcePolicy: bucket({ Principal: "*" }) },
    ],
    [
      "a session is its role, whatever its path",
      "allowed",
      { principal: p.SESSION, resourcePolicy: bucket({ Principal: { AWS: TEAM } }) },
    ],
    [
      "a role is not one of another path",
      "implicitDeny",
      { resourcePolicy: bucket({ Principal: { AWS: TEAM } }) },
    ],
    [
      "a role may be a session that is allowed",
      "unknown",
      { resourcePolicy: bucket({ Principal: { AWS: p.SESSION } }) },
    ],
    [
      "a role may be a session that is denied",
      "unknown",
      { ...own, resourcePolicy: bucket({ Principal: { AWS: p.SESSION } }, "Deny") },
    ],
    [
      "a session is no other session",
      "implicitDeny",
      { principal: p.SESSION, resourcePolicy: bucket({ Principal: { AWS: `${p.SESSION}2` } }) },
    ],
    [
      "names keep their case",
      "implicitDeny",
      { principal: p.USER, resourcePolicy: bucket({ Principal: { AWS: p.USER.replace("ana", "Ana") } }) },
    ],
    [
      "a federated user is not the user of that name",
      "unknown",
      { principal: FEDERATED, resourcePolicy: bucket({ Principal: { AWS: p.USER } }) },
    ],
    [
      "a federated user's own ARN",
      "allowed",
      {
        principal: FEDERATED,
        sessionPolicies: [NARROW],
        resourcePolicy: bucket({ Principal: { AWS: FEDERATED } }),
      },
    ],
    [
      "a Deny of the account denies all in it",
      "explicitDeny",
      { ...own, resourcePolicy: bucket({ Principal: { AWS: p.ACCOUNT } }, "Deny") },
    ],
    [
      "another partition's principal",
      "implicitDeny",
      { resourcePolicy: bucket({ Principal: { AWS: p.ROLE.replace("aws", "aws-cn") } }) },
    ],
    [
      "NotPrincipal with role and account, a session asks",
      "unknown",
      {
        ...own,
        principal: p.SESSION,
        resourcePolicy: bucket({ NotPrincipal: { AWS: [p.ROLE, p.ROOT] } }, "Deny"),
      },
    ],
    [
      "NotPrincipal with role, session and account",
      "allowed",
      {
        ...own,
        principal: p.SESSION,
        resourcePolicy: bucket({ NotPrincipal: { AWS: [p.ROLE, p.SESSION, p.ROOT] } }, "Deny"),
      },
    ],
    [
      "NotPrincipal with the user only",
      "unknown",
      { ...own, principal: p.USER, resourcePolicy: bucket({ NotPrincipal: { AWS: p.USER } }, "Deny") },
    ],
    [
      "NotPrincipal with the account only",
      "explicitDeny",
      { ...own, principal: p.USER, resourcePolicy: bucket({ NotPrincipal: { AWS: p.ROOT } }, "Deny") },
    ],
    ["a service has only the resource's policy", "implicitDeny", { ...own, principal: SERVICE }],
    [
      "a service that the bucket names",
      "allowed",
      { principal: SERVICE, resourcePolicy: bucket({ Principal: { Service: SERVICE.service } }) },
    ],
    [
      "a service has no SCPs",
      "allowed",
      {
        principal: SERVICE,
        serviceControlPolicies: [[NARROW]],
        resourcePolicy: bucket({ Principal: { Service: SERVICE.service } }),
      },
    ],
    [
      "a service has RCPs",
      "explicitDeny",
      {
        principal: SERVICE,
        resourceControlPolicies: [
          [policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" })],
        ],
        resourcePolicy: bucket({ Principal: { Service: SERVICE.service } }),
      },
    ],
    [
      "a service may be among everyone",
      "unknown",
      { principal: SERVICE, resourcePolicy: bucket({ Principal: "*" }) },
    ],
    [
      "a service is denied with everyone",
      "explicitDeny",
      {
        principal: SERVICE,
        resourcePolicy: policy(allow({ Principal: { Service: SERVICE.service } }), deny({ Principal: "*" })),
      },
    ],
    [
      "an account that only S3 knows",
      "unknown",
      {
        ...own,
        resourceAccount: p.OTHER,
        resourcePolicy: bucket({ Principal: { CanonicalUser: "79a59df9" } }),
      },
    ],
  ])("%s: %s", (_, decision, parts) => {
    const result = simulate(question(parts));
    expect(result.faults.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(result.decision).toBe(decision);
  });
});
