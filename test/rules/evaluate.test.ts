import { describe, expect, it } from "vitest";
import { OpenList } from "../../src/documents/partial.ts";
import { BASE, compileRules } from "../../src/rules/compile/index.ts";
import { runExamples } from "../../src/rules/index.ts";
import { compileRuleSet } from "./compile-rules.ts";
import {
  createInput,
  createPlaceholder,
  evaluateOutcome,
  formatRuleFile,
  loadToyRules,
} from "./toy-service.ts";

const WORDS =
  "each: request.Words\nat: /Words/*\nassert: item != 'bad' && index < 4\nmessage: '{{item}} is number {{index}}'";

describe("RuleSet.evaluate() of a rule with `each`", () => {
  const rules = loadToyRules(formatRuleFile(WORDS));
  const messages = (request: unknown, faulty: string[] = []) =>
    rules
      .evaluate(createInput(request, { faulty: new Set(faulty) }))
      .map(({ path, message, status }) => `${JSON.stringify(path)} ${status} ${message}`);

  it("evaluates each item, and points at it", () => {
    expect(messages({ Words: ["good", "bad", "good", "bad", "good"] })).toEqual([
      '["Words",1] failed bad is number 1',
      '["Words",3] failed bad is number 3',
      '["Words",4] failed good is number 4',
    ]);
  });

  it("gives no finding for an empty or absent list, or a value that is not a list", () => {
    for (const request of [{ Words: [] }, {}, { Words: null }, { Words: "bad" }, null, 1])
      expect(messages(request)).toEqual([]);
  });

  it("is undecided for an unknown item and for an unknown list", () => {
    expect(messages({ Words: ["bad", createPlaceholder("${W}")] })).toEqual([
      '["Words",0] failed bad is number 0',
      '["Words",1] undecided can\'t be checked: `${W}` is a placeholder',
    ]);
    expect(messages({ Words: createPlaceholder("${Words}") })).toEqual([
      '["Words"] undecided can\'t be checked: `${Words}` is a placeholder',
    ]);
  });

  it("skips faulty items only", () => {
    expect(messages({ Words: ["bad", "bad", 3] }, ["/Words/1", "/Words/2"])).toEqual([
      '["Words",0] failed bad is number 0',
    ]);
    expect(messages({ Words: ["bad"] }, ["/Words"])).toEqual([]);
  });

  it("iterates over several lists", () => {
    const both = loadToyRules(
      formatRuleFile(
        "each: [request.Words, \"orElse(request.Blocks, []).map(b, b.Colour)\"]\nat: [/Words/*, /Blocks]\nassert: item != 'RED'",
      ),
    );
    const found = both.evaluate(
      createInput({ Words: ["RED"], Blocks: [{ Colour: "GREEN" }, { Colour: "RED" }] }),
    );
    expect(found.map(({ path }) => path)).toEqual([["Words", 0], ["Blocks"]]);
  });

  it("iterates over lists of the context, and is undecided without them", () => {
    const reports = loadToyRules(formatRuleFile("each: context.cacheReports\nassert: item.Status == 'DONE'"));
    const context = { cacheReports: [{ Status: "DONE" }, { Status: "RUNNING" }, { Id: "r" }] };
    expect(reports.evaluate(createInput({ Name: "x" }, { context })).map(({ status }) => status)).toEqual([
      "failed",
      "undecided",
    ]);
    expect(evaluateOutcome(reports, createInput({}))).toBe("undecided");
  });

  it("accepts a `when` that depends on the item, and one that doesn't", () => {
    const ofItem = loadToyRules(formatRuleFile(`when: item.startsWith('b')\n${WORDS}`));
    expect(ofItem.evaluate(createInput({ Words: ["a", "bad", "c", "d", "e"] }))).toHaveLength(1);
    const ofAll = loadToyRules(formatRuleFile(`when: request.Name == 'x'\n${WORDS}`));
    expect(ofAll.evaluate(createInput({ Name: "y", Words: ["bad"] }))).toEqual([]);
    expect(ofAll.evaluate(createInput({ Name: "x", Words: ["bad"] }))).toHaveLength(1);
  });
});

describe("RuleSet.evaluate() with faulty values", () => {
  const rules = loadToyRules(
    formatRuleFile(
      "at: /Base/Depth\nwhen: has(request.Base)\nassert: request.Base.Depth < 1 && orElse(request.Words, []).all(w, w != '')",
    ),
  );
  const request = { Name: "x", Base: { Depth: 2 }, Words: ["a"] };

  it.each([
    ["/Base/Depth", "pass"],
    ["/Base", "fail"],
    ["/Words", "pass"],
    ["/Words/0", "pass"],
    ["/Name", "fail"],
    ["/Base/Note", "fail"],
    // A missing member makes the payload faulty, but not its other members.
    ["", "fail"],
  ])("with a fault at %j, the outcome is %s", (pointer, expected) => {
    expect(evaluateOutcome(rules, createInput(request, { faulty: new Set([pointer]) }))).toBe(expected);
  });

  it("skips a rule if a required member is missing or an object is of another type", () => {
    const depth = loadToyRules(
      formatRuleFile("at: /Base/Depth\nwhen: has(request.Base)\nassert: request.Base.Depth < 1"),
    );
    expect(evaluateOutcome(depth, createInput({ Base: {} }, { faulty: new Set(["/Base"]) }))).toBe("pass");
    expect(evaluateOutcome(depth, createInput({ Base: 3 }, { faulty: new Set(["/Base"]) }))).toBe("pass");
    expect(evaluateOutcome(depth, createInput([], { faulty: new Set([""]) }))).toBe("pass");
  });
});

