import { afterEach, describe, expect, it } from "vitest";
import type { Ran } from "../cli/run.ts";
import { directory, reportOf, runCli } from "../cli/run.ts";
import { blocksOf, readText } from "../docs/pages.ts";
import { ACCOUNT, account, allow, encoded, environment, ISOLATED, ROLE } from "./account.ts";
import type { Handler, Server } from "./server.ts";
import { fault, result, serve } from "./server.ts";

let server: Server | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const SHARE = `arn:aws:storagegateway:eu-west-1:${ACCOUNT}:share/share-1A2B3C4D`;

/** A request with one requirement: the caller may evict the share's files. */
const EVICT = `operation: storagegateway:EvictFilesFailingUpload
caller: ${ROLE}
justification: "INC-4242: the share is wedged, its files were verified in the source system"
request: { FileShareARN: "${SHARE}", ForceRemove: true }
`;

const ALLOWING = { Evict: encoded(allow("storagegateway:EvictFilesFailingUpload", SHARE)) };

const itemsOf = (call: URLSearchParams, name: string): string[] =>
  [...call].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value);

/** A simulation in which AWS gives the same decision for every action and resource. */
const deciding =
  (decision: string, more: Record<string, never | string | boolean | object> = {}): Handler =>
  (input) =>
    result("SimulatePrincipalPolicy", {
      IsTruncated: false,
      EvaluationResults: itemsOf(input, "ActionNames").flatMap((action) =>
        itemsOf(input, "ResourceArns").map((resource) => ({
          EvalActionName: action,
          EvalResourceName: resource,
          EvalDecision: decision,
          ...(more as object),
        })),
      ),
    });

async function check(
  handlers: Record<string, Handler>,
  options: { files?: Record<string, string>; args?: string[]; input?: string; env?: object } = {},
): Promise<Ran> {
  server = await serve(handlers);
  const { files = { "evict.yaml": EVICT }, args = ["evict.yaml"], input = "", env } = options;
  const cwd = directory(files);
  const format = args.includes("--format") ? [] : ["--format", "json"];
  return runCli(["check", "--live", ...format, ...args], {
    cwd,
    stdin: input,
    env: { ...environment(server.url), ...env } as Record<string, string>,
  });
}

const iamOf = (ran: Ran) =>
  reportOf(ran).diagnostics.filter(({ code }: { code: string }) => code.startsWith("iam/"));

const asked = (action: string): URLSearchParams[] =>
  server!.calls.filter((call) => call.get("Action") === action);

