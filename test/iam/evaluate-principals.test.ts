import { describe, expect, it } from "vitest";
import { type SimulateInput, simulate } from "../../src/iam/index.ts";
import * as p from "./policies.ts";
import { allow, createSimulateInput, deny, policy } from "./policies.ts";

describe("simulate() by principal", () => {
  const bucket = (principal: p.Parts, effect = "Allow") => policy({ ...allow(principal), Effect: effect });
  const own = { identityPolicies: [p.FULL] };
  const TEAM = `arn:aws:iam::${p.ACCOUNT}:role/team/Reporter`;
  const FEDERATED = `arn:aws:sts::${p.ACCOUNT}:federated-user/ana`;
  const NARROW = policy(allow({ Action: "s3:GetObject" }));
  const SERVICE = { service: "storagegateway.amazonaws.com" };

  it.each<[string, string, Partial<SimulateInput>]>([
    ["the root user without policies", "allowed", { principal: p.ROOT }],
    [
      "the root user, an SCP lacks the action",
      "implicitDeny",
      { principal: p.ROOT, serviceControlPolicies: [[NARROW]] },
    ],
    [
      "the root user, resource of another account",
      "implicitDeny",
      { principal: p.ROOT, resourceAccount: p.OTHER },
    ],
    [
      "the root user, the resource policy denies everyone",
      "explicitDeny",
      { principal: p.ROOT, resourcePolicy: bucket({ Principal: "*" }, "Deny") },
    ],
    [
      "the root user assumes a role",
      "implicitDeny",
      {
        principal: p.ROOT,
        action: "sts:AssumeRole",
        resource: p.ROLE,
        resourcePolicy: policy({ Effect: "Allow", Principal: { AWS: p.ROOT }, Action: "sts:AssumeRole" }),
      },
    ],
    [
      "a grant to the user's ARN, the boundary lacks the action",
      "allowed",
      {
        principal: p.USER,
        permissionsBoundary: NARROW,
        resourcePolicy: bucket({ Principal: { AWS: p.USER } }),
      },
    ],
    [
      "a grant to everyone, the boundary lacks the action",
      "allowed",
      { permissionsBoundary: NARROW, resourcePolicy: bucket({ Principal: "*" }) },
    ],
    [
      "a grant to everyone, an SCP lacks the action",
      "implicitDeny",
      { serviceControlPolicies: [[NARROW]], resourcePolicy: bucket({ Principal: "*" }) },
    ],
    [
      "a session, a grant to its role with a path",
      "allowed",
      { principal: p.SESSION, resourcePolicy: bucket({ Principal: { AWS: TEAM } }) },
    ],
    [
      "a role, a grant to a role of another path",
      "implicitDeny",
      { resourcePolicy: bucket({ Principal: { AWS: TEAM } }) },
    ],
    [
      "a role, a grant to one of its sessions",
      "unknown",
      { resourcePolicy: bucket({ Principal: { AWS: p.SESSION } }) },
    ],
    [
      "a role, a Deny for one of its sessions",
      "unknown",
      { ...own, resourcePolicy: bucket({ Principal: { AWS: p.SESSION } }, "Deny") },
    ],
    [
      "a session, a grant to another session",
      "implicitDeny",
      { principal: p.SESSION, resourcePolicy: bucket({ Principal: { AWS: `${p.SESSION}2` } }) },
    ],
    [
      "a user, a grant to its name in another case",
      "implicitDeny",
      { principal: p.USER, resourcePolicy: bucket({ Principal: { AWS: p.USER.replace("ana", "Ana") } }) },
    ],
    [
      "a federated user, a grant to the user of that name",
      "unknown",
      { principal: FEDERATED, resourcePolicy: bucket({ Principal: { AWS: p.USER } }) },
    ],
    [
      "a federated user, a grant to its ARN",
      "allowed",
      {
        principal: FEDERATED,
        sessionPolicies: [NARROW],
        resourcePolicy: bucket({ Principal: { AWS: FEDERATED } }),
      },
    ],
    [
      "a role, a Deny for its account",
      "explicitDeny",
      { ...own, resourcePolicy: bucket({ Principal: { AWS: p.ACCOUNT } }, "Deny") },
    ],
    [
      "a role, a grant to a role of another partition",
      "implicitDeny",
      { resourcePolicy: bucket({ Principal: { AWS: p.ROLE.replace("aws", "aws-cn") } }) },
    ],
    [
      "a session, NotPrincipal lists its role and account",
      "unknown",
      {
        ...own,
        principal: p.SESSION,
        resourcePolicy: bucket({ NotPrincipal: { AWS: [p.ROLE, p.ROOT] } }, "Deny"),
      },
    ],
    [
      "a session, NotPrincipal lists it with its role and account",
      "allowed",
      {
        ...own,
        principal: p.SESSION,
        resourcePolicy: bucket({ NotPrincipal: { AWS: [p.ROLE, p.SESSION, p.ROOT] } }, "Deny"),
      },
    ],
    [
      "a user, NotPrincipal lists only the user",
      "unknown",
      { ...own, principal: p.USER, resourcePolicy: bucket({ NotPrincipal: { AWS: p.USER } }, "Deny") },
    ],
    [
      "a user, NotPrincipal lists only the account",
      "explicitDeny",
      { ...own, principal: p.USER, resourcePolicy: bucket({ NotPrincipal: { AWS: p.ROOT } }, "Deny") },
    ],
    ["a service without a resource policy", "implicitDeny", { ...own, principal: SERVICE }],
    [
      "a service that the bucket policy names",
      "allowed",
      { principal: SERVICE, resourcePolicy: bucket({ Principal: { Service: SERVICE.service } }) },
    ],
    [
      "a service, an SCP lacks the action",
      "allowed",
      {
        principal: SERVICE,
        serviceControlPolicies: [[NARROW]],
        resourcePolicy: bucket({ Principal: { Service: SERVICE.service } }),
      },
    ],
    [
      "a service, an RCP denies the action",
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
      "a service, a grant to everyone",
      "unknown",
      { principal: SERVICE, resourcePolicy: bucket({ Principal: "*" }) },
    ],
    [
      "a service, a Deny for everyone",
      "explicitDeny",
      {
        principal: SERVICE,
        resourcePolicy: policy(allow({ Principal: { Service: SERVICE.service } }), deny({ Principal: "*" })),
      },
    ],
    [
      "a role, a grant to a canonical user id",
      "unknown",
      {
        ...own,
        resourceAccount: p.OTHER,
        resourcePolicy: bucket({ Principal: { CanonicalUser: "79a59df9" } }),
      },
    ],
  ])("%s: %s", (_, decision, parts) => {
    const result = simulate(createSimulateInput(parts));
    expect(result.faults.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(result.decision).toBe(decision);
  });
});
