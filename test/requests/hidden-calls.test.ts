import { describe, expect, it } from "vitest";
import { toOperationName } from "../../src/requests/operations.ts";
import { listInFile } from "./list-in-files.ts";

const encode = (text: string): string => Buffer.from(text).toString("base64");
const COMMAND = "aws storagegateway evict-files-failing-upload --file-share-arn arn:x";
const SCRIPT = encode(`#!/bin/bash\n${COMMAND}\n`);
const BROKEN = SCRIPT.replace(/.{40}/g, "$&\n      ");
const READ = /^\d+:\d+ \{"FileShareARN":"arn:x"\}$/;
const SAID =
  /^\d+ (?:a call of )?`(?:storagegateway[ :])?EvictFilesFailingUpload|^\d+ a call of `storagegateway:Evict/i;

describe("a script in base64", () => {
  it.each([
    ["main.tf", `resource "aws_instance" "one" {\n  user_data_base64 = "${SCRIPT}"\n}\n`],
    ["launch.json", `{"UserData": "${SCRIPT}"}`],
  ])("is read where it is the user data of a machine: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([expect.stringMatching(READ)]);
  });

  it.each([
    ["run.sh", `echo ${encode(`${COMMAND}\n`)} | base64 -d | bash\n`],
    ["app.py", `CODE = "${SCRIPT}"\n`],
    [
      "data.yaml",
      `#cloud-config\nwrite_files:\n  - encoding: b64\n    path: /x\n    content: |\n      ${BROKEN}\n`,
    ],
  ])("is unread elsewhere: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([expect.stringMatching(/^\d+ .*in base64/)]);
  });

  it.each([
    ["run.sh", `echo ${encode("#!/bin/bash\naws s3 ls\n")} | base64 -d\n`],
    ["app.py", `CODE = "${encode("#!/bin/bash\n# evict-files-failing-upload\n")}"\n`],
  ])("is nothing where it calls no operation with a schema: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([]);
  });
});

it("reads what `base64encode` is given by a local value", async () => {
  const text = `locals {\n  data = "#!/bin/bash\\n${COMMAND}"\n}\nresource "aws_launch_template" "one" {\n  user_data = base64encode(local.data)\n}\n`;
  expect(await listInFile("main.tf", text)).toEqual([expect.stringMatching(READ)]);
});

describe("a cmdlet", () => {
  it.each([
    ["pipeline.yml", "steps:\n  - pwsh: Invoke-SGEvictFilesFailingUpload -FileShareARN x\n"],
    ["stack.yaml", "UserData: |\n  <powershell>\n  $r = Invoke-SGEvictFilesFailingUpload -FileShareARN x\n"],
    ["Jenkinsfile", "node { powershell 'Invoke-SGEvictFilesFailingUpload -FileShareARN x' }\n"],
    ["Dockerfile", 'FROM x\nSHELL ["pwsh"]\nRUN Invoke-SGEvictFilesFailingUpload -FileShareARN x\n'],
  ])("is unread in %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([expect.stringMatching(SAID)]);
  });

  it.each([
    ["stack.yaml", "description: run Invoke-SGEvictFilesFailingUpload -FileShareARN x\n"],
    ["module.json", '{"CmdletsToExport": ["Invoke-SGEvictFilesFailingUpload"]}\n'],
    ["stack.yaml", "a: 1 # Invoke-SGEvictFilesFailingUpload -FileShareARN x\n"],
  ])("is nothing where it is only named, as in %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([]);
  });
});

