import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { RecentIds } from "../../src/engine/trail/recent-ids.ts";
import { toWeek } from "../../src/run/replay/tally.ts";
import { directory, type RunOptions, runCli } from "../cli/run.ts";
import { readText } from "../docs/pages.ts";
import { createRecord, exportTask, unrelated } from "./records.ts";

const GOOD = exportTask("good");
const BAD = exportTask("bad", { paths: ["s3://bucket/a"] });
const answered = (eventID: string, errorCode: string, parameters: object = {}) =>
  exportTask(eventID, parameters, { errorCode, errorMessage: `the message of ${errorCode}` });

async function replay(files: Record<string, string | Uint8Array>, ...args: string[]) {
  const cwd = directory(files);
  return runCli(["replay", ...(args[0]?.startsWith("-") === false ? [] : ["."]), ...args, "--no-config"], {
    cwd,
  });
}

const trail = (...records: object[]): string => JSON.stringify({ Records: records });

async function replayJson(files: Record<string, string | Uint8Array>, ...args: string[]) {
  const { stdout, status } = await replay(files, "--format", "json", ...args);
  return { ...JSON.parse(stdout), status };
}

describe("countersign replay", () => {
  it("says which calls would have been stopped, and compares with AWS's answers", async () => {
    const { stdout, status } = await replay({
      "a.json": trail(GOOD, BAD, answered("wrong", "BadRequest"), answered("denied", "AccessDenied")),
      "b.json.gz": gzipSync(
        trail(
          answered("agreed", "BadRequest", { paths: ["s3://b"] }),
          answered("busy", "ThrottlingException"),
        ),
      ),
    });
    expect(status).toBe(1);
    expect(stdout).toContain("2 of 6 calls would have been stopped");
    expect(stdout).toMatch(/accepted by AWS, failing here .*: 1\n.*bad\n +fsx\/export-paths-relative/);
    expect(stdout).toMatch(/refused by AWS .*: 1\n.*wrong\n +AWS: BadRequest: the message of BadRequest/);
    expect(stdout).toContain("agree (1 pass, 1 fail): 2");
    expect(stdout).toContain("denied for a missing permission: 1");
    expect(stdout).toContain("not answered by AWS (too many calls, or a fault of its own): 1");
    expect(stdout.indexOf("accepted by AWS")).toBeLessThan(stdout.indexOf("refused by AWS"));
  });

  it("has the same counts, and the report of check, as JSON", async () => {
    const {
      requests,
      diagnostics,
      replay: counts,
      outcome,
    } = await replayJson({
      "a.json": trail(GOOD, BAD, answered("wrong", "BadRequest"), unrelated("other")),
    });
    expect(outcome).toBe("fail");
    expect(requests).toMatchObject([
      { file: "a.json", container: "cloudtrail", eventId: "good", aws: "accepted", outcome: "pass" },
      { eventId: "bad", aws: "accepted", outcome: "fail" },
      { eventId: "wrong", aws: "refused", outcome: "pass" },
    ]);
    expect(diagnostics).toMatchObject([{ code: "fsx/export-paths-relative", status: "failed" }]);
    expect(counts).toMatchObject({
      files: 1,
      records: 4,
      calls: 3,
      stopped: {
        byRule: [{ name: "fsx/export-paths-relative", calls: 1 }],
        byPrincipal: [{ name: "arn:aws:iam::123456789012:role/ops/StorageOperator", calls: 1 }],
        byWeek: [{ name: "2026-W10", calls: 1 }],
      },
      answers: { failAccepted: 1, passRefused: 1, passAccepted: 1 },
    });
  });

  it("counts the same as text and as a report", async () => {
    const evict = (eventID: string, forceRemove: unknown) =>
      createRecord(eventID, {
        eventSource: "storagegateway.amazonaws.com",
        eventName: "EvictFilesFailingUpload",
        requestParameters: {
          fileShareARN: "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D",
          forceRemove,
        },
      });
    const hidden = exportTask("hidden", { paths: ["HIDDEN_DUE_TO_SECURITY_REASONS"] });
    const held = exportTask("held", { paths: ["${name}"] });
    const release = exportTask("release", {
      type: "RELEASE_DATA_FROM_FILESYSTEM",
      paths: ["/"],
      releaseConfiguration: { durationSinceLastAccess: { unit: "DAYS", value: 0 } },
    });
    const records = [
      GOOD,
      BAD,
      evict("e1", true),
      evict("e2", false),
      evict("e3", "x"),
      hidden,
      held,
      release,
    ];
    for (const more of [[], ["--strict"], ["--fail-on", "warning"]]) {
      const files = {
        "a.json": trail(...records, ...records.map((one) => ({ ...one, eventID: `${one.eventID}2` }))),
      };
      const { replay: counts } = await replayJson(files, ...more);
      const { stdout } = await replay(files, ...more);
      const { calls, checks } = counts.leftOut;
      expect(stdout).toContain(`${checks} checks of ${calls} calls left out`);
      expect(stdout).toContain(`result: ${counts.stopped.calls} of 16 calls would have been stopped`);
      for (const { name, calls: stopped } of counts.stopped.byRule)
        expect(stdout).toContain(`${stopped}  ${name}`);
      expect(stdout).toContain(
        `agree (${counts.answers.passAccepted} pass, ${counts.answers.failRefused} fail)`,
      );
    }
  });

  it("skips reads and counts them, unless they are asked for", async () => {
    const read = exportTask("read", {}, { readOnly: true });
    const files = { "a.json": trail(GOOD, read, { ...unrelated("other"), readOnly: true }) };
    const without = await replayJson(files);
    expect([without.requests.length, without.replay.reads]).toEqual([1, 2]);
    const included = await replayJson(files, "--include-reads");
    expect([included.requests.length, included.replay.reads]).toEqual([2, 0]);
    expect((await replay(files)).stdout).toContain("2 reads skipped");
  });

  it("counts an event once that is told twice", async () => {
    const files = { "a.json": trail(BAD, BAD), "b.jsonl": JSON.stringify(BAD) };
    const { requests, replay: counts } = await replayJson(files);
    expect([requests.length, counts.repeated]).toEqual([1, 2]);
    expect((await replay(files)).stdout).toContain("1 of 1 call would have been stopped");
  });

  it("leaves out checks that need facts of that day, and says so", async () => {
    const tasks = { DataRepositoryTasks: [] };
    const { status, stdout } = await replay(
      { "a.json": trail(GOOD), "facts/tasks.yaml": JSON.stringify(tasks) },
      "--context",
      "facts",
    );
    expect([status, stdout]).toEqual([0, expect.stringMatching(/\d+ checks of 1 call left out/)]);
  });

  it("checks callers against policies that are given, with the condition keys of the records", async () => {
    const allow = (condition: object) => ({
      UserDetailList: [],
      GroupDetailList: [],
      Policies: [],
      RoleDetailList: [
        {
          RoleName: "StorageOperator",
          Path: "/ops/",
          Arn: "arn:aws:iam::123456789012:role/ops/StorageOperator",
          AssumeRolePolicyDocument: {},
          AttachedManagedPolicies: [],
          RolePolicyList: [
            {
              PolicyName: "p",
              PolicyDocument: {
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Condition: condition }],
              },
            },
          ],
        },
      ],
    });
    const call = { ...GOOD, sourceIPAddress: "192.0.2.7" };
    for (const [address, outcome] of [
      ["192.0.2.0/24", "pass"],
      ["198.51.100.0/24", "fail"],
    ] as const) {
      const policy = allow({ IpAddress: { "aws:SourceIp": address } });
      const files = { "t/a.json": trail(call), "policies/iam.json": JSON.stringify(policy) };
      const cwd = directory(files);
      const { stdout } = await runCli(
        ["replay", "t", "--policy", "policies", "--format", "json", "--no-config"],
        { cwd },
      );
      expect(JSON.parse(stdout).requests).toMatchObject([{ outcome }]);
    }
  });

  it("goes by rules of one's own and by waivers", async () => {
    const waiver = "{ code: fsx/export-paths-relative, reason: seen accepted, expires: 2999-01-01 }";
    const cwd = directory({ "t/a.json": trail(BAD), "countersign.yaml": `waivers:\n  - ${waiver}\n` });
    expect((await runCli(["replay", "t"], { cwd })).status).toBe(0);
    expect((await runCli(["replay", "t", "--no-config"], { cwd })).status).toBe(1);
  });

  it.each([
    [
      "cut",
      gzipSync(
        trail(...Array.from({ length: 500 }, (_, index) => exportTask(`${Math.sin(index)}`))),
      ).subarray(0, -40),
    ],
    ["broken", `{"Records":[${JSON.stringify(GOOD)},{"eventVersion":"1.0","eventName":"x}]}`],
  ])("says what of a %s file it can't read, and reads the rest", async (_, content) => {
    const files = { "a_CloudTrail_x.json.gz": content, "b.json": trail(GOOD) };
    const { stdout, status } = await replay(files);
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/not read: a_CloudTrail_x\.json\.gz:1:\d+: /),
    ]);
    expect(stdout).toContain("in 2 files");
    const report = await replayJson(files);
    expect([report.status, report.outcome]).toEqual([1, "fail"]);
  });

  it("exits 3 where no record was read, and 2 where a file doesn't exist", async () => {
    const cwd = directory({ "empty/a.json": trail(), "none/x.json.gz": gzipSync("{}") });
    const run = async (...args: string[]) =>
      (await runCli(["replay", ...args, "--no-config"], { cwd })).status;
    expect(await run("empty")).toBe(3);
    expect(await run("none")).toBe(3);
    expect(await run("empty", "--allow-empty")).toBe(0);
    expect(await run("none/x.json.gz")).toBe(3);
    expect(await run("none/x.json.gz", "--format", "json")).toBe(3);
    expect(await run("missing.json")).toBe(2);
    expect(await run("missing.json", "--format", "json")).toBe(2);
  });

  it("exits 0 where a trail has no call of an operation with a schema", async () => {
    for (const format of ["text", "json"]) {
      const { status } = await replay({ "a.json": trail(unrelated("x")) }, "--format", format);
      expect(status).toBe(0);
    }
  });

  it("passes over digests and Insights", async () => {
    const cwd = directory({
      "AWSLogs/1/CloudTrail/a.json.gz": gzipSync(trail(GOOD)),
      "AWSLogs/1/CloudTrail-Digest/d.json.gz": gzipSync(
        JSON.stringify({ digestStartTime: "x", logFiles: [] }),
      ),
      "AWSLogs/1/CloudTrail-Insight/i.json.gz": gzipSync(trail({ ...BAD, eventCategory: "Insight" })),
    });
    const { status, stdout } = await runCli(["replay", "AWSLogs", "--no-config"], { cwd });
    expect([status, stdout]).toEqual([0, expect.stringContaining("1 record in 1 file")]);
  });

  it("reads standard input, compressed or not", async () => {
    for (const stdin of [trail(GOOD), gzipSync(trail(GOOD))] as RunOptions["stdin"][]) {
      const options = stdin === undefined ? {} : { stdin };
      const { stdout } = await runCli(["replay", "-", "--no-config"], options);
      expect(stdout).toContain("0 of 1 call would have been stopped");
    }
  });

  const identities: [string, object, string][] = [
    ["Root", { type: "Root", arn: "arn:aws:iam::1:root" }, "arn:aws:iam::1:root"],
    ["IAMUser", { type: "IAMUser", arn: "arn:aws:iam::1:user/a", userName: "a" }, "arn:aws:iam::1:user/a"],
    [
      "FederatedUser",
      {
        type: "FederatedUser",
        arn: "arn:aws:sts::1:federated-user/f",
        sessionContext: { sessionIssuer: { arn: "arn:aws:iam::1:user/a" } },
      },
      "arn:aws:iam::1:user/a",
    ],
    ["AWSService", { type: "AWSService", invokedBy: "backup.amazonaws.com" }, "backup.amazonaws.com"],
    ["AWSAccount", { type: "AWSAccount", principalId: "AIDA", accountId: "210987654321" }, "AIDA"],
    ["WebIdentityUser", { type: "WebIdentityUser", principalId: "www:app:user", userName: "user" }, "user"],
    ["SAMLUser", { type: "SAMLUser", principalId: "p:s", userName: "saml" }, "saml"],
    ["IdentityCenterUser", { type: "IdentityCenterUser", accountId: "1", onBehalfOf: { userId: "u" } }, "1"],
    ["no identity", {}, "unknown"],
  ];
  it.each(identities)("names a principal of type %s", async (_, userIdentity, name) => {
    const { replay: counts } = await replayJson({ "a.json": trail({ ...BAD, userIdentity }) });
    expect(counts.stopped.byPrincipal).toEqual([{ name, calls: 1 }]);
  });

  it("survives records of wrong types", async () => {
    const wrong = [null, 1, "x", [], { eventName: 1, eventSource: 2 }, [[]]];
    const odd = [
      "userIdentity",
      "eventTime",
      "errorCode",
      "requestParameters",
      "responseElements",
      "eventID",
    ].map((key) => ({
      ...createRecord("odd", { eventSource: "fsx.amazonaws.com", eventName: "CreateDataRepositoryTask" }),
      eventID: `odd-${key}`,
      [key]: [{ a: 1 }],
    }));
    const { status, stdout } = await replay({
      "a.json": `{"Records":${JSON.stringify([...wrong, ...odd, BAD])}}`,
    });
    expect(stdout).not.toContain("fault of countersign");
    expect(status).toBe(1);
  });
});

