import type { Path } from "../diagnostics/pointer.ts";
import type { Document } from "../documents/document.ts";
import { Unknown } from "../documents/document.ts";
import type { DocumentPart } from "./templates/part.ts";

/** A payload, with its location in the file. */
export interface Payload {
  value: unknown;
  document: Document;
  path: Path;
}

export const payloadFromPart = (part: DocumentPart, value: unknown = part.value): Payload => ({
  value,
  document: part.document,
  path: part.path,
});

/** A payload that is only known when the tool that sends the request runs. */
export const createUnknownPayload = (part: DocumentPart, source: string): Payload =>
  payloadFromPart(part, new Unknown(source));
