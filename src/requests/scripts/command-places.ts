import type { Path } from "../../diagnostics/pointer.ts";
import type { Document, ParsedText } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { Script, ScriptKind } from "./kind.ts";
import type { FoundPart } from "./places.ts";
import { findPlaces } from "./places.ts";
import { listItems, readJoinedScript, readScriptAt } from "./yaml-texts.ts";

/** Where one kind of file has shell commands: a text, or a list of texts. */
export interface CommandPlace {
  /** A pattern as in `findPlaces`. */
  at: string;
  /** Each item of a list is run by a shell of its own; without this, one shell runs them all. */
  isEachAlone?: boolean;
  /** Whether a shell runs the text, judged by the values around it. */
  isShell?: (place: FoundPart) => boolean;
}

export interface PlacesKind {
  matches: ScriptKind["matches"];
  /** Whether a document of a file that matches is of this kind. */
  isOf?: (value: unknown) => boolean;
  places: readonly CommandPlace[];
  /** Replaces the placeholders of the tool that reads the file. */
  prepare?: (inside: EmbeddedText) => EmbeddedText;
}

/** A kind of YAML or JSON file whose commands are the texts at certain places. */
export const createPlacesKind = ({ matches, ...kind }: PlacesKind): ScriptKind => ({
  matches,
  isYaml: true,
  findScripts: (text, parsed: ParsedText) =>
    parsed.documents.flatMap((document) => readPlaces(text, document, kind)),
});

export function readPlaces(
  text: string,
  document: Document,
  { isOf, places, prepare }: Omit<PlacesKind, "matches">,
): Script[] {
  if (isOf && !isOf(document.value)) return [];
  const scripts = places.flatMap((place) =>
    findPlaces(document.value, place.at)
      .filter((found) => place.isShell?.(found) ?? true)
      .flatMap(({ path, value }) => readPlace(text, document, path, value, place)),
  );
  return prepare
    ? scripts.map((script) => ("shell" in script ? { ...script, shell: prepare(script.shell) } : script))
    : scripts;
}

function readPlace(
  text: string,
  document: Document,
  path: Path,
  value: unknown,
  { isEachAlone }: CommandPlace,
): Script[] {
  if (!isEachAlone) return readJoinedScript(text, document, [path]);
  return Array.isArray(value)
    ? listItems(value).flatMap((_, index) => readScriptAt(text, document, [...path, index]))
    : readScriptAt(text, document, path);
}
