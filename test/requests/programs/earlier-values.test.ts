import { describe, expect, it } from "vitest";
import { payloadsIn } from "./read.ts";

const unknown = (source: string) => ({ $unknown: source });

const PYTHON = ["import boto3, copy, json", 'fsx = boto3.client("fsx")'];
const SCRIPT = ['const { FSx } = require("@aws-sdk/client-fsx");', "const fsx = new FSx({});"];

/** Lines between an object with the member Type, and a call that is given a copy of it that is called `x`. */
const inPython = (...lines: string[]): string =>
  [...PYTHON, 'kw = {"Type": "A"}', ...lines, "fsx.create_data_repository_task(**x)", ""].join("\n");
const inScript = (...lines: string[]): string =>
  [...SCRIPT, 'const kw = { Type: "A" };', ...lines, "fsx.createDataRepositoryTask(x);", ""].join("\n");

describe("what was copied before it changed", () => {
  it.each([
    ["a.py", inPython('x = {**kw, "FileSystemId": "f"}', 'kw["Type"] = "B"')],
    ["a.py", inPython("x = dict(kw)", 'kw["Type"] = "B"')],
    ["a.py", inPython('x = {"Type": kw["Type"]}', 'kw["Type"] = "B"')],
    ["a.py", inPython('x = {"Type": f"{kw[\'Type\']}"}', 'kw["Type"] = "B"')],
    ["a.py", inPython('x = {"Type": json.dumps(kw)}', 'kw["Type"] = "B"')],
    ["a.py", inPython("for _ in y:", "    x = {**kw}", '    kw["Type"] = "B"')],
    ["a.js", inScript('const x = { ...kw, FileSystemId: "f" };', 'kw.Type = "B";')],
    ["a.js", inScript("const x = structuredClone(kw);", 'kw.Type = "B";')],
    ["a.js", inScript("const x = { Type: kw.Type };", 'kw.Type = "B";')],
    ["a.js", inScript("const x = { Type: `${kw.Type}` };", 'kw.Type = "B";')],
    [
      "a.rb",
      'kw = { type: "A" }\nx = kw.merge(paths: [])\nkw[:type] = "B"\nAws::FSx::Client.new.create_data_repository_task(x)\n',
    ],
    [
      "a.php",
      "<?php\n$c = new Aws\\FSx\\FSxClient([]);\n$kw = ['Type' => 'A'];\n$x = ['Paths' => [], ...$kw];\n$kw['Type'] = 'B';\n$c->createDataRepositoryTask($x);\n",
    ],
    [
      "a.php",
      "<?php\n$c = new Aws\\FSx\\FSxClient([]);\n$r = ['Enabled' => true];\n$x = ['Type' => 'T', 'Report' => $r];\n$r['Enabled'] = false;\n$c->createDataRepositoryTask($x);\n",
    ],
  ])("isn't known in %s: %s", async (file, text) => {
    const [payload, ...others] = await payloadsIn(file, text);
    expect(others).toEqual([]);
    expect(payload).not.toMatchObject({ Type: expect.stringMatching(/A|B/) });
    expect(payload).not.toMatchObject({ Report: { Enabled: expect.any(Boolean) } });
  });

  it.each([
    ["a.py", inPython('kw["Type"] = "B"', "x = {**kw}")],
    ["a.js", inScript('kw.Type = "B";', "const x = { ...kw };")],
  ])("is known where it changed before that, in %s: %s", async (file, text) => {
    expect(await payloadsIn(file, text)).toEqual([{ Type: "B" }]);
  });

  it("is known in an object that holds the other one itself", async () => {
    const text = inPython('x = {"Report": kw}', 'kw["Type"] = "B"');
    expect(await payloadsIn("a.py", text)).toEqual([{ Report: { Type: "B" } }]);
  });
});

const GO = 'package main\nimport "github.com/aws/aws-sdk-go-v2/service/fsx"\n';
const INPUT = "fsx.CreateDataRepositoryTaskInput";

describe("a call that is made later than its arguments", () => {
  it.each(["go", "defer"])("sees what changes meanwhile, behind `%s`", async (word) => {
    const body = `in := &${INPUT}{Type: "A"}\n${word} c.CreateDataRepositoryTask(ctx, in)\nin.Type = "B"`;
    expect(await payloadsIn("a.go", `${GO}func f() {\n${body}\n}\n`)).toEqual([{ Type: unknown('"B"') }]);
  });
});

describe("names that mean something else than they seem to", () => {
  it.each([
    [
      "a.go",
      `${GO}func f() {\naws := T{}\nc.CreateDataRepositoryTask(ctx, &${INPUT}{Type: aws.String("A")})\n}\n`,
    ],
    ["a.py", `${PYTHON.join("\n")}\nk = "A"\ntype k = int\nfsx.create_data_repository_task(Type=k)\n`],
    [
      "A.java",
      'import software.amazon.awssdk.services.fsx.model.*;\nclass A { static final String K = "A";\n' +
        "void f(Object o) { if (o instanceof String K) c.createDataRepositoryTask(CreateDataRepositoryTaskRequest.builder().type(K).build()); } }\n",
    ],
    [
      "A.java",
      'import software.amazon.awssdk.services.fsx.model.*;\nclass A { static final String K = "A";\n' +
        "void f(Object o) { switch (o) { case String K -> c.createDataRepositoryTask(CreateDataRepositoryTaskRequest.builder().type(K).build()); default -> {} } } }\n",
    ],
    [
      "A.java",
      'import software.amazon.awssdk.services.fsx.model.*;\nclass A { static final String K = "A";\n' +
        "void f(Object o) { if (o instanceof P(String K)) c.createDataRepositoryTask(CreateDataRepositoryTaskRequest.builder().type(K).build()); } }\n",
    ],
  ])("are unknown in %s: %s", async (file, text) => {
    const [payload] = await payloadsIn(file, text);
    expect(payload).toEqual({ Type: { $unknown: expect.any(String) } });
  });
});

describe("a whole number with a point", () => {
  it.each([
    ["a.py", `${PYTHON.join("\n")}\nfsx.create_data_repository_task(Type=f"{1.0}")\n`],
    ["a.py", `${PYTHON.join("\n")}\nfsx.create_data_repository_task(Type=json.dumps({"a": -1.0}))\n`],
    ["a.rb", 'Aws::FSx::Client.new.create_data_repository_task(type: "#{1.0}")\n'],
  ])("is no number of digits in a text, in %s: %s", async (file, text) => {
    expect(await payloadsIn(file, text)).toEqual([{ Type: { $unknown: expect.any(String) } }]);
  });
});
