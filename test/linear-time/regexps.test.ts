import { describe, expect, it } from "vitest";
import { countSteps } from "./backtracking.ts";
import { createHostileInputs, growInput } from "./hostile-inputs.ts";
import { listRegExps } from "./regexp-literals.ts";
import { parseRegExp } from "./regexp-syntax.ts";

/** Expressions whose texts are short whatever the file is, by file and beginning, with what bounds them. */
const BOUNDED: readonly (readonly [file: string, source: string, bound: string])[] = [
  ["diagnostics/text.ts", "\\B(?=(\\d{3})+", "the digits of a number"],
  ["texts/regexp.ts", "^\\{(\\d+)(,?)", "24 characters"],
  ["requests/aws-cli/unread-commands.ts", "(?<![\\w-])[a-z][a-z0-9.-]*(?:", "MAX_LOOKBEHIND"],
  ["requests/aws-cli/unread-commands.ts", "^[ \\t>]*(?:[-*+] )?", "MAX_LOOKBEHIND"],
];

const isBounded = (file: string, source: string): boolean =>
  BOUNDED.some(([where, start]) => where === file && source.startsWith(start));

/** Steps of one search; more would take an engine milliseconds for a few hundred characters. */
const BUDGET = 200_000;
const SHORT = 40;
const LONG = 200;
/** Below this a search is over soon even if it is not linear in so short a text. */
const FEW_STEPS = 4000;

/** The first input that is five times as long and takes much more than five times the steps. */
function findSuperlinearInput(source: string, flags: string): string | undefined {
  const parsed = parseRegExp(source, flags);
  const found = createHostileInputs(parsed).find((input) => {
    const count = (length: number): number =>
      countSteps(parsed.root, flags, growInput(input, length), BUDGET);
    const steps = count(LONG);
    return steps >= BUDGET || (steps > FEW_STEPS && steps > 9 * count(SHORT));
  });
  return found && JSON.stringify(found);
}

describe("the regular expressions of src/", () => {
  it("take time linear in the length of a hostile text", () => {
    const slow = listRegExps()
      .filter(({ file, source }) => !isBounded(file, source))
      .flatMap(({ file, source, flags }) => {
        const input = findSuperlinearInput(source, flags);
        return input ? [`${file} /${source}/${flags} ${input}`] : [];
      });
    expect(slow).toEqual([]);
  }, 120_000);

  it("are all found", () => {
    const count = listRegExps().length;
    expect(count).toBeGreaterThan(500);
  });

  it.each([
    ["(a+)+b", ""],
    ["(?:a|a)*b", ""],
    ["a+b", ""],
    ["\\s+$", ""],
    ["x*y*x*z", "y"],
    ["(?:--[\\w-]+(?:=\\S*)?[ \\\\]+)*RUN", "y"],
  ])("would not be passed if one were /%s/", (source, flags) => {
    expect(findSuperlinearInput(source, flags)).toBeDefined();
  });

  it.each([
    ["a+", ""],
    ["(?<!a)a+b", ""],
    ["^(?:a|b)*c", ""],
    ["[^x]*x", "y"],
    ['"(?:\\\\.|[^"\\\\])*(?:"|$)', "gs"],
  ])("are passed if they are like /%s/", (source, flags) => {
    expect(findSuperlinearInput(source, flags)).toBeUndefined();
  });
});
