import { describe, expect, it } from "vitest";
import { listInFile } from "../list-in-files.ts";

type Cell = readonly [type: "code" | "markdown", source: string];

const notebook = (cells: readonly Cell[], language = "python"): string =>
  JSON.stringify({
    cells: cells.map(([cell_type, source]) => ({ cell_type, metadata: {}, source: source.split(/(?<=\n)/) })),
    metadata: { kernelspec: { language, name: language } },
  });

const listInCell = (source: string, language?: string): Promise<string[]> =>
  listInFile("a.ipynb", notebook([["code", source]], language));

const PYTHON = 'import boto3\nboto3.client("fsx").create_data_repository_task(FileSystemId="fs-1")\n';
const COMMAND =
  'import { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";\nnew Task({ FileSystemId: "fs-1" });\n';
const RUBY =
  'require "aws-sdk-fsx"\nAws::FSx::Client.new.create_data_repository_task(file_system_id: "fs-1")\n';
const SHELL = "aws fsx create-data-repository-task --file-system-id fs-1\n";
const READ = [expect.stringMatching(/^\d+:\d+ \{"FileSystemId":"fs-1"\}$/)];
const SAID = [expect.stringMatching(/^\d+ a call of `\w+:\w+` stands in a program/)];

describe("a cell that something else than the kernel runs", () => {
  it.each([
    `%%javascript\n${COMMAND}`,
    `%%js\n${COMMAND}`,
    `%%script node\n${COMMAND}`,
    `%%html\n<script type="module">\n${COMMAND}</script>`,
    `%%ruby\n${RUBY}`,
    `%%script --no-raise-error /usr/bin/env ruby\n${RUBY}`,
    `%%python3\n${PYTHON}`,
    `%%powershell\nNew-FSXDataRepositoryTask -FileSystemId fs-1`,
    `%sh\n${SHELL}`,
    `# in a shell\n%%bash\n${SHELL}`,
    `%%writefile app.mjs\n${COMMAND}`,
    `%%writefile -a run.sh\n${SHELL}`,
    `%%writefile README.md\n\`\`\`python\n${PYTHON}\`\`\`\n`,
  ])("is read: %s", async (source) => {
    expect(await listInCell(source)).toEqual(READ);
  });

  it.each([
    `%%js\ngw.evictFilesFailingUpload({ FileShareARN: arn })`,
    `%%html\n<script>gw.evictFilesFailingUpload({ FileShareARN: arn })</script>`,
    `%%cmd\n${SHELL}`,
    `%%writefile run.bat\n${SHELL}`,
    `%%perl\n$gw->EvictFilesFailingUpload(FileShareARN => $arn);`,
  ])("is said where it isn't read: %s", async (source) => {
    expect(await listInCell(source)).toEqual(SAID);
  });

  it("knows no names of the kernel's", async () => {
    const text = notebook([
      ["code", 'arn = "arn:x"'],
      ["code", 'const arn = "arn:y"'],
      ["code", `%%ruby\n${RUBY.replace('"fs-1"', "arn")}`],
    ]);
    expect(await listInFile("a.ipynb", text)).toEqual([expect.stringContaining('"$unknown":"arn"')]);
  });
});

describe("a notebook of another language", () => {
  it.each([
    ["typescript", COMMAND],
    ["javascript", COMMAND],
    ["ruby", RUBY],
    [
      "C#",
      'using Amazon.FSx.Model;\nvar r = new CreateDataRepositoryTaskRequest { FileSystemId = "fs-1" };\n',
    ],
    [".net-powershell", "#!pwsh\nNew-FSXDataRepositoryTask -FileSystemId fs-1"],
  ])("is read: %s", async (language, source) => {
    expect(await listInCell(source, language)).toEqual(READ);
  });
});

describe("the text of a notebook", () => {
  it.each([`Call it:\n\n\`\`\`python\n${PYTHON}\`\`\`\n`, `Run:\n\n\`\`\`bash\n${SHELL}\`\`\`\n`])(
    "is read as a page: %s",
    async (source) => {
      expect(await listInFile("a.ipynb", notebook([["markdown", source]]))).toEqual(READ);
    },
  );
});
