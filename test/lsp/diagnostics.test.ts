import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory } from "../cli/run.ts";
import { startHere, uriOf } from "./client.ts";

const REQUEST = `operation: fsx:CreateDataRepositoryTask
request:
  Type: EXPORT_TO_REPOSITRY
  FileSystemId: fs-0123456789abcdef0
  Paths: [results/run-7]
  Report: { Enabled: false }
`;

const codesOf = ({ diagnostics }: { diagnostics: readonly { code?: string | number | undefined }[] }) =>
  diagnostics.map(({ code }) => code);

async function openIn(files: Record<string, string>, name: string, text: string, languageId?: string) {
  const root = directory({ ".git/HEAD": "", ...files });
  const client = startHere();
  await client.initialize(root);
  const uri = uriOf(join(root, name));
  await client.open(uri, text, languageId);
  return { root, client, uri, first: await client.diagnostics(uri) };
}

describe("diagnostics of the language server", () => {
  it("are those of the unsaved text, with undecided checks as information", async () => {
    const text = REQUEST.replace("REPOSITRY", "REPOSITORY").replace("fs-0", "fs-");
    const { first } = await openIn({ "a.yaml": "saved: true\n" }, "a.yaml", text);
    const undecided = first.diagnostics.filter(({ message }) => message.startsWith("undecided: "));
    expect(undecided.length).toBeGreaterThan(0);
    expect(undecided.every(({ severity }) => severity === 3)).toBe(true);
  });

  it("follow the configuration of the workspace, and its changes", async () => {
    const config = 'rules: { "fsx/export-paths-leading-slash": error }\n';
    const text = REQUEST.replace("REPOSITRY", "REPOSITORY").replace("[results", "[/results");
    const { client, first, uri, root } = await openIn({ "countersign.yaml": config }, "a.yaml", text);
    const about = (from: typeof first) =>
      from.diagnostics.find(({ code }) => code === "fsx/export-paths-leading-slash")?.severity;
    expect(about(first)).toBe(1);
    writeFileSync(join(root, "countersign.yaml"), 'rules: { "fsx/export-paths-leading-slash": off }\n');
    client.published.length = 0;
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uriOf(join(root, "countersign.yaml")), type: 2 }],
    });
    expect(about(await client.diagnostics(uri))).toBeUndefined();
  });

  it("say that nothing is checked where the configuration can't be used", async () => {
    const { client, first, root } = await openIn({ "countersign.yaml": "ruls: {}\n" }, "a.yaml", REQUEST);
    expect(first.diagnostics).toEqual([
      expect.objectContaining({ severity: 1, message: expect.stringContaining("not checked") }),
    ]);
    const config = await client.diagnostics(uriOf(join(root, "countersign.yaml")));
    expect(config.diagnostics[0]).toMatchObject({ severity: 1, range: { start: { line: 0, character: 0 } } });
  });

  it("count UTF-16 units, and carriage returns as the editor does", async () => {
    const text = `# 😀\roperation: fsx:CreateDataRepositoryTask\r\nrequest: { Type: "😀X" }\r\n`;
    const { first } = await openIn({}, "a.yaml", text.replace("\r", "\n"));
    const found = first.diagnostics.find(({ code }) => code === "schema/enum");
    expect(found?.range).toEqual({ start: { line: 2, character: 17 }, end: { line: 2, character: 22 } });
  });

  it("are in the payload's file, whose unsaved text counts, and name the command", async () => {
    const payload = JSON.stringify({ Type: "EXPORT", FileSystemId: "fs-0123456789abcdef0" });
    const script = "aws fsx create-data-repository-task --cli-input-json file://task.json\n";
    const { client, uri, root } = await openIn({ "task.json": payload }, "run.sh", script, "shellscript");
    const task = uriOf(join(root, "task.json"));
    const found = await client.diagnostics(task);
    expect(codesOf(found)).toContain("schema/enum");
    expect(found.diagnostics[0]?.relatedInformation?.[0]?.location.uri).toBe(uri);
    client.published.length = 0;
    await client.open(task, payload.replace("EXPORT", "EXPORT_TO_REPOSITORY"), "json");
    const mended = await client.diagnostics(task, (params) => !codesOf(params).includes("schema/enum"));
    expect(codesOf(mended)).toContain("fsx/file-system-available");
    client.published.length = 0;
    await client.close(uri);
    expect(codesOf(await client.diagnostics(task, ({ diagnostics }) => diagnostics.length === 0))).toEqual(
      [],
    );
  });

  it.each([
    [
      "a template of CloudFormation",
      "t.yaml",
      "yaml",
      'Resources:\n  S:\n    Type: AWS::Scheduler::Schedule\n    Properties:\n      ScheduleExpression: rate(1 day)\n      Target:\n        Arn: arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask\n        RoleArn: arn:aws:iam::123456789012:role/r\n        Input: \'{"Type": "NO"}\'\n',
    ],
    [
      "a script",
      "s.sh",
      "shellscript",
      "aws fsx create-data-repository-task --type NO --report Enabled=false --file-system-id fs-0123456789abcdef0\n",
    ],
    [
      "a program",
      "p.py",
      "python",
      'import boto3\nboto3.client("fsx").create_data_repository_task(Type="NO", Report={"Enabled": False}, FileSystemId="fs-0123456789abcdef0")\n',
    ],
    [
      "a state machine",
      "m.asl.json",
      "json",
      '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:fsx:createDataRepositoryTask","Parameters":{"Type":"NO"},"End":true}}}',
    ],
    [
      "a notebook",
      "n.ipynb",
      "json",
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
        cells: [
          {
            cell_type: "code",
            metadata: {},
            outputs: [],
            execution_count: null,
            source: [
              "import boto3\n",
              'boto3.client("fsx").create_data_repository_task(Type="NO", Report={"Enabled": False}, FileSystemId="fs-0123456789abcdef0")',
            ],
          },
        ],
      }),
    ],
  ])("are found in %s", async (_what, name, languageId, text) => {
    const { first } = await openIn({}, name, text, languageId);
    expect(codesOf(first)).toContain("schema/enum");
  });

  it("are none in a file without requests, and in one of other people", async () => {
    expect((await openIn({}, "a.yaml", "name: x\n")).first.diagnostics).toEqual([]);
  });

  it("say that a text is too long to be checked while typing", async () => {
    const { first } = await openIn({}, "a.yaml", REQUEST + "#".repeat(1024 * 1024));
    expect(first.diagnostics).toEqual([
      expect.objectContaining({ severity: 3, message: expect.stringContaining("longer than 1 MiB") }),
    ]);
  });
});
