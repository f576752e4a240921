import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";
import { type Found, find, lines, RECORDS, text } from "./find-records.ts";
import { exportTask, unrelated } from "./records.ts";

const events = (...records: { eventID: string }[]): string =>
  JSON.stringify({
    Events: records.map((record) => ({ EventId: record.eventID, CloudTrailEvent: JSON.stringify(record) })),
  });

describe("a file of records", () => {
  it.each<[string, string, string | Uint8Array]>([
    ["of a trail", "t.json", text(...RECORDS)],
    ["that is compressed", "t.json.gz", gzipSync(text(...RECORDS))],
    ["that is compressed, though its name doesn't say so", "t.json", gzipSync(text(...RECORDS))],
    [
      "in several members of gzip",
      "t.json.gz",
      Buffer.concat([...RECORDS].map((one) => gzipSync(`${lines(one)}\n`))),
    ],
    ["in JSON lines", "t.jsonl", lines(...RECORDS)],
    ["in JSON lines that end with CR LF", "t.jsonl", lines(...RECORDS).replaceAll("\n", "\r\n")],
    ["in JSON lines with a byte order mark", "t.ndjson", `\uFEFF${lines(...RECORDS)}`],
    ["in compressed JSON lines", "t.jsonl.gz", gzipSync(lines(...RECORDS))],
    ["of lookup-events", "t.json", events(...RECORDS)],
    ["of lookup-events, compressed", "t.json.gz", gzipSync(events(...RECORDS))],
    ["of lookup-events that has one event", "t.json.gz", gzipSync(events(RECORDS[0], RECORDS[2]))],
    [
      "of a query of CloudTrail Lake",
      "t.json.gz",
      gzipSync(
        JSON.stringify({ QueryResultRows: RECORDS.map((one) => [{ eventJson: JSON.stringify(one) }]) }),
      ),
    ],
  ])("%s is read, named or in a walk", async (_, name, content) => {
    for (const path of [name, "."]) {
      const { requests, unread } = await find({ [name]: content }, path);
      expect(unread).toEqual([]);
      expect(requests.map(({ container, operation }) => `${container} ${operation}`)).toEqual([
        "cloudtrail fsx:CreateDataRepositoryTask",
        "cloudtrail fsx:CreateDataRepositoryTask",
      ]);
    }
  });

  it("is listed with the places of its records, compressed or not", async () => {
    const content = JSON.stringify({ note: "é", Records: RECORDS }, null, 2);
    const plain = await find({ "t.json": content });
    const compressed = await find({ "t.json.gz": gzipSync(content) });
    const places = ({ requests }: Found) => requests.map(({ line, column }) => [line, column]);
    expect(places(compressed)).toEqual(places(plain));
    expect(compressed.unchecked).toEqual(plain.unchecked);
  });

  it("counts an event once that several files tell", async () => {
    const cwd = directory({ "a.json": text(RECORDS[0]), "b.json.gz": gzipSync(text(RECORDS[0])) });
    const { stdout } = await runCli(["check", ".", "--format", "json", "--no-config"], { cwd });
    expect(JSON.parse(stdout).requests).toHaveLength(1);
  });

  it("has its findings at their places in the file", async () => {
    const bad = exportTask("z", { paths: ["s3://bucket/a"] });
    const content = `${lines(unrelated("b"))}\n${lines(bad)}\n`;
    const cwd = directory({ "t.json.gz": gzipSync(content) });
    const { stdout } = await runCli(["check", ".", "--format", "json", "--no-config"], { cwd });
    const [finding] = JSON.parse(stdout).diagnostics.filter(
      ({ status }: { status: string }) => status === "failed",
    );
    expect(finding).toMatchObject({
      code: "fsx/export-paths-relative",
      line: 2,
      column: lines(bad).indexOf('"s3://') + 1,
    });
  });
});

