import { describe, expect, it } from "vitest";
import { payloadsIn } from "./read.ts";

const unknown = (source: string) => ({ $unknown: source });

interface Trap {
  title: string;
  lines: string[];
  /** The payload of the only request; undefined for none. */
  payload: unknown;
}

const TASK = "fsx.create_data_repository_task";

const PYTHON: Trap[] = [
  {
    title: "an inner function rebinds a name of the outer one",
    lines: [
      "def run():",
      '    kind = "EXPORT"',
      "    def change():",
      "        nonlocal kind",
      "        kind = read()",
      "    change()",
      `    ${TASK}(FileSystemId="f", Type=kind)`,
    ],
    payload: { FileSystemId: "f", Type: unknown("kind") },
  },
  {
    title: "a function rebinds a name of the module",
    lines: [
      'KIND = "EXPORT"',
      "def change():",
      "    global KIND",
      "    KIND = read()",
      `${TASK}(FileSystemId="f", Type=KIND)`,
    ],
    payload: { FileSystemId: "f", Type: unknown("KIND") },
  },
  {
    title: "a list inside of a dictionary grows before the call",
    lines: ['paths = ["a"]', 'kw = {"Paths": paths, "Type": "T"}', "paths.append(x)", `${TASK}(**kw)`],
    payload: { Paths: unknown("paths"), Type: "T" },
  },
  {
    title: "a list grows behind the call, but in a loop around it",
    lines: ['paths = ["a"]', "for x in xs:", `    ${TASK}(Type="T", Paths=paths)`, "    paths.append(x)"],
    payload: { Type: "T", Paths: unknown("paths") },
  },
  {
    title: "a list grows behind the call",
    lines: ['paths = ["a"]', `${TASK}(Type="T", Paths=paths)`, "paths.append(x)"],
    payload: { Type: "T", Paths: ["a"] },
  },
  {
    title: "a list that was put into a dictionary is changed there",
    lines: [
      'paths = ["a"]',
      'kw = {"Type": "T"}',
      'kw["Paths"] = paths',
      'change(kw["Paths"])',
      `${TASK}(**kw)`,
    ],
    payload: { $more: "kw" },
  },
  {
    title: "a member that was put into a dictionary is shown",
    lines: [
      "def run(x):",
      '    kw = {"Type": "T"}',
      '    kw["Paths"] = x',
      '    print(kw["Paths"])',
      `    ${TASK}(**kw)`,
    ],
    payload: { Type: "T", Paths: unknown("x") },
  },
  {
    title: "a dictionary is updated",
    lines: ['kw = {"Type": "T"}', "kw.update(more)", `${TASK}(**kw)`],
    payload: { Type: unknown("kw.update(more)"), $more: "kw" },
  },
  {
    title: "a dictionary has another name",
    lines: ['kw = {"Type": "T"}', "other = kw", 'other["Type"] = x', `${TASK}(**kw)`],
    payload: { $more: "kw" },
  },
  {
    title: "a member is set deeper in",
    lines: ['kw = {"Report": {"Enabled": True}}', 'kw["Report"]["Enabled"] = x', `${TASK}(**kw)`],
    payload: { $more: "kw" },
  },
  {
    title: "a known member is set in a branch",
    lines: ['kw = {"Type": "T"}', "if x:", '    kw["Type"] = "U"', `${TASK}(**kw)`],
    payload: { Type: unknown('"U"') },
  },
  {
    title: "a member is set in the loop that calls",
    lines: ['kw = {"Type": "T"}', "for f in fs:", '    kw["FileSystemId"] = f', `    ${TASK}(**kw)`],
    payload: { Type: "T", FileSystemId: unknown("f") },
  },
  {
    title: "a member is deleted",
    lines: ['kw = {"Type": "T"}', 'del kw["Type"]', `${TASK}(**kw)`],
    payload: { $more: "kw" },
  },
  {
    title: "a name is bound in a branch only",
    lines: ["if x:", '    kind = "EXPORT"', `${TASK}(FileSystemId="f", Type=kind)`],
    payload: { FileSystemId: "f", Type: unknown("kind") },
  },
  {
    title: "a name is bound in both branches",
    lines: ["if x:", '    k = "A"', "else:", '    k = "B"', `${TASK}(FileSystemId="f", Type=k)`],
    payload: { FileSystemId: "f", Type: unknown("k") },
  },
  {
    title: "a text grows",
    lines: ['k = "A"', 'k += "B"', `${TASK}(FileSystemId="f", Type=k)`],
    payload: { FileSystemId: "f", Type: unknown("k") },
  },
  {
    title: "a parameter has the name of a constant",
    lines: ['K = "A"', "def run(K):", `    ${TASK}(FileSystemId="f", Type=K)`],
    payload: { FileSystemId: "f", Type: unknown("K") },
  },
  {
    title: "a class has the name of a constant, which its methods don't see",
    lines: [
      'K = "A"',
      "class C:",
      '    K = "B"',
      "    def run(self):",
      `        ${TASK}(FileSystemId="f", Type=K)`,
    ],
    payload: { FileSystemId: "f", Type: "A" },
  },
  {
    title: "a class has the name of a constant, which a class in it doesn't see",
    lines: [
      'K = "A"',
      "class C:",
      '    K = "B"',
      "    class D:",
      `        ${TASK}(FileSystemId="f", Type=K)`,
    ],
    payload: { FileSystemId: "f", Type: "A" },
  },
  {
    title: "a loop, a context and a pattern bind names",
    lines: [
      'K = L = M = "A"',
      "for K in ks: pass",
      "with x as L: pass",
      "match x:",
      "    case {'a': M}: pass",
      `${TASK}(FileSystemId=K, Type=L, Paths=[M])`,
    ],
    payload: { FileSystemId: unknown("K"), Type: unknown("L"), Paths: [unknown("M")] },
  },
  {
    title: "a module may bring the name along",
    lines: ['K = "A"', "from x import *", `${TASK}(FileSystemId="f", Type=K)`],
    payload: { FileSystemId: "f", Type: unknown("K") },
  },
  {
    title: "formatted and converted values are no plain texts",
    lines: ['k = "A"', `${TASK}(FileSystemId=f"{k}-{k!r}-{k:>4}", Type=f"{k}{{}}")`],
    payload: { FileSystemId: unknown('f"{k}-{k!r}-{k:>4}"'), Type: "A{}" },
  },
  {
    title: "keywords beside a spread are certain",
    lines: [`${TASK}(Type="T", **kw)`],
    payload: { Type: "T", $more: "kw" },
  },
  {
    title: "members before a spread in a dictionary are not",
    lines: [`${TASK}(Report={"Enabled": True, **kw, "Scope": "S"}, Type="T")`],
    payload: { Report: { Enabled: unknown("kw"), Scope: "S", $more: "kw" }, Type: "T" },
  },
  {
    title: "a client of another service has such a method",
    lines: ['s3 = boto3.client("s3")', 's3.create_data_repository_task(Type="T")'],
    payload: undefined,
  },
  {
    title: "a client that is one of two is none that is known",
    lines: ['c = boto3.client("fsx")', 'c = boto3.client("s3")', 'c.create_data_repository_task(Type="T")'],
    payload: { Type: "T" },
  },
];

