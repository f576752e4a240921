import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { LocatedValue } from "./located-value.ts";
import { findValueSpan } from "./located-value.ts";

/** A command as a document, with its payload under `request`. */
export class CommandDocument implements Document {
  readonly value: unknown;
  readonly #payload: LocatedValue;
  readonly #span: Span;

  constructor(payload: LocatedValue, span: Span) {
    this.value = { request: payload.value };
    this.#payload = payload;
    this.#span = span;
  }

  span([first, ...rest]: Path, at: "key" | "value"): Span {
    return first === "request" ? findValueSpan(this.#payload, rest, at) : this.#span;
  }
}

/** Integers that JSON can't hold are told from texts. */
export const formatPayload = (payload: unknown): string =>
  JSON.stringify(payload, (_key, value) => (typeof value === "bigint" ? `${value}n` : value)) ?? "";
