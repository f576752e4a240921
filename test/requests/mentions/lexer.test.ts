import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDataFile, isShellFile } from "../../../src/files/file-kinds.ts";
import { languageByName } from "../../../src/requests/mentions/detect-language.ts";
import { callsInFile } from "../../../src/requests/mentions/index.ts";
import { GENERIC, listLanguages } from "../../../src/requests/mentions/languages.ts";
import { lex } from "../../../src/requests/mentions/lexer.ts";
import { KnownNames } from "../../../src/requests/mentions/names.ts";
import { WORDS, WordScanner } from "../../../src/requests/mentions/scanner.ts";
import { runs, size } from "../../support/scale.ts";

const ALL = [...listLanguages(), GENERIC];

/** What languages open and close things with, and what may stand around it. */
const PIECES = [
  ...new Set(
    ALL.flatMap(({ lineComments, blockComments = [] }) => [...lineComments, ...blockComments.flat()]),
  ),
  ...[
    '"',
    "'",
    "`",
    '"""',
    "'''",
    '@"',
    '$"',
    '$@"',
    'r#"',
    '"#',
    'f"',
    "<<EOT",
    "\nEOT\n",
    "<<~A",
    "/*",
    "*/",
  ],
  ...[
    "/",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "${",
    "#{",
    "$(",
    "\\",
    "\n",
    " ",
    "=",
    "x",
    "createDataRepositoryTask",
  ],
];

describe("the lexer", () => {
  it("keeps every character's place, and blanks nothing but comments and strings", () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.constantFrom(...ALL), text, (language, source) => {
        const { code, strings } = lex(source, language);
        expect(code).toHaveLength(source.length);
        for (let at = 0; at < code.length; at++) expect([source[at], " "]).toContain(code[at]);
        expect(strings).toEqual(strings.toSorted((a, b) => a.start - b.start));
        for (const { from, start, end } of strings) {
          expect(from).toBeLessThanOrEqual(start);
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: runs(600) },
    );
  });

  it("reads plain strings and comments as a whole as it reads them by their parts", () => {
    const holes = ["$", "{x}", "${x}", '${x["y"]}', "{x['y']}", 'f"', "f'", "漢"];
    const text = fc.array(fc.constantFrom(...PIECES, ...holes, "#", "//", "f", "# it's"), { maxLength: 40 });
    const plain = ALL.filter(({ plainString }) => plainString !== undefined);
    fc.assert(
      fc.property(fc.constantFrom(...plain), text, (language, pieces) => {
        const { plainString: _, plainComment: __, ...byParts } = language;
        const source = pieces.join("");
        expect(lex(source, language)).toEqual(lex(source, byParts));
      }),
      { numRuns: runs(4000) },
    );
  });

  it("and what looks for calls take time in proportion to the text", () => {
    const names = new KnownNames(["fsx:CreateDataRepositoryTask"]);
    const hostile = [
      ...PIECES,
      "import ",
      "import {",
      "const {",
      "fsx.createDataRepositoryTask(",
      "aws ",
      "aws fsx ",
      "<<A<<B",
      "/[",
      "new ",
    ];
    for (const language of ALL) {
      const file = `a.${language.endings[0]}`;
      for (const piece of hostile) {
        const text = `${piece.repeat(Math.ceil(size(10_000) / piece.length))}\nfsx.createDataRepositoryTask({})`;
        const start = performance.now();
        callsInFile(file, text, names);
        expect(performance.now() - start, `${language.name} ${JSON.stringify(piece)}`).toBeLessThan(3000);
      }
    }
  });
});

describe("the language of a file", () => {
  it("is none by the ending of data and of shell scripts, for which the table isn't looked at", () => {
    for (const { endings, files = [] } of ALL)
      for (const file of [...endings.map((ending) => `a.${ending}`), ...files])
        expect([file, isDataFile(file), isShellFile(file)]).toEqual([file, false, false]);
  });

  it("is found by each ending and each name of a file", () => {
    for (const { name, endings, files = [] } of listLanguages())
      for (const file of [...endings.map((ending) => `b/a.${ending.toUpperCase()}`), ...files])
        expect([file, languageByName(file)?.name]).toEqual([file, name]);
  });
});

describe("the word scanner", () => {
  const scanner = new WordScanner(["createdatarepositorytask", "startcachereport", "startcache"]);
  const search = (bytes: Uint8Array, wanted: number, from = 0): number =>
    scanner.search(bytes, bytes.length, wanted, from);
  const finds = (text: string, wanted: number): boolean => {
    expect(search(Buffer.from(text), wanted) < 0).toBe(scanner.findsIn(text, wanted));
    return scanner.findsIn(text, wanted);
  };

  it.each([
    "create-data-repository-task",
    "CREATE_DATA_REPOSITORY_TASK",
    "xcreateDataRepositoryTaskx",
    "creatcreate_data_repository_task",
    "startcachstartCacheReport",
    "s\0t\0a\0r\0t\0C\0a\0c\0h\0e\0",
  ])("finds a name in %j", (text) => {
    expect(finds(text, WORDS.name)).toBe(true);
    expect(finds(text, WORDS.mark)).toBe(false);
  });

  it("finds the end of each name once, whatever stands behind it", () => {
    const text = "x = start_cache_report   \n\n(createDataRepositoryTask)-- start_cache()";
    const ends = scanner.placesIn(text, WORDS.name).map((at) => text.slice(0, at + 1).match(/\w+$/)?.[0]);
    expect(ends).toEqual(["start_cache", "start_cache_report", "createDataRepositoryTask", "start_cache"]);
  });

  it.each<[string, number]>([
    ['{"operation" : 1}', WORDS.mark],
    ["request:", WORDS.mark],
    ["Type: AWS::Scheduler::Schedule", WORDS.aws],
    ["\\u006fperation", WORDS.escape],
    ["a\\\nb", WORDS.escape],
    ["? operation", WORDS.oddKey],
    ["{*a : b}", WORDS.oddKey],
  ])("finds %j", (text, wanted) => {
    expect(finds(text, wanted)).toBe(true);
  });

  it("finds nothing in what holds nothing", () => {
    expect(
      finds("resources: { requests: { cpu: 1 } }\nstart: cache", WORDS.name | WORDS.mark | WORDS.aws),
    ).toBe(false);
  });

  it("finds what an expression for each name finds, whichever texts it saw before", () => {
    const names = ["abc", "bcd", "cab", "abcabd", "aab"];
    const some = new WordScanner(names);
    const between = "[-_\"'`\\s\\0]*";
    const endsIn = (text: string): number[] => {
      const expressions = names.map((name) => new RegExp(`${[...name].join(between)}$`, "i"));
      const ends = (at: number): boolean => expressions.some((each) => each.test(text.slice(0, at + 1)));
      return [...text].flatMap((_, at) => (ends(at) ? [at] : []));
    };
    const text = fc.string({ unit: fc.constantFrom(..."abcdABx-_ \n\0"), maxLength: 24 });
    fc.assert(
      fc.property(text, (each) => {
        expect(some.placesIn(each, WORDS.name)).toEqual(endsIn(each));
      }),
      { numRuns: 2000 },
    );
  });

  it("finds a name at any place and across pieces", () => {
    const filler = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(filler, filler, fc.nat(30), (before, after, cut) => {
        const bytes = Buffer.from(`${before}createDataRepositoryTask${after}`);
        expect(search(bytes, WORDS.name)).toBe(-1);
        const state = search(bytes.subarray(0, cut), WORDS.name);
        expect(state < 0 || search(bytes.subarray(cut), WORDS.name, state) < 0).toBe(true);
      }),
    );
  });
});
