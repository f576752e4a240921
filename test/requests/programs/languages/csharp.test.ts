import { describe, expect, it } from "vitest";
import { size } from "../../../support/scale.ts";
import { payloadsIn, placesOf, readProgram } from "../read.ts";

const unknown = (source: string) => ({ $unknown: source });

const HEAD = "using Amazon.FSx;\nusing Amazon.FSx.Model;\n";
const NEW = "new CreateDataRepositoryTaskRequest";

/** Statements in a method. */
const inMethod = (lines: string): string =>
  `${HEAD}class A {\n async Task F(IAmazonFSx fsx) {\n${lines}\n}\n}\n`;

const payloads = (lines: string): Promise<unknown[]> => payloadsIn("a.cs", inMethod(lines));

describe("a request of the AWS SDK for .NET", () => {
  it.each([
    ["where it is made", `await fsx.CreateDataRepositoryTaskAsync(${NEW} { Type = "T" });`],
    [
      "in a variable",
      `var r = ${NEW} { Type = "T" };\nawait fsx.CreateDataRepositoryTaskAsync(r, token).ConfigureAwait(false);`,
    ],
    ["with members that come later", `var r = ${NEW}();\nr.Type = "T";\nfsx.CreateDataRepositoryTask(r);`],
    [
      "of the variable's type",
      `CreateDataRepositoryTaskRequest r = new() { Type = "T" };\nfsx.CreateDataRepositoryTask(r);`,
    ],
    ["of the method's type", `await fsx.CreateDataRepositoryTaskAsync(new() { Type = "T" });`],
    [
      "by its full name",
      `fsx.CreateDataRepositoryTask(new Amazon.FSx.Model.CreateDataRepositoryTaskRequest { Type = "T" });`,
    ],
    ["that is returned", `return ${NEW} { Type = "T" };`],
  ])("is read: %s", async (_, lines) => {
    expect(await payloads(lines)).toEqual([{ Type: "T" }]);
  });

  it.each([
    ["by an expression", `CreateDataRepositoryTaskRequest F() => new() { Type = "T" };`],
    ["by a statement", `async Task<CreateDataRepositoryTaskRequest> F() { return new() { Type = "T" }; }`],
  ])("is read of the type that a function returns: %s", async (_, member) => {
    expect(await payloadsIn("a.cs", `${HEAD}class A { ${member} }\n`)).toEqual([{ Type: "T" }]);
  });

  it("is read by another name", async () => {
    const text = `using R = Amazon.FSx.Model.CreateDataRepositoryTaskRequest;\nvar r = new R { Type = "T" };\n`;
    expect(await payloadsIn("a.cs", text)).toEqual([{ Type: "T" }]);
  });

  it.each([
    ["of a namespace of the program's own", `using My.Api;\nvar r = ${NEW} { Type = "T" };`],
    [
      "of a type of the program's own",
      `${HEAD}class CreateDataRepositoryTaskRequest { }\nvar r = ${NEW} { Type = "T" };`,
    ],
    ["in a comment", `${HEAD}// ${NEW} { Type = "T" }`],
    ["in a text", `${HEAD}var s = "${NEW} { }";`],
    [
      "that a double takes",
      `${HEAD}mock.Setup(x => x.CreateDataRepositoryTaskAsync(It.IsAny<CreateDataRepositoryTaskRequest>()));`,
    ],
    ["in a type", `${HEAD}class A { CreateDataRepositoryTaskRequest r; }`],
  ])("is none: %s", async (_, text) => {
    expect((await readProgram("a.cs", `${text}\n`)).requests).toEqual([]);
  });
});

