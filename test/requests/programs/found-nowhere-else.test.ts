import { describe, expect, it } from "vitest";
import { listInFile } from "../list-in-files.ts";
import { payloadsIn } from "./read.ts";

const SAID = [expect.stringMatching(/^\d+ .*a call of `\w+:\w+`/)];

describe("a call that no reader knows is said", () => {
  it.each([
    ["a.ts", "const f = gw.startCacheReport?.({ FileShareARN: x });\nnew sg.StartCacheReportCommand();\n"],
    ["a.ts", "gw.startCacheReport.call(gw, { FileShareARN: x });\nnew sg.StartCacheReportCommand();\n"],
    ["a.ts", "const f = gw.startCacheReport.bind(gw); f({});\nnew sg.StartCacheReportCommand();\n"],
    [
      "a.ts",
      'import("@aws-sdk/client-fsx").then(({ CreateDataRepositoryTaskCommand: T }) => send(new T({})));\n',
    ],
    ["a.rb", "clients.map(&:evict_files_failing_upload)\n"],
    ["a.cs", 'typeof(IAmazonFSx).GetMethod("CreateDataRepositoryTaskAsync").Invoke(fsx, args);\n'],
    [
      "a.cs",
      'Process.Start(new ProcessStartInfo("aws") { Arguments = "fsx create-data-repository-task --type X" });\n',
    ],
  ])("in %s: %s", async (file, text) => {
    const found = await listInFile(file, text);
    expect(found.filter((one) => !/^2:/.test(one) && !/^2 /.test(one))).toEqual(SAID);
  });
});

describe("code that a program runs as a text is read", () => {
  it.each([
    ["a.py", `eval("boto3.client('fsx').create_data_repository_task(FileSystemId='fs-1')")\n`],
    ["a.py", `exec("boto3.client('fsx').create_data_repository_task(FileSystemId='fs-1')")\n`],
    [
      "a.js",
      `eval("new (require('@aws-sdk/client-fsx').CreateDataRepositoryTaskCommand)({ FileSystemId: 'fs-1' })");\n`,
    ],
    ["a.rb", `eval("Aws::FSx::Client.new.create_data_repository_task(file_system_id: 'fs-1')")\n`],
    [
      "a.php",
      `<?php eval('$c = new Aws\\FSx\\FSxClient([]); $c->createDataRepositoryTask(["FileSystemId" => "fs-1"]);');\n`,
    ],
  ])("in %s: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([expect.stringContaining('{"FileSystemId":"fs-1"}')]);
  });
});

describe("values are known", () => {
  it.each([
    [
      "of pointers that a package of another name makes",
      "a.go",
      'package a\nimport awsv1 "github.com/aws/aws-sdk-go/aws"\nimport "github.com/aws/aws-sdk-go/service/fsx"\nfunc f() { fsx.New(s).CreateDataRepositoryTask(&fsx.CreateDataRepositoryTaskInput{FileSystemId: awsv1.String("fs-1")}) }\n',
    ],
    [
      "of types by another name",
      "a.go",
      'package a\nimport "github.com/aws/aws-sdk-go-v2/service/fsx"\nimport fsxtypes "github.com/aws/aws-sdk-go-v2/service/fsx/types"\nfunc f() { c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{FileSystemId: fsxtypes.Id("fs-1")}) }\n',
    ],
    [
      "in calls of a client that X-Ray returns",
      "a.js",
      'const AWS = require("aws-sdk");\nconst c = AWSXRay.captureAWSClient(new AWS.FSx());\nc.createDataRepositoryTask({ FileSystemId: "fs-1" });\n',
    ],
  ])("%s", async (_, file, text) => {
    expect(await payloadsIn(file, text)).toEqual([{ FileSystemId: "fs-1" }]);
  });
});
