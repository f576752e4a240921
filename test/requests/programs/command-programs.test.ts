import { describe, expect, it } from "vitest";
import { listInFile } from "../list-in-files.ts";

const PYTHON = `import boto3; boto3.client("fsx").delete_volume(VolumeId="v")`;
const NODE = `const {FSx}=require("@aws-sdk/client-fsx"); new FSx({}).deleteVolume({VolumeId:"v"})`;
const HERE = `<<'EOF'\nimport boto3\nboto3.client("fsx").delete_volume(VolumeId="v")\nEOF`;

describe("a program that a command runs is read, with its place", () => {
  it.each([
    ["a word for Python", `python3 -c '${PYTHON}'`, "1:27"],
    ["behind options", `python3.12 -u -W ignore -Bc '${PYTHON}'`, "1:44"],
    ["a here-document", `python3 - ${HERE}`, "3:1"],
    ["a here-document without a hyphen", `python ${HERE}`, "3:1"],
    ["a here-string", `python3 <<< '${PYTHON}'`, "1:28"],
    ["behind other commands", `sudo -u x env A=b /usr/bin/python3 - ${HERE}`, "3:1"],
    ["by a tool of its own", `uv run python - ${HERE}`, "3:1"],
    ["in a container", `docker run --rm python:3 python -c '${PYTHON}'`, "1:51"],
    [
      "in a script of a script",
      `ssh host "python3 -c 'import boto3; boto3.client(\\"fsx\\").delete_volume(VolumeId=\\"v\\")'"`,
      "1:37",
    ],
    ["a word for Node.js", `node --require ./a -e '${NODE}'`, "1:68"],
    ["a word for Ruby", `ruby -rx -e 'Aws::FSx::Client.new.delete_volume(volume_id: "v")'`, "1:14"],
    ["a word for PHP", `php -r '(new Aws\\FSx\\FSxClient([]))->deleteVolume(["VolumeId" => "v"]);'`, "1:9"],
    ["a word for PowerShell", "pwsh -NoProfile -Command 'Remove-FSXVolume -VolumeId v'", "1:27"],
  ])("%s", async (_, line, place) => {
    expect(await listInFile("run.sh", `${line}\n`)).toEqual([`${place} {"VolumeId":"v"}`]);
  });

  it.each([
    ["Dockerfile", `FROM x\nCMD ["python", "-c", ${JSON.stringify(PYTHON)}]\n`, "2:37"],
    ["Makefile", `go:\n\tpython3 -c '${PYTHON}'\n`, "2:28"],
    [
      ".gitlab-ci.yml",
      `job:\n  script:\n    - |\n      python3 - ${HERE.replaceAll("\n", "\n      ")}\n`,
      "6:7",
    ],
    ["a.md", `\`\`\`sh\npython3 -c '${PYTHON}'\n\`\`\`\n`, "2:27"],
  ])("in %s", async (file, text, place) => {
    expect(await listInFile(file, text)).toEqual([`${place} {"VolumeId":"v"}`]);
  });

  it("once, where a function is called several times", async () => {
    const text = `f() {\n  python3 -c '${PYTHON}'\n}\nf\nf\n`;
    expect(await listInFile("run.sh", text)).toEqual(['2:29 {"VolumeId":"v"}']);
  });
});

describe("a program that a command runs is said", () => {
  it.each([
    ["something is filled in", `python3 -c "import boto3; boto3.client('fsx').delete_volume(VolumeId='$V')"`],
    ["a pipe gives it", `echo '${PYTHON}' | python3`],
    ["a file has it", `cat > x.py ${HERE}`],
    ["its language isn't read", `perl -e '$fsx->CreateDataRepositoryTask(Type => "v")'`],
    [
      "the call can't be followed",
      `python3 -c 'import boto3; run(boto3.client("fsx").delete_volume, VolumeId="v")'`,
    ],
  ])("where %s", async (_, line) => {
    const found = await listInFile("run.sh", `${line}\n`);
    expect(found).toEqual([expect.stringMatching(/^\d+ .*(?:stands in a text|is handed on)/)]);
  });
});

const COMMAND = "aws fsx delete-volume --volume-id v";

describe("a command that a variable of a machine or a container holds is said", () => {
  it.each([
    ["Dockerfile", `FROM x\nENV RUN="${COMMAND}"\nRUN $RUN\n`],
    ["Makefile", `RUN = ${COMMAND}\ngo:\n\t$(RUN)\n`],
    [
      "docker-compose.yml",
      `services:\n  a:\n    environment:\n      RUN: ${COMMAND}\n    command: sh -c "$$RUN"\n`,
    ],
    [".env", `RUN="${COMMAND}"\n`],
  ])("in %s: %#", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([
      expect.stringMatching(/^\d+ `fsx delete-volume` stands where/),
    ]);
  });
});

describe("a program that a command in a program runs is read", () => {
  const CODE = "import boto3; boto3.client('fsx').delete_volume(VolumeId='v')";

  it.each([
    ["a.py", `import subprocess\nsubprocess.run("python3 -c \\"${CODE}\\"", shell=True)\n`],
    ["a.py", `import os\nos.system("python3 -c \\"${CODE}\\"")\n`],
    ["a.py", `import subprocess, sys\nsubprocess.check_call([sys.executable, "-c", "${CODE}"])\n`],
    ["a.js", `const { execSync } = require("child_process");\nexecSync(\`python3 -c "${CODE}"\`);\n`],
    ["a.go", `package a\nimport "os/exec"\nfunc f() { exec.Command("python3", "-c", "${CODE}").Run() }\n`],
    [
      "a.tf",
      `resource "x" "y" {\n  provisioner "local-exec" {\n    command = "python3 -c \\"${CODE}\\""\n  }\n}\n`,
    ],
    [
      "a.tf",
      `resource "x" "y" {\n  provisioner "local-exec" {\n    interpreter = ["python3", "-c"]\n    command = <<-EOT\n      ${CODE}\n    EOT\n  }\n}\n`,
    ],
    [
      "a.tf",
      'resource "x" "y" {\n  provisioner "local-exec" {\n    interpreter = ["pwsh", "-Command"]\n    command = "Remove-FSXVolume -VolumeId v"\n  }\n}\n',
    ],
    [
      "a.tf",
      `resource "x" "y" {\n  provisioner "remote-exec" {\n    inline = ["cd /", "node -e \\"new (require('@aws-sdk/client-fsx').DeleteVolumeCommand)({ VolumeId: 'v' })\\""]\n  }\n}\n`,
    ],
    [
      "a.ipynb",
      JSON.stringify({ cells: [{ cell_type: "code", source: `!python3 -c "${CODE}"` }], metadata: {} }),
    ],
  ])("in %s: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([expect.stringMatching(/^\d+:\d+ \{"VolumeId":"v"\}$/)]);
  });

  it("or said, where its reader doesn't know the call", async () => {
    const text =
      'resource "x" "y" {\n  provisioner "local-exec" {\n    command = "node -e \'client.evictFilesFailingUpload({ FileShareARN: arn })\'"\n  }\n}\n';
    expect(await listInFile("a.tf", text)).toEqual([expect.stringMatching(/^3 a call of/)]);
  });
});
