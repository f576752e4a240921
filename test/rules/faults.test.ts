import { describe, expect, it } from "vitest";
import { loadRules, RuleError } from "../../src/rules/index.ts";
import { CONTEXT, formatRuleFile, loadFaultLines, loadFaults, loadToyRules, SCHEMAS } from "./toy-service.ts";

const DOC = "`docs/writing-rules.md` lists the functions";

/** An assertion and its faults, with columns relative to the beginning of the expression. */
const EXPRESSIONS: [string, ...string[]][] = [
  ["request.Hieght > 1", "8 `request` has no member `Hieght` | did you mean `Height`?"],
  ["has(request.Hieght)", "0 `request` has no member `Hieght` | did you mean `Height`?"],
  ["requst.Name == 'a'", "0 there is no variable `requst` | did you mean `request`?"],
  ["starts(request.Name)", `0 there is no function \`starts\` | did you mean \`startsWith\`?`],
  ["qqqq(request.Name)", `0 there is no function \`qqqq\` | ${DOC}`],
  [
    "startsWith(request.Name)",
    "0 `startsWith` is written the other way | write `startsWith(x)` for `x.startsWith()`, or the reverse",
  ],
  ["request.Name.startsWith(1)", "13 `startsWith` takes a string, and this is a whole number"],
  ["request.Name.startsWith('a', 'b')", "13 `startsWith` takes 1 values, not 2"],
  ["isInside(request.Name)", "0 `isInside` takes 2 values, not 1"],
  ["request.Name", "8 `assert` is a condition, and this is a string"],
  ["size(request.Name)", "0 `assert` is a condition, and this is a whole number"],
  ["request.Name + 1 == 'a'", "13 `+` doesn't take a string and a whole number"],
  ["request.Name > 1", "13 `>` doesn't take a string and a whole number"],
  ["request.Name == 1", "13 a string is never equal to a whole number"],
  [
    "request.Name == null",
    "13 a string is never equal to null | a member that is not given is absent, never null: ask with `has(…)`",
  ],
  ["!request.Name", "0 `!` takes a boolean, and this is a string"],
  ["request.Name && true", "8 `&&` joins conditions, and this is a string"],
  ["request.Name ? true : false", "8 before `?` stands a condition, and this is a string"],
  ["request.Kind == 'HIHG'", "16 `HIHG` is none of the values that this can have | did you mean `HIGH`?"],
  ["'HIHG' != request.Kind", "0 `HIHG` is none of the values that this can have | did you mean `HIGH`?"],
  [
    "request.Kind in ['HIGH', 'FLAT']",
    "25 `FLAT` is none of the values that this can have | the values are `HIGH` and `WIDE`",
  ],
  [
    "request.Kind in 'HIGH'",
    "13 `in` looks into a list, and this is a string | for a part of a text, write `text.contains(part)`",
  ],
  ["request.Name in [1, 2]", "13 a string is never in a list of whole numbers"],
  [
    "'BLUE' in orElse(request.Blocks, []).map(b, b.Colour)",
    "0 `BLUE` is none of the values that this can have | the values are `RED` and `GREEN`",
  ],
  [
    "request.Height > 1",
    "8 `request.Height` may be absent | guard it with `has(request.Height) && …`, or write `orElse(request.Height, …)`",
  ],
  [
    "has(request.Base.Note)",
    "12 `request.Base` may be absent | guard it with `has(request.Base) && …`, or write `orElse(request.Base, …)`",
  ],
  [
    "!has(request.Blocks) || request.Blocks.all(b, b.Weight > 1.0)",
    "48 `b.Weight` may be absent | guard it with `has(b.Weight) && …`, or write `orElse(b.Weight, …)`",
  ],
  [
    "!has(request.Blocks) || request.Blocks.all(b, b.Colur == 'RED')",
    "48 `b` has no member `Colur` | did you mean `Colour`?",
  ],
  [
    "!has(request.Blocks) || request.Blocks.Colour == 'RED'",
    "39 a list of objects has no members, and so no `Colour` | go through the list: `request.Blocks.all(item, …)`",
  ],
  ["request.Name.all(c, c == 'a')", "13 `all` goes through a list, and this is a string"],
  ["orElse(request.Words, []).all(w, w)", "33 `all` takes a condition, and this is a string"],
  ["orElse(request.Words, [])[true] == ''", "25 a list is indexed by whole numbers, not by a boolean"],
  ["orElse(request.Height, 'a') == 1", "23 `request.Height` is a whole number, and this is a string"],
  ["orElse(1, 2) == 1", "0 `orElse` takes a path and a value, as in `orElse(request.Paths, [])`"],
  ["known(request.Height)", "0 `known` takes a part of the context, as in `known(context.mountPoint)`"],
  ["undecided(1)", "0 `undecided` takes a text that says why"],
  ["has(request)", "0 `has` takes a member, as in `has(request.Paths)`"],
  ["context.fileShar.State == ''", "8 `context` has no member `fileShar` | did you mean `fileShare`?"],
  [
    "context.cacheReports.exists(r, r.Status == 'DOEN')",
    "43 `DOEN` is none of the values that this can have | did you mean `DONE`?",
  ],
  [
    "size(context) == 1",
    "5 `context` has to be followed by one of its parts | write for example `context.fileShare`",
  ],
  [
    "has(request.Ratio) && request.Ratio + 1.0 > 2.0",
    "36 `+` doesn't take a number and a number with decimals | write `double(…)` around the number",
  ],
  ["params.x == 1", "7 `params` has no member `x` | its members are "],
  [
    "item == 1",
    "0 there is no variable `item` | the variables are `request`, `context`, `justification`, `caller`, `operation`, `container`, `repeats`, `now` and `params`; a text needs quotes",
  ],
  ["request.Name = 'a'", "13 the expression can't be read from `=` on | write `==` to compare"],
  ["request.Name == 'a' and true", "20 the expression can't be read from `and` on | write `&&`"],
  ["request.Name ==", "15 the expression ends too early"],
  ["b'a' == b'a'", "0 bytes can't be written in a rule | write a string"],
  ["Foo{a: 1} == 1", "0 messages can't be made in a rule | write a map: `{'name': value}`"],
  [
    "orElse(request.Words, []).all(a, ['x'].all(b, ['y'].all(c, a == b)))",
    "52 more than 2 loops inside each other | use a function such as `common`",
  ],
  [
    `request.Name == '${"x".repeat(4096)}'`,
    "0 the expression is longer than 4096 characters | split the rule",
  ],
  [
    `${"!".repeat(2)}${"(".repeat(2000)}true${")".repeat(2000)}`,
    "0 the expression nests deeper than 64 | split the rule",
  ],
  [`1${" + 1".repeat(200)} == 1`, "0 the expression nests deeper than 64 | split the rule"],
];

