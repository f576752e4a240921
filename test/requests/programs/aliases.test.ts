import { describe, expect, it } from "vitest";
import { payloadsIn } from "./read.ts";

const unknown = (source: string) => ({ $unknown: source });

/** Programs in which a value has a second way to be changed, with the payload of their last request. */
type Alias = [title: string, lines: string[], payload: unknown];

const TASK = "fsx.create_data_repository_task";
const REPORT = '{"Report": {"Enabled": True}}';

const PYTHON: Alias[] = [
  [
    "a copy that shares what is inside",
    [`base = ${REPORT}`, "kw = {**base}", 'kw["Report"]["Enabled"] = x', `${TASK}(**base)`],
    { $more: "base" },
  ],
  [
    "a copy that shares nothing that may change",
    ['base = {"Type": "T"}', "kw = {**base}", 'kw["Type"] = x', `${TASK}(**base)`],
    { Type: "T" },
  ],
  [
    "a copy by `dict`",
    [`base = ${REPORT}`, "kw = dict(base)", 'kw["Report"]["Enabled"] = x', `${TASK}(**base)`],
    { $more: "base" },
  ],
  [
    "a loop over a list of dictionaries",
    ['tags = [{"Key": "a"}]', "for tag in sorted(tags):", '    tag["Key"] = x', `${TASK}(Tags=tags)`],
    { Tags: unknown("tags") },
  ],
  [
    "a loop over texts",
    ['paths = ["a"]', "for path in paths: print(path)", `${TASK}(Paths=paths)`],
    { Paths: ["a"] },
  ],
  [
    "arguments by name of another function",
    [`kw = ${REPORT}`, "fill(**kw)", `${TASK}(**kw)`],
    { $more: "kw" },
  ],
  ["a call made twice", [`kw = ${REPORT}`, `${TASK}(**kw)`, `${TASK}(**kw)`], { Report: { Enabled: true } }],
  ["names by their texts", ['K = "A"', 'globals()["K"] = x', `${TASK}(Type=K)`], { Type: unknown("K") }],
  ["a program in a text", ['K = "A"', "exec(code)", `${TASK}(Type=K)`], { Type: unknown("K") }],
  [
    "another function of a known name",
    ["dict = other", 'kw = dict(Type="T")', `${TASK}(**kw)`],
    { $more: "kw" },
  ],
  [
    "another module of a known name",
    ["import ujson as json", `${TASK}(ClientRequestToken=json.dumps({"a": 1}))`],
    { ClientRequestToken: unknown('json.dumps({"a": 1})') },
  ],
  [
    "a default of a parameter",
    ['kw = {"Type": "T"}', "def fill(d=kw): d.clear()", `${TASK}(**kw)`],
    { $more: "kw" },
  ],
  ["a decorator", ['kw = {"Type": "T"}', "@change(kw)", "def f(): pass", `${TASK}(**kw)`], { $more: "kw" }],
  [
    "what another function sets",
    ['KW = {"Type": "T"}', "def init():", '    KW["Type"] = x', "def run():", `    ${TASK}(**KW)`],
    { Type: unknown("x") },
  ],
];

const COMMAND = 'import { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";';

const TYPESCRIPT: Alias[] = [
  [
    "a copy that shares what is inside",
    [
      "const base = { Report: { Enabled: true } };",
      "const kw = { ...base };",
      "kw.Report.Enabled = x;",
      "new Task(base);",
    ],
    unknown("base"),
  ],
  [
    "what it inherits",
    ['new Task({ __proto__: base, Type: "T" });'],
    { Type: "T", $more: "__proto__: base" },
  ],
  [
    "a loop",
    ['const Tags = [{ Key: "a" }];', "for (const tag of Tags) tag.Key = x;", "new Task({ Tags });"],
    { Tags: unknown("Tags") },
  ],
  [
    "a program in a text",
    ['let Type = "A";', "eval(code);", "new Task({ Type });"],
    { Type: unknown("Type") },
  ],
  ["a tag of a template", ['const kw = { Type: "A" };', "tag`${kw}`;", "new Task(kw);"], unknown("kw")],
  [
    "the input of a command",
    ['const c = new Task({ Type: "T" });', "c.input.Type = x;", "send(c);"],
    unknown('{ Type: "T" }'),
  ],
  ["a command that is only sent", ['const c = new Task({ Type: "T" });', "client.send(c);"], { Type: "T" }],
  [
    "destructuring",
    [
      "const kw = { Report: { Enabled: true } };",
      "const { Report } = kw;",
      "Report.Enabled = x;",
      "new Task(kw);",
    ],
    unknown("kw"),
  ],
  ["a frozen object", ['const kw = Object.freeze({ Type: "T" });', "new Task(kw);"], { Type: "T" }],
];

