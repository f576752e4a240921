import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { Document, ParsedText } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";
import { createArgument } from "../aws-cli/argument.ts";
import type { ScriptSite } from "../shell/site.ts";
import { commandVariablesIn, fillInVariables, withVariables } from "./environment.ts";
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
  /** Marks steps without commands that may change any file; others are passed over. */
  changesFiles?: (place: FoundPart) => boolean;
  /** Where the text runs, judged by the values around it. */
  locate?: (place: FoundPart) => ScriptSite;
}

export interface PlacesKind {
  matches: ScriptKind["matches"];
  /** Whether a document of a file that matches is of this kind. */
  isOf?: (value: unknown) => boolean;
  places: readonly CommandPlace[];
  /** The keys that hold variables, as alternatives, and how the tool writes these into commands. */
  variables?: string;
  filled?: RegExp;
  /** Replaces the placeholders of the tool that reads the file. */
  prepare?: (inside: EmbeddedText) => EmbeddedText;
  site?: ScriptSite;
}

/** A kind of YAML or JSON file whose commands are the texts at certain places. */
export const createPlacesKind = ({ matches, site, ...kind }: PlacesKind): ScriptKind => ({
  matches,
  ...(site && { site }),
  isYaml: true,
  findScripts: (text, parsed: ParsedText) =>
    parsed.documents.flatMap((document) => readPlaces(text, document, kind)),
});

export function readPlaces(
  text: string,
  document: Document,
  { isOf, places, prepare, ...environment }: Omit<PlacesKind, "matches" | "site">,
): Script[] {
  if (isOf && !isOf(document.value)) return [];
  const fillIn = createFilling(text, document, environment);
  const scripts = places.flatMap((place) =>
    findPlaces(document.value, place.at)
      .filter((found) => (place.changesFiles ?? place.isShell)?.(found) ?? true)
      .flatMap((found) => {
        const site = place.locate?.(found);
        return readPlace(text, document, found, place).map((script) => ({
          start: getScriptStart(script),
          script: fillIn({ ...script, ...site }, found.path),
        }));
      }),
  );
  const inOrder = scripts.sort((a, b) => a.start - b.start).map(({ script }) => script);
  return prepare
    ? inOrder.map((script) => ("shell" in script ? { ...script, shell: prepare(script.shell) } : script))
    : inOrder;
}

/** Sets the variables that scripts see, and writes them into commands. */
function createFilling(
  text: string,
  document: Document,
  { variables: at, filled }: Pick<PlacesKind, "variables" | "filled">,
): (script: Script, path: Path) => Script {
  const variables = at === undefined ? [] : commandVariablesIn(text, document, at);
  if (variables.length === 0) return (script) => script;
  return (script, path) => {
    const shell =
      "shell" in script && filled ? fillInVariables(script.shell, path, variables, filled) : undefined;
    return withVariables(shell ? { ...script, shell } : script, path, variables);
  };
}

/** What later scripts of a session see depends on the order. */
const getScriptStart = (script: Script): number =>
  "shell" in script ? script.shell.at(0) : (script.words[0]?.span.start ?? 0);

/** A step after which files are no longer those of this commit, as after a checkout of another one. */
export const createCheckout = (span: Span): { words: Argument[] } => ({
  words: ["git", "checkout"].map((text) => createArgument(text, { span })),
});

function readPlace(
  text: string,
  document: Document,
  { path, value }: FoundPart,
  { isEachAlone, changesFiles }: CommandPlace,
): Script[] {
  if (changesFiles) return [createCheckout(document.span(path, "value"))];
  if (!isEachAlone) return readJoinedScript(text, document, [path]);
  return Array.isArray(value)
    ? listItems(value).flatMap((_, index) => readScriptAt(text, document, [...path, index]))
    : readScriptAt(text, document, path);
}