describe("docs/replay.md", () => {
  it("shows what is printed of the example", async () => {
    const { stdout } = await runCli(["replay", "examples/trail", "--no-config"]);
    expect(readText("docs/replay.md")).toContain(`\`\`\`text\n${stdout}\`\`\``);
  });
});

describe("the answer of AWS", () => {
  it.each([
    ["AccessDenied", "denied"],
    ["AccessDeniedException", "denied"],
    ["Client.UnauthorizedOperation", "denied"],
    ["ValidationException", "refused"],
    ["InvalidParameterValueException", "refused"],
    ["BadRequest", "refused"],
    ["FileSystemNotFound", "refused"],
    ["ThrottlingException", undefined],
    ["Client.RequestLimitExceeded", undefined],
    ["InternalServerError", undefined],
    ["ServiceUnavailableException", undefined],
    ["ExpiredTokenException", undefined],
    ["403", "denied"],
    ["Forbidden", "denied"],
    ["AuthorizationErrorException", "denied"],
    ["InsufficientPrivilegesException", "denied"],
    ["AuthorizationHeaderMalformed", "refused"],
    ["InvalidPermission.NotFound", "refused"],
    ["503", undefined],
    ["Server.Unavailable", undefined],
    ["ProvisionedThroughputExceededException", undefined],
  ])("is told of the error %s", async (errorCode, aws) => {
    const { requests } = await replayJson({ "a.json": trail(answered("x", errorCode)) });
    expect(requests[0].aws).toBe(aws);
  });
});

