// Implements `countersign schema check`: reports schemas on disk that differ from their documentation pages.

import { join } from "node:path";
import { escapeHarmful } from "../../../diagnostics/text.ts";
import { EXIT } from "../../../run/exit-status.ts";
import { checkSchemas, quoteShort, type SchemaFileDifference } from "../../../schemagen/index.ts";
import { describeSources, formatFileCount, formatPageError, type SchemaCommandIo } from "./generate.run.ts";

export type CheckArguments = {
  pages: string[];
  schemas: string;
  operation?: string[] | undefined;
  service?: string | undefined;
};

/** Differences printed per file; enough to see what changed without printing a rewritten schema in full. */
const MAX_SHOWN_PER_FILE = 20;

export async function run(args: CheckArguments, io: SchemaCommandIo): Promise<number> {
  const { operation, service } = args;
  const options = { onPage: io.progress, operations: operation, service };
  const { errors, differences, checked, ...read } = checkSchemas(args.pages, args.schemas, options);
  if (errors.length > 0) {
    for (const error of errors) io.stderr(formatPageError(error));
    return EXIT.usage;
  }
  const byFile = groupByFile(differences);
  for (const [file, found] of byFile) {
    for (const difference of found.slice(0, MAX_SHOWN_PER_FILE)) {
      io.stdout(`${escapeHarmful(join(args.schemas, file))}: ${describeDifference(difference)}\n`);
    }
    if (found.length > MAX_SHOWN_PER_FILE)
      io.stdout(`  … and ${formatFileCount(found.length - MAX_SHOWN_PER_FILE, "difference")} more\n`);
  }
  if (byFile.size === 0) {
    io.stdout(
      `${formatFileCount(checked, "schema")} checked: each says what its source says (${describeSources(read)})\n`,
    );
    return EXIT.ok;
  }
  io.stdout(`\n${formatFileCount(byFile.size, "file")} of ${checked} differ\n`);
  io.stdout("  help: `countersign schema generate` writes them anew; they are never edited by hand\n");
  return EXIT.failed;
}

function groupByFile(differences: SchemaFileDifference[]): Map<string, SchemaFileDifference[]> {
  const groups = new Map<string, SchemaFileDifference[]>();
  for (const difference of differences) {
    const group = groups.get(difference.file);
    if (group) group.push(difference);
    else groups.set(difference.file, [difference]);
  }
  return groups;
}

function describeDifference(difference: SchemaFileDifference): string {
  switch (difference.kind) {
    case "missing":
      return "missing: the operation has this part, but there is no schema";
    case "superfluous":
      return "superfluous: the operation doesn't have this part";
    case "unreadable":
      return `not JSON: ${quoteShort(difference.why)}`;
    case "formatted":
      return "not as it is generated: only its formatting or the order of its keys differs";
    case "changed": {
      const where = escapeHarmful(difference.pointer) || "the whole schema";
      const [here, there] = formatBothValues(difference.old, difference.new);
      return `${where}: ${here} here, ${there} in what it is generated from`;
    }
  }
}

const CONTEXT_LENGTH = 30;
const MAX_SHORT_LENGTH = 80;

/** Formats both values, truncated such that the difference stays visible. */
function formatBothValues(old: unknown, now: unknown): [string, string] {
  if (Array.isArray(old) && Array.isArray(now)) {
    const [here, there] = [subtractValues(old, now), subtractValues(now, old)];
    const isLong =
      JSON.stringify(old).length > MAX_SHORT_LENGTH || JSON.stringify(now).length > MAX_SHORT_LENGTH;
    if (isLong && here.length + there.length > 0) return [formatExtraValues(here), formatExtraValues(there)];
  }
  const [a, b] = [toText(old), toText(now)];
  if (a === undefined || b === undefined) return [quoteOrNothing(a), quoteOrNothing(b)];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const isLong = Math.max(a.length, b.length) > MAX_SHORT_LENGTH;
  const start = isLong && same > CONTEXT_LENGTH ? same - CONTEXT_LENGTH : 0;
  const cut = (whole: string) => quoteOrNothing((start > 0 ? "…" : "") + whole.slice(start));
  return [cut(a), cut(b)];
}

const toText = (found: unknown) => (found === undefined ? undefined : JSON.stringify(found));
const quoteOrNothing = (found: string | undefined) => (found === undefined ? "nothing" : quoteShort(found));

function subtractValues(values: unknown[], others: unknown[]): string[] {
  const known = new Set(others.map(toText));
  return values.flatMap((value) => (known.has(toText(value)) ? [] : [JSON.stringify(value)]));
}

function formatExtraValues(values: string[]): string {
  if (values.length === 0) return "nothing more";
  const rest = values.length > 5 ? ` and ${values.length - 5} more` : "";
  return `also ${values.slice(0, 5).map(quoteShort).join(", ")}${rest}`;
}
