// Implements `countersign schema check`: reports schemas on disk that differ from their documentation pages.

import { join } from "node:path";
import { harmless } from "../../../diagnostics/text.ts";
import { EXIT } from "../../../run/exit-status.ts";
import { checkSchemas, type FileDifference, quote } from "../../../schemagen/index.ts";
import { count, type Output, printError, sources } from "./generate.run.ts";

export type CheckArguments = {
  pages: string[];
  schemas: string;
  operation?: string[] | undefined;
  service?: string | undefined;
};

/** Differences printed per file; enough to see what changed without printing a rewritten schema in full. */
const MOST_SHOWN = 20;

export async function run(args: CheckArguments, io: Output): Promise<number> {
  const { operation, service } = args;
  const options = { onPage: io.progress, operations: operation, service };
  const { errors, differences, checked, ...read } = checkSchemas(args.pages, args.schemas, options);
  if (errors.length > 0) {
    for (const error of errors) io.stderr(printError(error));
    return EXIT.usage;
  }
  const byFile = grouped(differences);
  for (const [file, found] of byFile) {
    for (const difference of found.slice(0, MOST_SHOWN)) {
      io.stdout(`${harmless(join(args.schemas, file))}: ${words(difference)}\n`);
    }
    if (found.length > MOST_SHOWN)
      io.stdout(`  … and ${count(found.length - MOST_SHOWN, "difference")} more\n`);
  }
  if (byFile.size === 0) {
    io.stdout(`${count(checked, "schema")} checked: each says what its source says (${sources(read)})\n`);
    return EXIT.ok;
  }
  io.stdout(`\n${count(byFile.size, "file")} of ${checked} differ\n`);
  io.stdout("  help: `countersign schema generate` writes them anew; they are never edited by hand\n");
  return EXIT.failed;
}

function grouped(differences: FileDifference[]): Map<string, FileDifference[]> {
  const groups = new Map<string, FileDifference[]>();
  for (const difference of differences) {
    const group = groups.get(difference.file);
    if (group) group.push(difference);
    else groups.set(difference.file, [difference]);
  }
  return groups;
}

function words(difference: FileDifference): string {
  switch (difference.kind) {
    case "missing":
      return "missing: the operation has this part, but there is no schema";
    case "superfluous":
      return "superfluous: the operation doesn't have this part";
    case "unreadable":
      return `not JSON: ${quote(difference.why)}`;
    case "formatted":
      return "not as it is generated: only its formatting or the order of its keys differs";
    case "changed": {
      const where = harmless(difference.pointer) || "the whole schema";
      const [here, there] = shown(difference.old, difference.new);
      return `${where}: ${here} here, ${there} in what it is generated from`;
    }
  }
}

const AROUND = 30;
const SHORT = 80;

/** Formats both values, truncated such that the difference stays visible. */
function shown(old: unknown, now: unknown): [string, string] {
  if (Array.isArray(old) && Array.isArray(now)) {
    const [here, there] = [without(old, now), without(now, old)];
    const isLong = JSON.stringify(old).length > SHORT || JSON.stringify(now).length > SHORT;
    if (isLong && here.length + there.length > 0) return [only(here), only(there)];
  }
  const [a, b] = [text(old), text(now)];
  if (a === undefined || b === undefined) return [inQuotes(a), inQuotes(b)];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const isLong = Math.max(a.length, b.length) > SHORT;
  const start = isLong && same > AROUND ? same - AROUND : 0;
  const cut = (whole: string) => inQuotes((start > 0 ? "…" : "") + whole.slice(start));
  return [cut(a), cut(b)];
}

const text = (found: unknown) => (found === undefined ? undefined : JSON.stringify(found));
const inQuotes = (found: string | undefined) => (found === undefined ? "nothing" : quote(found));

function without(values: unknown[], others: unknown[]): string[] {
  const known = new Set(others.map(text));
  return values.flatMap((value) => (known.has(text(value)) ? [] : [JSON.stringify(value)]));
}

function only(values: string[]): string {
  if (values.length === 0) return "nothing more";
  const rest = values.length > 5 ? ` and ${values.length - 5} more` : "";
  return `also ${values.slice(0, 5).map(quote).join(", ")}${rest}`;
}
