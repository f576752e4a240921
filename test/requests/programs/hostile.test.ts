import { describe, expect, it } from "vitest";
import { size } from "../../support/scale.ts";
import { readProgram } from "./read.ts";

const PYTHON = 'fsx.create_data_repository_task(Type="T")\n';
const TYPESCRIPT =
  'import { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";\nnew Task({ Type: "T" });\n';
const GO_HEAD = 'package main\nimport "github.com/aws/aws-sdk-go-v2/service/fsx"\n';
const GO_CALL =
  'func f() { c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{Type: "T"}) }\n';
const JAVA_HEAD = "import software.amazon.awssdk.services.fsx.model.*;\n";
const JAVA_CALL = 'Object f() { return CreateDataRepositoryTaskRequest.builder().type("T").build(); } }\n';
const HCL =
  '\nresource "aws_scheduler_schedule" "s" {\n  target {\n    arn = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"\n    input = "{}"\n  }\n}\n';

/** Each takes forever if a level of nesting is read more than once. */
const HOSTILE: [string, string, string][] = [
  ["nested brackets", "a.py", `x = ${"[".repeat(20_000)}${"]".repeat(20_000)}\n${PYTHON}`],
  ["brackets that stay open", "a.py", `${PYTHON}x = ${"(".repeat(20_000)}\n`],
  ["a long sum", "a.py", `x = ${'"a" + '.repeat(20_000)}"b"\n${PYTHON}`],
  ["a long formatting", "a.py", `x = "a"${" % b".repeat(2000)}\n${PYTHON}`],
  ["many negations", "a.py", `x = ${"not ".repeat(300)}y\n${PYTHON}`],
  ["many minuses", "a.py", `x = ${"- ".repeat(300)}y\n${PYTHON}`],
  ["nested calls", "a.py", `x = ${"f(".repeat(20_000)}${")".repeat(20_000)}\n${PYTHON}`],
  ["one long line", "a.py", `x = [${"1,".repeat(size(200_000))}]; ${PYTHON}`],
  [
    "names that are made of each other",
    "a.py",
    `a0 = "x"\n${Array.from({ length: 200 }, (_, at) => `a${at + 1} = a${at} + a${at}`).join("\n")}\n${PYTHON}`,
  ],
  ["many negations in TypeScript", "a.ts", `x = ${"!".repeat(300)}y;\n${TYPESCRIPT}`],
  ["a long chain", "a.ts", `x${".a()".repeat(20_000)};\n${TYPESCRIPT}`],
  ["many negations in Go", "a.go", `${GO_HEAD}var x = ${"!".repeat(300)}y\n${GO_CALL}`],
  ["many pointers in Go", "a.go", `${GO_HEAD}var x = ${"*".repeat(300)}y\n${GO_CALL}`],
  [
    "many negations in Java",
    "A.java",
    `${JAVA_HEAD}class A { boolean x = ${"!".repeat(300)}y;\n${JAVA_CALL}`,
  ],
  ["many negations in Terraform", "a.tf", `locals { x = ${"!".repeat(300)}true }${HCL}`],
  ["nested lists in Terraform", "a.tf", `locals { x = ${"[".repeat(5000)}${"]".repeat(5000)} }${HCL}`],
];

describe("a hostile program", () => {
  it.each(HOSTILE)("is read in reasonable time: %s", async (_, file, text) => {
    const { requests } = await readProgram(file, text);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ["a.ts", TYPESCRIPT.slice(0, -6)],
    ["a.go", `${GO_HEAD}${GO_CALL.slice(0, -8)}`],
    ["A.java", `${JAVA_HEAD}class A { ${JAVA_CALL.slice(0, -14)}`],
  ])("that is cut off in the middle of a call gives no payload in %s", async (file, text) => {
    const { requests } = await readProgram(file, text);
    expect(requests.filter(({ payload }) => JSON.stringify(payload).includes('"T"'))).toEqual([]);
  });
});

/** What stands before a call's members, the members, what ends the call, and what comes after it. */
const CALLS: [string, string, string, string, string][] = [
  [
    "a.py",
    "import boto3\nboto3.client('fsx').create_data_repository_task(",
    "Type='T', Tags=[{'Key': 'a'}]",
    ")",
    "\nf(1)\n",
  ],
  [
    "a.ts",
    'import { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";\nnew Task({',
    "Type: 'T', Tags: [{ Key: `a${x}` }]",
    "})",
    "\nf(1);\n",
  ],
  [
    "A.cs",
    "using Amazon.FSx.Model;\nclass A { object o = new CreateDataRepositoryTaskRequest {",
    'Type = "T", Tags = new List<Tag> { new Tag { Key = "a" } }',
    " };",
    "\nint y = 1;\n",
  ],
  [
    "a.rb",
    "Aws::FSx::Client.new.create_data_repository_task(",
    "type: 'T', tags: [{ key: \"a#{x}\" }]",
    ")",
    "\nputs 1\n",
  ],
  [
    "a.php",
    "<?php $c = new Aws\\FSx\\FSxClient([]); $c->createDataRepositoryTask([",
    "'Type' => 'T', 'Tags' => [['Key' => \"a{$x}\"]]",
    "]);",
    "\necho 1;\n",
  ],
  [
    "a.tf",
    `${HCL.slice(1, HCL.indexOf("input"))}input = jsonencode({`,
    ' Type = "T", Tags = [{ Key = "a${x}" }]',
    "})\n",
    "  }\n}\nlocals { a = 1 }\n",
  ],
];

it.each(CALLS)(
  "reads no payload of a call that ends anywhere in its members in %s",
  async (file, head, members, end, rest) => {
    const isRead = async (text: string) => (await readProgram(file, text)).requests.length > 0;
    expect(await isRead(`${head}${members}${end}${rest}`)).toBe(true);
    const read: string[] = [];
    for (let at = 0; at <= members.length; at++)
      for (const after of ["", rest])
        if (await isRead(`${head}${members.slice(0, at)}${after}`)) read.push(members.slice(0, at) + after);
    expect(read).toEqual([]);
  },
);

it("a program that can't be parsed says where it names an operation, but not for a comment", async () => {
  const broken = TYPESCRIPT.slice(0, -6);
  expect((await readProgram("a.ts", broken)).missed).toMatchObject({ span: { start: 9 } });
  expect((await readProgram("a.ts", "// CreateDataRepositoryTaskCommand\nx = (;\n")).missed).toBeUndefined();
});

it("reads prose that a grammar takes for a text without quotes", async () => {
  const text = "  without, and `create_data_repository_task({ context })` takes milliseconds.\n";
  expect((await readProgram("a.py", text)).requests).toEqual([]);
});
