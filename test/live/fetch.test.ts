import { afterEach, describe, expect, it, vi } from "vitest";
import type { LiveProblem } from "../../src/iam/aws/index.ts";
import { openLiveClient } from "../../src/iam/aws/index.ts";
import { ACCOUNT, account, allow, encoded, environment, ISOLATED, ROLE } from "./account.ts";
import type { Handler, Server } from "./server.ts";
import { fault, result, serve } from "./server.ts";

let server: Server | undefined;
const slept: number[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  slept.length = 0;
  await server?.close();
  server = undefined;
});

const OPTIONS = {
  sleep: async (milliseconds: number) => void slept.push(milliseconds),
  random: () => 1,
  timeouts: { connection: 2_000, call: 2_000, credentials: 5_000 },
};

function stub(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

async function fetchFrom(
  handlers: Record<string, Handler>,
  arns: readonly string[] = [ROLE],
  options: Partial<typeof OPTIONS> = {},
) {
  server = await serve(handlers);
  stub(environment(server.url));
  const live = await openLiveClient({ ...OPTIONS, ...options });
  try {
    return await live.fetch(arns);
  } finally {
    live.close();
  }
}

async function problemOf(
  handlers: Record<string, Handler>,
  arn = ROLE,
  options: Partial<typeof OPTIONS> = {},
): Promise<LiveProblem> {
  const { failed } = await fetchFrom(handlers, [arn], options);
  expect(failed.map((one) => one.arn)).toEqual([arn]);
  const { problem } = failed[0]!;
  expect(`${problem.message} ${problem.help}`).not.toMatch(/nobody-prints|AKIAEXAMPLEKEY|\n/);
  expect(problem.help).not.toBe("");
  return problem;
}

/** The handlers of an account, with one replaced. */
const but = (operation: string, handler: Handler): Record<string, Handler> => ({
  ...account({ inline: { Write: encoded(allow("s3:PutObject")) } }),
  [operation]: handler,
});

describe("fetching a role", () => {
  it("gives what get-account-authorization-details prints", async () => {
    const managed = `arn:aws:iam::${ACCOUNT}:policy/Read`;
    const boundary = `arn:aws:iam::${ACCOUNT}:policy/Boundary`;
    const inline = { Write: encoded(allow("s3:PutObject")), Also: encoded(allow("s3:AbortMultipartUpload")) };
    const { details, failed } = await fetchFrom(account({ inline, attached: [managed], boundary }));
    expect(failed).toEqual([]);
    expect(details).toEqual({
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [
        {
          Path: "/storage/",
          RoleName: "Reports",
          RoleId: "AROAEXAMPLE",
          Arn: ROLE,
          CreateDate: "2026-02-03T04:05:06+00:00",
          AssumeRolePolicyDocument: expect.objectContaining({ Version: "2012-10-17" }),
          RolePolicyList: [
            { PolicyName: "Also", PolicyDocument: allow("s3:AbortMultipartUpload") },
            { PolicyName: "Write", PolicyDocument: allow("s3:PutObject") },
          ],
          AttachedManagedPolicies: [{ PolicyName: "Read", PolicyArn: managed }],
          PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: boundary },
          Tags: [
            { Key: "cost", Value: "42" },
            { Key: "team", Value: "storage" },
          ],
        },
      ],
      Policies: [boundary, managed].map((Arn) => ({
        PolicyName: Arn.split("/")[1],
        PolicyId: "ANPAEXAMPLE",
        Arn,
        Path: "/",
        DefaultVersionId: "v3",
        PolicyVersionList: [
          {
            Document: allow("s3:Get*"),
            VersionId: "v3",
            IsDefaultVersion: true,
            CreateDate: "2026-02-03T04:05:06+00:00",
          },
        ],
      })),
    });
  });

  it("calls AWS once for the role and its sessions together", async () => {
    const session = `arn:aws:sts::${ACCOUNT}:assumed-role/Reports/i-1`;
    const managed = `arn:aws:iam::${ACCOUNT}:policy/Read`;
    const { details } = await fetchFrom(account({ attached: [managed] }), [session, ROLE]);
    expect(details.RoleDetailList.map(({ Arn }) => Arn)).toEqual([ROLE]);
    expect(server!.calls.filter((call) => call.get("Action") === "GetPolicyVersion")).toHaveLength(1);
  });

  it("follows the pages of every list", async () => {
    const names = Array.from({ length: 7 }, (_, index) => `p${index}`);
    const inline = Object.fromEntries(names.map((name) => [name, encoded(allow(`s3:${name}`))]));
    const attached = names.map((name) => `arn:aws:iam::${ACCOUNT}:policy/${name}`);
    const { details } = await fetchFrom(account({ inline, attached, page: 3 }));
    const [role] = details.RoleDetailList;
    expect(role!.RolePolicyList.map(({ PolicyName }) => PolicyName)).toEqual(names);
    expect(role!.AttachedManagedPolicies.map(({ PolicyName }) => PolicyName)).toEqual(names);
    expect(details.Policies).toHaveLength(7);
  });

  it.each([
    ["encoded", encoded(allow("s3:PutObject", "arn:aws:s3:::a+b/%2B c/*")), "arn:aws:s3:::a+b/%2B c/*"],
    ["plain", JSON.stringify(allow("s3:PutObject", "arn:aws:s3:::%2B+/*")), "arn:aws:s3:::%2B+/*"],
    ["encoded, with a plus sign as it is", encoded(allow("x", "a%2Bb")).replaceAll("%252B", "+"), "a+b"],
  ])("decodes a document that is %s", async (_, text, resource) => {
    const { details } = await fetchFrom(account({ inline: { Write: text } }));
    const document = details.RoleDetailList[0]!.RolePolicyList[0]!.PolicyDocument;
    expect(document).toMatchObject({ Statement: [{ Resource: resource }] });
  });
});

