import { LineIndex } from "../../diagnostics/lines.ts";
import type { Document, ParsedText } from "../../documents/document.ts";
import { parseYaml } from "../../documents/yaml/yaml.ts";
import type { Permission } from "../permission.ts";
import type { Rule } from "../rule.ts";
import { RuleSet } from "../rule-set.ts";
import type { Type } from "../types.ts";
import { toRecordType, typeFromSchema } from "../types.ts";
import type { ContextTypes, LoadState, RequestSchemas } from "./environment.ts";
import type { RuleFault } from "./error.ts";
import { RuleError } from "./error.ts";
import { readRuleFile } from "./rule-file.ts";
import { RuleSourceFile } from "./source-file.ts";

export interface RuleSource {
  file: string;
  text: string;
}

export interface LoadOptions {
  /** Ids that are already in use by other rules. */
  taken?: Iterable<string>;
}

/** Parses and checks rule files. Throws `RuleError` with the faults of all files. */
export function loadRules(
  files: readonly RuleSource[],
  schemas: RequestSchemas,
  context: ContextTypes,
  options: LoadOptions = {},
): RuleSet {
  const taken = [...(options.taken ?? [])].map((id): [string, string] => [
    id,
    "the rules that come with Countersign",
  ]);
  const sources = files.map(parseSource);
  const around: LoadState = {
    schemas,
    context: toContextType(context),
    usedIds: new Map(taken),
    newActions: new Set(sources.flatMap(({ parsed }) => parsed.documents.flatMap(listNewActions))),
  };
  const faults: RuleFault[] = [];
  const rules: Rule[] = [];
  const permissions: Permission[] = [];
  for (const source of sources) {
    const read = readRuleSource(source, around);
    faults.push(...read.faults.sort(compareByPlace));
    rules.push(...read.rules);
    permissions.push(...read.permissions);
  }
  if (faults.length > 0) throw new RuleError(faults);
  return new RuleSet(rules, permissions);
}

const compareByPlace = ({ place: a }: RuleFault, { place: b }: RuleFault): number =>
  a.line - b.line || a.column - b.column;

function toContextType(types: ContextTypes): Type {
  const members = Object.entries(types).map(([name, schema]) => [
    name,
    typeFromSchema(schema, `\`context.${name}\``),
  ]);
  return toRecordType("context", Object.fromEntries(members));
}

interface SourceContents {
  faults: RuleFault[];
  rules: Rule[];
  permissions: Permission[];
}

interface ParsedSource extends RuleSource {
  parsed: ParsedText;
}

const parseSource = ({ file, text }: RuleSource): ParsedSource => ({ file, text, parsed: parseYaml(text) });

/** Those of a file count for all files that are loaded with it. */
function listNewActions({ value }: Document): string[] {
  const given = typeof value === "object" && value !== null && "newActions" in value ? value.newActions : [];
  return [given].flat().filter((action) => typeof action === "string");
}

function readRuleSource({ file, text, parsed }: ParsedSource, around: LoadState): SourceContents {
  const lines = new LineIndex(text);
  const read: SourceContents = { faults: [], rules: [], permissions: [] };
  for (const { message, help, span } of parsed.faults) {
    read.faults.push({ file, message, ...(help !== undefined && { help }), place: lines.place(span) });
  }
  const [document, second] = parsed.documents;
  const isEmpty = !document || (document.value === null && !second);
  if (isEmpty && read.faults.length === 0) {
    const help = "a rule file begins with `operation: service:Operation`";
    read.faults.push({
      file,
      message: "there is nothing in this rule file",
      help,
      place: lines.place({ start: 0, end: 0 }),
    });
  }
  if (second) {
    const message = "a rule file is one YAML document, and here begins another";
    read.faults.push({
      file,
      message,
      help: "remove the `---` line",
      place: lines.place(second.span([], "value")),
    });
  }
  if (isEmpty) return read;
  const source = new RuleSourceFile(file, text, document, lines);
  const { rules, permissions } = readRuleFile(source, document.value, around);
  return { faults: [...read.faults, ...source.faults], rules, permissions };
}
