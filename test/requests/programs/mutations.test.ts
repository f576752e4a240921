import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { payloadsIn } from "./read.ts";

/** Small programs: a value that is written down, statements around it, and a call that is given it. */
interface Grammar {
  file: string;
  before: string[];
  /** Statements that leave the value alone. */
  harmless: string[];
  /** Statements after which nobody can say what the value is. */
  changes: string[];
  /** Statements around others, which may run any number of times. */
  wrappers: ((lines: string[]) => string[])[];
  after: string[];
}

const indented = (lines: string[]): string[] => lines.map((line) => `    ${line}`);

const PYTHON: Grammar = {
  file: "a.py",
  before: ["def run(x, y):", 'kw = {"Type": "KNOWN", "Paths": ["a"]}'],
  harmless: [
    "print(kw)",
    'logger.info("%s", kw)',
    "other = len(kw)",
    '# kw["Type"] = x',
    '"""kw = x"""',
    'text = f"{kw}"',
    "def kw2(kw): return kw",
    'same = {**kw, "Type": x}',
    "json.dumps(kw)",
    "y.kw = 1",
    "g(kw=1)",
  ],
  changes: [
    'kw["Type"] = x',
    "kw[x] = y",
    "kw.update(x)",
    "fill(kw)",
    "fill(a=kw)",
    "kw |= x",
    'del kw["Type"]',
    "kw = x",
    "other = kw",
    "others = [kw]",
    "y.kw = kw",
    "g = lambda: kw.clear()",
    "for kw in y: pass",
    "for kw[x] in y: pass",
    "with y as kw: pass",
    "import kw",
    "from m import n as kw",
    "print(kw := x)",
    "(kw, z) = x",
    '(kw["Type"], z) = x',
    "[kw.pop(z) for z in x]",
    'kw.setdefault("Type", x)["a"] = 1',
    "other = kw if x else y",
    "yield kw",
  ],
  wrappers: [
    (lines) => lines,
    (lines) => ["if x:", ...indented(lines)],
    (lines) => ["for z in y:", ...indented(lines)],
    (lines) => ["while x:", ...indented(lines)],
    (lines) => ["try:", ...indented(lines), "except E:", "    pass"],
    (lines) => ["with x:", ...indented(lines)],
    (lines) => ["if x:", "    pass", "else:", ...indented(lines)],
  ],
  after: ["fsx.create_data_repository_task(**kw)"],
};

const braced =
  (head: string) =>
  (lines: string[]): string[] => [`${head} {`, ...indented(lines), "}"];

const TYPESCRIPT: Grammar = {
  file: "a.ts",
  before: [
    'import { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";',
    "function run(x, y) {",
    'let kw = { Type: "KNOWN", Paths: ["a"] };',
  ],
  harmless: [
    "console.log(kw);",
    "// kw.Type = x;",
    "/* kw = x */",
    '"kw = x";',
    "const text = `${kw}`;",
    "const f = (kw) => { kw.Type = x; };",
    "const same = { ...kw, Type: x };",
    "JSON.stringify(kw);",
    "x.kw = 1;",
    "g({ kw: 1 });",
    "type kw2 = typeof kw;",
  ],
  changes: [
    "kw.Type = x;",
    'kw["Type"] = x;',
    "kw[x] = y;",
    "fill(kw);",
    "fill({ kw });",
    "Object.assign(kw, x);",
    "delete kw.Type;",
    "kw = x;",
    "const o = kw;",
    "o = [kw];",
    "(() => { kw.Type = x; })();",
    "const f = () => { kw = x; };",
    "({ Type: kw.Type } = x);",
    "for (kw.Type of x);",
    "for (kw of x);",
    "[kw.Type] = x;",
    "kw.Type++;",
    "kw.Type ||= x;",
    "const o = kw ?? y;",
    "kw.clear();",
    "(kw as any).Type = x;",
    "kw!.Type = x;",
  ],
  wrappers: [
    (lines) => lines,
    braced("if (x)"),
    braced("for (const z of y)"),
    braced("while (x)"),
    (lines) => [...braced("try")(lines), "catch {}"],
    (lines) => ["if (x) {} else {", ...indented(lines), "}"],
    (lines) => ["switch (x) { case 1:", ...indented(lines), "}"],
  ],
  after: ["new Task(kw);", "}"],
};

const anyOf = <T>(items: readonly T[]) => fc.constantFrom(...items);

function program({ before, after, file }: Grammar, statements: string[][]): string {
  const body = [...before.slice(-1), ...statements.flat(), ...after.slice(0, 1)];
  const head = before.slice(0, -1);
  const isPython = file.endsWith(".py");
  return `${[...head, ...(isPython ? indented(body) : body), ...after.slice(1)].join("\n")}\n`;
}

const wrapped = (grammar: Grammar, statements: readonly string[]) =>
  fc
    .tuple(anyOf(statements), anyOf(grammar.wrappers), anyOf(grammar.wrappers))
    .map(([statement, inner, outer]) => outer(inner([statement])));

const noise = (grammar: Grammar) => fc.array(wrapped(grammar, grammar.harmless), { maxLength: 3 });

const OPTIONS = { numRuns: 60 };

describe.each([PYTHON, TYPESCRIPT])("a value in $file", (grammar) => {
  it("is known whatever harmless stands around it", async () => {
    await fc.assert(
      fc.asyncProperty(noise(grammar), async (statements) => {
        expect(await payloadsIn(grammar.file, program(grammar, statements))).toEqual([
          { Type: "KNOWN", Paths: ["a"] },
        ]);
      }),
      OPTIONS,
    );
  });

  it("is never known once anything may have changed it", async () => {
    const arbitrary = fc.tuple(noise(grammar), wrapped(grammar, grammar.changes), noise(grammar));
    await fc.assert(
      fc.asyncProperty(arbitrary, async ([first, change, last]) => {
        const payloads = await payloadsIn(grammar.file, program(grammar, [...first, change, ...last]));
        for (const payload of payloads) expect(payload).not.toMatchObject({ Type: "KNOWN" });
      }),
      OPTIONS,
    );
  });
});
