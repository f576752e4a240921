import { describe, expect, it } from "vitest";
import { findInnerPrograms } from "../../../src/requests/programs/find.ts";
import { builtinSchemas } from "../../../src/schema/builtin.ts";
import { printed } from "./print.ts";
import { placesOf, readProgram } from "./read.ts";

/** Marks in the text say where things are expected: `«` before a member's name, `»` before its value. */
async function expectPlaces(file: string, marked: string, path: readonly string[]): Promise<void> {
  const text = marked.replaceAll(/[«»]/g, "");
  const place = (mark: string): string => {
    const before = marked.slice(0, marked.indexOf(mark)).replaceAll(/[«»]/g, "");
    return `${before.split("\n").length}:${before.length - before.lastIndexOf("\n")}`;
  };
  const inner = await findInnerPrograms(file, text, { schemas: builtinSchemas });
  const isInner = /\.(?:md|ya?ml|json)$/.test(file);
  const { requests } = isInner ? inner! : await readProgram(file, text);
  expect(requests.map(({ payload }) => printed(payload))).toHaveLength(1);
  expect(placesOf(requests[0]!, path, text)).toEqual([place("«"), place("»")]);
}

const GO_IMPORT = 'package main\r\n\r\nimport "github.com/aws/aws-sdk-go-v2/service/fsx"\r\n';

describe("places in programs are exact", () => {
  it.each([
    [
      "tabs and CRLF",
      "a.py",
      'def f():\r\n\tfsx.create_data_repository_task(\r\n\t\t«Type=»"T")\r\n',
      ["Type"],
    ],
    [
      "characters of two units",
      "a.py",
      '"😀"; fsx.create_data_repository_task(Paths=["😀"], «Type=»"T")\n',
      ["Type"],
    ],
    [
      "escapes before",
      "a.py",
      "fsx.create_data_repository_task(Paths=[\"\\u00e9\\n\"], «Type=»'T')\n",
      ["Type"],
    ],
    [
      "JSON in a text of a template",
      "a.ts",
      `${[
        "new CfnSchedule(this, 's', { target: { arn: 'arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask',",
        '  input: `{"FileSystemId": "${fs.ref}",\t«"Type": »"T"}` } });',
      ].join("\n")}\n`,
      ["Type"],
    ],
    [
      "JSON in a text with escapes",
      "a.js",
      `${[
        "new CfnSchedule(this, 's', { target: { arn: 'arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask',",
        '  input: "{\\"Paths\\": [], «\\"Type\\": »\\"T\\"}" } });',
      ].join("\n")}\n`,
      ["Type"],
    ],
    [
      "Go with CRLF",
      "a.go",
      `${GO_IMPORT}func f() {\r\nin := fsx.CreateDataRepositoryTaskInput{\r\n\t«Type: »"T",\r\n}\r\n}\r\n`,
      ["Type"],
    ],
    [
      "a heredoc that isn't indented",
      "a.tf",
      `${[
        'resource "aws_scheduler_schedule" "s" {',
        "  target {",
        '    arn = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"',
        "    input = <<EOT",
        '{"FileSystemId": "${local.x}", «"Type": »"T"}',
        "EOT",
        "  }",
        "}",
      ].join("\n")}\n`,
      ["Type"],
    ],
    [
      "a fence in a list of Markdown",
      "a.md",
      '1. Export:\n\n   ```python\n   fsx.create_data_repository_task(\n       «Type=»"T")\n   ```\n',
      ["Type"],
    ],
    [
      "a fence of Ruby",
      "a.md",
      '```ruby\nfsx = Aws::FSx::Client.new\nfsx.create_data_repository_task(«type: »"T")\n```\n',
      ["Type"],
    ],
    [
      "a fence of PHP without a tag",
      "a.md",
      "```php\n$fsx = new Aws\\FSx\\FSxClient([]);\n$fsx->createDataRepositoryTask([«'Type' => »'T']);\n```\n",
      ["Type"],
    ],
    [
      "a fence of C#",
      "a.md",
      '```csharp\nusing Amazon.FSx.Model;\nvar r = new CreateDataRepositoryTaskRequest { «Type = »"T" };\n```\n',
      ["Type"],
    ],
    ["a fence of PowerShell", "a.md", "```ps1\nNew-FSXDataRepositoryTask «-Type »EXPORT\n```\n", ["Type"]],
    [
      "code of a function in YAML",
      "a.yaml",
      `${[
        "Resources:",
        "  F:",
        "    Type: AWS::Lambda::Function",
        "    Properties:",
        "      Runtime: python3.13",
        "      Code:",
        "        ZipFile: |",
        "          import boto3",
        "          def handler(event, context):",
        '              boto3.client("fsx").create_data_repository_task(«Type=»"T")',
      ].join("\n")}\n`,
      ["Type"],
    ],
  ])("%s", async (_, file, marked, path) => {
    await expectPlaces(file, marked, path);
  });
});

const EVICT = "gw.evict_files_failing_upload(FileShareARN=arn, ForceRemove=True)";
const SAID = 'countersign: justification="INC-1: wedged"';

describe("a justification in a comment at a call", () => {
  it.each([
    ["above the call", "a.py", `# ${SAID}\n${EVICT}\n`],
    ["above, among other comments", "a.py", `# ${SAID}\n# more\n${EVICT}\n`],
    ["above the statement", "a.py", `# ${SAID}\nresponse = (\n    ${EVICT}\n)\n`],
    ["at its end", "a.py", `${EVICT}  # ${SAID}\n`],
    [
      "in TypeScript, inside",
      "a.ts",
      `import { EvictFilesFailingUploadCommand as E } from "@aws-sdk/client-storage-gateway";\nawait c.send(new E({\n  // ${SAID}\n  ForceRemove: true }));\n`,
    ],
    [
      "in a block comment",
      "a.ts",
      `import { EvictFilesFailingUploadCommand as E } from "@aws-sdk/client-storage-gateway";\n/* ${SAID} */\nawait c.send(new E({ ForceRemove: true }));\n`,
    ],
    [
      "above a resource",
      "a.tf",
      `# ${SAID}\nresource "aws_scheduler_schedule" "s" {\n  target {\n    arn = "arn:aws:scheduler:::aws-sdk:storagegateway:evictFilesFailingUpload"\n    input = jsonencode({ ForceRemove = true })\n  }\n}\n`,
    ],
  ])("counts %s", async (_, file, text) => {
    const { requests } = await readProgram(file, text);
    expect(requests.map(({ justification }) => justification)).toEqual(["INC-1: wedged"]);
  });

  it.each([
    ["above another statement", `# ${SAID}\nx = 1\n${EVICT}\n`],
    ["behind an empty line", `# ${SAID}\n\n${EVICT}\n`],
    ["at the end of the line before", `x = 1  # ${SAID}\n${EVICT}\n`],
    ["in a text", `"# ${SAID.replaceAll('"', "'")}"\n${EVICT}\n`],
  ])("does not count %s", async (_, text) => {
    const { requests } = await readProgram("a.py", text);
    expect(requests.map(({ justification }) => justification)).toEqual([undefined]);
  });

  it("is told apart from what no such comment may say", async () => {
    const { faults } = await readProgram("a.py", `# countersign: reason=x\n${EVICT}\n`);
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining("`reason`")]);
  });
});
