import { Unknown } from "../../src/documents/document.ts";
import { OpenList, OpenObject, PartialText } from "../../src/documents/partial.ts";
import type { Example, Rule, RuleInput } from "../../src/rules/index.ts";
import { createRandom, type Random } from "./hole-cases.ts";
import { createPlaceholder } from "./toy-service.ts";

type Values = Readonly<Record<string, unknown>>;

/** Makes inputs of the rules out of their own examples, so that new rules are covered without further work. */
export class RandomInputs {
  readonly #examples = new Map<string, RuleInput[]>();
  /** All values that stand under one name anywhere in the examples. */
  readonly #byName = new Map<string, unknown[]>();

  constructor(rules: readonly Rule[]) {
    const all = rules.flatMap(({ examples = [] }) => examples.flatMap(({ inputs }: Example) => inputs));
    for (const { now: _, ...input } of all) {
      const own = this.#examples.get(input.operation) ?? [];
      this.#examples.set(input.operation, own);
      own.push({ ...input, faulty: new Set() });
      this.#collect(input.request);
      this.#collect(input.context);
    }
  }

  get operations(): string[] {
    return [...this.#examples.keys()].sort();
  }

  create(operation: string, seed: number): RuleInput {
    const random = createRandom(seed);
    const examples = this.#examples.get(operation)!;
    const base = pick(random, examples);
    const context = { ...base.context, ...(random(2) === 0 && pick(random, examples).context) };
    const request = this.#vary(base.request, random) as Values;
    return {
      ...base,
      request: isObject(request) ? request : base.request,
      context: this.#varyMembers(context, random),
      ...(random(4) === 0 && { justification: pick(random, JUSTIFICATIONS) as string }),
      ...(random(3) === 0 && { caller: pick(random, CALLERS) as string }),
      ...(random(5) === 0 && { container: "scheduler", repeats: random(2) === 0 }),
      ...(random(6) === 0 && { partialLists: this.#takeLists(context) }),
      faulty: new Set(random(6) === 0 ? [pick(random, listPointers(request))] : []),
    };
  }

  #collect(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      const known = this.#byName.get(name) ?? [];
      this.#byName.set(name, known);
      if (!Array.isArray(value)) known.push(member);
      this.#collect(member);
    }
  }

  #takeLists(context: Values): Record<string, readonly unknown[]> {
    return Object.fromEntries(
      Object.entries(context).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1])),
    );
  }

  /** Most values stay as they are. */
  #vary(value: unknown, random: Random): unknown {
    if (random(25) === 0) return hide(value, random);
    if (random(60) === 0) return pick(random, ODD);
    if (Array.isArray(value)) return this.#varyList(value, random);
    return isObject(value) ? this.#varyMembers(value, random) : value;
  }

  #varyList(items: readonly unknown[], random: Random): unknown[] {
    const varied = items.flatMap((item) =>
      random(12) === 0
        ? []
        : random(12) === 0
          ? [item, this.#vary(item, random)]
          : [this.#vary(item, random)],
    );
    return random(10) === 0 ? varied.reverse() : varied;
  }

  #varyMembers(members: Values, random: Random): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(members).flatMap(([name, member]): [string, unknown][] => {
        if (random(10) === 0) return [];
        const others = this.#byName.get(name) ?? [];
        const value = random(4) === 0 && others.length > 0 ? pick(random, others) : member;
        return [[name, this.#vary(value, random)]];
      }),
    );
  }
}

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);

const pick = <T>(random: Random, values: readonly T[]): T => values[random(values.length)]!;

/** Of other types, empty, or with what separates. */
const ODD: readonly unknown[] = [
  ...[null, "", 0, -1, 2.5, true, [], {}, "x", "/", "..", "a/../b", "s3://", "s3://b/x", "arn:aws:s3:::b"],
  ...["fs-0", " ", "EXPORT_TO_REPOSITORY", 2 ** 60, ["/"], { Key: "aws:x" }, "ÄÖ\u2028"],
];

const JUSTIFICATIONS: readonly unknown[] = [
  "",
  "TODO",
  "INC-1: checked, and the share is empty",
  createPlaceholder(),
];

const CALLERS: readonly unknown[] = [
  "arn:aws:iam::123456789012:role/Operator",
  "nobody",
  createPlaceholder("${CALLER}"),
  new PartialText("arn:aws:iam::${A}:role/x", ["arn:aws:iam::", { source: "${A}" }, ":role/x"]),
];

/** Makes a value unknown, or some of it. */
function hide(value: unknown, random: Random): unknown {
  if (random(3) === 0) return createPlaceholder(pick(random, ["${X}", "${Y}"]));
  if (typeof value === "string") {
    const [from, to] = [random(value.length + 1), random(value.length + 1)].sort((a, b) => a - b);
    return new PartialText(value, [value.slice(0, from), { source: "${H}" }, value.slice(to)]);
  }
  if (Array.isArray(value)) return new OpenList("${LIST}", value.slice(random(2)));
  if (!isObject(value)) return createPlaceholder("${Z}");
  const optional = new Set(Object.keys(value).filter(() => random(4) === 0));
  return new OpenObject("**more", value, { optional, mayHaveMore: random(2) === 0 });
}

function listPointers(value: unknown, base = ""): string[] {
  const members = isObject(value) || Array.isArray(value) ? Object.entries(value) : [];
  return [base, ...members.flatMap(([name, member]) => listPointers(member, `${base}/${name}`))];
}
