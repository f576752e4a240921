import { describe, expect, it } from "vitest";
import { listRegExps } from "./regexp-literals.ts";
import { findSuperlinearInput } from "./superlinear.ts";

/** Expressions whose texts are short whatever the file is, by file and beginning, with what bounds them. */
const BOUNDED: readonly (readonly [file: string, source: string, bound: string])[] = [
  ["diagnostics/text.ts", "\\B(?=(\\d{3})+", "the digits of a number"],
  ["texts/regexp.ts", "^\\{(\\d+)(,?)", "24 characters"],
  ["requests/aws-cli/unread-commands.ts", "(?<![\\w-])[a-z][a-z0-9.-]*(?:", "MAX_LOOKBEHIND"],
  ["requests/aws-cli/unread-commands.ts", "^[ \\t>]*(?:[-*+] )?", "MAX_LOOKBEHIND"],
];

const isBounded = (file: string, source: string): boolean =>
  BOUNDED.some(([where, start]) => where === file && source.startsWith(start));

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
});
