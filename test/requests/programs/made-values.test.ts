import { describe, expect, it } from "vitest";
import { payloadsIn } from "./read.ts";

const unknown = (source: string) => ({ $unknown: source });
const payloadOf = async (file: string, lines: readonly string[]): Promise<unknown> => {
  const [only, ...others] = await payloadsIn(file, `${lines.join("\n")}\n`);
  expect(others).toEqual([]);
  return only;
};

const PYTHON = ["import boto3, copy", 'fsx = boto3.client("fsx")', 'kw = {"Type": "A"}'];
const CALL = "fsx.create_data_repository_task(**kw)";

describe("a dictionary of Python", () => {
  it.each<[string, string[], unknown]>([
    ["a union", ['fsx.create_data_repository_task(**(kw | {"Paths": ["p"]}))'], { Type: "A", Paths: ["p"] }],
    ["a union in place", ['kw |= {"Paths": ["p"]}', CALL], { Type: "A", Paths: ["p"] }],
    [
      "a union in place, in a branch",
      ["if x:", '    kw |= {"Type": "B", "Paths": ["p"]}', CALL],
      { Type: unknown('"B"'), Paths: ["p"], $more: "Paths may be absent" },
    ],
    ["a union with anything", ["kw |= more", CALL], { Type: unknown("kw |= more"), $more: "kw" }],
    ["a copy", ["x = kw.copy()", 'x["Type"] = "B"', CALL], { Type: "A" }],
    [
      "what a copy is given",
      ["x = copy.copy(kw)", 'x["Paths"] = ["p"]', CALL.replace("kw", "x")],
      { Type: "A", Paths: ["p"] },
    ],
    ["a deep copy", ["x = copy.deepcopy(kw)", "change(x)", CALL], { Type: "A" }],
    [
      "a dictionary of one and more",
      ['fsx.create_data_repository_task(**dict(kw, Type="B", FileSystemId="f"))'],
      { Type: "B", FileSystemId: "f" },
    ],
    [
      "update",
      ['kw.update({"Paths": ["p"]}, FileSystemId="f")', CALL],
      { Type: "A", Paths: ["p"], FileSystemId: "f" },
    ],
    [
      "update from one that two others take over",
      ['base = {"FileSystemId": "f"}', "other = {}", "other.update(base)", "kw.update(base)", CALL],
      { Type: "A", FileSystemId: "f" },
    ],
    [
      "update from one that changes afterwards",
      ['base = {"FileSystemId": "f"}', "kw.update(base)", 'base["FileSystemId"] = "g"', CALL],
      { Type: unknown("kw.update(base)"), $more: "kw" },
    ],
    [
      "setdefault",
      ['kw.setdefault("Type", "B")', 'kw.setdefault("FileSystemId", "f")', CALL],
      { Type: "A", FileSystemId: "f" },
    ],
    [
      "setdefault that hands on what it sets",
      ['kw.setdefault("Paths", []).append(x)', CALL],
      { $more: "kw" },
    ],
    [
      "members on a condition",
      ['fsx.create_data_repository_task(Type="A", **({"Paths": ["p"]} if x else {}))'],
      { Type: "A", Paths: ["p"], $more: "Paths may be absent" },
    ],
    [
      "one of two sets of members",
      ['fsx.create_data_repository_task(**({"Type": "A", "Paths": ["p"]} if x else {"Type": "A"}))'],
      { Type: "A", Paths: ["p"], $more: "Paths may be absent" },
    ],
    [
      "what a member is given beside anything",
      ["x = {**more}", "if y:", '    x["Type"] = "B"', CALL.replace("kw", "x")],
      { Type: unknown('"B"'), $more: "x, Type may be absent" },
    ],
    [
      "flags",
      ["n = 1", "n |= 2", "fsx.create_data_repository_task(CapacityToRelease=n)"],
      { CapacityToRelease: unknown("n") },
    ],
  ])("is known with %s", async (_, lines, payload) => {
    expect(await payloadOf("a.py", [...PYTHON, ...lines])).toEqual(payload);
  });
});