describe("fetching a user", () => {
  const arn = (kind: string, name: string): string => `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
  const group = (name: string) => ({ Path: "/", GroupName: name, GroupId: "AGPA", Arn: arn("group", name) });
  const attached = (action: string, ...names: string[]): Handler => {
    const AttachedPolicies = names.map((PolicyName) => ({
      PolicyName,
      PolicyArn: arn("policy", PolicyName),
    }));
    return () => result(action, { AttachedPolicies, IsTruncated: false });
  };
  const { GetPolicy, GetPolicyVersion } = account();

  it("gives its policies, its boundary and its groups with their policies", async () => {
    const boundary = { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn("policy", "Boundary") };
    const { details, failed } = await fetchFrom(
      {
        GetPolicy: GetPolicy!,
        GetPolicyVersion: GetPolicyVersion!,
        GetUser: () =>
          result("GetUser", {
            User: {
              Path: "/",
              UserName: "bob",
              UserId: "AIDA",
              Arn: arn("user", "bob"),
              PermissionsBoundary: boundary,
            },
          }),
        ListUserPolicies: () => result("ListUserPolicies", { PolicyNames: ["U"], IsTruncated: false }),
        GetUserPolicy: () => result("GetUserPolicy", { PolicyDocument: encoded(allow("sts:*")) }),
        ListAttachedUserPolicies: attached("ListAttachedUserPolicies"),
        ListGroupsForUser: (input) =>
          input.get("Marker")
            ? result("ListGroupsForUser", { Groups: [group("A")], IsTruncated: false })
            : result("ListGroupsForUser", { Groups: [group("B")], IsTruncated: true, Marker: "next" }),
        ListGroupPolicies: (input) => {
          const PolicyNames = input.get("GroupName") === "A" ? ["G"] : [];
          return result("ListGroupPolicies", { PolicyNames, IsTruncated: false });
        },
        GetGroupPolicy: () => result("GetGroupPolicy", { PolicyDocument: encoded(allow("fsx:*")) }),
        ListAttachedGroupPolicies: attached("ListAttachedGroupPolicies", "Read"),
      },
      [arn("user", "bob")],
    );
    expect(failed).toEqual([]);
    expect(details.UserDetailList).toEqual([
      {
        Path: "/",
        UserName: "bob",
        UserId: "AIDA",
        Arn: arn("user", "bob"),
        UserPolicyList: [{ PolicyName: "U", PolicyDocument: allow("sts:*") }],
        GroupList: ["A", "B"],
        AttachedManagedPolicies: [],
        PermissionsBoundary: boundary,
        Tags: [],
      },
    ]);
    const read = { PolicyName: "Read", PolicyArn: arn("policy", "Read") };
    expect(details.GroupDetailList).toEqual([
      {
        ...group("A"),
        GroupPolicyList: [{ PolicyName: "G", PolicyDocument: allow("fsx:*") }],
        AttachedManagedPolicies: [read],
      },
      { ...group("B"), GroupPolicyList: [], AttachedManagedPolicies: [read] },
    ]);
    expect(details.Policies.map(({ PolicyName }) => PolicyName)).toEqual(["Boundary", "Read"]);
  });
});

describe("a call that AWS throttles", () => {
  it("is repeated with growing delays", async () => {
    const { GetRole } = account();
    const handlers = but("GetRole", (input, asked) =>
      asked < 2 ? fault(400, "Throttling", "Rate exceeded") : GetRole!(input, asked),
    );
    const { details, failed } = await fetchFrom(handlers);
    expect(failed).toEqual([]);
    expect(details.RoleDetailList).toHaveLength(1);
    expect(slept).toEqual([500, 1000]);
  });

  it("is given up after a number of attempts", async () => {
    const problem = await problemOf(but("GetRole", () => fault(400, "Throttling", "Rate exceeded")));
    expect(problem.kind).toBe("throttled");
    expect(server!.calls).toHaveLength(5);
    expect(slept).toEqual([500, 1000, 2000, 4000]);
  });

  it("isn't repeated for other principals once it was given up", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `arn:aws:iam::${ACCOUNT}:role/r${index}`);
    const { failed } = await fetchFrom({ GetRole: () => fault(400, "Throttling", "Rate exceeded") }, names);
    expect(failed.map(({ problem }) => problem.kind)).toEqual(names.map(() => "throttled"));
    expect(server!.calls.length).toBeLessThanOrEqual(4 * 5);
  });
});

describe("a failed fetch", () => {
  it.each([
    ["AccessDenied", 403, "denied", /may not call iam:GetRole for the role `Reports`: AWS says `User/],
    ["NoSuchEntity", 404, "not-found", /there is no such thing in the account: the role `Reports`/],
    ["ServiceFailure", 500, "service", /AWS failed to answer iam:GetRole/],
    ["InvalidClientTokenId", 403, "credentials", /refuses the credentials \(InvalidClientTokenId\)/],
    ["ExpiredToken", 403, "credentials", /refuses the credentials/],
    ["SignatureDoesNotMatch", 403, "credentials", /refuses the credentials/],
    ["ValidationError", 400, "input", /refuses the call iam:GetRole/],
  ])("explains AWS's error %s and says what to do", async (code, status, kind, message) => {
    const words = "User: a\nis not authorized; x-amz-security-token:a-token-that-nobody-prints";
    const problem = await problemOf(but("GetRole", () => fault(status, code, words)));
    expect(problem).toMatchObject({ kind, message: expect.stringMatching(message) });
  });

  it("names the action to allow", async () => {
    const problem = await problemOf(but("GetRolePolicy", () => fault(403, "AccessDenied", "no")));
    expect(problem.message).toContain("iam:GetRolePolicy");
    expect(problem.help).toContain("allow `iam:GetRolePolicy`");
  });

  it.each([
    ["silence", () => "silence", "timeout", "didn't answer"],
    ["a dropped connection", () => "reset", "network", "ECONNRESET"],
    ["what is no XML", () => ({ body: "<html><p>Sign in" }), "reply", "no answer of AWS"],
    ["an empty answer", () => ({ body: "" }), "reply", ""],
    ["a role without an ARN", () => result("GetRole", { Role: { RoleName: "x" } }), "reply", "no ARN"],
    ["no role at all", () => result("GetRole", {}), "reply", ""],
  ] satisfies [string, Handler, string, string][])("reports %s", async (_, reply, kind, words) => {
    const timeouts = { connection: 300, call: 300, credentials: 5_000 };
    const problem = await problemOf(but("GetRole", reply), ROLE, { timeouts });
    expect(problem).toMatchObject({ kind, message: expect.stringContaining(words) });
  });

  it.each([
    ["goes on without a marker", { IsTruncated: true, PolicyNames: [] }],
    ["comes round again", { IsTruncated: true, Marker: "again", PolicyNames: ["Write"] }],
  ])("reports a list that %s", async (_, page) => {
    const problem = await problemOf(but("ListRolePolicies", () => result("ListRolePolicies", page)));
    expect(problem).toMatchObject({ kind: "reply", message: expect.stringContaining("come to no end") });
  });

  it.each(["%7Bnot json", "%E0%A4%A", "[]", "", "null"])(
    "reports the malformed document %j",
    async (text) => {
      const problem = await problemOf(account({ inline: { Write: text } }));
      expect(problem.kind).toBe("reply");
      expect(problem.message).toContain("the inline policy `Write` of the role `Reports` came with");
    },
  );

  it("reports a refused connection", async () => {
    server = await serve({});
    const { url } = server;
    await server.close();
    stub(environment(url));
    const live = await openLiveClient(OPTIONS);
    const { failed } = await live.fetch([ROLE]);
    live.close();
    expect(failed[0]!.problem.kind).toBe("network");
    expect(failed[0]!.problem.message).toContain("ECONNREFUSED");
    expect(slept).toEqual([]);
  });

  it("reports missing credentials", async () => {
    stub({ ...ISOLATED, AWS_ENDPOINT_URL_IAM: "http://127.0.0.1:1" });
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"])
      vi.stubEnv(name, undefined);
    const live = await openLiveClient(OPTIONS);
    const { failed } = await live.fetch([ROLE]);
    live.close();
    expect(failed[0]!.problem).toMatchObject({
      kind: "credentials",
      message: "there are no AWS credentials",
      help: expect.stringContaining("aws sts get-caller-identity"),
    });
  });

  it("reports a role of another account, since names are looked up in the account of the credentials", async () => {
    const other = "arn:aws:iam::999999999999:role/storage/Reports";
    const problem = await problemOf(account(), other);
    expect(problem).toMatchObject({ kind: "principal", message: expect.stringContaining("`999999999999`") });
    const session = "arn:aws:sts::999999999999:assumed-role/Reports/x";
    await server!.close();
    expect(await problemOf(account(), session)).toMatchObject({ kind: "principal" });
  });

  it("reports an ARN whose path or case differs from AWS's", async () => {
    const problem = await problemOf(account(), `arn:aws:iam::${ACCOUNT}:role/Reports`);
    expect(problem.kind).toBe("not-found");
    expect(problem.message).toContain(`AWS has \`${ROLE}\``);
  });

  it.each([
    `arn:aws:iam::${ACCOUNT}:root`,
    `arn:aws:sts::${ACCOUNT}:federated-user/bob`,
    `arn:aws:iam::${ACCOUNT}:group/admins`,
    "arn:aws:s3:::bucket",
    "Reports",
    "",
    `arn:aws:iam::${ACCOUNT}:role/`,
    `arn:aws:iam::${ACCOUNT}:role/a\u001b[31m`,
  ])("reports %j, which is not the ARN of a role or user, without a call", async (arn) => {
    const problem = await problemOf({}, arn);
    expect(problem.kind).toBe("principal");
    expect(server!.calls).toEqual([]);
  });

  it("of one principal doesn't affect the others", async () => {
    const missing = `arn:aws:iam::${ACCOUNT}:role/Missing`;
    const { details, failed } = await fetchFrom(account(), [missing, ROLE]);
    expect(failed.map(({ arn }) => arn)).toEqual([missing]);
    expect(details.RoleDetailList.map(({ Arn }) => Arn)).toEqual([ROLE]);
  });
});