describe("loadRules() of an invalid expression", () => {
  it.each(EXPRESSIONS)("reports the fault of `%s` with its column", (assert, ...expected) => {
    const text = formatRuleFile(`assert: ${JSON.stringify(assert)}`);
    const column = '    assert: "'.length + 1;
    const lines = loadFaultLines(text).map((line) => {
      const [, at, rest] = /^\d+:(\d+) (.*)$/s.exec(line) ?? [];
      return `${Number(at) - column} ${rest}`;
    });
    expect(lines).toEqual(expected);
  });
});

describe("loadRules() of a valid expression", () => {
  it.each([
    "has(request.Height) && request.Height > 1",
    "request.Height > 1 && has(request.Height)",
    "!has(request.Height) || request.Height > 1",
    "has(request.Height) ? request.Height > 1 : true",
    "!(has(request.Height) && request.Height > 1)",
    "!(!has(request.Height) || request.Height < 1)",
    "(has(request.Height) ? request.IsOpen : false) || !has(request.IsOpen)",
    "has(request.Base) && has(request.Base.Note) && request.Base.Depth > 1",
    "orElse(request.Base.Note, '') == ''",
    "orElse(request.Blocks, []).filter(b, has(b.Name)).map(b, b.Name).all(n, n != '')",
    "orElse(request.Blocks, []).exists(b, b.Colour == 'RED' && has(b.Weight) && b.Weight > 1)",
    "!has(request.Ratio) || request.Ratio > 1 && double(request.Ratio) + 1.0 > 2.5",
    "!has(request.Labels) || request.Labels.all(k, k.startsWith('a'))",
    "arn(context.fileShare.LocationARN).bucket != ''",
    "context.cacheReports.filter(r, r.Status == 'DONE').map(r, r.Id).size() > 0",
    "known(context.mountPoint) && isInside(request.Name, context.mountPoint)",
    "type(request.Name) == string",
    "{'a': 1, 'b': 2}['a'] == 1",
    "timestamp('2020-01-01T00:00:00Z') < timestamp('2021-01-01T00:00:00Z')",
    "undecided('because ' + request.Name) || request.Name == ''",
    "operation == 'toy:BuildTower' && justification != '' && caller.startsWith('arn:')",
  ])("accepts `%s`", (assert) => {
    expect(loadFaultLines(formatRuleFile(`assert: ${JSON.stringify(assert)}`))).toEqual([]);
  });
});

