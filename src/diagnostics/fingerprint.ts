import { createHash } from "node:crypto";
import type { Diagnostic } from "./diagnostic.ts";
import { fromPointer, valueAt } from "./pointer.ts";

/** What fingerprints are made with, besides the findings. */
export interface Surroundings {
  /** The payloads of the requests that findings are about. */
  payloads?: ReadonlyMap<Diagnostic, unknown>;
  /** A file's name as it is the same in every run. */
  nameOf?: (file: string) => string;
}

/**
 * What each finding is known by, in this run and the next: 32 hexadecimal digits of a SHA-256 over
 *
 * - its code, operation and file,
 * - its pointer; where it points at a text, a number or a boolean, with `*` for list indexes: the value tells it,
 *   wherever in the list it stands,
 * - that value, and what the message quotes in backticks (so that a message may be worded better),
 * - what the request acts on: the ARNs and ids at the top of its payload. To force something on another share is not
 *   what somebody accepted for this one,
 * - how many equal ones come before it.
 *
 * Lines, columns, the layout of the file and other findings are not in it.
 */
export function fingerprintsOf(
  diagnostics: readonly Diagnostic[],
  { payloads, nameOf = (file) => file }: Surroundings = {},
): Map<Diagnostic, string> {
  const seen = new Map<string, number>();
  const fingerprints = new Map<Diagnostic, string>();
  const targets = new Map<unknown, string>();
  for (const diagnostic of diagnostics) {
    const payload = payloads?.get(diagnostic);
    const target = targets.get(payload) ?? targetOf(payload);
    targets.set(payload, target);
    const { code, operation, file } = diagnostic;
    const parts = [code, operation, file && nameOf(file), target, ...placeOf(diagnostic, payload)];
    const text = JSON.stringify(parts);
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    fingerprints.set(diagnostic, digest(`${text} ${before}`));
  }
  return fingerprints;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** Where in the payload it is, and what is there. */
function placeOf({ pointer, message }: Diagnostic, payload: unknown): unknown[] {
  const quotes = [...message.matchAll(/`([^`]*)`/g)].map(([, quote]) => quote);
  const value = pointer === undefined ? undefined : scalarAt(payload, pointer);
  if (value === undefined) return [pointer, quotes];
  return [
    pointer?.replace(/\/\d+(?=\/|$)/g, "/*"),
    quotes.map((quote) => quote?.replace(/\[\d+\]/g, "[*]")),
    typeof value,
    value,
  ];
}

function scalarAt(payload: unknown, pointer: string): string | undefined {
  const value = valueAt(payload, fromPointer(pointer));
  return ["string", "number", "bigint", "boolean"].includes(typeof value) ? String(value) : undefined;
}

const IDENTIFIES = /(?:ARN|Arn|ID|Id)s?$/;

/** The members at the top of a payload that name what the request acts on: short, because every finding has it. */
function targetOf(payload: unknown): string {
  if (typeof payload !== "object" || payload === null) return "";
  const named = Object.entries(payload).filter(([key]) => IDENTIFIES.test(key));
  const inOrder = named.sort(([a], [b]) => (a < b ? -1 : 1));
  return digest(
    JSON.stringify(inOrder, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
  );
}