describe("RuleOptions", () => {
  const rules = loadToyRules(
    formatRuleFile(
      "params: { least: 2, words: [a, b] }\nassert: orElse(request.Height, 0) >= params.least || request.Name in params.words\nmessage: 'less than {{params.least}}, none of {{params.words}}'",
    ),
  );
  const given = createInput({ Name: "c", Height: 1 });

  it("override parameters and severities", () => {
    expect(rules.evaluate(given)).toMatchObject([
      { severity: "error", message: "less than 2, none of a, b" },
    ]);
    expect(rules.evaluate(given, { params: { "toy/rule": { least: 1 } } })).toEqual([]);
    expect(rules.evaluate(given, { severities: { "toy/rule": "warning" } })).toMatchObject([
      { severity: "warning" },
    ]);
    expect(rules.evaluate(given, { severities: { "toy/rule": "off" } })).toEqual([]);
    expect(rules.evaluate(given, { severities: { "other/rule": "off" } })).toHaveLength(1);
  });
});

describe("messages of rules", () => {
  const message = (template: string, request: unknown) =>
    loadToyRules(formatRuleFile(`assert: 'false'\nmessage: ${JSON.stringify(template)}`)).evaluate(
      createInput(request),
    )[0]?.message;

  it("format values of every type", () => {
    const template =
      "{{request.Name}}, {{orElse(request.Height, 0)}}, {{1.5}}, {{true}}, {{['a', 1]}}, {{{'a': 1}}}, {{2u}}";
    expect(message(template, { Name: "n" })).toBe("n, 0, 1.5, true, a, 1, {a: 1}, 2");
  });

  it("escape control characters and truncate long values", () => {
    expect(message("`{{request.Name}}`", { Name: "a\u001b[31m`b`\n::error::" })).toBe(
      "`a\\u{1b}[31m'b'\\n::error::`",
    );
    expect(message("{{request.Name}}", { Name: "x".repeat(5000) })?.length).toBeLessThan(100);
    expect(
      message("{{orElse(request.Words, []).map(w, orElse(request.Words, []))}}", {
        Words: Array(5000).fill("w"),
      })?.length,
    ).toBeLessThan(100);
  });

  it("show an ellipsis for unknown values", () => {
    expect(message("{{request.Name}} and {{context.mountPoint}}", { Name: createPlaceholder() })).toBe(
      "… and …",
    );
  });

  it("point at the longest existing prefix of the path", () => {
    const rules = loadToyRules(formatRuleFile("at: /Base/Note\nassert: 'false'"));
    expect(rules.evaluate(createInput({ Base: { Note: "x" } }))[0]?.path).toEqual(["Base", "Note"]);
    expect(rules.evaluate(createInput({ Base: {} }))[0]?.path).toEqual(["Base"]);
    expect(rules.evaluate(createInput({}))[0]?.path).toEqual([]);
  });
});

const SAME_NAME = formatRuleFile(
  "scope: changeset\nassert: \"!requests.exists(r, r.index != index && r.request.Name == request.Name)\"\nmessage: 'as in {{requests.filter(r, r.index != index && r.request.Name == request.Name).map(r, r.index)}}'\nexamples: { pass: [{ requests: [] }], fail: [{ requests: [{ request: { Name: a } }, { request: { Name: a } }] }] }",
);