describe("check --fix", () => {
  it("changes no record", async () => {
    const record = JSON.stringify(exportTask("a", { type: "EXPORT" }));
    for (const content of [record, gzipSync(record)]) {
      const cwd = directory({ "t.json": content });
      await runCli(["check", "t.json", "--fix", "--no-config"], { cwd });
      expect(readFileSync(join(cwd, "t.json")).equals(Buffer.from(content))).toBe(true);
      const { stdout } = await runCli(["check", "t.json", "--format", "json", "--no-config"], { cwd });
      const { diagnostics } = JSON.parse(stdout);
      expect(diagnostics).toContainEqual(expect.objectContaining({ code: "schema/enum" }));
      expect(diagnostics.filter((each: object) => "fix" in each)).toEqual([]);
    }
  });
});

describe("a broken file of records", () => {
  const [first, , last] = RECORDS;
  const broken = JSON.stringify(exportTask("x"));

  it.each([
    ["a brace is missing", broken.slice(0, -1)],
    ["a string isn't closed", broken.replace('"type":"EXPORT', '"type:"EXPORT')],
    ["it is cut off", broken.slice(0, 300)],
    ["a value is none", broken.replace("false", "fals")],
    ["it is followed by something else", `${broken}x`],
  ])("is read but for the record in which %s", async (_, record) => {
    const list = `{"Records":[${JSON.stringify(first)},${record},${JSON.stringify(last)}]}`;
    const jsonLines = `${JSON.stringify(first)}\n${record}\n${JSON.stringify(last)}\n`;
    for (const content of [list, gzipSync(list), jsonLines, gzipSync(jsonLines)]) {
      const { requests, unread } = await find({ "t.json": content }, "t.json");
      expect(requests.length).toBeGreaterThanOrEqual(2);
      expect(unread).toHaveLength(1);
    }
  });

  it("is read up to where its compressed data ends", async () => {
    const whole = gzipSync(
      text(...Array.from({ length: 2000 }, (_, index) => exportTask(`${Math.sin(index)}`))),
    );
    const { requests, unread } = await find({ "t.json.gz": whole.subarray(0, whole.length - 500) });
    expect(requests.length).toBeGreaterThan(100);
    expect(unread.map(({ why }) => why)).toEqual([expect.stringContaining("the compressed file is cut off")]);
  });

  it("is read behind a value that is larger than any record", async () => {
    const huge = `{"eventVersion":"1.0","eventName":"${"x".repeat(20_000_000)}"}`;
    const { requests, unread } = await find({
      "t.json.gz": gzipSync(`{"Records":[${huge},${JSON.stringify(first)}]}`),
    });
    expect(requests).toHaveLength(1);
    expect(unread.map(({ why }) => why)).toEqual([expect.stringContaining("larger than any record")]);
  });

  it("is left at what nests too deeply", async () => {
    const deep = `{"eventVersion":"1.0","a":${"[".repeat(100_000)}`;
    const { requests, unread } = await find({
      "t.json.gz": gzipSync(`${deep}\n${JSON.stringify(first)}\n`),
    });
    expect(requests).toHaveLength(1);
    expect(unread[0]!.why).toContain("nests deeper");
  });
});

describe("a compressed file that is no trail", () => {
  const others: [string, unknown][] = [
    ["a digest", { digestStartTime: "2026-01-01T00:00:00Z", logFiles: [{ s3Object: "x.json.gz" }] }],
    ["anything else", { a: ["CreateDataRepositoryTask"] }],
    ["a list without records", { Records: [] }],
  ];

  it.each(others)("is passed over in a walk: %s", async (_, content) => {
    const cwd = directory({ "t.json.gz": gzipSync(JSON.stringify(content)) });
    const { status, stdout } = await runCli(["check", ".", "--no-config", "--allow-empty"], { cwd });
    expect([status, stdout]).toEqual([0, expect.not.stringContaining("t.json.gz")]);
  });

  it.each(others)("is said to hold nothing, if it is named: %s", async (_, content) => {
    const cwd = directory({ "t.json.gz": gzipSync(JSON.stringify(content)) });
    const { status, stdout } = await runCli(["check", "t.json.gz", "--no-config"], { cwd });
    expect([status, stdout]).toEqual([3, expect.stringContaining("document/no-request")]);
  });

  it("may hold nothing but zeros", async () => {
    const cwd = directory({ "t.json.gz": gzipSync(Buffer.alloc(30_000_000)) });
    const { status, stdout } = await runCli(["check", "t.json.gz", "--no-config"], { cwd });
    expect([status, stdout]).toEqual([1, expect.stringContaining("document/encoding")]);
  });
});

