import { describe, expect, it } from "vitest";
import { readContextOf } from "./files.ts";

const ROLE = {
  RoleName: "Reports",
  RoleId: "AROAEXAMPLE",
  Arn: "arn:aws:iam::123456789012:role/Reports",
  Path: "/",
  AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] },
  RolePolicyList: [{ PolicyName: "p", PolicyDocument: { Version: "2012-10-17", Statement: [] } }],
  AttachedManagedPolicies: [],
};

describe("policies of ContextStore", () => {
  it("include outputs of get-account-authorization-details, with positions", async () => {
    const printed = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [ROLE], Policies: [] };
    const { store } = await readContextOf({
      "a.json": printed,
      "b.json": { ...printed, IsTruncated: true, Marker: "x" },
    });
    const [first, second] = store.iam;
    expect(store.iam).toHaveLength(2);
    expect(first!.details).toEqual(printed);
    expect([first!.complete, second!.complete]).toEqual([true, false]);
    expect(first!.file).toMatch(/a\.json$/);
    expect(first!.place(["RoleDetailList", 0, "RolePolicyList", 0, "PolicyDocument"]).line).toBe(17);
    expect(first!.place(["RoleDetailList", 0, "Arn"], "key").column).toBe(7);
  });

  it("include the organization's policies by level, from several files", async () => {
    const { store } = await readContextOf({
      "a.yaml": "organization:\n  serviceControlPolicies:\n  - - Statement: []\n  - []\n",
      "b.yaml": "organization:\n  resourceControlPolicies: [[{Statement: []}]]\n",
    });
    const { serviceControlPolicies, resourceControlPolicies } = store.organization!;
    expect(serviceControlPolicies!.levels).toEqual([[{ Statement: [] }], []]);
    expect(resourceControlPolicies!.levels).toEqual([[{ Statement: [] }]]);
    expect(serviceControlPolicies!.place([0, 0, "Statement"])).toMatchObject({
      file: expect.stringMatching(/a\.yaml$/),
      place: { line: 3, column: 18 },
    });
  });

  it("are absent if no file has any", async () => {
    const { store } = await readContextOf({ "a.yaml": "buckets: {}" });
    expect(store.iam).toEqual([]);
    expect(store.organization).toBeUndefined();
  });
});
