import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Example, ExampleInput, ExampleKind, Rule } from "../rule.ts";
import type { Keys, Mapping, SourceFile } from "./source-file.ts";

const KINDS: Keys = { pass: { kind: "list" }, fail: { kind: "list" }, undecided: { kind: "list" } };

const INPUT: Keys = {
  name: { kind: "text" },
  operation: { kind: "text" },
  request: { kind: "any", isRequired: true },
  justification: { kind: "text" },
  caller: { kind: "text" },
  context: { kind: "mapping" },
};

const RUN: Keys = { name: { kind: "text" }, requests: { kind: "list", isRequired: true } };

/**
 * Reads the examples of a rule. Passing and failing ones are required; undecided ones if the rule needs
 * context.
 */
export function readExamples(
  file: SourceFile,
  given: unknown,
  path: Path,
  rule: Pick<Rule, "operation" | "scope" | "needs">,
): Example[] {
  const kinds = file.mapping(given, path, KINDS, "`examples`");
  if (!kinds) return [];
  const [need] = rule.needs;
  demand(file, kinds, "pass", path, "write a request that the rule has nothing against");
  demand(file, kinds, "fail", path, "write a request that breaks the rule");
  if (need !== undefined) {
    const name = need === "caller" ? "`caller`" : quoted(`context.${need}`);
    demand(file, kinds, "undecided", path, `the rule needs ${name}: write a request without it`);
  }
  return (Object.keys(KINDS) as ExampleKind[]).flatMap((kind) =>
    ((kinds[kind] as unknown[] | undefined) ?? []).flatMap((example, index) =>
      readExample(file, example, [...path, kind, index], kind, rule),
    ),
  );
}

function demand(file: SourceFile, kinds: Mapping, kind: ExampleKind, path: Path, help: string): void {
  const examples = kinds[kind];
  if (Array.isArray(examples) && examples.length > 0) return;
  file.fault(path, `the rule has no example under ${quoted(kind)}`, help, "key");
}

function readExample(
  file: SourceFile,
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
  const requests = file.mapping(example, path, RUN, "an example of a rule over the run")?.requests;
  if (!Array.isArray(requests)) return [];
  const inputs = requests.map((input, index) =>
    readInput(file, input, [...path, "requests", index], operation),
  );
  return inputs.every((input) => input !== undefined) ? [{ kind, inputs, place }] : [];
}

function readInput(
  file: SourceFile,
  value: unknown,
  path: Path,
  operation: string,
): ExampleInput | undefined {
  const read = file.mapping(value, path, INPUT, "an example");
  if (!read) return undefined;
  const { name: _, ...input } = read;
  return { operation, request: undefined, ...input };
}
