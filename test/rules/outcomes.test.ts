import { describe, expect, it } from "vitest";
import {
  createInput,
  createPlaceholder,
  evaluateAssertion,
  evaluateOutcome,
  formatRuleFile,
  loadToyRules,
  type Outcome,
} from "./toy-service.ts";

const REQUEST = {
  Name: "keep",
  Kind: createPlaceholder("${Kind}"),
  Height: 3,
  Base: createPlaceholder("!Ref Base"),
  Words: ["a", createPlaceholder("${Word}"), "c"],
  Blocks: [{ Colour: "RED" }, { Colour: createPlaceholder("${Colour}") }],
  Labels: { a: "x", b: createPlaceholder("${B}") },
};
const CONTEXT = { fileShare: { State: "ON" }, cacheReports: [{ Status: "DONE" }, { Id: "r-2" }] };

const TABLE: [assert: string, outcome: Outcome][] = [
  // Plain values.
  ["request.Name == 'keep'", "pass"],
  ["request.Name == 'drop'", "fail"],
  ["has(request.Ratio)", "fail"],
  ["orElse(request.Height, 0) + 1 == 4", "pass"],
  ["justification == ''", "pass"],
  // Placeholders: their presence is known, their value isn't.
  ["request.Kind == 'HIGH'", "undecided"],
  ["request.Kind != 'HIGH'", "undecided"],
  ["has(request.Base)", "pass"],
  ["has(request.Base) && has(request.Base.Note)", "undecided"],
  ["has(request.Base) && request.Base.Depth > 1", "undecided"],
  ["orElse(request.Base.Note, '') == ''", "undecided"],
  // If one operand decides, the other can't change the outcome.
  ["request.Kind == 'HIGH' || request.Name == 'keep'", "pass"],
  ["request.Name == 'keep' || request.Kind == 'HIGH'", "pass"],
  ["request.Kind == 'HIGH' && request.Name == 'drop'", "fail"],
  ["request.Kind == 'HIGH' || request.Name == 'drop'", "undecided"],
  ["!(request.Kind == 'HIGH' && request.Name == 'drop')", "pass"],
  ["request.Name == 'keep' ? true : request.Kind == 'HIGH'", "pass"],
  ["request.Kind == 'HIGH' ? true : false", "undecided"],
  // Lists that contain placeholders.
  ["orElse(request.Words, []).exists(w, w == 'c')", "pass"],
  ["orElse(request.Words, []).exists(w, w == 'z')", "undecided"],
  ["orElse(request.Words, []).all(w, w == 'a')", "fail"],
  ["orElse(request.Words, []).all(w, w != 'z')", "undecided"],
  ["orElse(request.Words, []).exists_one(w, w == 'a')", "undecided"],
  ["orElse(request.Words, []).filter(w, w == 'a').size() == 1", "undecided"],
  ["orElse(request.Words, []).map(w, w + '!').size() == 3", "undecided"],
  ["size(orElse(request.Words, [])) == 3", "pass"],
  ["'c' in orElse(request.Words, [])", "pass"],
  ["'z' in orElse(request.Words, [])", "undecided"],
  ["orElse(request.Words, [])[0] == 'a'", "pass"],
  ["orElse(request.Words, [])[1] == 'a'", "undecided"],
  ["orElse(request.Words, []) == ['a', 'b', 'c']", "undecided"],
  ["'z' in orElse(request.Words, []) + ['z']", "pass"],
  ["size(orElse(request.Words, []) + ['z']) == 4", "pass"],
  ["duplicates(orElse(request.Words, [])) == []", "undecided"],
  ["orElse(request.Blocks, []).exists(b, b.Colour == 'RED')", "pass"],
  ["orElse(request.Blocks, []).all(b, b.Colour == 'RED')", "undecided"],
  ["orElse(request.Blocks, []).exists(b, has(b.Name))", "fail"],
  ["orElse(request.Blocks, []).exists(b, b == {'Colour': 'RED'})", "pass"],
  // Maps.
  ["has(request.Labels) && request.Labels.all(k, k != 'z')", "pass"],
  ["has(request.Labels) && 'b' in request.Labels", "pass"],
  ["has(request.Labels) && size(request.Labels) == 2", "pass"],
  ["has(request.Labels) && request.Labels['a'] == 'x'", "pass"],
  ["has(request.Labels) && request.Labels['b'] == 'x'", "undecided"],
  // The context: missing records, and records without a member.
  ["context.fileShare.State == 'ON'", "pass"],
  ["context.fileShare.LocationARN == ''", "undecided"],
  ["has(context.fileShare.LocationARN)", "fail"],
  ["context.mountPoint == ''", "undecided"],
  ["has(context.mountPoint)", "undecided"],
  ["known(context.mountPoint)", "fail"],
  ["!known(context.mountPoint) || context.mountPoint == ''", "pass"],
  ["known(context.fileShare)", "pass"],
  ["context.cacheReports.exists(r, r.Status == 'DONE')", "pass"],
  ["context.cacheReports.exists(r, r.Status == 'RUNNING')", "undecided"],
  ["context.mountPoint == '' || request.Name == 'keep'", "pass"],
  ["context.mountPoint == '' && request.Name == 'drop'", "fail"],
  // The caller.
  ["caller == 'x'", "undecided"],
  ["caller == 'x' || true", "pass"],
  // `undecided(reason)`.
  ["undecided('nobody knows')", "undecided"],
  ["request.Name == 'drop' && undecided('nobody knows')", "fail"],
  ["request.Name == 'keep' || undecided('nobody knows')", "pass"],
  // Expressions that fail to evaluate must not pass.
  ["1 / (orElse(request.Height, 0) - 3) == 1", "undecided"],
  ["orElse(request.Words, [])[9] == 'a'", "undecided"],
  ["request.Name.matches('(')", "undecided"],
];

