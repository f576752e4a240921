import { describe, expect, it } from "vitest";
import { payloadsIn } from "./read.ts";

const unknown = (source: string) => ({ $unknown: source });

/** Programs whose parts run in another order than they are written, or not at all, with the payload of a request. */
type Order = [title: string, lines: string[], payload: unknown];

const TASK = "fsx.create_data_repository_task";

const PYTHON: Order[] = [
  [
    "a function is called before the member is set",
    ['kw = {"Type": "T"}', "def run():", `    ${TASK}(**kw)`, "run()", 'kw["Type"] = "U"'],
    { Type: unknown('"U"') },
  ],
  [
    "a member is set above the function",
    ['kw = {"Type": "T"}', 'kw["Type"] = "U"', "def run():", `    ${TASK}(**kw)`, "run()"],
    { Type: "U" },
  ],
  [
    "the module's names as a dictionary",
    ['K = "A"', 'locals()["K"] = x', `${TASK}(Type=K)`],
    { Type: unknown("K") },
  ],
  [
    "a function's names as a dictionary are a copy",
    [
      "def run():",
      '    k = "A"',
      '    locals()["k"] = x',
      '    print("{k}".format(**locals()))',
      `    ${TASK}(Type=k)`,
    ],
    { Type: "A" },
  ],
  [
    "a pattern of a list binds a name",
    [
      "def run():",
      '    k = "A"',
      '    match ["a", "b"]:',
      '        case ["a", k]:',
      "            print(k)",
      `    ${TASK}(Type=k)`,
    ],
    { Type: unknown("k") },
  ],
  [
    "a class adds to what its module holds",
    ['paths = ["a"]', "class C:", '    paths += ["b"]', `${TASK}(Paths=paths)`],
    { Paths: unknown("paths") },
  ],
  [
    "a default has the name of its parameter",
    ['kw = {"Type": "T"}', "def fill(kw=kw):", "    kw.clear()", "fill()", `${TASK}(**kw)`],
    { $more: "kw" },
  ],
  [
    "a default binds a name",
    ["def run():", '    k = "A"', '    f = lambda x=(k := "W"): x', `    ${TASK}(Type=k)`],
    { Type: unknown("k") },
  ],
  [
    "a comprehension goes through a list of its own name",
    ['tags = [{"Key": "a"}]', "[tags.clear() for tags in tags]", `${TASK}(Tags=tags)`],
    { Tags: unknown("tags") },
  ],
];

const COMMAND = 'import { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";';

const TYPESCRIPT: Order[] = [
  [
    "a command keeps what it is made of",
    ['const kw = { Type: "T" };', "const command = new Task(kw);", 'kw.Type = "U";', "client.send(command);"],
    { Type: unknown('"U"') },
  ],
  [
    "a command is sent where it is made",
    ['const kw = { Type: "T" };', "client.send(new Task(kw));", 'kw.Type = "U";'],
    { Type: "T" },
  ],
  [
    "a function is called above its declaration",
    [
      'const kw = { Type: "T" };',
      "run();",
      'kw.Type = "U";',
      "function run() { client.send(new Task(kw)); }",
    ],
    { Type: unknown('"U"') },
  ],
  [
    "an assignment behind an operator that may skip it",
    ['const kw = { Type: "T" };', 'x || (kw.Type = "U");', "client.send(new Task(kw));"],
    { Type: unknown('"U"') },
  ],
  [
    "an assignment in one of two values",
    ['const kw = { Type: "T" };', 'x ? (kw.Type = "U") : y;', "client.send(new Task(kw));"],
    { Type: unknown('"U"') },
  ],
  ["a list with a gap", ['client.send(new Task({ Paths: [, "b"] }));'], { Paths: unknown('[, "b"]') }],
  [
    "a list with an item that is undefined",
    ['client.send(new Task({ Paths: ["a", undefined] }));'],
    { Paths: ["a", unknown("undefined")] },
  ],
];

describe.each([
  { file: "a.py", head: [], orders: PYTHON },
  { file: "a.ts", head: [COMMAND], orders: TYPESCRIPT },
])("values in $file, whatever runs first", ({ file, head, orders }) => {
  it.each(orders)("are known for certain only: %s", async (_, lines, payload) => {
    expect(await payloadsIn(file, `${[...head, ...lines].join("\n")}\n`)).toEqual([payload]);
  });
});
