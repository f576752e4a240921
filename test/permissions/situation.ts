import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/index.ts";
import type { World } from "./world.ts";
import { codes, said } from "./world.ts";

/** What is bent in a world where everything is allowed, the codes that come of it, and words of one message. */
export type Situation = readonly [
  name: string,
  bend: (w: World) => void,
  codes: readonly string[],
  words?: string,
];

/** One that is not decided, by another code than that, has a question mark. */
const codesWithStatus = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics
    .flatMap((each) =>
      codes([each]).map((code) => (isOpen(each) && code !== "undecided" ? `${code}?` : code)),
    )
    .sort();

const isOpen = ({ status }: Diagnostic): boolean => status === "undecided";

/** Tests of an operation, one a situation. */
export function situations(operation: string, rows: readonly Situation[]): void {
  const cases = rows.map(([name, bend, expected, words]) => ({ name, bend, expected, words }));
  describe(operation, () => {
    it.each(cases)("$name", ({ bend, expected, words }) => {
      const diagnostics = said(operation, bend);
      const messages = diagnostics.map(({ message }) => message).join("\n");
      expect(codesWithStatus(diagnostics), messages).toEqual([...expected].sort());
      if (words !== undefined) expect(messages).toContain(words);
      for (const { message, help, status, code } of diagnostics) {
        expect(message).toMatch(/^[^A-Z]/);
        expect(message).not.toMatch(/\.$/);
        expect(help).toBeTruthy();
        expect(code !== "iam/undecided" || status === "undecided").toBe(true);
      }
    });
  });
}
