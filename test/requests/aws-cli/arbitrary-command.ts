// Generates valid and invalid command lines of an operation from the shape of its request.

import fc from "fast-check";
import { CommandCustomization } from "../../../src/requests/aws-cli/customized/customization.ts";
import type { CliOperation } from "../../../src/requests/aws-cli/operations.ts";
import type { CliOption } from "../../../src/requests/aws-cli/options.ts";
import { listOptions } from "../../../src/requests/aws-cli/options.ts";
import type { RequestShape, ResolvedShape } from "../../../src/requests/aws-cli/shape.ts";
import { ShapeResolver } from "../../../src/requests/aws-cli/shape.ts";

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);

const text = oneOf(
  "abc",
  "a b",
  "a,b",
  "a=b",
  "it's",
  'say "x"',
  "é€",
  "5",
  "-5",
  "- x",
  "true",
  "[x",
  "{",
  "",
  "x\\y",
  "1.5",
  "a\nb",
  "@x",
);
const integer = oneOf("5", "0", "-5", " 7 ", "1_000", "+3", "x", "5.0", "1e3", "", "9007199254740993");
const float = oneOf("5", "0.5", "-.5", "1e3", " 2. ", "x", "");
const timestamp = oneOf("2026-01-05T10:00:00Z", "1700000000", "1700000000.5");
const word = oneOf("a", "b c", "Name", "true", "False", "5", "x.y", "s3://b/c", "a/b:c", "é", "");

/** Text made of shorthand's special characters, most of it invalid. */
const shorthandNoise = fc
  .array(
    oneOf(
      "A",
      "=",
      ",",
      "[",
      "]",
      "{",
      "}",
      '"',
      "'",
      "\\,",
      " ",
      "b",
      "Enabled",
      "Name",
      "Values",
      "\\",
      "true",
      "\n",
      "a=b",
      "A=b,C=d",
    ),
    {
      maxLength: 9,
    },
  )
  .map((parts) => parts.join(""));

class ArgumentGenerator {
  readonly #shapes: ShapeResolver;

  constructor(shapes: ShapeResolver) {
    this.#shapes = shapes;
  }

  /** Generates the values of an option. */
  values(option: CliOption): fc.Arbitrary<string[]> {
    const resolved = this.#shapes.resolve(option.shape);
    if (option.arity === "nothing") return fc.constant([]);
    if (option.arity === "maybe")
      return oneOf<string[]>([], ["Value=true"], ["Value=false"], ['{"Value":true}'], ["x"]);
    if (option.arity === "list") return this.#list(resolved);
    return this.#one(resolved).map((value) => [value]);
  }

