import fc from "fast-check";

/**
 * Rules of a small grammar: each name in brackets in a template stands for what the rule of that name makes. Rules of
 * one small letter make names, those of one capital letter expressions.
 */
type Rules = Readonly<Record<string, readonly string[]>>;

type Fill = (template: string) => fc.Arbitrary<string>;

export const anyOf = <T>(items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items);

export const indented = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

/** So deep are expressions in expressions. */
const MAX_DEPTH = 2;

const COMPOSED = /\[[A-Z]+\]/;

export function expressionsOf(rules: Rules): { filled: Fill } {
  const hole = new RegExp(`\\[(${Object.keys(rules).join("|")})\\]`);
  const fill = (template: string, depth: number): fc.Arbitrary<string> => {
    const parts = template.split(hole);
    const each = parts.map((part, index) => (index % 2 === 0 ? fc.constant(part) : made(part, depth)));
    return fc.tuple(...each).map((all) => all.join(""));
  };
  const made = (rule: string, depth: number): fc.Arbitrary<string> => {
    const templates = (rules[rule] ?? []).filter((template) => depth < MAX_DEPTH || !COMPOSED.test(template));
    return anyOf(templates).chain((template) => fill(template, depth + 1));
  };
  return { filled: (template) => fill(template, 0) };
}

interface Statements {
  filled: Fill;
  statements: readonly string[];
  /** Puts other lines around lines. */
  blocks: readonly ((body: string[], names: readonly string[]) => string[])[];
  names: readonly (readonly string[])[];
}

/** Lines of a program: statements and calls, some of them inside of blocks. */
export function statementsOf({ filled, statements, blocks, names }: Statements): fc.Arbitrary<string[]> {
  const line = fc
    .oneof({ arbitrary: anyOf(statements), weight: 3 }, { arbitrary: fc.constant("[CALL]"), weight: 1 })
    .chain(filled)
    .map((one) => [one]);
  const lines = (depth: number): fc.Arbitrary<string[]> => {
    const arbitrary = depth > MAX_DEPTH ? line : fc.oneof({ arbitrary: line, weight: 5 }, block(depth));
    return fc.array(arbitrary, { minLength: 1, maxLength: 3 }).map((all) => all.flat());
  };
  const block = (depth: number): fc.MaybeWeightedArbitrary<string[]> => ({
    arbitrary: fc
      .tuple(anyOf(blocks), lines(depth + 1), anyOf(names))
      .map(([around, body, each]) => around(indented(body), each)),
    weight: 1,
  });
  return lines(0);
}
