import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directory, reportOf, runCli } from "../cli/run.ts";
import { ACCOUNT, allow, environment } from "./account.ts";
import type { Moto } from "./moto.ts";
import { hasMoto, startMoto } from "./moto.ts";

const iam = (kind: string, name: string): string => `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
const text = (...grant: Parameters<typeof allow>): string => JSON.stringify(allow(...grant));

/** More policies than fit on one page. */
const MANY = Array.from({ length: 105 }, (_, index) => `many-${String(index).padStart(3, "0")}`);

async function build(client: IAMClient): Promise<void> {
  const managed = (PolicyName: string, document: string) =>
    client.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: document }));
  await managed("Boundary", text("s3:*"));
  await managed("Read", text("s3:Get*"));
  await client.send(
    new CreatePolicyVersionCommand({
      PolicyArn: iam("policy", "Read"),
      PolicyDocument: text("s3:GetObject", "arn:aws:s3:::a+b/*"),
      SetAsDefault: true,
    }),
  );
  const PermissionsBoundary = iam("policy", "Boundary");
  await client.send(
    new CreateRoleCommand({
      RoleName: "Reports",
      Path: "/storage/",
      AssumeRolePolicyDocument: text("sts:AssumeRole"),
      PermissionsBoundary,
      Tags: [{ Key: "team", Value: "storage" }],
    }),
  );
  for (const PolicyName of ["Write", "Also write"])
    await client.send(
      new PutRolePolicyCommand({
        RoleName: "Reports",
        PolicyName: PolicyName.replace(" ", "-"),
        PolicyDocument: text("s3:PutObject", "arn:aws:s3:::reports/%2B+/ü/*"),
      }),
    );
  await client.send(new AttachRolePolicyCommand({ RoleName: "Reports", PolicyArn: iam("policy", "Read") }));
  await client.send(new CreateRoleCommand({ RoleName: "Other", AssumeRolePolicyDocument: text("x:y") }));
  for (const PolicyName of MANY)
    await client.send(
      new PutRolePolicyCommand({ RoleName: "Other", PolicyName, PolicyDocument: text(`s3:${PolicyName}`) }),
    );
  await client.send(new CreateGroupCommand({ GroupName: "Operators", Path: "/teams/" }));
  await client.send(
    new PutGroupPolicyCommand({ GroupName: "Operators", PolicyName: "G", PolicyDocument: text("fsx:*") }),
  );
  await client.send(
    new AttachGroupPolicyCommand({ GroupName: "Operators", PolicyArn: iam("policy", "Read") }),
  );
  for (const UserName of ["alice", "bob"]) {
    await client.send(new CreateUserCommand({ UserName }));
    await client.send(new AddUserToGroupCommand({ UserName, GroupName: "Operators" }));
  }
  await client.send(
    new PutUserPolicyCommand({ UserName: "alice", PolicyName: "U", PolicyDocument: text("sts:*") }),
  );
  await client.send(new AttachUserPolicyCommand({ UserName: "alice", PolicyArn: iam("policy", "Read") }));
}

describe.skipIf(!hasMoto)("countersign iam fetch against moto (skipped where python3 has no moto)", () => {
  let moto: Moto;
  let client: IAMClient;

  beforeAll(async () => {
    moto = await startMoto();
    const credentials = { accessKeyId: "x", secretAccessKey: "x" };
    client = new IAMClient({ endpoint: moto.url, region: "us-east-1", credentials });
    await build(client);
  });

  afterAll(async () => {
    client?.destroy();
    await moto?.stop();
  });

  const fetched = async (...arns: string[]) => {
    const cwd = directory();
    const args = ["iam", "fetch", ...arns, "--out", "iam.json"];
    const ran = await runCli(args, { cwd, env: environment(moto.url) });
    expect(ran).toEqual({ status: 0, stdout: "", stderr: "" });
    return JSON.parse(readFileSync(join(cwd, "iam.json"), "utf8"));
  };

  /** Moto's own output for the whole account, with decoded documents. */
  const printed = async () => {
    const all = await client.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1000 }));
    return JSON.parse(JSON.stringify(all), (key, value) =>
      /Document$/.test(key) && typeof value === "string" ? JSON.parse(decodeURIComponent(value)) : value,
    );
  };

  const named = (list: { Arn: string }[], arn: string) => list.find(({ Arn }) => Arn === arn);
  const byName = (list: { PolicyName: string }[]) =>
    [...list].sort((a, b) => (a.PolicyName < b.PolicyName ? -1 : 1));

  it("gives a role as get-account-authorization-details prints it", async () => {
    const arn = iam("role", "storage/Reports");
    const { RoleDetailList, Policies, UserDetailList, GroupDetailList } = await fetched(arn);
    expect([RoleDetailList.length, UserDetailList, GroupDetailList]).toEqual([1, [], []]);
    const [role] = RoleDetailList;
    const whole = await printed();
    const expected = named(whole.RoleDetailList, arn) as never as typeof role;
    for (const member of ["Arn", "Path", "RoleName", "RoleId", "AssumeRolePolicyDocument", "Tags"])
      expect(role[member]).toEqual(expected[member]);
    expect(role.RolePolicyList).toEqual(byName(expected.RolePolicyList));
    expect(role.RolePolicyList[1].PolicyDocument).toEqual(
      allow("s3:PutObject", "arn:aws:s3:::reports/%2B+/ü/*"),
    );
    expect(role.AttachedManagedPolicies).toEqual(expected.AttachedManagedPolicies);
    expect(role.PermissionsBoundary.PermissionsBoundaryArn).toBe(iam("policy", "Boundary"));
    expect(Policies.map(({ Arn }: { Arn: string }) => Arn)).toEqual([
      iam("policy", "Boundary"),
      iam("policy", "Read"),
    ]);
    expect(Policies[1].PolicyVersionList).toMatchObject([
      { Document: allow("s3:GetObject", "arn:aws:s3:::a+b/*"), VersionId: "v2", IsDefaultVersion: true },
    ]);
  });

  it("gives users with their groups, and a shared group once", async () => {
    const details = await fetched(iam("user", "alice"), iam("user", "bob"));
    const whole = await printed();
    const [alice, bob] = details.UserDetailList;
    const expected = named(whole.UserDetailList, iam("user", "alice")) as never as typeof alice;
    for (const member of ["Arn", "UserName", "GroupList", "UserPolicyList", "AttachedManagedPolicies"])
      expect(alice[member]).toEqual(expected[member]);
    expect([bob.GroupList, bob.UserPolicyList]).toEqual([["Operators"], []]);
    expect(details.GroupDetailList).toHaveLength(1);
    const [group] = details.GroupDetailList;
    const [its] = whole.GroupDetailList;
    for (const member of ["Arn", "Path", "GroupName", "GroupPolicyList", "AttachedManagedPolicies"])
      expect(group[member]).toEqual(its[member]);
  });

  it("follows the pages of a list of policies", async () => {
    const { RoleDetailList } = await fetched(`arn:aws:sts::${ACCOUNT}:assumed-role/Other/session`);
    const [role] = RoleDetailList;
    expect(role.Arn).toBe(iam("role", "Other"));
    expect(role.RolePolicyList.map(({ PolicyName }: { PolicyName: string }) => PolicyName)).toEqual(MANY);
  });

  it("writes a file by which check decides as --live does without one", async () => {
    const share = `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:share/share-1A2B3C4D`;
    const arn = iam("role", "Evictor");
    await client.send(new CreateRoleCommand({ RoleName: "Evictor", AssumeRolePolicyDocument: text("x:y") }));
    await client.send(
      new PutRolePolicyCommand({
        RoleName: "Evictor",
        PolicyName: "Evict",
        PolicyDocument: text("storagegateway:EvictFilesFailingUpload", share),
      }),
    );
    const request = (caller: string): string =>
      `operation: storagegateway:EvictFilesFailingUpload\ncaller: ${caller}\nrequest: { FileShareARN: "${share}" }\n`;
    const cwd = directory({ "good.yaml": request(arn), "bad.yaml": request(iam("role", "Other")) });
    const env = environment(moto.url);
    await runCli(["iam", "fetch", arn, iam("role", "Other"), "--out", "iam.json"], { cwd, env });
    const outcomes = async (...args: string[]) => {
      const ran = await runCli(["check", "--format", "json", ...args, "good.yaml", "bad.yaml"], {
        cwd,
        env,
      });
      const { requests } = reportOf(ran) as { requests: { file: string; outcome: string }[] };
      return { stderr: ran.stderr, outcomes: requests.map(({ outcome }) => outcome) };
    };
    expect(await outcomes("--context", "iam.json")).toEqual({ stderr: "", outcomes: ["undecided", "fail"] });
    const live = await outcomes("--live");
    expect(live.outcomes).toEqual(["undecided", "fail"]);
    // Moto doesn't implement SimulatePrincipalPolicy.
    expect(live.stderr).toContain("was not compared with AWS's verdict");
  });

  it("names roles and users that don't exist", async () => {
    const args = ["iam", "fetch", iam("role", "Missing"), iam("user", "carol")];
    const { status, stderr } = await runCli(args, { cwd: directory(), env: environment(moto.url) });
    expect(status).toBe(2);
    expect(stderr).toContain("the role `Missing`");
    expect(stderr).toContain("the user `carol`");
  });
});