describe("a function of Python that returns one expression", () => {
  it.each<[string, string[], string, unknown]>([
    [
      "literals and parameters",
      ["def made(path, kind='K'):", "    return {'Type': 'T', 'FileSystemId': path, 'Paths': [kind]}"],
      "made('f')",
      { Type: "T", FileSystemId: "f", Paths: [unknown("kind")] },
    ],
    [
      "arguments by name",
      ["def made(*, path):", "    return dict(FileSystemId=path)"],
      "made(path='f')",
      { FileSystemId: "f" },
    ],
    [
      "what it makes in a variable",
      ["def made():", "    d = {'Type': 'T'}", "    if x:", "        d['Paths'] = ['p']", "    return d"],
      "made()",
      { Type: "T", Paths: ["p"], $more: "Paths may be absent" },
    ],
    ["a lambda", ["made = lambda kind: {'Type': kind}"], "made('T')", { Type: "T" }],
    [
      "a copy of what is outside",
      ["def made():", "    return {**kw, 'FileSystemId': 'f'}"],
      "made()",
      { Type: "A", FileSystemId: "f" },
    ],
    [
      "several returns",
      ["def made():", "    if x: return {'Type': 'U'}", "    return {'Type': 'T'}"],
      "made()",
      { $more: "made()" },
    ],
    [
      "an object that others have, too",
      ["def made():", "    return kw", "made()['Type'] = x"],
      "made()",
      { $more: "made()" },
    ],
    [
      "what is inside of such an object",
      ["held = {'Report': {'Path': 'p'}}", "def made():", "    return {**held}"],
      "made()",
      { $more: "made()" },
    ],
    ["a decorator", ["@wrap", "def made():", "    return {'Type': 'T'}"], "made()", { $more: "made()" }],
    [
      "a generator",
      ["def made():", "    yield 1", "    return {'Type': 'T'}"],
      "made()",
      { $more: "made()" },
    ],
    [
      "a parameter that gets another value",
      ["def made(a):", "    a = a.upper()", "    return {'Type': a}"],
      "made('t')",
      { Type: unknown("a") },
    ],
    [
      "a parameter that collects",
      ["def made(*a):", "    return {'Type': a}"],
      "made('t')",
      { Type: unknown("a") },
    ],
    [
      "an argument that it changes",
      ["def made(a):", "    a.append(x)", "    return {'Paths': a}"],
      "made(['t'])",
      { Paths: unknown("a") },
    ],
    [
      "itself",
      ["def made(a):", "    return {'Type': a, 'Report': made(a)}"],
      "made('t')",
      { Type: "t", Report: unknown("{'Type': a, 'Report': made(a)}") },
    ],
  ])("is followed, or not, with %s", async (_, lines, call, payload) => {
    expect(
      await payloadOf("a.py", [...PYTHON, ...lines, `fsx.create_data_repository_task(**${call})`]),
    ).toEqual(payload);
  });
});

const SCRIPT = [
  'import { FSx } from "@aws-sdk/client-fsx";',
  "const fsx = new FSx({});",
  'const kw: any = { Type: "A" };',
];
const SEND = "fsx.createDataRepositoryTask(kw);";

describe("an object of TypeScript", () => {
  it.each<[string, string[], unknown]>([
    [
      "a new object",
      ['fsx.createDataRepositoryTask(Object.assign({}, kw, { Paths: ["p"] }));'],
      { Type: "A", Paths: ["p"] },
    ],
    [
      "members that are put into it",
      ['Object.assign(kw, { Paths: ["p"] });', SEND],
      { Type: "A", Paths: ["p"] },
    ],
    [
      "members that are put into it in a branch",
      ['if (x) Object.assign(kw, { Type: "B", Paths: ["p"] });', SEND],
      { Type: unknown('"B"'), Paths: ["p"], $more: "Paths may be absent" },
    ],
    ["another name of it", ["const o = Object.assign(kw, {});", "o.Type = x;", SEND], unknown("kw")],
    [
      "another name of it, out of a function",
      ["const f = () => Object.assign(kw, {});", "f().Type = x;", SEND],
      unknown("kw"),
    ],
    ["a clone", ["const o = structuredClone(kw);", "change(o);", SEND], { Type: "A" }],
    [
      "members on a condition",
      [
        'fsx.createDataRepositoryTask({ ...kw, ...(x ? { Paths: ["p"] } : {}), ...(y && { FileSystemId: "f" }) });',
      ],
      {
        Type: "A",
        Paths: ["p"],
        FileSystemId: "f",
        $more: "Paths may be absent, FileSystemId may be absent",
      },
    ],
    [
      "another value on a condition",
      ['fsx.createDataRepositoryTask({ ...kw, ...(x && { Type: "B" }) });'],
      { Type: unknown('"B"') },
    ],
    ["a member that is nothing", ["fsx.createDataRepositoryTask({ ...kw, ...{ Type: undefined } });"], {}],
    [
      "a member that is nothing on a condition",
      ["fsx.createDataRepositoryTask({ ...kw, ...(x && { Type: undefined }) });"],
      { Type: "A", $more: "Type may be absent" },
    ],
    [
      "a function",
      [
        'const made = (id: string) => ({ Type: "T", FileSystemId: id });',
        'fsx.createDataRepositoryTask(made("f"));',
      ],
      { Type: "T", FileSystemId: "f" },
    ],
    [
      "a function's variable",
      ["fsx.createDataRepositoryTask(made());", 'function made() { const o = { Type: "T" }; return o; }'],
      { Type: "T" },
    ],
    [
      "a function's default",
      ['const made = (kind = "T") => ({ Type: kind });', "fsx.createDataRepositoryTask(made());"],
      { Type: unknown("kind") },
    ],
    [
      "a function that is waited for",
      ['async function made() { return { Type: "T" }; }', "fsx.createDataRepositoryTask(made());"],
      unknown("made()"),
    ],
  ])("is known, or not, with %s", async (_, lines, payload) => {
    expect(await payloadOf("a.ts", [...SCRIPT, ...lines])).toEqual(payload);
  });
});

