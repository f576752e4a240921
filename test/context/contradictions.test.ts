import { describe, expect, it } from "vitest";
import { readContextOf, readFaults, readWarnings } from "./files.ts";
import * as aws from "./outputs.ts";

const RUNNING = { CacheReportStatus: "IN_PROGRESS", ReportCompletionPercent: 40 };

/** Files with contradicting records, and the fault. */
const CONTRADICTIONS: [string, Record<string, unknown>, string][] = [
  [
    "a share",
    {
      "a.json": { NFSFileShareInfoList: [aws.share()] },
      "b.json": {
        NFSFileShareInfoList: [aws.share(aws.OTHER_SHARE), aws.share(aws.SHARE, { LocationARN: "x" })],
      },
    },
    `b.json:11:5 the file share \`${aws.SHARE}\` is described differently here and in \`a.json:3\`: in \`LocationARN\``,
  ],
  [
    "a share by two commands",
    {
      "a.json": { NFSFileShareInfoList: [aws.share()] },
      "b.json": { SMBFileShareInfoList: [aws.share(aws.SHARE, { Authentication: "GuestAccess" })] },
    },
    `b.json:3:5 the file share \`${aws.SHARE}\` is described differently here and in \`a.json:3\`: in \`Authentication\``,
  ],
  [
    "a gateway",
    {
      "a.json": aws.gateway(),
      "b.json": aws.gateway({
        GatewayState: "SHUTDOWN",
        Tags: [],
        GatewayName: "n",
        EndpointType: "STANDARD",
      }),
    },
    `b.json:1:1 the gateway \`${aws.GATEWAY}\` is described differently here and in \`a.json:1\`: in \`GatewayState\`, \`Tags\` and \`GatewayName\` and 1 more member`,
  ],
  [
    "a file system",
    {
      "a.json": {
        FileSystems: [aws.fileSystem(), aws.fileSystem(aws.FILE_SYSTEM, { Lifecycle: "DELETING" })],
      },
    },
    `a.json:15:5 the file system \`${aws.FILE_SYSTEM}\` is described differently here and in \`a.json:3\`: in \`Lifecycle\``,
  ],
  [
    "a mount point",
    { "a.yaml": "mountPoints: {fs-1: /a}", "b.yaml": "mountPoints: {fs-1: /b}" },
    "b.yaml:1:21 the mount point `fs-1` is described differently here and in `a.yaml:1`",
  ],
  [
    "the organization",
    {
      "a.yaml": "organization: {serviceControlPolicies: [[{}]]}",
      "b.yaml": "organization: {serviceControlPolicies: [[]], resourceControlPolicies: []}",
    },
    "b.yaml:1:40 the organization's list `serviceControlPolicies` is described differently here and in `a.yaml:1`",
  ],
  [
    "two ended reports",
    {
      "a.json": { CacheReportInfo: aws.report() },
      "b.json": { CacheReportInfo: aws.report(aws.SHARE, "report-1", { CacheReportStatus: "FAILED" }) },
    },
    `b.json:2:22 the cache report \`${aws.SHARE}/cache-report/report-1\` is described differently here and in \`a.json:2\`: in \`CacheReportStatus\``,
  ],
  [
    "a role",
    {
      "a.json": { RoleDetailList: [{ Arn: "arn:aws:iam::123456789012:role/R", RolePolicyList: [] }] },
      "b.json": { RoleDetailList: [{ Arn: "arn:aws:iam::123456789012:role/R" }] },
    },
    "b.json:3:5 the role `arn:aws:iam::123456789012:role/R` is described differently here and in `a.json:3`: in `RolePolicyList`",
  ],
];

