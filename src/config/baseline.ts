import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/lines.ts";
import { LineIndex } from "../diagnostics/lines.ts";
import { UNREAD } from "../diagnostics/missing.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Document } from "../documents/document.ts";
import { parseText } from "../documents/parse.ts";
import type { SourceProblem } from "../files/source.ts";
import { readSource } from "../files/source.ts";
import { checkPayload } from "../schema/check.ts";
import type { ConfigFault } from "./config.ts";
import { ConfigError } from "./config.ts";
import { getOwnSchema } from "./own-schema.ts";

/** The findings that existed when the baseline was recorded: they are counted, but never fail a check. */
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
  /** Of a check that was undecided: it is known only as long as it is. */
  status?: "undecided";
  /** For human readers only; matching ignores it. */
  message?: string;
}

/** Where a new baseline is written by default, relative to the working directory. */
export const BASELINE_FILE = "countersign-baseline.json";

/** Reads and validates a baseline. Throws a `ConfigError` that lists every fault with its position. */
export async function readBaseline(file: string): Promise<Baseline> {
  const source = readSource(file);
  if ("problem" in source) throw new ConfigError(file, [toUnreadableFault(source.problem)]);
  // Always parsed as JSON, whatever the file is called.
  const { documents, faults } = await parseText("baseline.json", source.text);
  const lines = new LineIndex(source.text);
  const [document] = documents;
  const found: BaselineFault[] = [...faults, ...(document ? findBaselineFaults(document) : [])];
  if (found.length === 0 && !document) found.push(EMPTY_BASELINE);
  if (found.length === 0) return document!.value as Baseline;
  const placed = found.map(({ message, help, span }) => ({
    message,
    help: help ?? REGENERATE_HELP,
    place: lines.place(span),
  }));
  throw new ConfigError(file, placed);
}

type BaselineFault = { message: string; help?: string; span: Span };

const REGENERATE_HELP = "write it again with `countersign baseline`";
const EMPTY_BASELINE = { message: "the baseline is empty", span: { start: 0, end: 0 } };

/** The help that `readSource` gives is about request documents; a baseline needs its own. */
const toUnreadableFault = ({ message, place, missing }: SourceProblem): ConfigFault => ({
  message,
  help: missing ? "write it with `countersign baseline`, or check the path" : REGENERATE_HELP,
  place,
});

function findBaselineFaults(document: Document): BaselineFault[] {
  const { value } = document;
  const version = isObject(value) ? value.version : undefined;
  if (typeof version === "number" && version !== 1) {
    const message = `this is a baseline of version ${quoted(String(version))}, and only version \`1\` can be read`;
    return [{ message, help: REGENERATE_HELP, span: document.span(["version"], "value") }];
  }
  return checkPayload(value, getOwnSchema("baseline"), "the baseline").map(({ message, help, path, at }) => {
    const span = document.span(path, at === "key" ? "key" : "value");
    return { message, ...(help !== undefined && { help }), span };
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/**
 * Whether a baseline may record a finding. Faults of documents are excluded: the part of the file behind the
 * fault was not read, so a request in it could change unnoticed.
 */
export const canBeInBaseline = ({ code, status }: Diagnostic): boolean =>
  code === UNREAD ? status === "undecided" : status === "failed" && !code.startsWith("document/");

/** Whether a finding is a check that could not be decided, which a baseline records only on demand. */
const isUndecidedCheck = ({ code, status }: Diagnostic): boolean =>
  status === "undecided" && !code.startsWith("document/");

/** An undecided check that is known must not stand for the failure that it may become. */
const toKey = (fingerprint: string, isUndecided: boolean): string =>
  isUndecided ? `undecided ${fingerprint}` : fingerprint;

/**
 * Marks each failed diagnostic, and each call that could not be read, as `known` (and waives it) or `new`, in place. Returns the baseline's entries
 * that matched nothing.
 */
export function markKnown(
  diagnostics: readonly Diagnostic[],
  fingerprints: ReadonlyMap<Diagnostic, string>,
  { file, baseline }: { file: string; baseline: Baseline },
): BaselineEntry[] {
  const entries = new Map(
    baseline.findings.map((entry) => [toKey(entry.fingerprint, entry.status === "undecided"), entry]),
  );
  for (const diagnostic of diagnostics) {
    const isUndecided = isUndecidedCheck(diagnostic);
    if (diagnostic.status !== "failed" && !isUndecided && !canBeInBaseline(diagnostic)) continue;
    const fingerprint = fingerprints.get(diagnostic)!;
    const isKnown =
      (isUndecided || canBeInBaseline(diagnostic)) && entries.delete(toKey(fingerprint, isUndecided));
    if (isUndecided && !isKnown) continue;
    Object.assign(diagnostic, { baseline: isKnown ? "known" : "new", fingerprint });
    if (isKnown) Object.assign(diagnostic, { status: "waived", waiver: `known, by ${quoted(file)}` });
  }
  return [...entries.values()];
}

/** Converts findings to baseline entries, in report order, which keeps the file's diffs small. */
export const toBaselineEntries = (
  diagnostics: readonly Diagnostic[],
  fingerprints: ReadonlyMap<Diagnostic, string>,
  { nameOf, undecided = false }: { nameOf: (file: string) => string; undecided?: boolean | undefined },
): BaselineEntry[] => {
  const isRecorded = (found: Diagnostic): boolean =>
    canBeInBaseline(found) || (undecided && isUndecidedCheck(found));
  return diagnostics.filter(isRecorded).map((diagnostic) => {
    const { code, file = "", operation, pointer, message } = diagnostic;
    return {
      fingerprint: fingerprints.get(diagnostic)!,
      code,
      file: nameOf(file),
      ...(operation !== undefined && { operation }),
      ...(pointer !== undefined && { pointer }),
      ...(isUndecidedCheck(diagnostic) && { status: "undecided" as const }),
      message,
    };
  });
};

/**
 * Returns a function that makes file names relative to the baseline's directory, with `/` as separator, so
 * that the working directory of a run does not matter.
 */
export const createRelativeNamer =
  (baseline: string) =>
  (file: string): string =>
    relative(dirname(resolve(baseline)), resolve(file))
      .split(sep)
      .join("/");

/** The entries that this run proves obsolete: their file was checked, or no longer exists. */
export function findObsoleteEntries(
  entries: readonly BaselineEntry[],
  baseline: string,
  checked: ReadonlySet<string>,
): BaselineEntry[] {
  const nameOf = createRelativeNamer(baseline);
  const names = new Set([...checked].map(nameOf));
  return entries.filter(({ file }) => names.has(file) || !existsSync(join(dirname(baseline), file)));
}