describe("values in C#", () => {
  it.each<[string, string, unknown]>([
    [
      "texts",
      `Type = "a\\tb", FileSystemId = @"a""\\b", ClientRequestToken = "\\u00e9\\x41"`,
      { Type: "a\tb", FileSystemId: 'a"\\b', ClientRequestToken: "éA" },
    ],
    [
      "raw texts",
      `Type = """a"b""", FileSystemId = """\n    a\n      b\n    """`,
      { Type: 'a"b', FileSystemId: "a\n  b" },
    ],
    [
      "interpolation",
      `Type = $"A{x}", FileSystemId = $"fs-{"1"}{{", ClientRequestToken = $"{"a":X}"`,
      { Type: unknown('$"A{x}"'), FileSystemId: "fs-1{", ClientRequestToken: unknown('$"{"a":X}"') },
    ],
    ["a sum", `Type = "A" + "B"`, { Type: "AB" }],
    [
      "formats",
      `Type = string.Format("{0}_{1}", "A", 1), FileSystemId = string.Join("-", new[] { "fs", "1" })`,
      { Type: "A_1", FileSystemId: "fs-1" },
    ],
    [
      "enumerations",
      `Type = DataRepositoryTaskType.EXPORT_TO_REPOSITORY, Report = new CompletionReport { Enabled = false, Scope = ReportScope.FAILED_FILES_ONLY }`,
      { Type: "EXPORT_TO_REPOSITORY", Report: { Enabled: false, Scope: "FAILED_FILES_ONLY" } },
    ],
    ["an enumeration's text", `Type = DataRepositoryTaskType.FindValue("A")`, { Type: "A" }],
    [
      "another class's constant",
      `Type = Kinds.Types.EXPORT_TO_REPOSITORY`,
      { Type: unknown("Kinds.Types.EXPORT_TO_REPOSITORY") },
    ],
    [
      "lists",
      `Paths = new List<string> { "a", b }, Tags = { new Tag { Key = "a", Value = null } }`,
      { Paths: ["a", unknown("b")], Tags: [{ Key: "a" }] },
    ],
    ["arrays", `Paths = ["a", .. more]`, { Paths: ["a", { $more: `["a", .. more]` }] }],
    ["an empty list", `Paths = new List<string>()`, { Paths: [] }],
    ["members of a member", `Report = { Enabled = true }`, { Report: { Enabled: true } }],
    ["numbers", `CapacityToRelease = 1_000L`, { CapacityToRelease: 1000 }],
    [
      "what a constructor is given",
      `Type = new DataRepositoryTaskType("A")`,
      { Type: unknown('new DataRepositoryTaskType("A")') },
    ],
    ["a condition", `Type = x ? "A" : "B"`, { Type: unknown('x ? "A" : "B"') }],
    ["a default", `Type = x ?? "B"`, { Type: unknown('x ?? "B"') }],
    ["bytes", `Type = "A"u8`, { Type: unknown('"A"u8') }],
  ])("are read: %s", async (_, members, payload) => {
    expect(await payloads(`fsx.CreateDataRepositoryTask(${NEW} { ${members} });`)).toEqual([payload]);
  });

  const call = (members: string): string => `fsx.CreateDataRepositoryTask(${NEW} { ${members} });`;

  it.each<[string, string, unknown]>([
    ["a variable", `var kind = "A";\n${call("Type = kind")}`, { Type: "A" }],
    ["a constant", `const string Kind = "A";\n${call("Type = Kind")}`, { Type: "A" }],
    [
      "a variable that is set again",
      `var kind = "A";\nkind = read();\n${call("Type = kind")}`,
      { Type: unknown("kind") },
    ],
    [
      "a variable that a branch sets",
      `string kind;\nif (x) { kind = "A"; }\n${call("Type = kind")}`,
      { Type: unknown("kind") },
    ],
    [
      "a variable that grows",
      `var kind = "A";\nkind += "B";\n${call("Type = kind")}`,
      { Type: unknown("kind") },
    ],
    [
      "a variable by ref",
      `var kind = "A";\nfix(ref kind);\n${call("Type = kind")}`,
      { Type: unknown("kind") },
    ],
    [
      "a variable by out",
      `string kind = "A";\nread(out kind);\n${call("Type = kind")}`,
      { Type: unknown("kind") },
    ],
    [
      "a variable of a pattern",
      `if (x is string kind) { ${call("Type = kind")} }`,
      { Type: unknown("kind") },
    ],
    ["a loop's item", `foreach (var kind in kinds) { ${call("Type = kind")} }`, { Type: unknown("kind") }],
    [
      "a lambda that sets it",
      `var kind = "A";\nAction f = () => kind = "B";\nf();\n${call("Type = kind")}`,
      { Type: unknown("kind") },
    ],
    ["a tuple", `var kind = "A";\n(kind, x) = read();\n${call("Type = kind")}`, { Type: unknown("kind") }],
    [
      "a list that grows",
      `var r = ${NEW} { Type = "A" };\nr.Paths.Add("a");\nfsx.CreateDataRepositoryTask(r);`,
      unknown("r"),
    ],
    [
      "a request that is handed on before",
      `var r = ${NEW} { Type = "A" };\nfill(r);\nfsx.CreateDataRepositoryTask(r);`,
      unknown("r"),
    ],
    [
      "a member in a branch",
      `var r = ${NEW} { Type = "A" };\nif (x) r.Paths = p;\nfsx.CreateDataRepositoryTask(r);`,
      { Type: "A", Paths: unknown("p"), $more: "Paths may be absent" },
    ],
    [
      "a member that is set to null",
      `var r = ${NEW} { Type = "A" };\nr.Type = null;\nfsx.CreateDataRepositoryTask(r);`,
      {},
    ],
    [
      "another name of the request",
      `var r = ${NEW} { Type = "A" };\nvar s = r;\ns.Type = "B";\nfsx.CreateDataRepositoryTask(r);`,
      unknown("r"),
    ],
    [
      "a list that grows before the call",
      `var p = new List<string> { "a" };\nvar r = ${NEW} { Paths = p };\np.Add("b");\nfsx.CreateDataRepositoryTask(r);`,
      { Paths: unknown("p") },
    ],
    [
      "a loop that changes a variable",
      `var kind = "A";\nwhile (x) { ${call("Type = kind")} kind = "B"; }`,
      { Type: unknown("kind") },
    ],
    ["another copy", `fsx.CreateDataRepositoryTask(${NEW}() with { Type = "A" });`, {}],
  ])("are known for certain only: %s", async (_, text, payload) => {
    expect(await payloads(text)).toEqual([payload]);
  });

  it.each([
    ['private const string Kind = "A";', "A"],
    ['static readonly string Kind = "A";', "A"],
    ['readonly string Kind = "A";', unknown("Kind")],
    ['static string Kind = "A";', unknown("Kind")],
    ['string Kind { get; set; } = "A";', unknown("Kind")],
    ['string Kind => "A";', unknown("Kind")],
    ['static readonly string Kind = "A"; static A() { Kind = "B"; }', unknown("Kind")],
  ])("of fields are known only where nobody sets them: %s", async (field, value) => {
    const text = `${HEAD}class A { ${field} object F() { return ${NEW} { Type = Kind }; } }\n`;
    expect(await payloadsIn("a.cs", text)).toEqual([{ Type: value }]);
  });
});