describe("readContext() of contradicting records", () => {
  it.each(CONTRADICTIONS)("reports both positions for %s", async (_what, files, expected) => {
    const { lines: said, faults } = await readFaults(files);
    expect(said).toEqual([expected]);
    expect(faults[0]!.help).toBe("print both again, or leave out what no longer holds");
  });

  it("ignores differences in notation", async () => {
    const { LustreConfiguration, ...rest } = aws.fileSystem();
    const files = {
      "a.json": { FileSystems: [aws.fileSystem()] },
      "b.json": {
        FileSystems: [{ LustreConfiguration, ...rest, CreationTime: "2026-01-01T01:00:00.250+01:00" }],
      },
      "c.json": { FileSystems: [{ ...aws.fileSystem(), CreationTime: "2026-01-01 00:00:00.250000+00:00" }] },
      "d.yaml": `mountPoints: {${aws.FILE_SYSTEM}: /a}\n---\nmountPoints: {${aws.FILE_SYSTEM}: /a}\n`,
    };
    expect(await readWarnings(files)).toEqual([]);
  });
});

describe("readContext() of an older and a newer record", () => {
  const finished = aws.task(aws.FILE_SYSTEM, undefined, { Lifecycle: "SUCCEEDED" });
  const later = aws.task(aws.FILE_SYSTEM, undefined, {
    Status: { TotalCount: 10, SucceededCount: 9, LastUpdatedTime: 1777629960 },
  });

  it.each([
    [
      "the second is finished",
      "a",
      { "a.json": { DataRepositoryTasks: [aws.task()] }, "b.json": { DataRepositoryTasks: [finished] } },
      finished,
    ],
    [
      "the first is finished",
      "b",
      { "a.json": { DataRepositoryTasks: [finished] }, "b.json": { DataRepositoryTasks: [aws.task()] } },
      finished,
    ],
    [
      "the second was updated later",
      "a",
      { "a.json": { DataRepositoryTasks: [aws.task()] }, "b.json": { DataRepositoryTasks: [later] } },
      later,
    ],
  ])("uses the newer one and warns of the older one if %s", async (_title, older, files, expected) => {
    const { store } = await readContextOf(files);
    expect(store.findRecords(aws.EXPORT).dataRepositoryTasks).toEqual([expected]);
    const other = older === "a" ? "b" : "a";
    expect(await readWarnings(files)).toEqual([
      `${older}.json:3:5 this record of the data repository task \`${expected.TaskId}\` is older than the one in \`${other}.json:3\`, which is used`,
    ]);
  });

  it("takes the cache report with less progress as the older one", async () => {
    const files = {
      "a.json": { CacheReportList: [aws.report(aws.SHARE, "report-1", RUNNING)] },
      "b.json": { CacheReportInfo: aws.report() },
    };
    expect((await readContextOf(files)).store.findRecords(aws.EVICT).cacheReports).toEqual([aws.report()]);
    expect((await readWarnings(files))[0]).toContain("a.json:3:5 this record of the cache report");
  });
});

describe("readContext() of lists that differ", () => {
  it("warns, and uses the records of all of them", async () => {
    const files = {
      "a.json": { CacheReportList: [aws.report()] },
      "b.json": { CacheReportList: [aws.report(), aws.report(aws.SHARE, "report-2", RUNNING)] },
    };
    expect((await readContextOf(files)).store.findRecords(aws.EVICT).cacheReports).toHaveLength(2);
    expect(await readWarnings(files)).toEqual([
      `a.json:2:22 the cache report \`${aws.SHARE}/cache-report/report-2\` is in \`b.json:13\`, but not in this list`,
    ]);
  });

  it("warns if a report that was printed by itself is missing from a list", async () => {
    const found = await readWarnings({
      "a.json": { CacheReportList: [aws.report(aws.OTHER_SHARE)] },
      "b.json": { CacheReportInfo: aws.report() },
    });
    expect(found).toHaveLength(1);
  });

  it("doesn't warn if the lists cover different resources", async () => {
    const found = await readWarnings({
      "a.json": { DataRepositoryTasks: [aws.task()] },
      "b.json": { DataRepositoryTasks: [aws.task(aws.OTHER_SYSTEM, "task-2")] },
      "c.json": { DataRepositoryTasks: [] },
      "d.json": { CacheReportList: [aws.report(aws.FAR_SHARE)] },
      "e.json": { CacheReportList: [aws.report()] },
    });
    expect(found).toEqual([]);
  });
});
