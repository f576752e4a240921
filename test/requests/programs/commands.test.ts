import { describe, expect, it } from "vitest";
import { LineIndex } from "../../../src/diagnostics/lines.ts";
import COMMANDS from "./commands.json" with { type: "json" };
import { payloadsIn, readProgram } from "./read.ts";

describe("commands that a program runs", () => {
  it.each(COMMANDS)("are read in $file: $title", async ({ file, text, payloads }) => {
    expect(await payloadsIn(file, text)).toEqual(payloads);
  });

  it.each([
    ["text in another's", 'print("aws fsx create-data-repository-task --file-system-id fs-1")\n'],
    ["function of the program's own", 'def system(x): pass\nsystem("aws fsx create-data-repository-task")\n'],
    ["text of another program", 'subprocess.run(["python3", "-c", "aws fsx create-data-repository-task"])\n'],
  ])("are not taken from a %s", async (_, text) => {
    expect(await payloadsIn("a.py", text)).toEqual([]);
  });

  it("lead to the word that one edits", async () => {
    const text = 'import os\nos.system("aws fsx create-data-repository-task \\\n  --type EXPORT")\n';
    const { requests } = await readProgram("a.py", text);
    const { line, column } = new LineIndex(text).place(
      requests[0]!.document.span(["request", "Type"], "value"),
    );
    expect([line, column]).toEqual([3, 10]);
  });

  it("take the justification of a comment at the call", async () => {
    const text =
      '// countersign: justification="INC-1"\nexecSync("aws storagegateway evict-files-failing-upload --force-remove");\n';
    const { requests } = await readProgram("a.js", `const { execSync } = require("child_process");\n${text}`);
    expect(requests.map(({ justification }) => justification)).toEqual(["INC-1"]);
  });
});

describe("a text of Terraform", () => {
  it("keeps the blanks beside its holes", async () => {
    const text =
      'locals { a = "x" }\nresource "aws_scheduler_schedule" "s" {\n  target {\n    arn = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"\n    input = jsonencode({ Type = "a ${local.a} c", Paths = ["a ${~ local.a ~} c", " "] })\n  }\n}\n';
    expect(await payloadsIn("a.tf", text)).toEqual([
      { Type: "a x c", Paths: [{ $unknown: '"a ${~ local.a ~} c"' }, " "] },
    ]);
  });
});

describe("what a program's command gives to something else is unread", () => {
  const TARGET = '{"Arn":"arn:aws:scheduler:::aws-sdk:storagegateway:evictFilesFailingUpload","Input":"{}"}';

  it.each([
    ["the target of a schedule", ["aws", "scheduler", "create-schedule", "--name", "x", "--target", TARGET]],
    [
      "the commands of a machine",
      [
        "aws",
        "ssm",
        "send-command",
        "--parameters",
        "commands=[aws storagegateway evict-files-failing-upload]",
      ],
    ],
    [
      "the words of a container",
      ["aws", "batch", "submit-job", "--x", "command=aws,storagegateway,evict-files-failing-upload"],
    ],
  ])("%s", async (_, words) => {
    const { unread } = await readProgram(
      "a.py",
      `import subprocess\nsubprocess.run(${JSON.stringify(words)})\n`,
    );
    expect(unread).toHaveLength(1);
  });

  it("but the target of a schedule that makes no call is nothing", async () => {
    const words = ["aws", "scheduler", "create-schedule", "--target", '{"Arn":"arn:aws:lambda:x"}'];
    const text = `import subprocess\nsubprocess.run(${JSON.stringify(words)})\nevict_files_failing_upload = 1\n`;
    expect((await readProgram("a.py", text)).unread).toEqual([]);
  });
});