const FILES: [string, string, string[]][] = [
  [
    "an empty file",
    "",
    ["1:1 there is nothing in this rule file | a rule file begins with `operation: service:Operation`"],
  ],
  [
    "a list in place of a mapping",
    "- a",
    [
      "1:1 a rule file is a mapping | its keys are `operation`, `operations`, `source`, `define`, `rules`, `permissions` and `newActions`",
    ],
  ],
  ["a missing operation", "rules: []", ["1:1 a rule file has no `operation`"]],
  [
    "an unknown operation",
    "operation: toy:BuildTowr",
    ["1:12 there is no schema for the operation `toy:BuildTowr` | did you mean `toy:BuildTower`?"],
  ],
  [
    "a misspelt key",
    "operation: toy:BuildTower\nrule: []",
    ["2:1 `rule` is not a key of a rule file | did you mean `rules`?"],
  ],
  [
    "a source that is no address",
    "operation: toy:BuildTower\nsource: not a uri",
    [
      "2:9 `not a uri` is not a URI, which `source` is | write the address of the page that says it, such as `https://docs.example.com/api`",
    ],
  ],
  ["a wrong kind", "operation: toy:BuildTower\nrules: {}", ["2:8 `rules` is not a list"]],
  ["broken YAML", "operation: [", ["1:13 "]],
  [
    "two documents",
    "operation: toy:BuildTower\n---\na: 1",
    ["3:1 a rule file is one YAML document, and here begins another | remove the `---` line"],
  ],
];

describe("loadRules() of an invalid file", () => {
  it.each(FILES)("reports %s", (_, text, expected) => {
    const lines = loadFaultLines(text);
    expect(lines.map((line, index) => line.slice(0, expected[index]?.length))).toEqual(expected);
  });

  it("reports all faults of a file, sorted by position", () => {
    const text = [
      "operation: toy:BuildTower",
      "rules:",
      "  - id: Tower",
      "    severity: eror",
      "    at: /Nmae",
      "    asert: 'true'",
      "    when: request.Name == 1",
      "    params: { used: 1, unused: 2 }",
      "    assert: request.Height > params.used",
      "    scope: all",
      "    message: '{{request.Nam}} and {{ 1 + }}'",
      "    examples: { pass: [{ reqest: 1 }], fail: [] }",
    ].join("\n");
    expect(loadFaultLines(text)).toEqual([
      "3:9 `Tower` is no id | write it as `family/what-must-hold`, in lower case",
      "4:15 `eror` is not `error`, `warning` or `info` | did you mean `error`?",
      "5:9 the request has no `Nmae` there | did you mean `Name`?",
      "6:5 `asert` is not a key of a rule | its keys are `id`, `severity`, `at`, `when`, `each`, `assert`, `scope`, `among`, `params`, `paramsOf`, `message`, `help`, `fix`, `why`, `source` and `examples`",
      "7:24 a string is never equal to a whole number",
      "8:24 the parameter `unused` is not used",
      "9:21 `request.Height` may be absent | guard it with `has(request.Height) && …`, or write `orElse(request.Height, …)`",
      "10:12 `all` is not `request` or `changeset`",
      "11:42 the expression ends too early",
      "12:5 the rule has no example under `fail` | write a request that breaks the rule",
      "12:26 `reqest` is not a key of an example | did you mean `request`?",
    ]);
  });
});