describe("findings in C#", () => {
  it("have places that are exact", async () => {
    const text = `${HEAD.replaceAll("\n", "\r\n")}const string Kind = "T";\r\n\tvar s = "😀"; var r = ${NEW} {\r\n\t\tType = Kind, Paths = ["a"] };\r\n`;
    const { requests } = await readProgram("a.cs", text);
    expect(placesOf(requests[0]!, ["Type"], text)).toEqual(["5:3", "3:21"]);
    expect(placesOf(requests[0]!, ["Paths"], text)).toEqual(["5:16", "5:24"]);
  });

  it("say nothing else of a request that stands away from its call", async () => {
    const text = inMethod(`var r = ${NEW} { Type = "T" };\nfsx.CreateDataRepositoryTask(r);`);
    const { seen } = await readProgram("a.cs", text);
    expect(seen.map(({ start, end }) => text.slice(start, end))).toEqual([
      `${NEW} { Type = "T" }`,
      "fsx.CreateDataRepositoryTask(r)",
    ]);
  });

  it("are none of a call with a syntax error, which is said", async () => {
    const text = inMethod(`fsx.CreateDataRepositoryTask(${NEW} { Type = "T", Paths = [ });`);
    const { requests, unread, missed } = await readProgram("a.cs", text);
    expect(requests).toEqual([]);
    expect([...unread, missed].filter((one) => one)).not.toEqual([]);
  });

  it("take a justification from a comment", async () => {
    const text = `using Amazon.StorageGateway.Model;\n// countersign: justification="INC-1: wedged"\nvar r = await gw.EvictFilesFailingUploadAsync(new EvictFilesFailingUploadRequest {\n  ForceRemove = true });\n`;
    const { requests } = await readProgram("a.cs", text);
    expect(requests.map(({ justification }) => justification)).toEqual(["INC-1: wedged"]);
  });

  it.each([
    ["nested brackets", `object x = ${"(".repeat(20_000)}1${")".repeat(20_000)};\n`],
    ["many negations", `var x = ${"!".repeat(300)}y;\n`],
    ["a long sum", `var x = ${'"a" + '.repeat(20_000)}"b";\n`],
    ["one long line", `var x = new[] { ${"1,".repeat(size(200_000))} };\n`],
  ])("come in bounded time: %s", async (_, text) => {
    const program = inMethod(`${text}fsx.CreateDataRepositoryTask(${NEW} { Type = "T" });`);
    expect((await readProgram("a.cs", program)).requests).toHaveLength(1);
  });

  it("are none of a call that is cut off", async () => {
    const { requests } = await readProgram("a.cs", `${HEAD}var r = ${NEW} { Type = "T", Pa`);
    expect(JSON.stringify(requests.map(({ payload }) => payload))).not.toContain('"T"');
  });
});
