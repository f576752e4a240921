import type { Place } from "../../diagnostics/diagnostic.ts";
import { LineIndex } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { counted } from "../../diagnostics/text.ts";
import type { Document, Fault } from "../../documents/document.ts";
import { parseJson } from "../../documents/json/json.ts";

/** A policy is at most 20 KB or so (IAM user guide, "IAM and AWS STS quotas"): far beyond that it is something else. */
const MAX_LENGTH = 1024 * 1024;

/** What a policy's text says. */
export interface PolicyText {
  /** Absent where the text can't be read. */
  document?: Document;
  problems: Problem[];
  /** Where a stretch of it stands: lines and columns of the text after decoding. */
  places: LineIndex;
}

export interface Problem {
  message: string;
  help?: string;
  /** What it is about, in the decoded text. */
  start: number;
}

/** Reads a policy's text: JSON, also URL-encoded as IAM's Get calls return it. */
export function readText(given: string): PolicyText {
  const places = new LineIndex("");
  if (given.length > MAX_LENGTH) return { places, problems: [tooLong(given.length)] };
  const text = decoded(given);
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
    problems: faults.map((fault) => problem(fault, lines)),
    places: lines,
  };
}

/**
 * Where a part of a policy stands in the policy's own text, decoded; undefined where the text can't be read. For
 * `PolicyAbout.place` of a policy that is a file of its own, and for messages about one that is a text in another file.
 */
export function textPlaces(given: string): (path: Path, at?: "key" | "value") => Place | undefined {
  const { document, places } = readText(given);
  return (path, at = "value") => document && places.place(document.span(path, at));
}

/** RFC 3986: `+` is a plus. JSON text has a `{` first, which URL-encoded text can't have. */
function decoded(text: string): string | undefined {
  const withoutMark = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (/^\s*\{/.test(withoutMark)) return withoutMark;
  try {
    return decodeURIComponent(withoutMark);
  } catch {
    return undefined;
  }
}

function problem({ span, message, help }: Fault, lines: LineIndex): Problem {
  const { line, column } = lines.place(span);
  return {
    message: `in line ${line}, column ${column} of the policy: ${message}`,
    ...(help && { help }),
    start: span.start,
  };
}

const tooLong = (length: number): Problem => ({
  message: `the policy's text has ${counted(length, "character")}, and a policy has a few thousand at most`,
  help: "give the policy document alone",
  start: 0,
});
