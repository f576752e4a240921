import { describe, expect, it } from "vitest";
import { callsInFile } from "../../../src/requests/mentions/index.ts";
import { KnownNames } from "../../../src/requests/mentions/names.ts";

const names = new KnownNames([
  "fsx:CreateDataRepositoryTask",
  "fsx:CreateBackup",
  "storagegateway:EvictFilesFailingUpload",
  "storagegateway:StartCacheReport",
  "efs:CreateFileSystem",
]);

/** The calls in a text, as what stands at the place of each and its operation. */
const calls = (file: string, text: string): string[] =>
  callsInFile(file, text, names).map(
    ({ span, operation }) => `${text.slice(span.start, span.end)} ${operation?.replace(/.*:/, "")}`,
  );

const CREATE = "CreateDataRepositoryTask";

describe("a call is found in", () => {
  it.each<[string, string, string]>([
    ["a.py", "fsx.create_data_repository_task(FileSystemId=x)", "create_data_repository_task"],
    ["a.clj", "(aws/invoke fsx {:op :CreateDataRepositoryTask :request {}})", "CreateDataRepositoryTask"],
    ["a.rb", "fsx.public_send(:create_data_repository_task, type: t)", "create_data_repository_task"],
    ["a.groovy", '"aws fsx create-data-repository-task --type x".execute()', "create-data-repository-task"],
    ["a.py", "self.fsx.create_data_repository_task(**request)", "create_data_repository_task"],
    [
      "a.py",
      "await fsx.create_data_repository_task(\n    # why\n    FileSystemId=x,\n)",
      "create_data_repository_task",
    ],
    [
      "a.py",
      "run = functools.partial(fsx.create_data_repository_task, Type='x')",
      "create_data_repository_task",
    ],
    ["a.py", "getattr(fsx, 'create_data_repository_task')(**request)", "create_data_repository_task"],
    ["a.py", "fsx._make_api_call('CreateDataRepositoryTask', request)", CREATE],
    ["a.py", "call('create_data_repository_task', request)", "create_data_repository_task"],
    ["a.py", "print(f\"{fsx.create_data_repository_task(Type='x')}\")", "create_data_repository_task"],
    [
      "a.py",
      "tasks.CallAwsService(self, 'T', service='fsx', action='createDataRepositoryTask')",
      "createDataRepositoryTask",
    ],
    ["a.py", "{'service': 'fsx', 'action': 'createDataRepositoryTask'}", "createDataRepositoryTask"],
    [
      "a.py",
      "subprocess.run(['aws', 'fsx', 'create-data-repository-task', '--type', t])",
      "create-data-repository-task",
    ],
    ["a.py", "os.system('aws fsx create-data-repository-task --type EXPORT')", "create-data-repository-task"],
    ["a.py", "CMD = f'aws --region {region} fsx create-data-repository-task'", "create-data-repository-task"],
    ["a.py", "os.system('cd /x && aws fsx create-data-repository-task')", "create-data-repository-task"],
    ["a.py", "aws('fsx create-data-repository-task --type EXPORT')", "create-data-repository-task"],
    [
      "a.py",
      "CODE = '''\nimport boto3\nboto3.client('fsx').create_data_repository_task(Type='x')\n'''",
      "create_data_repository_task",
    ],
    [
      "a.py",
      "requests.post(url, headers={'X-Amz-Target': 'AWSSimbaAPIService_v20180301.CreateDataRepositoryTask'})",
      "AWSSimbaAPIService_v20180301.CreateDataRepositoryTask",
    ],
    ["a.ts", "await client.send(new CreateDataRepositoryTaskCommand({}))", "CreateDataRepositoryTaskCommand"],
    ["a.ts", "new fsx.CreateDataRepositoryTaskCommand(input)", "CreateDataRepositoryTaskCommand"],
    ["a.ts", "const Task = CreateDataRepositoryTaskCommand;", "CreateDataRepositoryTaskCommand"],
    ["a.ts", "run(CreateDataRepositoryTaskCommand, { Type })", "CreateDataRepositoryTaskCommand"],
    ["a.js", "fsx.createDataRepositoryTask({ Type: 'x' }, done)", "createDataRepositoryTask"],
    ["a.js", "fsx?.createDataRepositoryTask?.({ Type: 'x' })", "createDataRepositoryTask"],
    ["a.js", "promisify(fsx.createDataRepositoryTask.bind(fsx))", "createDataRepositoryTask"],
    ["a.js", "client['createDataRepositoryTask']({})", "createDataRepositoryTask"],
    ["a.js", "const a = /['\"`]/; fsx.createDataRepositoryTask({})", "createDataRepositoryTask"],
    ["a.js", "`${await fsx.createDataRepositoryTask({})}`", "createDataRepositoryTask"],
    ["a.js", "await $`aws fsx create-data-repository-task --type x`", "create-data-repository-task"],
    ["a.js", 'execSync("aws fsx create-data-repository-task")', "create-data-repository-task"],
    [
      "a.ts",
      "{ arn: 'arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask' }",
      ":aws-sdk:fsx:createDataRepositoryTask",
    ],
    ["a.vue", "<script>\nfsx.createDataRepositoryTask({})\n</script>", "createDataRepositoryTask"],
    ["a.js", "import{a}from'b';fsx.createDataRepositoryTask({})", "createDataRepositoryTask"],
    ["a.js", "require('./fsx').createDataRepositoryTask({})", "createDataRepositoryTask"],
    [
      "a.py",
      "import boto3; boto3.client('fsx').create_data_repository_task(Type='x')",
      "create_data_repository_task",
    ],
    ["A.cs", "using var r = await fsx.CreateDataRepositoryTaskAsync(q);", `${CREATE}Async`],
    ["a.go", "c.CreateDataRepositoryTask(ctx, in)", CREATE],
    ["a.go", "in := &fsx.CreateDataRepositoryTaskInput{}", `${CREATE}Input`],
    ["a.go", "var in fsx.CreateDataRepositoryTaskInput", `${CREATE}Input`],
    ["a.go", "in := new(fsx.CreateDataRepositoryTaskInput)", `${CREATE}Input`],
    ["a.go", "req, out := svc.CreateDataRepositoryTaskRequest(in)", `${CREATE}Request`],
    ["A.java", "CreateDataRepositoryTaskRequest.builder().build();", `${CREATE}Request`],
    ["A.java", "new CreateDataRepositoryTaskRequest().withType(t);", `${CREATE}Request`],
    ["A.java", "fsx.createDataRepositoryTask(r -> r.type(t));", "createDataRepositoryTask"],
    ["A.java", "run(fsx::createDataRepositoryTask);", "createDataRepositoryTask"],
    ["A.kt", "val r = CreateDataRepositoryTaskRequest { type = t }", `${CREATE}Request`],
    ["A.kt", "fsx.createDataRepositoryTask { type = t }", "createDataRepositoryTask"],
    ["a.rb", "fsx.create_data_repository_task(file_system_id: id)", "create_data_repository_task"],
    ["a.rb", "fsx.create_data_repository_task file_system_id: id", "create_data_repository_task"],
    ["a.rb", "`aws fsx create-data-repository-task`", "create-data-repository-task"],
    ["A.cs", "await fsx.CreateDataRepositoryTaskAsync(request);", `${CREATE}Async`],
    ["A.cs", "var r = new CreateDataRepositoryTaskRequest { Type = t };", `${CREATE}Request`],
    ["A.cs", "CreateDataRepositoryTaskRequest r = new() { Type = t };", `${CREATE}Request`],
    ["A.cs", 'var p = @"C:\\"; fsx.CreateDataRepositoryTask(r);', CREATE],
    ["a.php", "$fsx->createDataRepositoryTask(['Type' => 'x']);", "createDataRepositoryTask"],
    ["a.php", "$fsx->getCommand('CreateDataRepositoryTask', []);", CREATE],
    ["a.ps1", "New-FSXDataRepositoryTask -FileSystemId $id", "New-FSXDataRepositoryTask"],
    ["a.ps1", "Invoke-SGEvictFilesFailingUpload -ForceRemove $true", "Invoke-SGEvictFilesFailingUpload"],
    ["a.ps1", "Start-SGCacheReport `\n  -Role $r", "Start-SGCacheReport"],
    ["a.ps1", "aws fsx create-data-repository-task `\n  --type EXPORT", "create-data-repository-task"],
    ["a.bat", "aws.exe fsx create-data-repository-task --type EXPORT", "create-data-repository-task"],
    ["a.fish", "aws --profile x fsx create-data-repository-task", "create-data-repository-task"],
    [
      "a.tf",
      'arn = "arn:${p}:scheduler:::aws-sdk:fsx:createDataRepositoryTask"',
      ":aws-sdk:fsx:createDataRepositoryTask",
    ],
    ["a.tf", 'command = "aws fsx create-data-repository-task"', "create-data-repository-task"],
    [
      "a.tf",
      "command = <<-EOT\n  set -e\n  aws fsx create-data-repository-task\nEOT\n",
      "create-data-repository-task",
    ],
    [
      "a.rs",
      "client.create_data_repository_task().file_system_id(id).send().await",
      "create_data_repository_task",
    ],
    ["a.rs", "let i = CreateDataRepositoryTaskInput::builder();", `${CREATE}Input`],
    ["a.rs", "fn f<'a>(c: &'a Client) { c.create_data_repository_task() }", "create_data_repository_task"],
    ["a.cpp", "Aws::FSx::Model::CreateDataRepositoryTaskRequest request;", `${CREATE}Request`],
    ["a.swift", "let r = CreateDataRepositoryTaskInput(type: t)", `${CREATE}Input`],
    ["Jenkinsfile", "sh 'aws fsx create-data-repository-task'", "create-data-repository-task"],
    [
      "tool",
      "#!/usr/bin/env python3\nfsx.create_data_repository_task(Type='x')",
      "create_data_repository_task",
    ],
    [
      "a.py",
      "import boto3\nefs = boto3.client('efs')\nefs.create_file_system(Encrypted=True)",
      "create_file_system",
    ],
    ["a.js", "import { FSxClient } from '@aws-sdk/client-fsx';\nfsx.createBackup({})", "createBackup"],
    ["a.py", 'ssm.run("set -e\\naws fsx create-data-repository-task")', "create-data-repository-task"],
    ["a.py", '{"cmd": "aws fsx create-data-repository-task"}', "create-data-repository-task"],
    [
      "a.py",
      'CMD = ("cd /x && "\n       "aws fsx create-data-repository-task")',
      "create-data-repository-task",
    ],
    [
      "a.js",
      'module.exports = { cmd: "aws fsx create-data-repository-task" };',
      "create-data-repository-task",
    ],
    ["a.rb", "%x(aws fsx create-data-repository-task)", "create-data-repository-task"],
    ["a.rb", "system(*%w[aws fsx create-data-repository-task])", "create-data-repository-task"],
    ["a.php", "$fsx->{'createDataRepositoryTask'}([]);", "createDataRepositoryTask"],
    ["a.pl", "my $o = qx{aws fsx create-data-repository-task};", "create-data-repository-task"],
    ["a.pl", "`aws fsx create-data-repository-task`;", "create-data-repository-task"],
    ["a.pl", "run(<<EOT);\naws fsx create-data-repository-task\nEOT\n", "create-data-repository-task"],
    ["a.lua", "os.execute([[aws fsx create-data-repository-task]])", "create-data-repository-task"],
    ["a.jl", "run(`aws fsx create-data-repository-task`)", "create-data-repository-task"],
    ["a.scala", '"aws fsx create-data-repository-task".!', "create-data-repository-task"],
    ["A.cs", 'Process.Start("aws", "fsx create-data-repository-task");', "create-data-repository-task"],
    [
      "a.ps1",
      'Start-Process aws -ArgumentList "fsx create-data-repository-task"',
      "create-data-repository-task",
    ],
    ["a.tf", 'command = "New-FSXDataRepositoryTask -FileSystemId x"', "New-FSXDataRepositoryTask"],
  ])("%s %s", (file, text, name) => {
    expect(calls(file, text)).toEqual([
      expect.stringMatching(new RegExp(`^${name.replace(/[$.]/g, "\\$&")} `)),
    ]);
  });

  it("a name that only the run puts together", () => {
    const text = "NAME = 'create_data_repository_task'\ngetattr(boto3.client('fsx'), NAME)()";
    expect(calls("a.py", text)).toEqual(["getattr( CreateDataRepositoryTask"]);
    expect(calls("a.js", "const name = 'createDataRepositoryTask';\nclient[name]({})")).toEqual([
      "t[name]( CreateDataRepositoryTask",
    ]);
  });

  it("a class of a command that only the run knows", () => {
    const text = "const Command = sdk['CreateDataRepositoryTaskCommand'];\nclient.send(new Command({}));";
    expect(calls("a.js", text)).toEqual([".send(new CreateDataRepositoryTask"]);
  });

  it("a notebook, cell by cell", () => {
    const cell = (type: string, source: unknown) => ({ cell_type: type, metadata: {}, outputs: [], source });
    const text = JSON.stringify({
      cells: [
        cell("markdown", "fsx.create_data_repository_task()"),
        cell("code", [
          "# fsx.create_data_repository_task()\n",
          "fsx.create_data_repository_task(\n",
          "  Type='x')",
        ]),
        cell("code", "!aws storagegateway start-cache-report"),
      ],
      nbformat: 4,
    });
    expect(calls("a.ipynb", text)).toEqual([
      "create_data_repository_task CreateDataRepositoryTask",
      "start-cache-report StartCacheReport",
    ]);
  });

  it("the object that a call takes and the call once", () => {
    const text =
      "in := &fsx.CreateDataRepositoryTaskInput{}\nout, err := c.CreateDataRepositoryTask(ctx, in)";
    expect(calls("a.go", text)).toEqual(["CreateDataRepositoryTaskInput CreateDataRepositoryTask"]);
  });
});