const COLUMNS = [
  "eventversion",
  "useridentity",
  "eventtime",
  "eventsource",
  "eventname",
  "errorcode",
  "requestparameters",
  "responseelements",
  "eventid",
  "eventtype",
  "readonly",
];

const IDENTITY =
  "{type=AssumedRole, principalid=AROA:s, arn=arn:aws:sts::123456789012:assumed-role/Ops/a,b, accountid=123456789012, " +
  "invokedby=null, sessioncontext={attributes={mfaauthenticated=false, creationdate=x}, " +
  "sessionissuer={type=Role, principalid=AROA, arn=arn:aws:iam::123456789012:role/ops/Ops, username=Ops}}}";

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** What Athena prints of a table of CloudTrail. */
function table(...records: ReturnType<typeof exportTask>[]): string {
  const rows = records.map(({ eventSource, eventName, requestParameters, eventID, errorCode = "" }) => [
    "1.09",
    IDENTITY,
    "2026-03-02T10:11:12Z",
    String(eventSource),
    String(eventName),
    String(errorCode),
    JSON.stringify(requestParameters, null, 1),
    "null",
    eventID,
    "AwsApiCall",
    "false",
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(quote).join(",")}\n`).join("");
}

describe("a table that Athena printed", () => {
  const bad = exportTask("bad", { paths: ['s3://bucket/a,"b"'] });
  const content = table(RECORDS[0], RECORDS[1], bad);

  it.each<[string, string | Uint8Array]>([
    ["t.csv", content],
    ["t.csv", content.replaceAll("\n", "\r\n")],
    ["t.csv.gz", gzipSync(content)],
  ])("is read as records: %s", async (name, text) => {
    const { requests } = await find({ [name]: text }, name);
    expect(requests.map(({ container, operation }) => `${container} ${operation}`)).toEqual(
      Array(2).fill("cloudtrail fsx:CreateDataRepositoryTask"),
    );
  });

  it("has its calls replayed, with their rows and the role of the caller", async () => {
    const cwd = directory({ "t.csv": content });
    const { stdout, status } = await runCli(["replay", ".", "--no-config"], { cwd });
    expect([status, stdout]).toEqual([1, expect.stringContaining("1 of 2 calls would have been stopped")]);
    expect(stdout).toContain("arn:aws:iam::123456789012:role/ops/Ops");
    const line = content.slice(0, content.indexOf(quote("bad"))).split("\n").length;
    const rowLength = JSON.stringify(bad.requestParameters, null, 1).split("\n").length;
    expect(stdout).toContain(`t.csv:${line - rowLength + 1}\n`);
  });

  it("may lack columns, and have rows that can't be read", async () => {
    const rows = 'eventname,eventsource\nCreateDataRepositoryTask,fsx.amazonaws.com\nx\n"CreateData';
    const { stdout, status } = await runCli(["replay", "-", "--no-config"], { stdin: rows });
    expect(status).toBe(1);
    expect(stdout).toContain("undecided, since the record doesn't have all parameters: 1");
    expect(stdout).toContain("<stdin>:3:1: the row has 1 cell, and the header 2");
    expect(stdout).toContain("<stdin>:4:1: a quoted text isn't closed");
  });

  it("is none without the columns of an event", async () => {
    const files = { "t.csv": "a,b\n1,CreateDataRepositoryTask\n", "u.json": text(RECORDS[0]) };
    const { stdout, status } = await runCli(["replay", ".", "--no-config"], { cwd: directory(files) });
    expect([status, stdout]).toEqual([0, expect.not.stringContaining("not read")]);
  });
});

describe("rows of a query without whole records", () => {
  const [{ eventSource, eventName }] = RECORDS;
  const rows = JSON.stringify({
    QueryResultRows: [[{ eventSource }, { eventName }, { requestParameters: "{type=EXPORT}" }]],
  });
  const said = "a row of a query has columns of a record, but not `eventJson`";

  it("are said, never passed over", async () => {
    for (const content of [rows, gzipSync(rows)]) {
      const cwd = directory({ "t.json.gz": content });
      for (const command of ["check", "replay"]) {
        const { stdout, status } = await runCli([command, "t.json.gz", "--no-config"], { cwd });
        expect([status, stdout]).toEqual([1, expect.stringContaining(said)]);
      }
    }
  });
});

describe("a compressed trail", () => {
  it("is read from standard input, too", async () => {
    for (const content of [gzipSync(text(...RECORDS)), gzipSync(table(...RECORDS))]) {
      const { stdout } = await runCli(["find", "-", "--format", "json", "--no-config"], { stdin: content });
      const { requests, unread } = JSON.parse(stdout) as Found;
      expect([requests.length, unread]).toEqual([2, []]);
    }
  });

  it("is said in a walk where it is one by its name, and broken", async () => {
    const broken = Buffer.from([0x1f, 0x8b, 0x08, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const files = { "AWSLogs/1/x.json.gz": broken, "other/y.json.gz": broken, "t.json": text(RECORDS[0]) };
    const { stdout, status } = await runCli(["check", ".", "--no-config"], { cwd: directory(files) });
    expect([status, stdout]).toEqual([1, expect.stringMatching(/x\.json\.gz:1:1/)]);
    expect(stdout).not.toContain("y.json.gz");
  });
});

describe("a record that stands in a text", () => {
  const whole = JSON.stringify(RECORDS[0]);
  const page = (...texts: string[]) =>
    JSON.stringify({ Events: texts.map((CloudTrailEvent) => ({ CloudTrailEvent })) });

  it("is said if the text is cut off", async () => {
    for (const content of [page(whole, whole.slice(0, -40)), gzipSync(page(whole, whole.slice(0, -40)))])
      for (const args of [["check"], ["replay"], ["replay", "--format", "json"]]) {
        const cwd = directory({ "t.json.gz": content });
        const { stdout, status } = await runCli([...args, "t.json.gz", "--no-config"], { cwd });
        const said = expect.stringContaining("a record can't be read: `CloudTrailEvent` is no JSON text");
        expect([status, stdout.replaceAll("\\", "")]).toEqual([1, said]);
      }
  });

  it("is read from what CloudWatch Logs prints", async () => {
    const content = JSON.stringify({ events: RECORDS.map((one) => ({ message: JSON.stringify(one) })) });
    for (const each of [content, gzipSync(content)]) {
      expect((await find({ "t.json.gz": each }, "t.json.gz")).requests).toHaveLength(2);
      const { stdout } = await runCli(["replay", ".", "--no-config"], { cwd: directory({ "t.json": each }) });
      expect(stdout).toContain("0 of 2 calls would have been stopped");
    }
  });

  it("is never passed over in a replay, whatever it stands in", async () => {
    for (const args of [[], ["--format", "json"]]) {
      const cwd = directory({ "t.json": JSON.stringify({ Message: text(RECORDS[0]) }) });
      const { stdout, status } = await runCli(["replay", ".", "--no-config", ...args], { cwd });
      expect([status, stdout]).toEqual([1, expect.stringContaining("a form that isn't known here")]);
    }
  });
});
