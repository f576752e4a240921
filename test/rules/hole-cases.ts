import { type Hole, PartialText } from "../../src/documents/partial.ts";
import { textFromParts } from "../../src/documents/parts.ts";
import { parseExpression } from "../../src/rules/cel/index.ts";
import type { Result } from "../../src/rules/runtime/index.ts";
import { evaluate } from "./evaluate-expression.ts";

/** Expressions over two texts and two lists of texts, by what they are to measure. */
export const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "==": ["request.a == request.b", "request.a != 'x/y'", "request.a == ''"],
  parts: [
    "request.l == request.m",
    "[request.a, request.b] == ['x', 'y']",
    "{'a': request.a, 'l': request.l} == {'a': request.b, 'l': request.m}",
    "request.l != ['x', request.a]",
    "{'a': request.a, 'x': [{'y': 'x'}]} == {'a': request.b, 'x': [{'y': request.b}]}",
  ],
  in: ["request.a in ['x', 'a/b', 's3://b']", "'x' in request.l", "request.a in request.l"],
  startsWith: [
    "request.a.startsWith('x')",
    "request.a.startsWith('s3://')",
    "request.a.startsWith('arn:aws:')",
  ],
  endsWith: ["request.a.endsWith('/')", "request.a.endsWith('xy')"],
  contains: ["request.a.contains(':')", "request.a.contains('//')", "request.a.contains('x')"],
  matches: [
    "request.a.matches('^s3://[a-z]+')",
    "request.a.matches('^[^/]*$')",
    "request.a.matches('[0-9]{12}')",
    "request.a.matches('(?:^|/)[.][.]?(?:/|$)')",
    "request.a.matches('^(?:x|y|:)+$')",
  ],
  size: ["size(request.a) > 3", "size(request.a) <= 12", "size(request.a + request.b) == 0"],
  "+": ["(request.a + '/' + request.b).startsWith('x')", "(request.a + 'y').endsWith('xy')"],
  case: ["request.a.lowerAscii() == 'x'", "request.a.upperAscii().contains('ARN')", "request.a.trim() == ''"],
  arn: [
    "arn(request.a).service == 'iam'",
    "arn(request.a).partition in ['aws', 'aws-cn']",
    "arn(request.a).account == ''",
    "arn(request.a).resource.startsWith('role/')",
    "arn(request.a).bucket == 'x'",
    "arn(request.a).key.endsWith('/')",
  ],
  s3uri: [
    "s3uri(request.a).bucket == 'b'",
    "s3uri(request.a).bucket == ''",
    "s3uri(request.a).key.startsWith('x')",
  ],
  partitionsIn: ["size(partitionsIn(request.l, [])) > 1"],
  arnsIn: ["size(arnsIn(request.l)) > 0"],
  isInside: ["isInside(request.a, request.b)", "isInside(request.a, 's3://b')", "isInside('x/y', request.a)"],
  overlaps: ["overlaps(request.a, request.b)", "overlaps(request.a, 'x')"],
  overlapping: ["size(overlapping(request.l, request.m)) > 0", "size(overlapping(request.l, ['x/y'])) == 0"],
  nestedPaths: ["size(nestedPaths(request.l)) == 0"],
  segments: [
    "'..' in segments(request.a)",
    "size(segments(request.a)) > 1",
    "segments(request.a).exists(s, s == 'x')",
  ],
  normalPath: ["normalPath(request.a) == 'x'", "normalPath(request.a).startsWith('x/')"],
  relativeTo: ["relativeTo(request.a, 'x') == ''", "relativeTo(request.a, 's3://b').startsWith('x')"],
  regionIn: ["regionIn(request.a) == ''", "regionIn(request.a + '.eu-west-1.vpce') == 'eu-west-1'"],
  distinct: ["size(distinct(request.l)) > 1", "size(distinct(request.l)) == size(request.l)"],
  duplicates: ["size(duplicates(request.l)) == 0"],
  common: ["size(common(request.l, request.m)) > 0", "'x' in common(request.l, ['x', 'y'])"],
  firstIndex: ["firstIndex(request.l, request.a) >= 0", "firstIndex(request.l, 'x') == 0"],
  howToJustify: ["howToJustify(request.a) == 'add `justification:` beside `operation:`'"],
  isPlaceholderText: ["isPlaceholderText(request.a)"],
  lists: [
    "request.l.all(t, t.startsWith('x'))",
    "request.l.exists(t, t == 'x')",
    "size(request.l.filter(t, t != 'x')) > 0",
  ],
};

/** A source of numbers from 0 up to a limit. */
export type Random = (limit: number) => number;