const builder = (body: string): string[] => [
  "import software.amazon.awssdk.services.fsx.model.*;",
  `class A { void f() { ${body} } }`,
];
const BEGIN = 'var b = CreateDataRepositoryTaskRequest.builder().type("A");';
const END = "c.createDataRepositoryTask(b.build());";

describe("a builder of Java in a variable", () => {
  it.each<[string, string, unknown]>([
    [
      "statements",
      `${BEGIN} b.fileSystemId("f"); b.paths("p", "q"); ${END}`,
      { Type: "A", FileSystemId: "f", Paths: ["p", "q"] },
    ],
    [
      "a branch",
      `${BEGIN} if (x) { b.fileSystemId("f"); b.type("B"); } ${END}`,
      { Type: unknown('"B"'), FileSystemId: "f", $more: "FileSystemId may be absent" },
    ],
    ["what comes later", `${BEGIN} ${END} b.type("B");`, { Type: "A" }],
    [
      "what comes later in a loop",
      `${BEGIN} for (var x : xs) { ${END} b.type("B"); }`,
      unknown('CreateDataRepositoryTaskRequest.builder().type("A")'),
    ],
    [
      "another hand",
      `${BEGIN} fill(b); ${END}`,
      unknown('CreateDataRepositoryTaskRequest.builder().type("A")'),
    ],
    [
      "another function",
      `${BEGIN} xs.forEach(x -> b.type(x)); ${END}`,
      unknown('CreateDataRepositoryTaskRequest.builder().type("A")'),
    ],
    [
      "another name",
      `${BEGIN} var d = b.type("B"); d.type("C"); ${END}`,
      unknown('CreateDataRepositoryTaskRequest.builder().type("A")'),
    ],
  ])("is known, or not, with %s", async (_, body, payload) => {
    expect(await payloadOf("A.java", builder(body))).toEqual(payload);
  });

  it("makes a request each time that it is finished", async () => {
    const text = builder(
      `${BEGIN} c.createDataRepositoryTask(b.fileSystemId("f").build()); b.type("B"); ${END}`,
    );
    expect(await payloadsIn("A.java", text.join("\n"))).toEqual([
      { Type: "A", FileSystemId: "f" },
      { Type: "B", FileSystemId: "f" },
    ]);
  });
});

describe("an object of another language", () => {
  it.each<[string, string[], unknown]>([
    [
      "a.rb",
      [
        'kw = { type: "A" }',
        'kw.merge!(file_system_id: "f")',
        'kw.store(:paths, ["p"])',
        "Aws::FSx::Client.new.create_data_repository_task(kw)",
      ],
      { Type: "A", FileSystemId: "f", Paths: ["p"] },
    ],
    [
      "a.rb",
      [
        'kw = { type: "A" }',
        'x = y.map { kw.update(type: "B") }',
        "Aws::FSx::Client.new.create_data_repository_task(kw)",
      ],
      unknown("kw"),
    ],
    [
      "a.ps1",
      ["$p = @{ Type = 'A' }", "$p.Add('FileSystemId', 'f')", "New-FSXDataRepositoryTask @p"],
      { Type: "A", FileSystemId: "f" },
    ],
  ])("is known, or not, in %s: %s", async (file, lines, payload) => {
    expect(await payloadOf(file, lines)).toEqual(payload);
  });
});