const COMMAND = 'import { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";';

const JAVASCRIPT: Trap[] = [
  {
    title: "an object is handed on by its name",
    lines: [COMMAND, 'const input = { Type: "T" };', "fill({ input });", "new Task(input);"],
    payload: unknown("input"),
  },
  {
    title: "a member of a computed name is set",
    lines: [COMMAND, 'const input = { Type: "T" };', "input[k] = 1;", "new Task(input);"],
    payload: unknown("input"),
  },
  {
    title: "a variable of the function is given its value in a branch",
    lines: [COMMAND, 'function f() { if (x) { var kind = "T"; } new Task({ Type: kind }); }'],
    payload: { Type: unknown("kind") },
  },
  {
    title: "a getter is no value",
    lines: [COMMAND, "new Task({ get Type() { return x; }, Paths: [] });"],
    payload: { Type: unknown("get Type() { return x; }"), Paths: [] },
  },
  {
    title: "a computed name may be any member",
    lines: [COMMAND, 'new Task({ Type: "T", [k]: 1, Paths: [] });'],
    payload: { Type: unknown('"T"'), Paths: [], $more: '{ Type: "T", [k]: 1, Paths: [] }' },
  },
  {
    title: "a function assigns to a name of the module",
    lines: [COMMAND, 'let kind = "T";', "function change() { kind = x; }", "new Task({ Type: kind });"],
    payload: { Type: unknown("kind") },
  },
  {
    title: "a block has a name of its own",
    lines: [COMMAND, 'const kind = "T";', "{ const kind = x; }", "new Task({ Type: kind });"],
    payload: { Type: "T" },
  },
  {
    title: "a variable is declared again",
    lines: [COMMAND, 'var kind = "T";', "if (x) { var kind = y; }", "new Task({ Type: kind });"],
    payload: { Type: unknown("kind") },
  },
  {
    title: "an object that is copied into is another one",
    lines: [COMMAND, 'const a = { Type: "T" };', "Object.assign(a, more);", "new Task(a);"],
    payload: { Type: unknown("Object.assign(a, more)"), $more: "a" },
  },
  {
    title: "one of two objects has both names",
    lines: [COMMAND, 'const a = { Type: "T" };', "const b = a || {};", "b.Type = x;", "new Task(a);"],
    payload: unknown("a"),
  },
  {
    title: "a destructured name shadows the constant",
    lines: [COMMAND, 'const kind = "T";', "const run = ({ kind }) => new Task({ Type: kind });"],
    payload: { Type: unknown("kind") },
  },
  {
    title: "a member is deleted",
    lines: [COMMAND, 'const a = { Type: "T", Paths: [] };', "delete a.Paths;", "new Task(a);"],
    payload: unknown("a"),
  },
  {
    title: "a class of the same name is another one",
    lines: [
      "class CreateDataRepositoryTaskCommand {}",
      'new CreateDataRepositoryTaskCommand({ Type: "T" });',
    ],
    payload: undefined,
  },
  {
    title: "a client of another library has such a method",
    lines: ['import { FSx } from "fsx";', 'new FSx().createDataRepositoryTask({ Type: "T" });'],
    payload: undefined,
  },
];