describe("the outcome of an assertion", () => {
  it.each(TABLE)("`%s` is %s", (assert, expected) => {
    expect(evaluateAssertion(assert, createInput(REQUEST, { context: CONTEXT }))).toBe(expected);
  });
});

const WHEN: [when: string, assert: string, outcome: Outcome][] = [
  ["request.Name == 'drop'", "context.mountPoint == ''", "pass"],
  ["request.Name == 'keep'", "context.mountPoint == ''", "undecided"],
  ["request.Kind == 'HIGH'", "request.Name == 'keep'", "pass"],
  ["request.Kind == 'HIGH'", "request.Name == 'drop'", "undecided"],
  ["request.Name == 'drop' && request.Kind == 'HIGH'", "request.Name == 'drop'", "pass"],
];

describe("the outcome of a rule with `when`", () => {
  it.each(WHEN)("when `%s`, `%s` is %s", (when, assert, expected) => {
    const rules = loadToyRules(
      formatRuleFile(`when: ${JSON.stringify(when)}\nassert: ${JSON.stringify(assert)}`),
    );
    expect(evaluateOutcome(rules, createInput(REQUEST))).toBe(expected);
  });
});

const evaluateMessage = (assert: string, given = createInput(REQUEST)) => {
  const [finding] = loadToyRules(formatRuleFile(`assert: ${JSON.stringify(assert)}`)).evaluate(given);
  return `${finding?.message} | ${finding?.help}`;
};

describe("the finding of an undecided rule", () => {
  it.each([
    [
      "context.mountPoint == ''",
      "can't be checked without where the file system is mounted: `context.mountPoint` is not given | give it with `--context FILE`: `mountPoints: { FILE_SYSTEM_ID: /mnt/fsx }`, or write it under `context.mountPoint` in the request document",
    ],
    [
      "context.fileShare.State == '' && context.mountPoint == ''",
      "can't be checked without the file share: `context.fileShare` and `context.mountPoint` are not given | give it with `--context FILE`: `aws storagegateway describe-nfs-file-shares --file-share-arn-list SHARE_ARN > context/share.json`, or write it under `context.fileShare` in the request document",
    ],
    [
      "request.Kind == 'HIGH'",
      "can't be checked: `${Kind}` is a placeholder | check the request again with the value filled in",
    ],
    [
      "request.Kind == 'HIGH' || orElse(request.Words, []).exists(w, w == 'z')",
      "can't be checked: `${Kind}` and `${Word}` are placeholders | check the request again with the value filled in",
    ],
    [
      "caller == ''",
      "can't be checked: who makes the call is not known | give it with `--caller ARN`, or write it under `caller` in the request document",
    ],
    [
      "undecided('nobody\\u001b[2J knows')",
      "can't be decided: nobody\\u{1b}[2J knows | check it by hand, and waive this where it is fine",
    ],
    [
      "1 / (orElse(request.Height, 0) - 3) == 1",
      "this rule can't be evaluated: int divide by zero | mend the rule in `toy.yaml`",
    ],
  ])("explains why `%s` is undecided", (assert, expected) => {
    expect(evaluateMessage(assert)).toBe(expected);
  });

  it("fills the request's names into the command, but no shell metacharacters", () => {
    const assert = "context.fileShare.State == ''";
    const arn = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1";
    expect(evaluateMessage(assert, createInput({ FileShareARN: arn }))).toContain(
      `--file-share-arn-list ${arn} >`,
    );
    expect(evaluateMessage(assert, createInput({ FileShareARN: "x; rm -rf ." }))).toContain(
      "--file-share-arn-list SHARE_ARN >",
    );
  });

  it("names the member that a context record lacks", () => {
    const given = createInput(REQUEST, { context: { fileShare: {} } });
    expect(evaluateMessage("context.fileShare.State == ''", given)).toContain(
      "what is known of the file share doesn't say `State`",
    );
  });
});