describe("no call is", () => {
  it.each<[string, string]>([
    ["a.py", "# fsx.create_data_repository_task(Type='x')"],
    ["a.py", '"""fsx.create_data_repository_task(Type=1)"""'],
    ["a.py", "NAME = 'create_data_repository_task'"],
    ["a.py", "def create_data_repository_task(self, fs):\n    pass"],
    ["a.py", "from .tasks import create_data_repository_task"],
    ["a.py", "from .tasks import (\n    create_data_repository_task,\n)"],
    ["a.py", "wrapper.create_data_repository_task('fs-1', paths)"],
    ["a.py", "wrapper.create_data_repository_task(file_system_id=x)"],
    ["a.py", "log.info('create_data_repository_task')"],
    ["a.py", "stub.add_response('create_data_repository_task', {}, {})"],
    ["a.py", "raise ValueError('aws_failed: create-data-repository-task')"],
    ["a.py", "print('Run aws fsx create-data-repository-task by hand')"],
    ["a.py", "role.add_actions('fsx:CreateDataRepositoryTask')"],
    ["a.py", "CREATE_DATA_REPOSITORY_TASK = 1"],
    ["a.py", "mock.create_data_repository_task.return_value = {}"],
    ["a.py", "c.create_file_system(Encrypted=True)"],
    ["a.py", "backup.create_backup(VolumeId=1)"],
    ["a.ts", "import { CreateDataRepositoryTaskCommand } from '@aws-sdk/client-fsx';"],
    ["a.ts", "import type {\n  CreateDataRepositoryTaskCommand,\n} from '@aws-sdk/client-fsx';"],
    ["a.ts", "const { CreateDataRepositoryTaskCommand } = require('@aws-sdk/client-fsx');"],
    ["a.ts", "mock.on(CreateDataRepositoryTaskCommand).resolves({});"],
    ["a.ts", "expect(mock).toHaveReceivedCommandWith(CreateDataRepositoryTaskCommand, {});"],
    ["a.ts", "let input: CreateDataRepositoryTaskCommandInput = { Type };"],
    ["a.ts", "function f(): CreateDataRepositoryTaskRequest {"],
    ["a.ts", "class A { async createDataRepositoryTask(fs: string) { return 1; } }"],
    ["a.ts", "// new CreateDataRepositoryTaskCommand({})"],
    ["a.ts", "/* fsx.createDataRepositoryTask({}) */"],
    ["a.ts", "role.addActions('storagegateway:EvictFilesFailingUpload', 'fsx:CreateDataRepositoryTask');"],
    ["a.ts", "new PolicyStatement({ actions: ['fsx:CreateDataRepositoryTask'] })"],
    ["a.ts", "const pattern = { detail: { eventName: ['CreateDataRepositoryTask'] } };"],
    ["a.go", "func (c *Client) CreateDataRepositoryTask(ctx context.Context) {}"],
    ["a.go", "func f(in *fsx.CreateDataRepositoryTaskInput) error { return nil }"],
    [
      "A.java",
      "public CreateDataRepositoryTaskResponse createDataRepositoryTask(CreateDataRepositoryTaskRequest r) {}",
    ],
    ["A.java", "import software.amazon.awssdk.services.fsx.model.CreateDataRepositoryTaskRequest;"],
    ["A.cs", "void F(CreateDataRepositoryTaskRequest r) {}"],
    ["a.tf", 'actions = ["fsx:CreateDataRepositoryTask"]'],
    ["a.tf", "# arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"],
    ["a.ps1", "# New-FSXDataRepositoryTask"],
    ["a.ps1", "Write-Host aws fsx create-data-repository-task"],
    ["a.ps1", "Get-SGCacheReport"],
    ["a.bat", "REM aws fsx create-data-repository-task"],
    ["a.rs", "use aws_sdk_fsx::operation::create_data_repository_task::CreateDataRepositoryTaskError;"],
    ["a.txt", "fsx.create_data_repository_task(Type='x')"],
    ["a.py", 'def f(a: int) -> str:\n    "aws fsx create-data-repository-task"'],
    ["a.py", 'class A:\n    """aws fsx create-data-repository-task"""'],
    ["a.js", '"use strict";\n"aws fsx create-data-repository-task";'],
  ])("%s %s", (file, text) => {
    expect(calls(file, text)).toEqual([]);
  });
});

