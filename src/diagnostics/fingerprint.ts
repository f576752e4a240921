import { createHash } from "node:crypto";
import type { Diagnostic } from "./diagnostic.ts";
import { pathFromPointer, valueAt } from "./pointer.ts";

/** Inputs of fingerprints in addition to the diagnostics. */
export interface FingerprintOptions {
  /** The payload of each diagnostic's request, or the text of a call that is not read. */
  payloads?: ReadonlyMap<Diagnostic, unknown>;
  /** Maps a file's name to one that is the same in every run. */
  nameOf?: (file: string) => string;
}

/**
 * Fingerprints that identify diagnostics across runs: 32 hexadecimal digits of a SHA-256 over
 *
 * - the code, operation and file,
 * - the pointer; if its value is a string, number or boolean, with `*` for list indexes, because the value
 *   then identifies the item wherever it is in the list,
 * - that value, and the parts of the message in backticks, so that messages can be reworded,
 * - the target of the request: the ARNs and ids at the top level of its payload, so that accepting a finding
 *   for one resource doesn't accept it for another; of a call that is not read, its text,
 * - the number of equal diagnostics before it.
 *
 * Lines, columns, the file's layout and other diagnostics have no influence.
 */
export function computeFingerprints(
  diagnostics: readonly Diagnostic[],
  { payloads, nameOf = (file) => file }: FingerprintOptions = {},
): Map<Diagnostic, string> {
  const seen = new Map<string, number>();
  const fingerprints = new Map<Diagnostic, string>();
  const targets = new Map<unknown, string>();
  for (const diagnostic of diagnostics) {
    const payload = payloads?.get(diagnostic);
    const target = targets.get(payload) ?? computeTargetDigest(payload);
    targets.set(payload, target);
    const { code, operation, file } = diagnostic;
    const parts = [code, operation, file && nameOf(file), target, ...describePosition(diagnostic, payload)];
    const text = JSON.stringify(parts);
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    fingerprints.set(diagnostic, digest(`${text} ${before}`));
  }
  return fingerprints;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** The parts of a fingerprint that describe the position in the payload and the value there. */
function describePosition({ pointer, message }: Diagnostic, payload: unknown): unknown[] {
  const quotes = [...message.matchAll(/`([^`]*)`/g)].map(([, quote]) => quote);
  const value = pointer === undefined ? undefined : readScalarAt(payload, pointer);
  if (value === undefined) return [pointer, quotes];
  return [
    pointer?.replace(/\/\d+(?=\/|$)/g, "/*"),
    quotes.map((quote) => quote?.replace(/\[\d+\]/g, "[*]")),
    typeof value,
    value,
  ];
}

function readScalarAt(payload: unknown, pointer: string): string | undefined {
  const value = valueAt(payload, pathFromPointer(pointer));
  return ["string", "number", "bigint", "boolean"].includes(typeof value) ? String(value) : undefined;
}

const IDENTIFYING_KEY = /(?:ARN|Arn|ID|Id)s?$/;

/** A digest of the top-level members that identify the request's target. */
function computeTargetDigest(payload: unknown): string {
  if (typeof payload === "string") return digest(payload);
  if (typeof payload !== "object" || payload === null) return "";
  const named = Object.entries(payload).filter(([key]) => IDENTIFYING_KEY.test(key));
  const inOrder = named.sort(([a], [b]) => (a < b ? -1 : 1));
  return digest(
    JSON.stringify(inOrder, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
  );
}