  #list(resolved: ResolvedShape): fc.Arbitrary<string[]> {
    const element = this.#shapes.resolve(resolved.element);
    return fc.oneof(
      { weight: 6, arbitrary: fc.array(this.#one(element), { maxLength: 3 }) },
      { weight: 2, arbitrary: this.#json({ ...resolved }, 0).map((value) => [JSON.stringify(value)]) },
      { weight: 1, arbitrary: fc.array(shorthandNoise, { minLength: 1, maxLength: 2 }) },
    );
  }

  #one(resolved: ResolvedShape): fc.Arbitrary<string> {
    switch (resolved.kind) {
      case "structure":
      case "map":
        return fc.oneof(
          { weight: 6, arbitrary: this.#shorthand(resolved, 0) },
          { weight: 2, arbitrary: this.#json(resolved, 0).map((value) => JSON.stringify(value)) },
          { weight: 2, arbitrary: shorthandNoise },
        );
      case "list":
        return fc.oneof(
          this.#json(resolved, 0).map((value) => JSON.stringify(value)),
          shorthandNoise,
        );
      case "integer":
        return integer;
      case "float":
        return float;
      case "timestamp":
        return timestamp;
      case "document":
        return oneOf('{"a": [1, null]}', "5", '"x"', "x", "");
      default:
        return text;
    }
  }

  #members(resolved: ResolvedShape): fc.Arbitrary<[string, RequestShape | undefined][]> {
    const names =
      resolved.kind === "map" ? ["k", "other key".replace(" ", "-"), "5"] : Object.keys(resolved.members);
    const known = fc.shuffledSubarray(names.slice(0, 8)).map((some) => some.slice(0, 3));
    const more = oneOf<string[]>([], [], [], [], [], [], ["Wrong"]);
    return fc
      .tuple(known, more)
      .map(([some, wrong]) =>
        [...some, ...wrong].map((name) => [
          name,
          resolved.kind === "map" ? resolved.element : resolved.members[name],
        ]),
      );
  }

  #shorthand(resolved: ResolvedShape, depth: number): fc.Arbitrary<string> {
    return this.#members(resolved).chain((members) =>
      fc
        .tuple(
          ...members.map(([name, shape]) => this.#value(shape, depth).map((value) => `${name}=${value}`)),
        )
        .chain((pairs) => oneOf(",", ", ", " , ").map((comma) => pairs.join(comma))),
    );
  }

  #value(shape: RequestShape | undefined, depth: number): fc.Arbitrary<string> {
    const resolved = this.#shapes.resolve(shape);
    if (depth > 2) return word;
    switch (resolved.kind) {
      case "structure":
      case "map":
        return fc.oneof(
          this.#shorthand(resolved, depth + 1).map((inner) => `{${inner}}`),
          word,
        );
      case "list": {
        const items = fc.array(this.#value(resolved.element, depth + 1), { maxLength: 3 });
        return fc.oneof(
          items.map((some) => `[${some.join(",")}]`),
          items.map((some) => some.join(",")),
          word,
        );
      }
      case "integer":
        return integer.filter((value) => value !== "");
      case "float":
        return float.filter((value) => value !== "");
      case "boolean":
        return oneOf("true", "false", "True", "yes");
      case "timestamp":
        return timestamp;
      default:
        return fc.oneof(word, oneOf('"a, b"', "'it, \\'s'", "a\\,b", "a=b", '"\\"q\\" \\\\"'));
    }
  }

  #json(resolved: ResolvedShape, depth: number): fc.Arbitrary<unknown> {
    if (depth > 2) return fc.constant({});
    switch (resolved.kind) {
      case "structure":
      case "map":
        return this.#members(resolved).chain((members) =>
          fc
            .tuple(...members.map(([, shape]) => this.#json(this.#shapes.resolve(shape), depth + 1)))
            .map((values) => Object.fromEntries(members.map(([name], index) => [name, values[index]]))),
        );
      case "list":
        return fc.array(this.#json(this.#shapes.resolve(resolved.element), depth + 1), { maxLength: 2 });
      case "integer":
        return oneOf<unknown>(5, 0, -3, "5");
      case "float":
        return oneOf<unknown>(0.5, 2, "x");
      case "boolean":
        return oneOf<unknown>(true, false, "true");
      case "timestamp":
        return timestamp;
      default:
        return oneOf<unknown>("x", "", 'a"b\\', "é\u2028", 5);
    }
  }
}

/** Generates the spelling of an option with its values. */
function arbitraryOption(option: CliOption, values: string[]): fc.Arbitrary<string[]> {
  const name = `--${option.name}`;
  const short = name.length > 8 ? [name.slice(0, -2), name.slice(0, 7)] : [];
  return oneOf(name, name, name, name, ...short, `${name}x`).chain((spelling) =>
    values.length === 1
      ? oneOf([spelling, values[0]!], [`${spelling}=${values[0]}`])
      : fc.constant([spelling, ...values]),
  );
}

const GLOBALS = [
  ["--region", "eu-west-1"],
  ["--region=eu-west-1"],
  ["--output", "json"],
  ["--output", "xml"],
  ["--no-sign-request"],
  ["--no-paginate"],
  ["--query", "a[*].{b: c}"],
  ["--end", "https://localhost"],
  ["--cli-read-timeout", "5"],
  ["--color", "off"],
  ["--no-verify-ssl"],
  ["--no"],
  ["--reg"],
  ["stray"],
  ["--unheard-of", "x"],
  ["--generate-cli-skeleton"],
];

/** Generates the words after `aws`. */
export function arbitraryCommand(
  { operation, service, command, shape }: CliOperation,
  cliService: string,
): fc.Arbitrary<string[]> {
  const shapes = new ShapeResolver(shape);
  const options = listOptions(shapes, new CommandCustomization(service, command)).filter(
    ({ member }) => member !== undefined,
  );
  const required = new Set((shape as { required?: string[] }).required ?? []);
  const maker = new ArgumentGenerator(shapes);
  const given = (option: CliOption) =>
    maker.values(option).chain((values) => arbitraryOption(option, values));
  const needed = options.filter(
    ({ member, impliedValue: means }) => required.has(member!) && means !== false,
  );
  const some = fc.shuffledSubarray(options).map((all) => all.slice(0, 4));
  const parts = fc
    .tuple(oneOf(true, true, true, true, false), some)
    .chain(([all, more]) => fc.tuple(...[...new Set([...(all ? needed : []), ...more])].map(given)));
  const globals = fc.array(
    fc.oneof({ weight: 5, arbitrary: oneOf(...GLOBALS.slice(0, 3)) }, oneOf(...GLOBALS)),
    { maxLength: 1 },
  );
  return fc
    .tuple(globals, parts, globals)
    .map(([before, behind, after]) => [
      ...before.flat(),
      cliService,
      command,
      ...behind.flat(),
      ...after.flat(),
    ])
    .filter(
      (words) =>
        words.every((one) => !/^(?:help|https?:\/\/)/.test(one) || words.includes("--end")) &&
        operation !== "",
    );
}

const QUOTINGS: ((text: string) => string)[] = [
  (text) => `'${text.replaceAll("'", "'\\''")}'`,
  (text) => `"${text.replaceAll(/["\\$`]/g, "\\$&")}"`,
  (text) => `$'${text.replaceAll(/['\\]/g, "\\$&").replaceAll("\n", "\\n")}'`,
  (text) =>
    /^[\w./:=,@%+-]+$/.test(text) && !text.includes("=") ? text : `'${text.replaceAll("'", `'"'"'`)}'`,
  (text) => text.replaceAll(/[^\w./:,@%+=\n-]/gu, "\\$&").replaceAll("\n", "'\n'") || "''",
];

/** Generates a spelling of the words in a shell script. */
export const arbitraryScript = (words: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(...words.map((one) => oneOf(...QUOTINGS).map((quote) => quote(one))), oneOf(" ", "  ", " \\\n  "))
    .map((parts) => `aws ${parts.slice(0, -1).join(parts.at(-1))}`);