const RULES: [string, string, string[]][] = [
  [
    "`each` of a string",
    "each: request.Name\nassert: item == 'a'",
    ["7:11 `each` goes through a list, and this is a string"],
  ],
  [
    "`*` in `at` without `each`",
    "at: /Words/*\nassert: 'true'",
    ["6:9 `*` in `at` stands for the item of `each` | add `each`, or point at the list"],
  ],
  [
    "`*` in `at` for another list than that of `each`",
    "at: /Blocks/*\neach: request.Words\nassert: item != ''",
    ["6:9 `*` in `at` stands for the item of `each` | point below the items: `/Words/*`"],
  ],
  [
    "a pointer without a leading slash",
    "at: Base.Depth\nassert: 'true'",
    ["6:9 `Base.Depth` is no JSON pointer | write `/Base/Depth`"],
  ],
  [
    "fewer pointers than lists",
    "at: /Words/*\neach: [request.Words, request.Words]\nassert: item != ''",
    ["6:5 `at` has 1 pointer for 2 lists of `each`"],
  ],
  [
    "`each` in a changeset rule",
    "scope: changeset\neach: request.Words\nassert: item != ''\nexamples: { pass: [{ requests: [] }], fail: [{ requests: [] }] }",
    ["8:5 a rule over the run has no `each` | go through the list in `assert`"],
  ],
  [
    "a missing undecided example",
    "assert: context.fileShare.State == ''\nexamples: { pass: [{ request: {} }], fail: [{ request: {} }] }",
    [
      "8:5 the rule has no example under `undecided` | the rule needs `context.fileShare`: write a request without it",
    ],
  ],
  [
    "an unclosed `{{` in a template",
    "assert: 'true'\nmessage: 'a {{ b'",
    ["7:17 this `{{` is never closed | write `}}` after the expression"],
  ],
  ["an assertion that is not a string", "assert: true", ["7:13 `assert` is not a text | put it in quotes"]],
  [
    "a fix that is no text",
    "assert: 'true'\nfix: size(request.Name)",
    ["8:10 `fix` is a text or a list of texts, and this is a whole number"],
  ],
  [
    "an unknown member in a message",
    "assert: 'true'\nmessage: 'a {{request.Nam}}'",
    ["7:27 `request` has no member `Nam` | did you mean `Name`?"],
  ],
];

describe("loadRules() of an invalid rule", () => {
  it.each(RULES)("reports %s", (_, lines, expected) => {
    expect(loadFaultLines(formatRuleFile(lines))).toEqual(expected);
  });

  it("reports an id that another rule, another file or Countersign itself uses", () => {
    const text = formatRuleFile("assert: 'true'");
    const files = [
      { file: "a.yaml", text },
      { file: "b.yaml", text },
    ];
    const load = (taken: string[]) => () => loadRules(files, SCHEMAS, CONTEXT, { taken });
    expect(load([])).toThrow(RuleError);
    expect(load([])).toThrow("b.yaml:3:9: there is another rule `toy/rule`");
    expect(load(["toy/rule"])).toThrow("a.yaml:3:9: there is another rule `toy/rule`");
    expect(loadFaultLines(text.replace("toy/rule", "schema/enum"))).toEqual([
      "3:9 `schema/enum` is a code of Countersign's own",
    ]);
  });

  it("accepts any member of the request in a rule for all operations", () => {
    const text = formatRuleFile(
      "at: /Tags\nassert: '!has(request.Tags) || request.Tags.all(t, t.Key != 1)'",
      "*",
    );
    expect(loadFaultLines(text)).toEqual([]);
    expect(loadToyRules(text).rules).toHaveLength(1);
  });
});

describe("the position of a fault in an expression", () => {
  const expected = (text: string) => {
    const at = text.indexOf("Hieght");
    const before = text.slice(0, at).split("\n");
    return [before.length, (before.at(-1)?.length ?? 0) + 1];
  };

  it.each([
    ["plain", "assert: has(request.Name) && request.Hieght > 1"],
    [
      "plain over several lines",
      "assert: has(request.Name) &&\n  request.Name != 'a' &&\n\n  request.Hieght > 1",
    ],
    ["single quotes", "assert: 'request.Name != ''a'' && request.Hieght > 1'"],
    ["double quotes", 'assert: "request.Name != \\"a\\\\u0041\\" && \\x72equest.Hieght > 1"'],
    [
      "double quotes over several lines",
      "assert: \"request.Name != 'a' \\\n    && request.Name != '\\u00e4\\U0001F600'\n  && request.Hieght > 1\"",
    ],
    ["literal", "assert: |\n  request.Name != 'a'\n    && request.Hieght > 1"],
    [
      "literal with an indicator and a comment",
      "assert: |2- # why not\n    request.Name != 'a'\n\n    && request.Hieght > 1",
    ],
    ["folded", "assert: >-\n  request.Name != 'a' &&\n\n    request.Name != 'b' &&\n  request.Hieght > 1"],
    ["with non-ASCII characters before the fault", "assert: request.Name != 'ü😀' && request.Hieght > 1"],
  ])("is exact in a YAML scalar: %s", (_, lines) => {
    const text = formatRuleFile(lines).replaceAll("      ", "      ");
    const [fault, ...others] = loadFaults(text);
    expect(others).toEqual([]);
    expect(fault?.message).toContain("Hieght");
    expect([fault?.place.line, fault?.place.column]).toEqual(expected(text));
    expect(fault?.place.endColumn).toBe((fault?.place.column ?? 0) + "Hieght".length);
  });
});
