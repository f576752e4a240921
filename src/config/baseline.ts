import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/lines.ts";
import { LineIndex } from "../diagnostics/lines.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Document } from "../documents/document.ts";
import { parseText } from "../documents/parse.ts";
import type { SourceProblem } from "../files/source.ts";
import { readSource } from "../files/source.ts";
import { ownSchema } from "../schema/builtin.ts";
import { checkPayload } from "../schema/check.ts";
import type { ConfigFault } from "./config.ts";
import { ConfigError } from "./config.ts";

/** Findings that were there when somebody began to check: they are counted, and fail nothing. */
export interface Baseline {
  version: 1;
  findings: BaselineEntry[];
}

export interface BaselineEntry {
  fingerprint: string;
  code: string;
  file: string;
  operation?: string;
  pointer?: string;
  /** For those who read the baseline; nothing is compared with it. */
  message?: string;
}

/** Where a new one is written, unless somebody says otherwise. */
export const BASELINE_FILE = "countersign-baseline.json";

/** Reads and checks a baseline. Throws `ConfigError` with every fault and its place. */
export async function readBaseline(file: string): Promise<Baseline> {
  const source = readSource(file);
  if ("problem" in source) throw new ConfigError(file, [unreadable(source.problem)]);
  // JSON, whatever it is called.
  const { documents, faults } = await parseText("baseline.json", source.text);
  const lines = new LineIndex(source.text);
  const [document] = documents;
  const said: Said[] = [...faults, ...(document ? wrongIn(document) : [])];
  if (said.length === 0 && !document) said.push(EMPTY);
  if (said.length === 0) return document!.value as Baseline;
  const placed = said.map(({ message, help, span }) => ({
    message,
    help: help ?? AGAIN,
    place: lines.place(span),
  }));
  throw new ConfigError(file, placed);
}

type Said = { message: string; help?: string; span: Span };

const AGAIN = "write it again with `countersign baseline`";
const EMPTY = { message: "the baseline is empty", span: { start: 0, end: 0 } };

/** What helps with a request document is not what helps here. */
const unreadable = ({ message, place, missing }: SourceProblem): ConfigFault => ({
  message,
  help: missing ? "write it with `countersign baseline`, or check the path" : AGAIN,
  place,
});

function wrongIn(document: Document): Said[] {
  const { value } = document;
  const version = isObject(value) ? value.version : undefined;
  if (typeof version === "number" && version !== 1) {
    const message = `this is a baseline of version ${quoted(String(version))}, and only version \`1\` can be read`;
    return [{ message, help: AGAIN, span: document.span(["version"], "value") }];
  }
  return checkPayload(value, ownSchema("baseline"), "the baseline").map(({ message, help, path, at }) => {
    const span = document.span(path, at === "key" ? "key" : "value");
    return { message, ...(help !== undefined && { help }), span };
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Can a finding be known? A faulty document can't: behind its fault, a request may change unseen. */
export const canBeKnown = ({ code, status }: Diagnostic): boolean =>
  status === "failed" && !code.startsWith("document/");

/**
 * Marks what a baseline knows, and what is new. Entries that nothing matched are left: those whose file is among
 * `checked`, or is no more.
 */
export function markKnown(
  diagnostics: readonly Diagnostic[],
  fingerprints: ReadonlyMap<Diagnostic, string>,
  { file, baseline }: { file: string; baseline: Baseline },
): BaselineEntry[] {
  const entries = new Map(baseline.findings.map((entry) => [entry.fingerprint, entry]));
  for (const diagnostic of diagnostics) {
    if (diagnostic.status !== "failed") continue;
    const fingerprint = fingerprints.get(diagnostic)!;
    const isKnown = canBeKnown(diagnostic) && entries.delete(fingerprint);
    Object.assign(diagnostic, { baseline: isKnown ? "known" : "new", fingerprint });
    if (isKnown) Object.assign(diagnostic, { status: "waived", waiver: `known, by ${quoted(file)}` });
  }
  return [...entries.values()];
}

/** The findings as a baseline's entries, in an order that changes little when findings do. */
export const entriesOf = (
  diagnostics: readonly Diagnostic[],
  fingerprints: ReadonlyMap<Diagnostic, string>,
  nameOf: (file: string) => string,
): BaselineEntry[] =>
  diagnostics.filter(canBeKnown).map((diagnostic) => {
    const { code, file = "", operation, pointer, message } = diagnostic;
    return {
      fingerprint: fingerprints.get(diagnostic)!,
      code,
      file: nameOf(file),
      ...(operation !== undefined && { operation }),
      ...(pointer !== undefined && { pointer }),
      message,
    };
  });

/** Names of files as a baseline has them: from its own directory, wherever the run starts. */
export const namesFrom =
  (baseline: string) =>
  (file: string): string =>
    relative(dirname(resolve(baseline)), resolve(file))
      .split(sep)
      .join("/");

/** Entries of which this run can tell that they are gone: their file was checked, or is no more. */
export function goneOf(
  entries: readonly BaselineEntry[],
  baseline: string,
  checked: ReadonlySet<string>,
): BaselineEntry[] {
  const nameOf = namesFrom(baseline);
  const names = new Set([...checked].map(nameOf));
  return entries.filter(({ file }) => names.has(file) || !existsSync(join(dirname(baseline), file)));
}
