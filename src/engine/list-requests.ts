import { LineIndex, type Span } from "../diagnostics/lines.ts";
import type { Source } from "../files/source.ts";
import { readSource } from "../files/source.ts";
import type { Entry } from "../files/walk.ts";
import type { PlacedRequest } from "../requests/find.ts";
import type { Engine } from "./engine.ts";
import { readRequests } from "./extract.ts";
import { isExpected, isWorthReading } from "./first-look.ts";
import { maySay } from "./relevance.ts";

export interface FoundRequest {
  file: string;
  line: number;
  column: number;
  operation: string;
  container: string;
  payload: unknown;
}

/** What looked like a request but could not be read, and why. */
export interface UnreadRequest {
  file: string;
  line: number;
  why: string;
}

export interface FoundInFiles {
  requests: FoundRequest[];
  unread: UnreadRequest[];
  /** A file that was named does not exist. */
  missing: boolean;
}

export interface FindOptions {
  operation?: string;
  operationOf?: (file: string) => string | undefined;
}

/** Lists the requests of files, without checking them. */
export async function findInFiles(
  entries: Iterable<Entry & { descriptor?: number }>,
  engine: Engine,
  options: FindOptions,
): Promise<FoundInFiles> {
  const all: FoundInFiles = { requests: [], unread: [], missing: false };
  for (const { file, named, descriptor } of entries) {
    const operation = options.operation ?? options.operationOf?.(file);
    if (descriptor === undefined && !isWorthReading({ file, named }, operation, engine)) continue;
    const source = readSource(file, descriptor);
    await addFile({ source, operation, isWanted: isExpected({ file, named }, operation) }, engine, all);
  }
  return all;
}

interface File {
  source: Source;
  operation: string | undefined;
  isWanted: boolean;
}

async function addFile(
  { source, operation, isWanted }: File,
  engine: Engine,
  all: FoundInFiles,
): Promise<void> {
  const { file } = source;
  if ("problem" in source) {
    const { message, place, head, missing } = source.problem;
    if (isWanted && missing) all.missing = true;
    if (!isWanted && head !== undefined && !maySay(head, engine.schemas.names())) return;
    all.unread.push({ file, line: place.line, why: message });
    return;
  }
  const { text } = source;
  const found = await readRequests({ file, text, operation, isWanted }, engine);
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

const spanOf = (request: PlacedRequest): Span =>
  request.span?.() ?? request.document.span(request.path, "value");

/** A fault of a request that was found all the same is not one of finding it. */
const isInside = (span: Span, spans: readonly Span[]): boolean =>
  spans.some(({ start, end }) => span.start >= start && span.end <= end);
