import type { Span } from "../diagnostics/lines.ts";
import type { UncheckedCalls } from "../diagnostics/report.ts";
import { isErrorFault } from "../documents/document.ts";
import { isDataFile, isScriptFile } from "../files/file-kinds.ts";
import type { FileSource } from "../files/source.ts";
import type { FileEntry } from "../files/walk.ts";
import type { FoundRequests, LocatedRequest } from "../requests/find.ts";
import { detectLanguage } from "../requests/mentions/detect-language.ts";
import type { Unchecked } from "../requests/request.ts";
import { Tuning } from "./counting/tuning.ts";
import type { Engine } from "./engine.ts";
import { extractRequests, UNREAD_HELP } from "./extract.ts";
import { isExpected, takeFirstLook } from "./first-look/expected.ts";
import { countCalls } from "./report/count-calls.ts";
import { readTextOf } from "./trail/excerpt.ts";
import { readEntry } from "./trail/read-entry.ts";
import { classifyProblem } from "./undecoded.ts";

export interface ListedRequest {
  file: string;
  line: number;
  column: number;
  operation: string;
  container: string;
  payload: unknown;
}

/** A call that could not be read. */
export interface UnreadCall {
  file: string;
  line: number;
  column: number;
  operation?: string;
  service?: string;
  language: string;
  why: string;
  help: string;
}

export interface RequestList {
  requests: ListedRequest[];
  unread: UnreadCall[];
  unchecked: UncheckedCalls[];
  /** Whether a file that the user named does not exist. */
  missing: boolean;
}

export interface ListOptions {
  operation?: string;
  operationOf?: (file: string) => string | undefined;
  /** Whether the run uses a file as its configuration, context, rules, schemas or baseline. */
  isOwnFile?: (file: string) => boolean;
}

/** Lists the requests in files without checking them. */
export async function listRequests(
  entries: readonly FileEntry[],
  engine: Engine,
  { isOwnFile, ...options }: ListOptions,
): Promise<RequestList> {
  const all: RequestList = { requests: [], unread: [], unchecked: [], missing: false };
  const unchecked: Unchecked[] = [];
  engine.seenEvents = new Set();
  const look = await takeFirstLook(entries, engine);
  const tuning = await Tuning.begin(entries.length, false);
  for (const [index, entry] of entries.entries()) {
    const operation = options.operation ?? options.operationOf?.(entry.source?.file ?? entry.file);
    if (!entry.source && !look.isWorthReading(index, operation)) continue;
    const listEntry = async () => {
      const source = await readEntry(entry, engine.schemas);
      const isWanted = isExpected(entry, operation);
      const about = { source, operation, isWanted, isOwnFile: isOwnFile?.(entry.file) ?? false };
      return addFile(about, engine, all);
    };
    const found = await (tuning ? tuning.whileUsual(listEntry) : listEntry());
    for (const call of found?.unchecked ?? []) unchecked.push(call);
  }
  look.end();
  tuning?.endFiles();
  return { ...all, unchecked: countCalls(unchecked) };
}

interface FileToList {
  source: FileSource;
  operation: string | undefined;
  isWanted: boolean;
  isOwnFile: boolean;
}

async function addFile(
  { source, operation, isWanted, isOwnFile }: FileToList,
  engine: Engine,
  all: RequestList,
): Promise<FoundRequests | undefined> {
  const { file } = source;
  if ("problem" in source) {
    const { message, help = UNREAD_HELP, place, missing } = source.problem;
    if (isWanted && missing) all.missing = true;
    if (!isWanted && (await classifyProblem(file, source.problem, engine)) === "nothing") return undefined;
    const { line, column } = place;
    all.unread.push({ file, line, column, language: guessLanguage(file), why: message, help });
    return undefined;
  }
  const { text, lines, excerpt } = readTextOf(source);
  const found = await extractRequests({ file, text, operation, isWanted, isOwnFile }, engine);
  for (const { message: why, help = UNREAD_HELP, place } of excerpt.problems)
    all.unread.push({ file, line: place.line, column: place.column, language: "json", why, help });
  if (!found) return { requests: [], faults: [], unread: [], unchecked: [...excerpt.unchecked] };
  const spans = found.requests.map(spanOf);
  for (const [index, request] of found.requests.entries()) {
    const { line, column } = lines.place(spans[index]!);
    const { container, payload } = request;
    all.requests.push({ file, line, column, operation: request.operation, container, payload });
  }
  const faults = found.faults.filter((fault) => isErrorFault(fault) && !isInside(fault.span, spans));
  const language = guessLanguage(file);
  const faulty = faults.map(({ span, message, help }) => ({ span, why: message, help, language }));
  const placed = [...faulty, ...found.unread].map(({ span, why, help = UNREAD_HELP, ...known }) => {
    const { line, column } = lines.place(span);
    return { file, line, column, ...known, why, help };
  });
  for (const call of placed.sort((a, b) => a.line - b.line || a.column - b.column)) all.unread.push(call);
  return { ...found, unchecked: [...(found.unchecked ?? []), ...excerpt.unchecked] };
}

/** What a file is written in, by its name. */
function guessLanguage(file: string): string {
  if (isDataFile(file)) return /\.json$/i.test(file) ? "json" : "yaml";
  return detectLanguage(file, "")?.name ?? (isScriptFile(file) ? "shell" : "text");
}

const spanOf = (request: LocatedRequest): Span =>
  request.span?.() ?? request.document.span(request.path, "value");

/** A fault inside a request that was found anyway does not mean that a request is missing. */
const isInside = (span: Span, spans: readonly Span[]): boolean =>
  spans.some(({ start, end }) => span.start >= start && span.end <= end);
