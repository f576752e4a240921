import type { Diagnostic as EditorDiagnostic } from "vscode-languageserver";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { findCodeUrl } from "../run/explanations.ts";
import { PositionMap, toUri } from "./locations.ts";
import type { CheckedText } from "./workspace.ts";

const ERROR = 1;
const WARNING = 2;
const INFORMATION = 3;

/** More of one document would only slow the editor down. */
const MAX_DIAGNOSTICS = 1000;

const SEVERITIES = { error: ERROR, warning: WARNING, info: INFORMATION } as const;

export const DIAGNOSTIC_SOURCE = "countersign";

/** Diagnostics by the file that they are in: a command may name a payload's file. */
export function toEditorDiagnostics(
  { diagnostics, sources }: CheckedText,
  own: string,
): Map<string, EditorDiagnostic[]> {
  const maps = new Map<string, PositionMap>();
  const found = new Map<string, EditorDiagnostic[]>([[own, []]]);
  for (const diagnostic of diagnostics.filter(isShown).slice(0, MAX_DIAGNOSTICS)) {
    const { file = own } = diagnostic;
    const map = maps.get(file) ?? new PositionMap(sources.get(file)?.text ?? "");
    maps.set(file, map);
    const list = found.get(file) ?? [];
    found.set(file, list);
    list.push(toEditorDiagnostic(diagnostic, map));
  }
  return found;
}

/** What the project has accepted is no news. */
export const isShown = ({ status }: Diagnostic): boolean => status !== "waived";

export function toEditorDiagnostic(diagnostic: Diagnostic, map: PositionMap): EditorDiagnostic {
  const { code, severity, status, message, help, related = [] } = diagnostic;
  const said = status === "undecided" ? `undecided: ${message}` : message;
  const shown: EditorDiagnostic = {
    range: map.toRange(diagnostic),
    severity: status === "undecided" ? INFORMATION : SEVERITIES[severity],
    code,
    source: DIAGNOSTIC_SOURCE,
    message: help === undefined ? said : `${said}\nhelp: ${help}`,
  };
  const href = findCachedUrl(code);
  if (href !== undefined) shown.codeDescription = { href };
  if (related.length > 0)
    shown.relatedInformation = related.map(({ file, line, column, message: about }) => {
      const start = { line: line - 1, character: column - 1 };
      return { location: { uri: toUri(file), range: { start, end: start } }, message: about };
    });
  return shown;
}

const URLS = new Map<string, string | undefined>();

/** Findings are many, and codes few. */
function findCachedUrl(code: string): string | undefined {
  if (!URLS.has(code)) URLS.set(code, findCodeUrl(code));
  return URLS.get(code);
}

/** Whose findings are in which document: those of a document go when it is closed, also where they are in another. */
export class PublishedDiagnostics {
  readonly #byOwner = new Map<string, ReadonlyMap<string, readonly EditorDiagnostic[]>>();

  /** Takes the findings of an owner, by the documents that they are in. Returns what changed documents show now. */
  replace(
    owner: string,
    found: ReadonlyMap<string, readonly EditorDiagnostic[]>,
  ): Map<string, EditorDiagnostic[]> {
    const before = this.#byOwner.get(owner);
    this.#byOwner.set(owner, found);
    if (found.size === 0) this.#byOwner.delete(owner);
    const uris = new Set([...(before?.keys() ?? []), ...found.keys()]);
    return new Map([...uris].map((uri) => [uri, this.#collect(uri)]));
  }

  #collect(uri: string): EditorDiagnostic[] {
    const lists = [...this.#byOwner.values()].flatMap((found) => [found.get(uri) ?? []]);
    const all = lists.flat();
    if (lists.filter(({ length }) => length > 0).length < 2) return all;
    // A payload that a command names is also a document of its own.
    return [...new Map(all.map((one) => [JSON.stringify([one.code, one.range, one.message]), one])).values()];
  }
}
