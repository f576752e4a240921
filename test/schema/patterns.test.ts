import { describe, expect, it } from "vitest";
import { createValidator } from "../../src/index.ts";
import { directory } from "../cli/run.ts";

/** The outcome of checking a text against a pattern: "pass", "fail" or "undecided". */
function checkText(pattern: string, text: string, limits: object = {}): string {
  const schema = { type: "object", properties: { Text: { type: "string", pattern, ...limits } } };
  const root = directory({ "s/toy/Run.request.json": JSON.stringify(schema) });
  return createValidator({ schemas: `${root}/s` }).validate({ operation: "toy:Run", request: { Text: text } })
    .outcome;
}

describe("patterns of users' schemas", () => {
  it.each([
    ["^[a-z]+$", "abc", "pass"],
    ["^[a-z]+$", "abC", "fail"],
    ["[a-z]", "1a1", "pass"],
    ["^\\p{L}+$", "né", "pass"],
    ["^\\p{Alpha}+$", "abc", "pass"],
    ["^\\p{Alpha}+$", "ab1", "fail"],
    ["^[\\p{Alnum}_]+$", "a_1", "pass"],
    ["^\\p{XDigit}{2}$", "fG", "fail"],
    ["^[a-z]++$", "abc", "pass"],
    ["^[A-Za-z0-9\\_\\-\\ ]+$", "a b-c_d", "pass"],
    ["^[A-Za-z0-9\\_\\-\\ ]+$", "a.b", "fail"],
    ["^(?!aws:).+$", "aws:x", "fail"],
    ["^(?!aws:).+$", "mine", "pass"],
    ["(?s)^.{2,2000}$", "a\nb", "pass"],
    ["^\\u0061$", "a", "pass"],
    ["^[^\\p{IsWhitespace}]+$", "abc", "undecided"],
    ["(", "abc", "undecided"],
    ["^\\S{1,8192}$", "y".repeat(5000), "pass"],
    ["^\\S{1,8192}$", "y".repeat(9000), "fail"],
  ])("%s on %j gives %s", (pattern, text, expected) => {
    expect(checkText(pattern, text)).toBe(expected);
  });

  it("never backtrack exponentially", () => {
    const long = `${"a".repeat(100_000)}!`;
    expect(checkText("^(a+)+$", long)).toBe("fail");
    expect(checkText("^(([a-z])+.)+[A-Z]([a-z])+$", long)).toBe("fail");
    expect(checkText("^(a|a?)+$", long)).toBe("fail");
    // Look-around needs Node's backtracking engine, which gets short text only.
    expect(checkText("^(?=(a+)+$)", long)).toBe("undecided");
  });

  it("are distinguished if a schema has several", () => {
    const properties = { A: { type: "string", pattern: "^a+$" }, B: { type: "string", pattern: "^b+$" } };
    const root = directory({ "s/toy/Run.request.json": JSON.stringify({ type: "object", properties }) });
    const { validate } = createValidator({ schemas: `${root}/s` });
    const check = (request: object) =>
      validate({ operation: "toy:Run", request }).diagnostics.map((d) => d.pointer);
    expect(check({ A: "aa", B: "bb" })).toEqual([]);
    expect(check({ A: "bb", B: "aa" })).toEqual(["/A", "/B"]);
  });

  it("are named in the finding if they can't be checked", () => {
    const schema = { type: "object", properties: { Text: { type: "string", pattern: "[\\p{all}]" } } };
    const root = directory({ "s/toy/Run.request.json": JSON.stringify(schema) });
    const { diagnostics } = createValidator({ schemas: `${root}/s` }).validate({
      operation: "toy:Run",
      request: { Text: "x" },
    });
    expect(diagnostics).toMatchObject([{ code: "schema/pattern", status: "undecided", pointer: "/Text" }]);
    expect(diagnostics[0]!.help).toContain("`[\\p{all}]`");
  });
});