describe("the answer of AWS in words", () => {
  it.each([
    [
      "denied",
      { errorCode: "BadRequest", errorMessage: "User: a is not authorized to perform: s3:GetObject" },
    ],
    ["denied", { errorCode: "ValidationException", errorMessage: "with an explicit deny in a policy" }],
    ["refused", { errorMessage: "The file system is gone." }],
    ["refused", { responseElements: { errorCode: "BadRequest", errorMessage: "m" } }],
    ["accepted", { responseElements: { errorMessage: "of another kind" } }],
    ["accepted", { errorCode: "", errorMessage: "" }],
  ])("is %s", async (aws, more) => {
    const { requests } = await replayJson({ "a.json": trail(exportTask("x", {}, more)) });
    expect(requests).toMatchObject([{ aws }]);
  });
});

describe("a past call that a service made for a principal", () => {
  it("isn't undecided for that, if no policies are given", async () => {
    const userIdentity = {
      type: "IAMUser",
      arn: "arn:aws:iam::123456789012:user/a",
      invokedBy: "cloudformation.amazonaws.com",
    };
    const { requests, diagnostics } = await replayJson({ "a.json": trail({ ...GOOD, userIdentity }) });
    expect([requests[0].outcome, diagnostics]).toEqual(["pass", []]);
    const { stdout } = await replay({ "a.json": trail({ ...GOOD, userIdentity }) });
    expect(stdout).toContain("(1 pass, 0 fail): 1");
  });
});

