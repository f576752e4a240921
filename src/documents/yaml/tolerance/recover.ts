import type { Document as YamlDocument } from "yaml";
import type { Span } from "../../../diagnostics/lines.ts";
import { endOfLine } from "../../../diagnostics/lines.ts";
import type { PatchedText } from "./insertions.ts";
import { type ComposeStream, measureWork } from "./loosen.ts";
import { findLineStart } from "./scan.ts";

/** Stands for the value that a fault is in: a private-use character, which no YAML file contains. */
export const GAP = "\uE004";

export interface RecoveredStream {
  text: PatchedText;
  documents: YamlDocument.Parsed[];
  /** The values that were taken out, with offsets in the original. */
  gaps: Span[];
}

/** Each costs a pass over the text. */
const MAX_GAPS = 20;
const MAX_WORK = 1_000_000;

/** Says where the first fault of a document begins. */
export type LocateFault = (document: YamlDocument.Parsed) => number | undefined;

/**
 * Reads the rest of documents with faults: each faulty value, up to the next line that isn't deeper than its key, becomes
 * a gap. A document whose fault belongs to no key is left as it is.
 */
export function recoverYaml(
  original: PatchedText,
  compose: ComposeStream,
  createLocate: (text: string) => LocateFault,
): RecoveredStream | undefined {
  let text = original;
  const gaps: Span[] = [];
  /** The documents before this one are done. */
  let current = 0;
  for (let work = 0; ; ) {
    const documents = compose(text.text);
    if (!documents) return undefined;
    const isTired = gaps.length >= MAX_GAPS || work > MAX_WORK;
    work += measureWork(text.text, documents);
    const found = isTired ? undefined : findFirstGap(text.text, documents, current, createLocate(text.text));
    if (!found) return { text, documents, gaps };
    const { gap } = found;
    current = found.at;
    gaps.push({ start: text.toOriginal(gap.start), end: text.toOriginal(gap.end) });
    text = text.blank(gap).insert([{ at: gap.start, text: ` ${GAP}` }]);
  }
}

function findFirstGap(
  text: string,
  documents: readonly YamlDocument.Parsed[],
  from: number,
  locate: LocateFault,
): { at: number; gap: Span } | undefined {
  for (let at = from; at < documents.length; at++) {
    const fault = locate(documents[at]!);
    const gap = fault === undefined ? undefined : findGap(text, fault);
    if (gap) return { at, gap };
  }
  return undefined;
}

/** The value that an offset is in: that of a key in the same line, or of the key or item around the line. */
function findGap(text: string, at: number): Span | undefined {
  const start = findLineStart(text, at);
  const line = text.slice(start, endOfLine(text, at));
  if (line.includes(GAP)) return undefined;
  const own = parseEntry(line);
  if (own && at >= start + own.valueFrom) return createGap(text, start, own);
  return findParentGap(text, start, indentOf(line));
}

interface Entry {
  kind: "member" | "item";
  /** The column of its key or dash. */
  column: number;
  /** The column behind its `:` or dash. */
  valueFrom: number;
}

/** A line's key, behind any dashes. */
const KEY = /^( *(?:- +)*)(?:"[^"]{0,200}"|'[^']{0,200}'|[^\s"'#:{}[\],&*!|>%@`-][^\s:#]{0,200}) *:(?=\s|$)/;

function parseEntry(line: string): Entry | undefined {
  const [head, lead] = KEY.exec(line) ?? [];
  return head === undefined ? undefined : { kind: "member", column: lead!.length, valueFrom: head.length };
}

/** From behind the key to the end of the last line that is deeper. */
function createGap(text: string, lineStart: number, { kind, column, valueFrom }: Entry): Span {
  let end = endOfLine(text, lineStart);
  for (let next = end + 1; next < text.length; next = endOfLine(text, next) + 1) {
    const line = text.slice(next, endOfLine(text, next));
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) break;
    // The items of a member may be as deep as its key.
    const isInner = kind === "member" && indentOf(line) === column && /^ *-(?: |$)/.test(line);
    if (!isBlank(line) && indentOf(line) <= column && !isInner) break;
    if (!isBlank(line)) end = next + line.length;
  }
  return { start: lineStart + valueFrom, end };
}

/** The value of the nearest key, or the nearest item, above a line that is less deep. */
function findParentGap(text: string, lineStart: number, indent: number): Span | undefined {
  for (let at = lineStart; at > 0; ) {
    at = findLineStart(text, at - 1);
    const line = text.slice(at, endOfLine(text, at));
    if (/^---(?:\s|$)/.test(line)) return undefined;
    if (isBlank(line) || indentOf(line) >= indent) continue;
    const [dashes] = /^ *(?:- +)+/.exec(line) ?? [];
    const isMember = dashes !== undefined && dashes.length >= indent;
    const entry = isMember ? createItemEntry(dashes) : parseEntry(line);
    return entry && createGap(text, at, entry);
  }
  return undefined;
}

/** The innermost item that a line begins. */
function createItemEntry(dashes: string): Entry {
  const column = dashes.lastIndexOf("-");
  return { kind: "item", column, valueFrom: column + 1 };
}

/** A tab is deeper than any key before it. */
const indentOf = (line: string): number => {
  const [blanks = ""] = /^[ \t]*/.exec(line) ?? [];
  return blanks.includes("\t") ? Number.POSITIVE_INFINITY : blanks.length;
};

const isBlank = (line: string): boolean => /^\s*(?:#|$)/.test(line);