const GO = ["package main", 'import "github.com/aws/aws-sdk-go-v2/service/fsx"'];

const GO_TRAPS: Trap[] = [
  {
    title: "an input is filled by another function",
    lines: [
      ...GO,
      "func f() {",
      '  in := &fsx.CreateDataRepositoryTaskInput{Type: "T"}',
      "  fill(in)",
      "  c.CreateDataRepositoryTask(ctx, in)",
      "}",
    ],
    payload: unknown("in"),
  },
  {
    title: "a field is set in a branch",
    lines: [
      ...GO,
      "func f() {",
      '  in := &fsx.CreateDataRepositoryTaskInput{Type: "T"}',
      "  if x { in.FileSystemId = id }",
      "  c.CreateDataRepositoryTask(ctx, in)",
      "}",
    ],
    payload: { Type: "T", FileSystemId: unknown("id"), $more: "FileSystemId may be absent" },
  },
  {
    title: "a name is what a channel gives",
    lines: [
      ...GO,
      'const kind = "T"',
      "func f() {",
      "  select {",
      "  case kind := <-kinds:",
      "    c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{Type: kind})",
      "  }",
      "}",
    ],
    payload: { Type: unknown("kind") },
  },
  {
    title: "a channel gives a name another value",
    lines: [
      ...GO,
      "func f() {",
      '  kind := "T"',
      "  select { case kind = <-kinds: }",
      "  c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{Type: kind})",
      "}",
    ],
    payload: { Type: unknown("kind") },
  },
  {
    title: "a type of the same name is another one",
    lines: ["package main", 'import "example.com/fsx"', "var in = fsx.CreateDataRepositoryTaskInput{}"],
    payload: undefined,
  },
];

const JAVA = "import software.amazon.awssdk.services.fsx.model.*;";

const JAVA_TRAPS: Trap[] = [
  {
    title: "a field of another class is given a value by a method that may never run",
    lines: [
      "import software.amazon.awssdk.services.fsx.model.*;",
      "class A extends B {",
      '  void change() { kind = "EXPORT"; }',
      "  Object request() { return CreateDataRepositoryTaskRequest.builder().type(kind).build(); }",
      "}",
    ],
    payload: { Type: unknown("kind") },
  },
  {
    title: "a builder is changed after its first calls",
    lines: [
      JAVA,
      "class A { void f() {",
      '  var b = CreateDataRepositoryTaskRequest.builder().type("T");',
      "  fill(b);",
      "  fsx.createDataRepositoryTask(b.build());",
      "} }",
    ],
    payload: unknown('CreateDataRepositoryTaskRequest.builder().type("T")'),
  },
  {
    title: "a field that isn't final has any value",
    lines: [
      JAVA,
      'class A { String t = "T";',
      "  Object f() { return CreateDataRepositoryTaskRequest.builder().type(t).build(); } }",
    ],
    payload: { Type: unknown("t") },
  },
  {
    title: "a list that is a variable is no single item",
    lines: [
      JAVA,
      'class A { Object f() { return CreateDataRepositoryTaskRequest.builder().paths(p).type("T").type("U").build(); } }',
    ],
    payload: { Paths: unknown("p"), Type: "U" },
  },
];

const LANGUAGES = [
  { file: "a.py", traps: PYTHON },
  { file: "a.ts", traps: JAVASCRIPT },
  { file: "a.go", traps: GO_TRAPS },
  { file: "A.java", traps: JAVA_TRAPS },
];

describe.each(LANGUAGES)("values in $file", ({ file, traps }) => {
  it.each(traps)("are known for certain only: $title", async ({ lines, payload }) => {
    const expected = payload === undefined ? [] : [payload];
    expect(await payloadsIn(file, `${lines.join("\n")}\n`)).toEqual(expected);
  });
});