describe("a read", () => {
  it("may be told by a text", async () => {
    const { replay: counts } = await replayJson({ "a.json": trail(GOOD, { ...BAD, readOnly: "true" }) });
    expect(counts).toMatchObject({ records: 2, reads: 1, calls: 1 });
  });
});

describe("a trail that is made to harm", () => {
  it("can't control a terminal", async () => {
    const record = {
      ...BAD,
      eventID: "\u001b[2J",
      userIdentity: { type: "Root", arn: "arn:\u001b]0;x\u0007" },
    };
    const { stdout } = await replay({ "a.json": trail(record) });
    expect(stdout).not.toMatch(/[\u001b\u0007]/);
  });
});

describe("toWeek", () => {
  it.each([
    ["2026-01-01T00:00:00Z", "2026-W01"],
    ["2025-12-29T00:00:00Z", "2026-W01"],
    ["2027-01-03T23:59:59Z", "2026-W53"],
    ["2024-12-30T12:00:00Z", "2025-W01"],
    ["x", "unknown"],
  ])("names the week of %s by ISO 8601", (time, week) => expect(toWeek(time)).toBe(week));
});

describe("RecentIds", () => {
  it("knows at least the ids that were added last, and not many more", () => {
    const ids = new RecentIds(10);
    for (let id = 0; id < 100; id++) ids.add(String(id));
    expect(Array.from({ length: 10 }, (_, back) => ids.has(String(99 - back)))).toEqual(Array(10).fill(true));
    expect(ids.has("70")).toBe(false);
  });
});
