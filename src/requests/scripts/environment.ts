import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedDecoded, readEmbeddedText } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import type { Script } from "./kind.ts";
import { findPlaces } from "./places.ts";

/** A variable of a build service that holds a command, which a script may run by its name. */
export interface CommandVariable {
  name: string;
  value: EmbeddedText;
  /** What the variable is given to: a step, a job, or everything. */
  scope: Path;
}

/** A command that means the same wherever it is filled in. */
const COMMAND = /^\s*(?:sudo\s+)?aws\s+[^$`\\{}<>]*$/;

/** The variables under certain keys that hold a command, and that nothing else in the file gives a value. */
export function commandVariablesIn(text: string, document: Document, at: string): CommandVariable[] {
  if (!/\baws\s/.test(text)) return [];
  const places = [
    ...findPlaces(document.value, `**.${at}.*`),
    ...findPlaces(document.value, `**.${at}.*.value`),
  ];
  return places.flatMap(({ path, value, around }): CommandVariable[] => {
    const isNested = path.at(-1) === "value";
    const holder = around[0] as { name?: unknown };
    const name = isNested ? (holder.name ?? path.at(-2)) : path.at(-1);
    if (typeof value !== "string" || typeof name !== "string" || !COMMAND.test(value)) return [];
    const within = readEmbeddedText(text, document, path);
    const scope = path.slice(0, path.length - (isNested ? 2 : 1) - at.split(".").length);
    return within && isOnly(name, text) ? [{ name, value: within, scope }] : [];
  });
}

/** Is a variable named only once as something that gets a value? */
function isOnly(name: string, text: string): boolean {
  if (!/^[A-Za-z_]\w{0,200}$/.test(name)) return false;
  const given = new RegExp(
    `(?<![\\w$])["']?${name}["']?\\s*[:=](?!=)|\\bname["']?\\s*:\\s*["']?${name}\\b|variable=${name}\\b|\\b(?:read|unset)\\s[^\\n]*\\b${name}\\b`,
    "g",
  );
  return [...text.matchAll(given)].length === 1;
}

const seenFrom = (path: Path, { scope }: CommandVariable): boolean =>
  scope.every((key, index) => path[index] === key);

/** A script as it runs where these variables are set. */
export function withVariables(script: Script, path: Path, variables: readonly CommandVariable[]): Script {
  if (!("shell" in script)) return script;
  const { shell } = script;
  const used = variables.filter((one) => seenFrom(path, one) && shell.text.includes(one.name));
  if (used.length === 0) return script;
  const pieces = new DecodedTextBuilder(shell.at(0));
  for (const { name, value } of used) {
    const quote = value.text.includes("'") ? '"' : "'";
    addMade(pieces, `${name}=${quote}`, value.at(0));
    copyQuoted(pieces, value, quote);
    addMade(pieces, `${quote}\n`, value.at(value.text.length));
  }
  copy(pieces, shell, 0, shell.text.length);
  return { ...script, shell: embedDecoded(pieces) };
}

/** A text into which the build service writes variables itself; the first group of what is replaced is a name. */
export function fillInVariables(
  inside: EmbeddedText,
  path: Path,
  variables: readonly CommandVariable[],
  replaced: RegExp,
): EmbeddedText {
  const values = new Map(
    variables.filter((one) => seenFrom(path, one)).map(({ name, value }) => [name, value]),
  );
  if (values.size === 0) return inside;
  const pieces = new DecodedTextBuilder(inside.at(0));
  let from = 0;
  for (const { 0: found, 1: name = "", index } of inside.text.matchAll(replaced)) {
    const value = values.get(name);
    if (!value) continue;
    copy(pieces, inside, from, index);
    copy(pieces, value, 0, value.text.length);
    from = index + found.length;
  }
  copy(pieces, inside, from, inside.text.length);
  return embedDecoded(pieces);
}

const addMade = (pieces: DecodedTextBuilder, text: string, at: number): void => pieces.add(text, at, at);

function copy(pieces: DecodedTextBuilder, inside: EmbeddedText, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const { start, end } = inside.span({ start: at, end: at + 1 });
    pieces.add(inside.text[at]!, start, end);
  }
}

/** In quotes, only they themselves are written otherwise. */
function copyQuoted(pieces: DecodedTextBuilder, value: EmbeddedText, quote: string): void {
  for (let at = 0; at < value.text.length; at++) {
    const { start, end } = value.span({ start: at, end: at + 1 });
    const character = value.text[at]!;
    pieces.add(character === quote ? `\\${character}` : character, start, end);
  }
}
