import { describe, expect, it } from "vitest";
import { listInFile } from "../list-in-files.ts";

const SAID = /^\d+ which (?:operation|command) of `[^`]+`.* only the run knows|^\d+ a call of `fsx:/;

describe("a call in a file that names no operation is said", () => {
  it.each([
    ["a.py", 'import boto3\nc = boto3.client("fsx")\ngetattr(c, f"create_{kind}_task")(FileSystemId="x")\n'],
    [
      "a.ts",
      'import * as fsx from "@aws-sdk/client-fsx";\nclient.send(new fsx[`${op}Command`]({ FileSystemId: "x" }));\n',
    ],
    ["a.js", 'const AWS = require("aws-sdk");\nconst c = new AWS.FSx();\nc[op]({ FileSystemId: "x" });\n'],
    ["a.rb", 'c = Aws::FSx::Client.new\nc.public_send(op, file_system_id: "x")\n'],
    ["a.php", "<?php\nuse Aws\\FSx\\FSxClient;\n$c = new FSxClient([]);\n$c->{$op}(['Type' => 'A']);\n"],
  ])("where the run puts its name together: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([expect.stringMatching(SAID)]);
  });

  it("but not where the client is of a service without operations here", async () => {
    const text = 'import boto3\nc = boto3.client("ec2")\ngetattr(c, name)(VolumeId="x")\n';
    expect(await listInFile("a.py", text)).toEqual([]);
  });
});

describe("a name in a variable is said where something calls the variable", () => {
  it.each([
    [
      "a.ps1",
      "if ($q) { $c = 'New-FSXDataRepositoryTask' } else { $c = 'Get-Date' }\n& $c -FileSystemId x\n",
    ],
    ["b.ps1", "$all = @{ go = 'New-FSXDataRepositoryTask' }\n& $all.go -FileSystemId x\n"],
    ["c.ps1", "foreach ($c in 'New-FSXDataRepositoryTask','Remove-FSXVolume') { & $c -FileSystemId x }\n"],
    ["a.php", "<?php\narray_map([$c, 'createDataRepositoryTask'], $inputs);\n"],
    [
      "b.php",
      "<?php\n$other->{$op}([]);\ncall_user_func([$c, 'createDataRepositoryTask'], ['Type' => 'A']);\n",
    ],
  ])("in %s", async (file, text) => {
    expect(await listInFile(file, text)).toContainEqual(
      expect.stringMatching(/^\d+ a call of `fsx:CreateDataRepositoryTask`/),
    );
  });
});

describe("a method that several services have", () => {
  it("is said where the service of the client isn't written down", async () => {
    const text = 'import boto3\nboto3.client(service).delete_volume(VolumeId="v")\n';
    expect(await listInFile("a.py", text)).toEqual([
      "2 which service's `delete_volume` this calls, only the run knows",
    ]);
  });

  it.each([
    [
      "another client is in sight",
      'ec2 = boto3.client("ec2")\ndef f(c):\n    c.delete_volume(VolumeId="v")\n',
    ],
    ["it has other arguments", "def f(c):\n    c.delete_volume(Id=1)\n"],
    ["something that is required isn't there", 'def f(c):\n    c.delete_volume(ClientRequestToken="t")\n'],
  ])("isn't where %s", async (_, text) => {
    expect(await listInFile("a.py", `import boto3\n${text}`)).toEqual([]);
  });
});

const READ = /^\d+:\d+ \{"VolumeId":"v"\}$/;

describe("a block of Markdown is read", () => {
  it.each([
    [
      "what is typed into Python's console",
      "pycon",
      '>>> c = boto3.client("fsx")\n>>> c.delete_volume(VolumeId="v")\n{}\n',
    ],
    [
      "the same in a block of Python",
      "python",
      '>>> for f in fs:\n...     boto3.client("fsx").delete_volume(VolumeId="v")\n...\n',
    ],
    [
      "an ellipsis that is none of the console's",
      "python",
      'import boto3\n...\nboto3.client("fsx").delete_volume(VolumeId="v")\n',
    ],
    ["Python without a language", "", 'import boto3\nboto3.client("fsx").delete_volume(VolumeId="v")\n'],
    [
      "TypeScript without a language",
      "",
      'import { DeleteVolumeCommand } from "@aws-sdk/client-fsx";\nnew DeleteVolumeCommand({ VolumeId: "v" } as any);\n',
    ],
  ])("%s", async (_, language, code) => {
    expect(await listInFile("a.md", `# Title\n\n\`\`\`${language}\n${code}\`\`\`\n`)).toEqual([
      expect.stringMatching(READ),
    ]);
  });
});