describe("RuleSet.evaluateChangeset()", () => {
  const rules = loadToyRules(SAME_NAME);
  const run = (...names: unknown[]) =>
    rules
      .evaluateChangeset(names.map((Name) => createInput({ Name })))
      .map(({ index, finding }) => `${index} ${finding.status}: ${finding.message}`);

  it("compares all requests of the run", () => {
    expect(run("a", "b", "a")).toEqual(["0 failed: as in 2", "2 failed: as in 0"]);
    expect(run("a", "b")).toEqual([]);
    expect(run()).toEqual([]);
    expect(rules.evaluate(createInput({ Name: "a" }))).toEqual([]);
  });

  it("is undecided if a value in another request is unknown", () => {
    expect(run("a", createPlaceholder("${N}"), "a")).toEqual([
      "0 failed: as in …",
      "1 undecided: can't be checked: `${N}` is a placeholder",
      "2 failed: as in …",
    ]);
  });

  it("reports a placeholder once, at the request that holds it", () => {
    const earlier = loadToyRules(SAME_NAME.replaceAll("r.index != index", "r.index < index"));
    const inputs = [createPlaceholder("${N}"), "a", "b"].map((Name) => createInput({ Name }));
    const found = earlier
      .evaluateChangeset(inputs)
      .map(({ index, finding: { message, missing } }) => ({ index, message, missing }));
    expect(found).toEqual([
      {
        index: 0,
        message: "can't be checked: `${N}` is a placeholder",
        missing: [{ kind: "value", name: "${N}" }],
      },
    ]);
  });

  it("ignores requests of other operations, and those that are faulty in a part that the rule reads", () => {
    const inputs = [
      createInput({ Name: "a" }),
      createInput({ Name: "a" }, { operation: "toy:Other" }),
      createInput({ Name: "a" }, { faulty: new Set(["/Name"]) }),
      createInput({ Name: "a" }, { faulty: new Set(["/Height"]) }),
    ];
    expect(rules.evaluateChangeset(inputs).map(({ index }) => index)).toEqual([0, 3]);
  });

  it("compares requests of all operations for a rule of operation `*`", () => {
    const any = loadToyRules(SAME_NAME.replace('"toy:BuildTower"', '"*"'));
    const inputs = [createInput({ Name: "a" }), createInput({ Name: "a" }, { operation: "toy:Other" })];
    expect(any.evaluateChangeset(inputs).map(({ index }) => index)).toEqual([0, 1]);
  });
});

describe("rules on lists that may have other items", () => {
  const rules = loadToyRules(formatRuleFile(WORDS));
  const outcomes = (Words: unknown) =>
    rules.evaluate(createInput({ Words })).map(({ path, status }) => `${path.join("/")} ${status}`);

  it("checks the known items, and is undecided about the others", () => {
    expect(outcomes(new OpenList("$LIST", ["good", "bad"]))).toEqual(["Words/1 failed", "Words undecided"]);
  });

  it("is quiet where the rule doesn't apply, whatever the items are", () => {
    const others = loadToyRules(formatRuleFile(`when: request.Name == 'x' && item != ''\n${WORDS}`));
    const request = { Name: "y", Words: createPlaceholder("${Words}") };
    expect(others.evaluate(createInput(request))).toEqual([]);
  });
});

describe("stored rules", () => {
  it("give the same findings as the rules they were stored from", () => {
    for (const text of [
      formatRuleFile(WORDS),
      SAME_NAME,
      formatRuleFile(
        "assert: context.mountPoint == request.Name || 9007199254740993 > 1.5 || null == params.x\nparams: { x: null }",
      ),
    ]) {
      const rules = loadToyRules(text);
      const stored = compileRuleSet(rules);
      const inputs = [createInput({ Name: "bad", Words: ["bad"] }), createInput({ Name: "bad" })];
      expect(inputs.map((each) => stored.evaluate(each))).toEqual(inputs.map((each) => rules.evaluate(each)));
      expect(stored.evaluateChangeset(inputs)).toEqual(rules.evaluateChangeset(inputs));
    }
  });

  it("contain permissions, but no examples and no positions", () => {
    const text = `${formatRuleFile("assert: 'true'")}permissions: [{ id: a, principal: caller, actions: toy:Build, resource: request.Name }]\nnewActions: toy:Build\n`;
    const { stored } = compileRules(loadToyRules(text)).get(BASE)!;
    expect(stored.permissions).toMatchObject([
      { operation: "toy:BuildTower", file: "toy.yaml", id: "a", isCallers: true, actions: ["toy:Build"] },
    ]);
    expect(JSON.stringify(stored)).not.toMatch(/"place"|"examples"|"node"|"text"/);
  });
});

describe("runExamples()", () => {
  it("reports examples with an unexpected outcome and their position", () => {
    const text = formatRuleFile(
      "assert: context.mountPoint == request.Name\nexamples:\n  pass: [{ request: { Name: a }, context: { mountPoint: a } }, { request: { Name: a }, context: { mountPoint: b } }]\n  fail: [{ request: { Name: a } }]\n  undecided: [{ request: { Name: a } }]",
    );
    const { count, faults } = runExamples(loadToyRules(text));
    expect(count).toBe(4);
    expect(
      faults.map(({ rule, file, place, expected, actual: came }) => [
        rule,
        file,
        place.line,
        place.column,
        expected,
        came,
      ]),
    ).toEqual([
      ["toy/rule", "toy.yaml", 9, 68, "pass", "fail"],
      ["toy/rule", "toy.yaml", 10, 14, "fail", "undecided"],
    ]);
  });

  it("runs the examples of changeset rules as changesets", () => {
    expect(runExamples(loadToyRules(SAME_NAME))).toEqual({ count: 2, faults: [] });
  });
});