const GO: Alias[] = [
  [
    "a variable of the package",
    [
      'var id = "fs-1"',
      "func f() { c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{FileSystemId: &id}) }",
    ],
    { FileSystemId: unknown("id") },
  ],
  [
    "a constant of the package",
    [
      'const id = "fs-1"',
      "func f() { c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{FileSystemId: aws.String(id)}) }",
    ],
    { FileSystemId: "fs-1" },
  ],
  [
    "an input of the package",
    [
      'var in = &fsx.CreateDataRepositoryTaskInput{Type: "T"}',
      "func f() { c.CreateDataRepositoryTask(ctx, in) }",
    ],
    unknown("in"),
  ],
  [
    "a pointer",
    [
      "func f() {",
      'id := "fs-1"',
      'flag.StringVar(&id, "id", "x", "")',
      "c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{FileSystemId: &id})",
      "}",
    ],
    { FileSystemId: unknown("id") },
  ],
  [
    "a pointer in two inputs",
    [
      "func f() {",
      'id := "fs-1"',
      "c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{FileSystemId: &id})",
      "c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{FileSystemId: &id})",
      "}",
    ],
    { FileSystemId: "fs-1" },
  ],
  [
    "a copy of a structure",
    [
      "func f() {",
      'in := fsx.CreateDataRepositoryTaskInput{Type: "T"}',
      "other := in",
      "other.Type = x",
      "c.CreateDataRepositoryTask(ctx, &other)",
      "}",
    ],
    { Type: unknown("x") },
  ],
  [
    "who gets it from a function",
    [
      'func build() *fsx.CreateDataRepositoryTaskInput { return &fsx.CreateDataRepositoryTaskInput{Type: "T"} }',
      "func f() { in := build(); in.Type = x; c.CreateDataRepositoryTask(ctx, in) }",
    ],
    { Type: unknown("x") },
  ],
  [
    "a list that is written by its indexes",
    [
      'func f() { c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{Paths: []string{1: "a", 0: "b"}}) }',
    ],
    { Paths: unknown('[]string{1: "a", 0: "b"}') },
  ],
  [
    "a loop over structures",
    [
      "func f() {",
      'tags := []*types.Tag{{Key: aws.String("a")}}',
      "for _, t := range tags { t.Key = x }",
      "c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{Tags: tags})",
      "}",
    ],
    { Tags: unknown("tags") },
  ],
  [
    "an empty input that is filled",
    [
      "func f() {",
      "in := new(fsx.CreateDataRepositoryTaskInput)",
      'in.Type = "T"',
      "c.CreateDataRepositoryTask(ctx, in)",
      "}",
    ],
    { Type: "T" },
  ],
  [
    "a variable without a value that is filled",
    [
      "func f() {",
      "var in fsx.CreateDataRepositoryTaskInput",
      'in.Type = "T"',
      "c.CreateDataRepositoryTask(ctx, &in)",
      "}",
    ],
    { Type: "T" },
  ],
  [
    "setters one on the other",
    [
      "func f() {",
      'c.CreateDataRepositoryTask((&fsx.CreateDataRepositoryTaskInput{Type: "T"}).SetType("U").SetFileSystemId("f"))',
      "}",
    ],
    { Type: "U", FileSystemId: "f" },
  ],
];

const JAVA: Alias[] = [
  [
    "a builder of what was built",
    [
      "class A { void f() {",
      'var r = CreateDataRepositoryTaskRequest.builder().type("T").build();',
      "r = r.toBuilder().type(x).build();",
      "fsx.createDataRepositoryTask(r); } }",
    ],
    { Type: unknown("x") },
  ],
];

const LANGUAGES = [
  { file: "a.py", head: [], aliases: PYTHON },
  { file: "a.ts", head: [COMMAND], aliases: TYPESCRIPT },
  { file: "a.go", head: ["package main", 'import "github.com/aws/aws-sdk-go-v2/service/fsx"'], aliases: GO },
  { file: "A.java", head: ["import software.amazon.awssdk.services.fsx.model.*;"], aliases: JAVA },
];

describe.each(LANGUAGES)("values in $file that others can change", ({ file, head, aliases }) => {
  it.each(aliases)("are known for certain only: %s", async (_, lines, payload) => {
    const payloads = await payloadsIn(file, `${[...head, ...lines].join("\n")}\n`);
    expect(payloads.at(-1)).toEqual(payload);
  });
});

describe("constructs that are changed after they are made", () => {
  it.each([
    [
      "a.ts",
      'const s = new CfnSchedule(this, "S", { target: { arn: "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask", input: "{}" } });\ns.addPropertyOverride("Target.Input", x);\n',
    ],
    [
      "a.py",
      's = CfnSchedule(self, "S", target={"arn": "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask", "input": "{}"})\ns.add_property_override("Target.Input", x)\n',
    ],
    [
      "b.ts",
      'const s = new CfnSchedule(this, "S", { target: { arn: "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask", input: "{}" } });\ns.target = x;\n',
    ],
  ])("are not read in %s", async (file, text) => {
    expect(await payloadsIn(file, text)).toEqual([]);
  });
});
