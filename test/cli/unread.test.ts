import { describe, expect, it } from "vitest";
import { run as find } from "../../src/cli/commands/find.run.ts";
import { REPORTERS } from "../../src/reporters/index.ts";
import { renderReport } from "../../src/run/reports.ts";
import { runCheck } from "../../src/run/run.ts";
import { directory } from "./run.ts";

const GOOD = `operation: storagegateway:EvictFilesFailingUpload
request:
  FileShareARN: arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D
`;
const UNREAD = '#!/bin/bash\naws storagegateway "$1" --force-remove\n';

interface Printed {
  text: string;
  io: Parameters<typeof find>[2];
}

function createIo(): Printed {
  const printed: Printed = {
    text: "",
    io: {
      stdout: (text) => {
        printed.text += text;
      },
      stderr: () => {},
      color: false,
      environment: process.env,
      stdin: 0,
    },
  };
  return printed;
}

const FLAGS = { context: [], rules: [], schemas: [] };

async function check(path: string, flags: object = {}) {
  return runCheck([path], { config: false, ...FLAGS, ...flags }, createIo().io);
}

async function listUnread(path: string): Promise<unknown[]> {
  const printed = createIo();
  await find([path], { schemas: [], format: "json", config: false }, printed.io);
  return JSON.parse(printed.text).unread;
}

const SCHEDULE = `Parameters: { Call: { Type: String } }
Resources:
  Clean:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target:
        Arn: !Sub "arn:aws:scheduler:::aws-sdk:storagegateway:\${Call}"
        Input: "{}"
`;

describe("what `find` lists as unread", () => {
  it.each<[string, Record<string, string>]>([
    ["a command whose operation is a parameter", { "run.sh": UNREAD }],
    [
      "a service that is a variable",
      { "run.sh": 'aws "$SERVICE" evict-files-failing-upload --force-remove\n' },
    ],
    [
      "a command in a place that is not read",
      { "t.json": '{"UserData": "aws fsx create-data-repository-task x"}' },
    ],
    ["a schedule with a hidden action", { "t.yaml": SCHEDULE }],
    ["shell text with an open quote", { "run.sh": `${UNREAD}aws fsx create-data-repository-task '\n` }],
    ["a file in another encoding", { "r.yaml": `${GOOD}\0` }],
    [
      "broken JSON in a template",
      { "t.yaml": SCHEDULE.replace("${Call}", "evictFilesFailingUpload").replace('"{}"', "'{'") },
    ],
  ])("fails a strict check: %s", async (_title, files) => {
    const path = directory({ "good.yaml": GOOD, ...files });
    for (const flags of [{}, { allowEmpty: true, skipUnrelated: true }]) {
      expect(await listUnread(path)).not.toEqual([]);
      expect((await check(path, { ...flags, strict: true })).status).not.toBe(0);
    }
  });

  it("fails a strict check of nothing else, and no check that is not strict", async () => {
    const path = directory({ "run.sh": UNREAD });
    expect((await check(path, { strict: true, allowEmpty: true })).status).toBe(1);
    const { status, checked } = await check(path);
    expect([status, checked.report.outcome]).toEqual([0, "undecided"]);
    expect(checked.report.summary).toMatchObject({ unread: 1, undecided: 1, errors: 0 });
  });
});

describe("document/unread", () => {
  it("stands at the call and says what to do", async () => {
    const { checked } = await check(directory({ "run.sh": UNREAD }));
    expect(checked.report.diagnostics).toMatchObject([
      {
        code: "document/unread",
        status: "undecided",
        severity: "error",
        line: 2,
        column: 5,
        help: expect.any(String),
      },
    ]);
  });

  it.each(Object.keys(REPORTERS))("is shown in the format %s", async (format) => {
    const { checked } = await check(directory({ "run.sh": UNREAD }));
    expect(await renderReport(format, checked, {})).toContain("document/unread");
  });

  it.each(["text", "concise", "github", "markdown"])(
    "is counted in the verdict of the format %s",
    async (format) => {
      const path = directory({ "run.sh": `${UNREAD}aws s3 ls\naws "$@"\n` });
      const text = await renderReport(format, (await check(path)).checked, {});
      expect(text).toContain("0 requests; 1 call not read\n");
      expect(text).toContain(
        "1 AWS call of 1 operation without a schema and 1 AWS call whose operation only the run knows were not checked",
      );
    },
  );

  it("can be waived, known by a baseline, and turned off", async () => {
    const path = directory({ "run.sh": UNREAD });
    const waived = directory({
      "countersign.yaml":
        "waivers: [{ code: document/unread, reason: the caller passes only list operations }]\n",
      "off.yaml": "rules: { document/unread: off }\n",
      "warning.yaml": "rules: { document/unread: warning }\n",
    });
    const strict = { strict: true, allowEmpty: true };
    expect((await check(path, { ...strict, config: `${waived}/countersign.yaml` })).status).toBe(0);
    expect((await check(path, { ...strict, config: `${waived}/off.yaml` })).status).toBe(0);
    const warned = await check(path, { ...strict, config: `${waived}/warning.yaml` });
    expect(warned.checked.report.diagnostics).toMatchObject([{ severity: "warning", status: "undecided" }]);
    const { run: writeBaseline } = await import("../../src/cli/commands/baseline.run.ts");
    const baseline = `${waived}/baseline.json`;
    expect(await writeBaseline([path], { ...FLAGS, config: false, output: baseline }, createIo().io)).toBe(0);
    expect((await check(path, { ...strict, baseline })).status).toBe(0);
  });
});
