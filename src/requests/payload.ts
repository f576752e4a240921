import type { Path } from "../diagnostics/pointer.ts";
import type { Document } from "../documents/document.ts";
import { Unknown } from "../documents/document.ts";
import type { Part } from "./templates/part.ts";

/** A payload, with its location in the file. */
export interface Payload {
  value: unknown;
  document: Document;
  path: Path;
}

export const payloadAt = (part: Part, value: unknown = part.value): Payload => ({
  value,
  document: part.document,
  path: part.path,
});

/** A payload that is only known when the tool that sends the request runs. */
export const openPayload = (part: Part, source: string): Payload => payloadAt(part, new Unknown(source));
