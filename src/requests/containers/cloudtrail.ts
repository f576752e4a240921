import { Unknown } from "../../documents/document.ts";
import { RequestCollector } from "../collector.ts";
import { type Payload, payloadFromPart } from "../payload.ts";
import type { DocumentContext, FindRequests, Request, SeenEvents } from "../request.ts";
import { isObject } from "../request.ts";
import { parseEmbeddedJson } from "../templates/embedded-json.ts";
import { DocumentPart } from "../templates/part.ts";
import {
  findOperation,
  isApiCall,
  isRead,
  isRecord,
  nameCall,
  readCall,
  readRecordedPrincipal,
} from "../trail/record.ts";
import { getRecordedShape, type RecordedShape } from "../trail/recorded-shape.ts";
import { getRecordedForm, restoreInPart } from "../trail/restore-in-part.ts";
import { isOmitted, restoreRecorded, toRecordedPath } from "../trail/restore-recorded.ts";

/** Finds the calls that CloudTrail recorded: past requests, so that a policy can be tried on them. */
export const findCloudTrail: FindRequests = (document, surroundings) => {
  const collector = new RequestCollector("cloudtrail", surroundings);
  for (const { record, place } of listRecords(new DocumentPart(document, surroundings.text))) {
    const value = record.value as Record<string, unknown>;
    const isSkipped = isRead(value) && !surroundings.includesReads;
    if (!isApiCall(value) || isSkipped || isTwice(value, surroundings.seenEvents)) continue;
    addRecord(record, place, collector, surroundings);
  }
  return collector.result;
};

/** Nobody can have written one into a record. */
export const NO_JUSTIFICATION = new Unknown("a record has no justification");

interface PlacedRecord {
  record: DocumentPart;
  /** Where it stands in the file's document: a record in a JSON text has paths of its own. */
  place: DocumentPart;
}

/** The records of a trail's file, of `lookup-events`, of an event of EventBridge, or of a single one. */
function listRecords(whole: DocumentPart): PlacedRecord[] {
  const isHere = (part: DocumentPart | undefined): PlacedRecord[] =>
    part && isRecord(part.value) ? [{ record: part, place: part }] : [];
  // The rest isn't looked for in each record of a trail.
  if (isRecord(whole.value)) return [{ record: whole, place: whole }];
  const records = whole.member("Records")?.items() ?? [];
  const events = whole.member("Events")?.items() ?? [];
  return [
    ...isHere(whole.member("detail")),
    ...records.flatMap(isHere),
    ...[whole, ...events].flatMap(readEvent),
    ...[whole, ...(whole.member("QueryResultRows")?.items() ?? [])].flatMap(readRow),
  ];
}

/** An event of `lookup-events` holds its record as JSON in a text. */
function readEvent(place: DocumentPart): PlacedRecord[] {
  const part = place.member("CloudTrailEvent");
  return part ? readText(part, place) : [];
}

function readText(part: DocumentPart, place: DocumentPart): PlacedRecord[] {
  if (typeof part.value !== "string") return [];
  const { document } = parseEmbeddedJson([{ embedded: part.embedded(part.value) }]);
  if (!document || !isRecord(document.value)) return [];
  return [{ record: new DocumentPart(document, part.text), place }];
}

/** A row of a query of CloudTrail Lake is a list of objects with a column each; only `eventJson` holds a record. */
function readRow(row: DocumentPart): PlacedRecord[] {
  const columns = Array.isArray(row.value) ? row.items() : [row];
  return columns.flatMap((column) => {
    const [, part] = column.members().find(([name]) => name.toLowerCase() === "eventjson") ?? [];
    return part ? readText(part, row) : [];
  });
}

/** The same event may be told in several files, and one action in the trails of two accounts. */
function isTwice({ eventID, sharedEventID }: Record<string, unknown>, seen: SeenEvents): boolean {
  const ids = [eventID, sharedEventID].filter((id) => typeof id === "string");
  const isSeen = ids.some((id) => seen.has(id));
  for (const id of ids) seen.add(id);
  return isSeen;
}

function addRecord(
  record: DocumentPart,
  place: DocumentPart,
  collector: RequestCollector,
  { operations }: DocumentContext,
): void {
  const value = record.value as Record<string, unknown>;
  const operation = findOperation(value, operations);
  const name = record.member("eventName")!;
  collector.calls.push(() => name.span());
  if (operation === undefined) {
    collector.unchecked.push({ operation: nameCall(String(value.eventSource), String(value.eventName)) });
    return;
  }
  const payload = readPayload(record, operation, getRecordedShape(operations, operation));
  // Added as it is: no text of a record is a placeholder, however it looks.
  const request: Request = {
    operation,
    path: place.path,
    span: () => record.span(),
    operationSpan: () => name.span(),
    justification: NO_JUSTIFICATION,
    recorded: readCall(value),
    container: collector.container,
    payload: payload.value,
    payloadPath: payload.path,
    payloadDocument: payload.document,
  };
  const principal = readRecordedPrincipal(value);
  if (principal !== undefined) request.caller = principal;
  collector.requests.push(request);
}

/** Parameters that are null were left out of the record: a refused call may have had some. */
function readPayload(record: DocumentPart, operation: string, shape: RecordedShape): Payload {
  const part = record.member("requestParameters");
  if (!part || !isObject(part.value) || isOmitted(part.value))
    return payloadFromPart(part ?? record, new Unknown("requestParameters"));
  const { document, path } = part;
  const form = getRecordedForm(operation);
  // Its members have no places of their own: the record nests them in another way.
  if (form) {
    const value = restoreInPart(part.value, shape, form);
    return { value, document: { value, span: (_, at) => document.span(path, at) }, path: [] };
  }
  const value = restoreRecorded(part.value, shape);
  const span: typeof document.span = (inner, at) =>
    document.span([...path, ...toRecordedPath(part.value, inner)], at);
  return { value, document: { value, span }, path: [] };
}