describe("a schedule of Terraform", () => {
  const schedule = (arn: string): string =>
    `resource "aws_scheduler_schedule" "one" {\n  target {\n    arn = ${arn}\n    input = jsonencode({ FileShareARN = var.share })\n  }\n}\n`;

  it.each(["var.target", "module.one.arn", "data.aws_ssm_parameter.target.value"])(
    "is unread where %s is its target, though nothing names an operation",
    async (arn) => {
      expect(await listInFile("main.tf", schedule(arn))).toEqual([expect.stringContaining("not known")]);
    },
  );

  it.each([
    "aws_lambda_function.one.arn",
    '"${data.aws_sqs_queue.one.arn}"',
    "aws_sfn_state_machine.one[0].arn",
    "aws_lambda_alias.one.invoke_arn",
  ])("makes no call where %s is its target, whichever file that is in", async (arn) => {
    expect(await listInFile("main.tf", schedule(arn))).toEqual([]);
  });
});

it("says that definitions in S3 are not read", async () => {
  const machine = (type: string, given: string): string =>
    `Resources:\n  One:\n    Type: ${type}\n    Properties: { ${given} }\n`;
  const stored = [expect.stringContaining("an object in S3")];
  const own = machine("AWS::StepFunctions::StateMachine", "DefinitionS3Location: { Bucket: b, Key: k }");
  expect(await listInFile("a.yaml", own)).toEqual(stored);
  const sam = machine("AWS::Serverless::StateMachine", "DefinitionUri: s3://b/k");
  expect(await listInFile("b.yaml", sam)).toEqual(stored);
  const local = machine("AWS::Serverless::StateMachine", "DefinitionUri: states/one.asl.json");
  expect(await listInFile("c.yaml", local)).toEqual([]);
});

describe("a request in a file of another kind than documents", () => {
  const ENVELOPE = 'operation: storagegateway:EvictFilesFailingUpload\nrequest: { FileShareARN: "arn:x" }\n';
  const JSON_ENVELOPE =
    '{"operation": "storagegateway:EvictFilesFailingUpload", "request": {"FileShareARN": "arn:x"}}';

  it.each([
    ["evict.txt", ENVELOPE],
    ["evict.tmpl", ENVELOPE],
  ])("is read: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([expect.stringMatching(READ)]);
  });

  it.each([
    ["evict.jsonc", `// once\n${JSON_ENVELOPE}\n`],
    ["evict.jsonl", `${JSON_ENVELOPE}\n${JSON_ENVELOPE}\n`],
    ["evict.yaml.j2", ENVELOPE.replace('"arn:x"', "{{ share }}")],
  ])("is unread where it is neither YAML nor JSON: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([expect.stringContaining("as a request does")]);
  });

  it("is nothing in prose that shows one", async () => {
    expect(await listInFile("notes.txt", `Write: this\n\n    ${ENVELOPE}and so on\n`)).toEqual([]);
  });
});

describe("a command of a script", () => {
  it("that an alias stands for is said once", async () => {
    const text =
      "alias evict='aws storagegateway evict-files-failing-upload'\nevict --file-share-arn arn:x\n";
    expect(await listInFile("run.sh", text)).toEqual([expect.stringMatching(READ)]);
  });

  it("that `find -execdir` runs is in a directory that only the run knows", async () => {
    const text = "find sub -execdir aws fsx create-data-repository-task --cli-input-json file://p.json \\;\n";
    expect(await listInFile("run.sh", text)).toEqual(['1:19 {"$more":"file://p.json"}']);
  });

  it("into which a page fills words is unread", async () => {
    const text = `.. parsed-literal::\n\n   ${COMMAND.replace("arn:x", "|share|")} --force-remove\n`;
    expect(await listInFile("page.rst", text)).toEqual([expect.stringContaining("stands where")]);
  });

  it("behind an escape of JSON is unread", async () => {
    expect(await listInFile("a.json", `{"run": "set -e\\n${COMMAND}"}\n`)).toEqual([
      expect.stringContaining("stands where"),
    ]);
  });
});

it("calls an operation by its whole name where that ends in Command", () => {
  expect(
    ["sendCommand", "SendCommand", "SendCommandCommand", "DescribeInstancesCommand"].map((action) =>
      toOperationName("ssm", action),
    ),
  ).toEqual(["ssm:SendCommand", "ssm:SendCommand", "ssm:SendCommand", "ssm:DescribeInstances"]);
});