describe("beside an object of the same operation, there is also", () => {
  const MADE = "var made = CreateDataRepositoryTaskRequest.builder().build();\n";
  it.each([
    ["a call with arguments of its own", "fsx.createDataRepositoryTask(b -> b.type(t));", 2],
    ["a command in a string", 'run("aws", "fsx create-data-repository-task");', 2],
    ["a method that a string names", 'call(fsx, "createDataRepositoryTask");', 2],
    ["no call that takes the object", "fsx.createDataRepositoryTask(made);", 1],
  ])("%s", (_what, text, count) => {
    expect(calls("A.java", MADE + text)).toHaveLength(count);
  });
});

describe("a name that a function is given", () => {
  it.each([
    ["sendRequest", 1],
    ["makeRequest", 1],
    ["log.info", 0],
    ["add_response", 0],
  ])("of %s is a call %i times", (callee, count) => {
    const text = `import boto3\nfsx = boto3.client("fsx")\n${callee}("create_data_repository_task")\n`;
    expect(callsInFile("a.py", text, new KnownNames(["fsx:CreateDataRepositoryTask"]))).toHaveLength(count);
  });

  it.each([
    [
      "a.go",
      "in := &fsx.CreateDataRepositoryTaskInput{}\nc.CreateDataRepositoryTask(ctx, in)\n",
      "ctx, made.input()",
    ],
    [
      "A.java",
      "var r = CreateDataRepositoryTaskRequest.builder().build();\nc.createDataRepositoryTask(r);\n",
      "made()",
    ],
  ])("in %s a call that takes what other code makes, beside an object of this file", (file, text, args) => {
    const name = file === "a.go" ? "CreateDataRepositoryTask" : "createDataRepositoryTask";
    expect(calls(file, `${text}c.${name}(${args})`)).toHaveLength(2);
    const own = file === "a.go" ? "func input() *X {\n}\n" : "X made() { return null; }\n";
    expect(calls(file, `${own}${text}c.${name}(${args})`)).toHaveLength(1);
  });
});