/** Always the same numbers for a seed (a linear congruential generator). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const ANY: Hole = { source: "${X}" };
const ACCOUNT: Hole = { source: "${AWS::AccountId}", domain: { pattern: "[0-9]{12}" } };
const REGION: Hole = { source: "${AWS::Region}", domain: { pattern: "[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}" } };
const PARTITION: Hole = { source: "${AWS::Partition}", domain: { values: ["aws", "aws-cn", "aws-us-gov"] } };
const LETTERS: Hole = { source: "${L}", domain: { pattern: "[xy]{1,2}" } };

const PIECES: readonly (string | Hole)[] = [
  ...["x", "y", "xy", "x/y", "/", ":", "//", "..", "s3://b/", "a/b", " ", "é😀", "role/x"],
  ...["arn:aws:iam::", "arn:aws:s3:::", "arn:", ":s3:::"],
  ...[ANY, ANY, ANY, ACCOUNT, REGION, PARTITION, LETTERS],
];

/** What is hard: nothing, what separates, the texts that are compared with, long texts, other planes and line ends. */
const HARD: readonly string[] = [
  ...[
    "",
    "/",
    ":",
    "//",
    "://",
    ".",
    "..",
    "/..",
    "x",
    "y",
    "xy",
    "X",
    "x/y",
    "/x",
    "x/",
    ":x",
    "b",
    "a/b",
    "\n",
    " ",
    "\u2028",
  ],
  ...[
    "s3://",
    "s3://b",
    "s3://b/x",
    "arn:aws:iam::",
    "arn:aws:s3:::x",
    ":",
    "aws",
    "iam",
    "role/x",
    "arn",
    "000000000000",
  ],
  ...["é😀", "\u{10ffff}", "x".repeat(300), "a.eu-west-1.b", "us-gov-west-1", "TODO", "K"],
];

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)]!;

function createText(random: Random): string | PartialText {
  const count = 1 + random(4);
  return textFromParts(Array.from({ length: count }, () => pick(random, PIECES)));
}

/** A payload with holes. */
export function createRequest(random: Random): Readonly<Record<string, unknown>> {
  const createListValue = () => Array.from({ length: random(4) }, () => createText(random));
  return { a: createText(random), b: createText(random), l: createListValue(), m: createListValue() };
}

function fillHole(random: Random, { domain }: Hole): string {
  if (domain?.values) return pick(random, domain.values);
  const digits = () => String(random(10));
  const letters = (count: number) => Array.from({ length: count }, () => pick(random, ["x", "y"])).join("");
  switch (domain?.pattern) {
    case undefined:
      return pick(random, HARD) + (random(4) === 0 ? pick(random, HARD) : "");
    case ACCOUNT.domain!.pattern:
      return Array.from({ length: 12 }, digits).join("");
    case LETTERS.domain!.pattern:
      return letters(1 + random(2));
    default:
      return pick(random, ["eu-west-1", "us-gov-west-1", "ap-southeast-12", `${letters(2)}-x-${digits()}`]);
  }
}

/** The payload with each hole filled in. */
export function fillRequest(value: unknown, random: Random): unknown {
  if (value instanceof PartialText)
    return value.parts.map((part) => (typeof part === "string" ? part : fillHole(random, part))).join("");
  if (Array.isArray(value)) return value.map((item) => fillRequest(item, random));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, fillRequest(member, random)]),
  );
}

/** An expression with its result for a payload with holes, and its results for fillings. */
export interface HoleCase {
  text: string;
  request: Readonly<Record<string, unknown>>;
  partial: Result;
  /** Stops early once two fillings differ. */
  filled: ReadonlySet<unknown>;
  /** A filling for which the decision is wrong. */
  counterexample?: unknown;
}

/** Evaluates a random case of an operator. */
export function runCase(operator: string, seed: number, fillings: number): HoleCase {
  const random = createRandom(seed * 2_654_435_761);
  random(1);
  const text = pick(random, OPERATORS[operator]!);
  const parsed = parseExpression(text);
  const request = createRequest(random);
  const partial = evaluate(text, request, {}, parsed);
  const filled = new Set<unknown>();
  for (let count = 0; count < fillings && filled.size < 2; count++) {
    const filling = fillRequest(request, random);
    const result = evaluate(text, filling, {}, parsed);
    const value = result.kind === "value" ? result.value : result.kind;
    filled.add(value);
    if (partial.kind === "value" && value !== partial.value)
      return { text, request, partial, filled, counterexample: filling };
  }
  return { text, request, partial, filled };
}
