import type { Document as YamlDocument } from "yaml";
import type { Span } from "../../../diagnostics/lines.ts";
import { LineIndex } from "../../../diagnostics/lines.ts";
import type { Document, DocumentFault, ParsedText } from "../../document.ts";
import { Unknown } from "../../document.ts";
import { findErrorStart } from "../errors.ts";
import { readDocument } from "../stream.ts";
import { createYamlTree } from "../tree.ts";
import { PatchedText } from "./insertions.ts";
import type { ComposeStream } from "./loosen.ts";
import { loosenYaml } from "./loosen.ts";
import type { LocateFault } from "./recover.ts";
import { GAP, recoverYaml } from "./recover.ts";

/**
 * Reads a stream with syntax errors: what other readers take is read, with a warning, and of other documents the parts
 * that the fault isn't in.
 */
export function readTolerantly(
  text: string,
  composeStream: (text: string) => YamlDocument.Parsed[] | object,
  strict: ParsedText,
): ParsedText {
  const compose: ComposeStream = (patched) => {
    const documents = composeStream(patched);
    return Array.isArray(documents) ? documents : undefined;
  };
  const loosened = loosenYaml(text, compose);
  const patched = loosened?.text ?? new PatchedText(text);
  const parsed =
    loosened && loosened.leniencies.length > 0 ? readLoosened(patched, loosened.documents) : strict;
  const faults: DocumentFault[] = (loosened?.leniencies ?? []).map((leniency) => ({
    code: "document/syntax",
    severity: "warning",
    ...leniency,
  }));
  const recovered = parsed.faults.some(({ code }) => code === "document/syntax")
    ? readRecovered(patched, compose)
    : undefined;
  return {
    ...parsed,
    faults: [...parsed.faults, ...faults],
    directives: strict.directives,
    ...(recovered && recovered.documents.length > 0 && { recovered }),
  };
}

function readLoosened(patched: PatchedText, documents: readonly YamlDocument.Parsed[]): ParsedText {
  const parsed: ParsedText = { documents: [], faults: [], directives: [] };
  const lines = new LineIndex(patched.text);
  for (const document of documents) readDocument(document, lines, patched.text, parsed);
  const outward = createOutward(patched);
  return {
    documents: parsed.documents.map((document) => placeOutward(document, outward)),
    faults: parsed.faults.map((fault) => ({ ...fault, span: outward(fault.span) })),
    directives: [],
  };
}

type Outward = (span: Span) => Span;

/** Maps spans of a changed text to those of the original. */
const createOutward =
  (patched: PatchedText): Outward =>
  ({ start, end }) => {
    const from = patched.toOriginal(start);
    return { start: from, end: Math.max(from, patched.toOriginal(end)) };
  };

const placeOutward = ({ value, span }: Document, outward: Outward): Document => ({
  value,
  span: (path, at) => outward(span(path, at)),
});

/** The documents that have gaps. */
function readRecovered(loose: PatchedText, compose: ComposeStream) {
  const found = recoverYaml(loose, compose, createLocate);
  if (!found || found.gaps.length === 0) return undefined;
  const { text, documents, gaps } = found;
  const plain = createOutward(text);
  const outward: Outward = (span) => {
    const outer = plain(span);
    return (
      gaps.find(({ start, end }) => outer.start >= start && outer.start <= end && outer.end <= end) ?? outer
    );
  };
  const parsed: ParsedText = { documents: [], faults: [], directives: [] };
  const lines = new LineIndex(text.text);
  for (const document of documents)
    if (text.text.slice(...document.range.slice(0, 2)).includes(GAP))
      readDocument(document, lines, text.text, parsed);
  return {
    documents: parsed.documents.map(({ value, span }) =>
      placeOutward({ value: replaceGaps(value), span }, outward),
    ),
    gaps,
  };
}

/** Finds where the fault of a document begins; undefined without one, or for one that isn't of its syntax. */
function createLocate(text: string): LocateFault {
  const lines = new LineIndex(text);
  return (document) => {
    const [error] = document.errors;
    if (error) return findErrorStart(error, document, text);
    const { broken, faults } = createYamlTree(document, lines, text);
    const fault = broken ? faults.at(-1) : undefined;
    return fault?.code === "document/syntax" ? fault.span.start : undefined;
  };
}

function replaceGaps(value: unknown): unknown {
  if (value === GAP) return new Unknown("…");
  if (Array.isArray(value)) return value.map(replaceGaps);
  if (typeof value !== "object" || value === null) return value;
  if (!(value instanceof Unknown)) return mapMembers(value, replaceGaps);
  const { source, tagged } = value;
  return tagged ? new Unknown(source, { ...tagged, value: replaceGaps(tagged.value) }) : value;
}

const mapMembers = (value: object, map: (member: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(value).map(([name, member]) => [name, map(member)]));
