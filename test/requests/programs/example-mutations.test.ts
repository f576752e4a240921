import { describe, expect, it } from "vitest";
import EXAMPLES from "./examples.json" with { type: "json" };
import { payloadsIn, readProgram } from "./read.ts";

interface Example {
  title: string;
  file: string;
  text: string;
}

/** How a language writes what mutations put into its programs. */
interface Syntax {
  comment: string;
  /** An expression that nobody knows the value of. */
  unknown: string;
  /** Puts a program into a text. */
  quoted(text: string): string;
  /** Constants of the examples, with the texts that they hold, and statements after which nobody knows them. */
  constants: readonly { name: string; holds: string; changes: readonly string[] }[];
}

const object = (name: string, holds: string, more: readonly string[]) => ({
  name,
  holds,
  changes: [
    `${name} = x`,
    `fill(${name})`,
    `y.z = ${name}`,
    ...more.map((each) => each.replaceAll("$", name)),
  ],
});

const DICTIONARY = [
  "$ |= x",
  "$.update(x)",
  "del $",
  "$.clear()",
  "for $ in y: pass",
  "z = [$]",
  "import m as $",
];
const SCRIPT = ["Object.assign($, x)", "$[x] = y", "z = [$]", "z = $ ?? y", "(() => $.clear())()", "[$] = z"];

const scripted = {
  comment: "//",
  unknown: "unknown()",
  quoted: (text: string) => `const text = \`${text.replace(/[`$\\]/g, "\\$&")}\`;\n`,
};

const SYNTAX: Readonly<Record<string, Syntax>> = {
  py: {
    comment: "#",
    unknown: "unknown()",
    quoted: (text) => `'''\n${text}'''\n`,
    constants: [
      {
        name: "FS",
        holds: "fs-0123",
        changes: ["FS = x", "FS += x", "del FS", "for FS in y: pass", "exec(x)"],
      },
      object("kw", "EXPORT_TO_REPOSITORY", DICTIONARY),
      object("args", "arn:x", DICTIONARY),
    ],
  },
  ts: { ...scripted, constants: [object("input", "EXPORT_TO_REPOSITORY", SCRIPT)] },
  js: { ...scripted, constants: [object("p", "arn:x", SCRIPT)] },
  go: {
    comment: "//",
    unknown: "unknown()",
    quoted: (text) => `package main\n\nvar text = \`${text}\`\n`,
    constants: [object("in", "true", ["other := in; other.ForceRemove = x", "in.ForceRemove = x", "f(*in)"])],
  },
  java: {
    comment: "//",
    unknown: "unknown()",
    quoted: (text) => `class A { String s = """\n${text.replaceAll('"', '\\"')}"""; }\n`,
    constants: [],
  },
  tf: {
    comment: "#",
    unknown: "var.unknown",
    quoted: (text) => `locals {\n  text = <<-EOS\n${text.replaceAll("${", "$${")}\n  EOS\n}\n`,
    constants: [],
  },
};

const syntaxOf = ({ file }: Example): Syntax => SYNTAX[file.split(".").at(-1)!]!;

const EACH: readonly Example[] = EXAMPLES;

/** Texts of an example that arrive in a request: each with its place in the program. */
function literalsIn({ text }: Example): { value: string; start: number; end: number }[] {
  return [...text.matchAll(/(?<!\\)"((?:fs-|arn:x|eu-|EXPORT)[\w:-]*)"/g)].map(
    ({ 0: whole, 1: value, index }) => ({
      value: value!,
      start: index,
      end: index + whole.length,
    }),
  );
}

const isHole = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "$unknown" in value;

const holds = (payloads: readonly unknown[], value: string): boolean =>
  JSON.stringify(payloads, (_, each) =>
    String(typeof each === "object" ? "" : each) === value ? "held" : isHole(each) ? "" : each,
  ).includes('"held"');

describe.each(EACH)("the example of $title", (example) => {
  const { file, text } = example;
  const { comment, unknown, quoted, constants } = syntaxOf(example);

  it("is nothing in a comment", async () => {
    const lines = text.split("\n").map((line) => `${comment} ${line}`);
    const { requests, unread } = await readProgram(file, `${lines.join("\n")}\n`);
    expect([requests, unread]).toEqual([[], []]);
  });

  it("is nothing in a text", async () => {
    const { requests } = await readProgram(file, quoted(text));
    expect(requests).toEqual([]);
  });

  it("says what its literals say", async () => {
    const original = await payloadsIn(file, text);
    for (const { value, start, end } of literalsIn(example)) {
      if (!holds(original, value)) continue;
      const other = await payloadsIn(file, `${text.slice(0, start)}"other"${text.slice(end)}`);
      expect(JSON.stringify(other)).toBe(JSON.stringify(original).replaceAll(value, "other"));
    }
  });

  it("knows nothing where an expression stands for a literal", async () => {
    for (const { value, start, end } of literalsIn(example)) {
      const payloads = await payloadsIn(file, `${text.slice(0, start)}${unknown}${text.slice(end)}`);
      expect(holds(payloads, value)).toBe(false);
    }
  });

  it("doesn't know a constant that a statement may change", async () => {
    for (const { name, holds: held, changes } of constants) {
      const declared = new RegExp(`^([ \\t]*)(?:const |let )?${name}\\b[^\\n]*= ?[^\\n]*\\n`, "m").exec(text);
      if (!declared) continue;
      const end = declared.index + declared[0].length;
      for (const change of changes) {
        const changed = `${text.slice(0, end)}${declared[1]}${change}\n${text.slice(end)}`.replace(
          "const ",
          "let ",
        );
        const payloads = await payloadsIn(file, changed);
        expect({ change, isKnown: holds(payloads, held) }).toEqual({ change, isKnown: false });
      }
    }
  });
});
