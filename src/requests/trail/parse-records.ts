import type { Span } from "../../diagnostics/lines.ts";
import type { DocumentFault, ParsedText } from "../../documents/document.ts";
import { embedSlice, parseEmbedded } from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import { RecordSplitter } from "../../files/records/splitter.ts";
import { isObject } from "../request.ts";
import { isRecord } from "./record.ts";

/** A member of a record, maybe in a text. Patterns of EventBridge, which templates hold, have lists instead. */
const RECORD_MEMBER = /\bevent(?:Source|Name)\\*"\s*:\s*\\*"/;

/**
 * Parses the records of a trail. Undefined for other texts. What isn't one JSON document (JSON lines, a file with a broken
 * record) is split into its records, so that the others are read.
 */
export function parseRecords(text: string): ParsedText | undefined {
  if (!RECORD_MEMBER.test(text) || !/^\s*[{[]/.test(text)) return undefined;
  const whole = parseWhole(text);
  if (whole === "other") return undefined;
  const parsed = whole ?? splitRecords(text);
  const columns = parsed.documents.find(({ value }) => hasColumnsOnly(value));
  if (columns) {
    const { start } = columns.span([], "value");
    parsed.faults.push({ ...createRecordFault(COLUMNS_ONLY, start), help: COLUMNS_ONLY_HELP });
  }
  return parsed;
}

export const COLUMNS_ONLY =
  "a row of a query has columns of a record, but not `eventJson`, which holds all of it";
const COLUMNS_ONLY_HELP =
  "select the column `eventJson`: columns such as `requestParameters` are printed in a form that can't be read back";

/** Is it a row of a query, or are they rows, that have the name of an event, but not the record? */
export function hasColumnsOnly(value: unknown): boolean {
  if (isObject(value))
    return Array.isArray(value.QueryResultRows) && value.QueryResultRows.some(hasColumnsOnly);
  if (!Array.isArray(value)) return false;
  const names = value.flatMap((column) => (isObject(column) ? Object.keys(column) : []));
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  return value.every((column) => !isRecord(column)) && has(/^eventName$/i) && !has(/^eventJson$/i);
}

/** Undefined for a text that is no JSON as a whole. */
function parseWhole(text: string): ParsedText | "other" | undefined {
  try {
    return isTrail(JSON.parse(text)) ? parseJson(text) : "other";
  } catch {
    return undefined;
  }
}

const isTrail = (value: unknown): boolean =>
  isRecord(value) ||
  isRow(value) ||
  (isObject(value) &&
    (isRecord(value.detail) ||
      typeof value.CloudTrailEvent === "string" ||
      [value.Records, value.Events, value.QueryResultRows].some(Array.isArray))) ||
  hasColumnsOnly(value);

/** A row of a query: objects of one column each, or one of them. */
const isRow = (value: unknown): boolean =>
  (Array.isArray(value) ? value : [value]).some(
    (column) => isObject(column) && Object.keys(column).some((name) => /^eventjson$/i.test(name)),
  );

function splitRecords(text: string): ParsedText {
  const parsed: ParsedText = { documents: [], faults: [], directives: [] };
  const spans: Span[] = [];
  const faults: DocumentFault[] = [];
  const splitter = new RecordSplitter({
    value: ({ start, end }, base) => spans.push({ start: base + start, end: base + end }),
    fault: (message, _, at, base) => faults.push(createRecordFault(message, base + at)),
  });
  // One byte for each character keeps the offsets; no structure of JSON is beyond ASCII.
  splitter.push(Buffer.from(text.replace(/[^\0-\x7f]/g, "?"), "latin1"));
  splitter.end();
  for (const span of spans) {
    const { documents, faults: own } = parseEmbedded(embedSlice(text, span), parseJson);
    parsed.documents.push(...documents);
    faults.push(...own.slice(0, 1));
  }
  parsed.faults.push(...faults.sort((a, b) => a.span.start - b.span.start));
  return parsed;
}

const createRecordFault = (message: string, at: number): DocumentFault => ({
  code: "document/syntax",
  span: { start: at, end: at + 1 },
  message: `a record can't be read: ${message}`,
  help: RECORD_FAULT_HELP,
});

export const RECORD_FAULT_HELP = "get the file again; the records that can be read are checked";
