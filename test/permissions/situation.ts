import { describe, expect, it } from "vitest";
import type { World } from "./world.ts";
import { codes, said } from "./world.ts";

/** What is bent in a world where everything is allowed, the codes that come of it, and words of one message. */
export type Situation = readonly [
  name: string,
  bend: (w: World) => void,
  codes: readonly string[],
  words?: string,
];

/** Tests of an operation, one a situation. */
export function situations(operation: string, rows: readonly Situation[]): void {
  const cases = rows.map(([name, bend, expected, words]) => ({ name, bend, expected, words }));
  describe(operation, () => {
    it.each(cases)("$name", ({ bend, expected, words }) => {
      const diagnostics = said(operation, bend);
      const messages = diagnostics.map(({ message }) => message).join("\n");
      expect(codes(diagnostics), messages).toEqual([...expected].sort());
      if (words !== undefined) expect(messages).toContain(words);
      for (const { message, help, status, code } of diagnostics) {
        expect(message).toMatch(/^[^A-Z]/);
        expect(message).not.toMatch(/\.$/);
        expect(help).toBeTruthy();
        expect(status).toBe(code === "iam/undecided" ? "undecided" : "failed");
      }
    });
  });
}
