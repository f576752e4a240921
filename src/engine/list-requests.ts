import { LineIndex, type Span } from "../diagnostics/lines.ts";
import type { FileSource } from "../files/source.ts";
import { readSource } from "../files/source.ts";
import type { FileEntry } from "../files/walk.ts";
import type { LocatedRequest } from "../requests/find.ts";
import type { Engine } from "./engine.ts";
import { extractRequests } from "./extract.ts";
import { isExpected, isWorthReading } from "./first-look.ts";
import { mayNameKnownOperation } from "./relevance.ts";

export interface ListedRequest {
  file: string;
  line: number;
  column: number;
  operation: string;
  container: string;
  payload: unknown;
}

/** Something that looks like a request but could not be read, and why. */
export interface UnreadableRequest {
  file: string;
  line: number;
  why: string;
}

export interface RequestList {
  requests: ListedRequest[];
  unread: UnreadableRequest[];
  /** Whether a file that the user named does not exist. */
  missing: boolean;
}

export interface ListOptions {
  operation?: string;
  operationOf?: (file: string) => string | undefined;
}

/** Lists the requests in files without checking them. */
export async function listRequests(
  entries: Iterable<FileEntry>,
  engine: Engine,
  options: ListOptions,
): Promise<RequestList> {
  const all: RequestList = { requests: [], unread: [], missing: false };
  for (const entry of entries) {
    const operation = options.operation ?? options.operationOf?.(entry.source?.file ?? entry.file);
    if (!entry.source && !isWorthReading(entry, operation, engine)) continue;
    const { source = readSource(entry.file) } = entry;
    await addFile({ source, operation, isWanted: isExpected(entry, operation) }, engine, all);
  }
  return all;
}

interface FileToList {
  source: FileSource;
  operation: string | undefined;
  isWanted: boolean;
}

async function addFile(
  { source, operation, isWanted }: FileToList,
  engine: Engine,
  all: RequestList,
): Promise<void> {
  const { file } = source;
  if ("problem" in source) {
    const { message, place, head, missing } = source.problem;
    if (isWanted && missing) all.missing = true;
    if (!isWanted && head !== undefined && !mayNameKnownOperation(head, engine.schemas.names())) return;
    all.unread.push({ file, line: place.line, why: message });
    return;
  }
  const { text } = source;
  const found = await extractRequests({ file, text, operation, isWanted }, engine);
  if (!found) return;
  const lines = new LineIndex(text);
  const spans = found.requests.map(spanOf);
  for (const [index, request] of found.requests.entries()) {
    const { line, column } = lines.place(spans[index]!);
    const { container, payload } = request;
    all.requests.push({ file, line, column, operation: request.operation, container, payload });
  }
  const faults = found.faults.filter(({ span }) => !isInside(span, spans));
  const unread = [...faults.map(({ span, message }) => ({ span, why: message })), ...found.unread];
  const placed = unread.map(({ span, why }) => ({ file, line: lines.place(span).line, why }));
  for (const one of placed.sort((a, b) => a.line - b.line)) all.unread.push(one);
}

const spanOf = (request: LocatedRequest): Span =>
  request.span?.() ?? request.document.span(request.path, "value");

/** A fault inside a request that was found anyway does not mean that a request is missing. */
const isInside = (span: Span, spans: readonly Span[]): boolean =>
  spans.some(({ start, end }) => span.start >= start && span.end <= end);
