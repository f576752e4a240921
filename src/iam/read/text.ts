import type { Place } from "../../diagnostics/diagnostic.ts";
import { LineIndex } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { formatCount } from "../../diagnostics/text.ts";
import type { Document, DocumentFault } from "../../documents/document.ts";
import { parseJson } from "../../documents/json/json.ts";

/** In characters. IAM's largest policies are about 20 KB (IAM user guide, "IAM and AWS STS quotas"). */
const MAX_TEXT_LENGTH = 1024 * 1024;

/** A parsed policy text. */
export interface PolicyText {
  /** Absent when the text can't be parsed. */
  document?: Document;
  problems: TextProblem[];
  /** Converts offsets in the decoded text to lines and columns. */
  places: LineIndex;
}

export interface TextProblem {
  message: string;
  help?: string;
  /** Offset in the decoded text. */
  start: number;
}

/** Reads a policy text: JSON, also URL-encoded as IAM's Get operations return it. */
export function readPolicyText(given: string): PolicyText {
  const places = new LineIndex("");
  if (given.length > MAX_TEXT_LENGTH) return { places, problems: [createTooLongProblem(given.length)] };
  const text = decodePolicyText(given);
  if (text === undefined) {
    const message =
      "the policy's text is neither JSON nor URL-encoded JSON: a `%` in it has no two digits behind it";
    return { places, problems: [{ message, start: 0 }] };
  }
  const lines = new LineIndex(text);
  if (text.trim() === "") {
    return { places: lines, problems: [{ message: "the policy's text is empty", start: 0 }] };
  }
  const { documents, faults } = parseJson(text);
  return {
    ...(documents[0] && { document: documents[0] }),
    problems: faults.map((fault) => toTextProblem(fault, lines)),
    places: lines,
  };
}

/**
 * Locates parts of a policy in its decoded text; undefined when the text can't be parsed. Used as
 * `PolicyMetadata.place` for a policy in a file of its own, and for messages about one that is embedded as
 * text.
 */
export function createPlaceFinder(given: string): (path: Path, at?: "key" | "value") => Place | undefined {
  const { document, places } = readPolicyText(given);
  return (path, at = "value") => document && places.place(document.span(path, at));
}

/**
 * Decodes percent-encoding (RFC 3986), in which `+` is a plus sign. JSON text starts with `{`, which
 * URL-encoded text can't.
 */
function decodePolicyText(text: string): string | undefined {
  const withoutMark = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (/^\s*\{/.test(withoutMark)) return withoutMark;
  try {
    return decodeURIComponent(withoutMark);
  } catch {
    return undefined;
  }
}

function toTextProblem({ span, message, help }: DocumentFault, lines: LineIndex): TextProblem {
  const { line, column } = lines.place(span);
  return {
    message: `in line ${line}, column ${column} of the policy: ${message}`,
    ...(help && { help }),
    start: span.start,
  };
}

const createTooLongProblem = (length: number): TextProblem => ({
  message: `the policy's text has ${formatCount(length, "character")}, and a policy has a few thousand at most`,
  help: "give the policy document alone",
  start: 0,
});
