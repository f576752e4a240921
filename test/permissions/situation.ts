import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/index.ts";
import type { World } from "./world.ts";
import { diagnose, iamCodesOf } from "./world.ts";

/** How the initial world is changed, the codes of the expected findings, and a part of one message. */
export type Situation = readonly [
  name: string,
  bend: (w: World) => void,
  codes: readonly string[],
  words?: string,
];

/** Marks undecided findings with a question mark, except those with the code `iam/undecided`. */
const codesWithStatus = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics
    .flatMap((each) =>
      iamCodesOf([each]).map((code) => (isOpen(each) && code !== "undecided" ? `${code}?` : code)),
    )
    .sort();

const isOpen = ({ status }: Diagnostic): boolean => status === "undecided";

/** Defines one test for each situation of an operation. */
export function situations(operation: string, rows: readonly Situation[]): void {
  const cases = rows.map(([name, bend, expected, words]) => {
    const title = `reports ${expected.join(", ") || "nothing"} when ${name}`;
    return [title, { bend, expected, words }] as const;
  });
  describe(operation, () => {
    it.each(cases)("%s", (_title, { bend, expected, words }) => {
      const diagnostics = diagnose(operation, bend);
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
