import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Example, ExampleInput, ExampleKind, Rule } from "../rule.ts";
import type { KeySpecs, Mapping, RuleSourceFile } from "./source-file.ts";

const EXAMPLE_KEYS: KeySpecs = {
  pass: { kind: "list" },
  fail: { kind: "list" },
  undecided: { kind: "list" },
};

const INPUT_KEYS: KeySpecs = {
  name: { kind: "text" },
  operation: { kind: "text" },
  request: { kind: "any", isRequired: true },
  justification: { kind: "text" },
  caller: { kind: "text" },
  container: { kind: "text" },
  repeats: { kind: "flag" },
  now: { kind: "text" },
  context: { kind: "mapping" },
};

const CHANGESET_KEYS: KeySpecs = { name: { kind: "text" }, requests: { kind: "list", isRequired: true } };

/**
 * Reads the examples of a rule. Passing and failing ones are required; undecided ones if the rule needs
 * context.
 */
export function readExamples(
  file: RuleSourceFile,
  given: unknown,
  path: Path,
  rule: Pick<Rule, "operation" | "scope" | "needs">,
): Example[] {
  const kinds = file.checkMapping(given, path, EXAMPLE_KEYS, "`examples`");
  if (!kinds) return [];
  const [need] = rule.needs;
  requireExample(file, kinds, "pass", path, "write a request that the rule has nothing against");
  requireExample(file, kinds, "fail", path, "write a request that breaks the rule");
  if (need !== undefined) {
    const name = need === "caller" ? "`caller`" : quoted(`context.${need}`);
    requireExample(file, kinds, "undecided", path, `the rule needs ${name}: write a request without it`);
  }
  return (Object.keys(EXAMPLE_KEYS) as ExampleKind[]).flatMap((kind) =>
    ((kinds[kind] as unknown[] | undefined) ?? []).flatMap((example, index) =>
      readExample(file, example, [...path, kind, index], kind, rule),
    ),
  );
}

function requireExample(
  file: RuleSourceFile,
  kinds: Mapping,
  kind: ExampleKind,
  path: Path,
  help: string,
): void {
  const examples = kinds[kind];
  if (Array.isArray(examples) && examples.length > 0) return;
  file.addFault(path, `the rule has no example under ${quoted(kind)}`, help, "key");
}

function readExample(
  file: RuleSourceFile,
  example: unknown,
  path: Path,
  kind: ExampleKind,
  { operation, scope }: Pick<Rule, "operation" | "scope">,
): Example[] {
  const place = file.place(path);
  if (scope === "request") {
    const input = readInput(file, example, path, operation);
    return input ? [{ kind, inputs: [input], place }] : [];
  }
  const requests = file.checkMapping(
    example,
    path,
    CHANGESET_KEYS,
    "an example of a rule over the run",
  )?.requests;
  if (!Array.isArray(requests)) return [];
  const inputs = requests.map((input, index) =>
    readInput(file, input, [...path, "requests", index], operation),
  );
  return inputs.every((input) => input !== undefined) ? [{ kind, inputs, place }] : [];
}

function readInput(
  file: RuleSourceFile,
  value: unknown,
  path: Path,
  operation: string,
): ExampleInput | undefined {
  const read = file.checkMapping(value, path, INPUT_KEYS, "an example");
  if (!read) return undefined;
  const { name: _, ...input } = read;
  if (typeof input.now === "string" && Number.isNaN(Date.parse(input.now)))
    file.addFault(
      [...path, "now"],
      `${quoted(input.now)} is no time`,
      "write one such as `2026-01-05T10:00:00Z`",
    );
  return { operation, request: undefined, ...input };
}