describe("countersign check --live", () => {
  it("fetches the policies of the caller and passes when AWS agrees", async () => {
    const ran = await check({
      ...account({ inline: ALLOWING }),
      SimulatePrincipalPolicy: deciding("allowed"),
    });
    expect(ran.stderr).toBe("");
    expect([ran.status, iamOf(ran)]).toEqual([0, []]);
    const [simulated] = asked("SimulatePrincipalPolicy");
    expect(simulated!.get("PolicySourceArn")).toBe(ROLE);
    expect(itemsOf(simulated!, "ResourceArns")).toEqual([SHARE]);
  });

  it("fetches the role that a request passes, for its trust policy and its permissions", async () => {
    const report = `operation: storagegateway:StartCacheReport
context: { bucket: { region: eu-west-1, account: "${ACCOUNT}", kmsKeyArn: null, policy: null } }
request:
  FileShareARN: ${SHARE}
  Role: ${ROLE}
  LocationARN: arn:aws:s3:::reports
  BucketRegion: eu-west-1
  ClientToken: "1"
  InclusionFilters: [{ Name: UploadState, Values: [FailingUpload] }]
`;
    const grant = ["s3:PutObject", "s3:AbortMultipartUpload"] as never;
    const ran = await check(
      {
        ...account({ inline: { Write: encoded(allow(grant, "arn:aws:s3:::reports/*")) } }),
        SimulatePrincipalPolicy: deciding("allowed"),
      },
      { files: { "report.yaml": report }, args: ["report.yaml"] },
    );
    expect(ran.stderr).toBe("");
    const told = iamOf(ran).map(({ code, message }: { code: string; message: string }) => [code, message]);
    // The trust policy has no guard against the confused deputy, and the caller is unknown.
    expect(told.map(([code]: string[]) => code).sort()).toEqual(["iam/confused-deputy", "iam/undecided"]);
    expect(told.find(([code]: string[]) => code === "iam/undecided")[1]).toContain("who makes the call");
    expect(asked("SimulatePrincipalPolicy").map((call) => itemsOf(call, "ActionNames"))).toEqual([
      ["s3:PutObject", "s3:AbortMultipartUpload"],
    ]);
  });

  it("judges the role that a template's caller passes by the fetched policies", async () => {
    const input = {
      FileShareARN: SHARE,
      Role: ROLE,
      LocationARN: "arn:aws:s3:::reports",
      BucketRegion: "eu-west-1",
      ClientToken: "weekly-report",
      InclusionFilters: [{ Name: "UploadState", Values: ["FailingUpload"] }],
    };
    const principal = {
      Effect: "Allow",
      Principal: { Service: "scheduler.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    const Resources = {
      Reporter: {
        Type: "AWS::IAM::Role",
        Properties: {
          AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [principal] },
          Policies: [{ PolicyName: "all", PolicyDocument: policy }],
        },
      },
      Weekly: {
        Type: "AWS::Scheduler::Schedule",
        Properties: {
          FlexibleTimeWindow: { Mode: "OFF" },
          ScheduleExpression: "rate(7 days)",
          Target: {
            Arn: "arn:aws:scheduler:::aws-sdk:storagegateway:startCacheReport",
            RoleArn: { "Fn::GetAtt": ["Reporter", "Arn"] },
            Input: JSON.stringify(input),
          },
        },
      },
    };
    const ran = await check(
      { ...account(), SimulatePrincipalPolicy: deciding("implicitDeny") },
      { files: { "template.json": JSON.stringify({ Resources }) }, args: ["template.json"] },
    );
    expect(ran.stderr).toBe("");
    const denial = `\`${ROLE}\` is not allowed \`s3:PutObject\``;
    const denials = iamOf(ran).filter(({ code }: { code: string }) => code === "iam/implicit-deny");
    expect(denials.map(({ message }: { message: string }) => message)).toEqual([
      expect.stringContaining(denial),
    ]);
  });

  it("denies by the fetched policies", async () => {
    const ran = await check({ ...account(), SimulatePrincipalPolicy: deciding("implicitDeny") });
    expect(iamOf(ran)).toEqual([expect.objectContaining({ code: "iam/implicit-deny", status: "failed" })]);
    expect(ran.status).toBe(1);
  });

  it("reports both decisions when AWS decides otherwise", async () => {
    const ran = await check({
      ...account({ inline: ALLOWING }),
      SimulatePrincipalPolicy: deciding("explicitDeny"),
    });
    expect(iamOf(ran)).toEqual([
      expect.objectContaining({
        code: "iam/live-difference",
        severity: "warning",
        status: "failed",
        message: `AWS denies (a statement says so), and Countersign allows: \`storagegateway:EvictFilesFailingUpload\` on \`${SHARE}\` for \`${ROLE}\``,
      }),
    ]);
    expect(ran.status).toBe(0);
  });

  it("prints what the page of iam/live-difference shows", async () => {
    const [request, shown] = blocksOf(readText("docs/codes/iam/live-difference.md"));
    const files = { "evict.yaml": request!.text };
    const handlers = {
      ...account({ inline: ALLOWING }),
      SimulatePrincipalPolicy: deciding("implicitDeny"),
    };
    const ran = await check(handlers, { files, args: ["--format", "text", "--no-color", "evict.yaml"] });
    expect(shown!.text).toContain("[iam/live-difference]");
    expect(ran.stdout).toContain(shown!.text);
  });

  it("says when the organization denies", async () => {
    const ran = await check({
      ...account({ inline: ALLOWING }),
      SimulatePrincipalPolicy: deciding("implicitDeny", {
        OrganizationsDecisionDetail: { AllowedByOrganizations: false },
      }),
    });
    const [difference] = iamOf(ran);
    expect(difference.message).toContain("by a policy of the organization");
    expect(difference.help).toContain("`organization`");
  });

  it("ignores a simulation that lacked a condition key", async () => {
    const ran = await check({
      ...account({ inline: ALLOWING }),
      SimulatePrincipalPolicy: deciding("implicitDeny", { MissingContextValues: ["aws:SourceIp"] }),
    });
    expect(iamOf(ran)).toEqual([]);
  });

  it("compares with AWS without fetching principals that a context file describes", async () => {
    const role = {
      RoleDetailList: [
        {
          Arn: ROLE,
          RoleName: "Reports",
          Path: "/storage/",
          RolePolicyList: [
            { PolicyName: "Old", PolicyDocument: allow("storagegateway:EvictFilesFailingUpload", SHARE) },
          ],
        },
      ],
    };
    const ran = await check(
      { SimulatePrincipalPolicy: deciding("implicitDeny") },
      {
        files: { "evict.yaml": EVICT, "iam.json": JSON.stringify(role) },
        args: ["--context", "iam.json", "evict.yaml"],
      },
    );
    expect(ran.stderr).toBe("");
    expect(asked("GetRole")).toEqual([]);
    expect(iamOf(ran)).toMatchObject([{ code: "iam/live-difference" }]);
    expect(iamOf(ran)[0].help).toContain("countersign iam fetch");
  });

  it("reads standard input once", async () => {
    const ran = await check(
      { ...account({ inline: ALLOWING }), SimulatePrincipalPolicy: deciding("allowed") },
      { args: ["-"], input: EVICT },
    );
    expect(reportOf(ran)).toMatchObject({ summary: { requests: 1 } });
    expect(iamOf(ran)).toEqual([]);
  });

  it("fetches and simulates the role of a session", async () => {
    const session = `arn:aws:sts::${ACCOUNT}:assumed-role/Reports/alice`;
    const ran = await check(
      { ...account({ inline: ALLOWING }), SimulatePrincipalPolicy: deciding("allowed") },
      { files: { "evict.yaml": EVICT.replace(ROLE, session) } },
    );
    expect([ran.stderr, iamOf(ran)]).toEqual(["", []]);
    expect(asked("SimulatePrincipalPolicy")[0]!.get("PolicySourceArn")).toBe(ROLE);
  });

  it("is undecided, with a warning, when a principal can't be fetched", async () => {
    const denied = { GetRole: () => fault(403, "AccessDenied", "User: x is not authorized") };
    const ran = await check(denied);
    expect(ran.status).toBe(0);
    expect(iamOf(ran)).toMatchObject([{ code: "iam/undecided", status: "undecided" }]);
    expect(ran.stderr).toMatch(
      /^warning: `arn:aws:iam::123456789012:role\/storage\/Reports` could not be read from AWS: the credentials may not call iam:GetRole/,
    );
    expect(ran.stderr).toContain("= help: allow `iam:GetRole`");
    await server!.close();
    expect((await check(denied, { args: ["--strict", "evict.yaml"] })).status).toBe(1);
  });

  it("warns and keeps its decisions when AWS can't simulate", async () => {
    const ran = await check({
      ...account({ inline: ALLOWING }),
      SimulatePrincipalPolicy: () => fault(403, "AccessDenied", "not authorized"),
    });
    expect([ran.status, iamOf(ran)]).toEqual([0, []]);
    expect(ran.stderr).toContain("was not compared with AWS's verdict: the credentials may not call");
  });

  it("reports missing credentials once", async () => {
    const other = EVICT.replace(ROLE, `${ROLE}2`);
    const cwd = directory({ "evict.yaml": `${EVICT}---\n${other}` });
    const env = { ...ISOLATED, AWS_ENDPOINT_URL_IAM: "http://127.0.0.1:1" };
    const ran = await runCli(["check", "--live", "--format", "json"], { cwd, env });
    expect(iamOf(ran)).toMatchObject([{ status: "undecided" }, { status: "undecided" }]);
    expect(ran.stderr.match(/there are no AWS credentials/g)).toHaveLength(1);
    expect(ran.stderr).toContain("and 1 more could not be read from AWS");
  });

  it("calls nothing when no principal is concerned", async () => {
    const ran = await check({}, { files: { "evict.yaml": EVICT.replace(/caller:.*\n/, "") } });
    expect(ran.stderr).toBe("");
    expect(server!.calls).toEqual([]);
  });

  it("reports a difference with the severity of the configuration", async () => {
    const files = { "evict.yaml": EVICT, "countersign.yaml": "rules: { iam/live-difference: error }\n" };
    const ran = await check(
      { ...account({ inline: ALLOWING }), SimulatePrincipalPolicy: deciding("explicitDeny") },
      { files },
    );
    expect([ran.status, iamOf(ran)[0]]).toMatchObject([1, { severity: "error" }]);
  });
});
