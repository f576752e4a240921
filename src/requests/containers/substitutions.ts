import { getTextParts, mapChildren, textFromParts } from "../../documents/parts.ts";

/** The values of variables, as far as they are known. */
export type Substitutions = ReadonlyMap<string, unknown>;

/** A text, with an object for each placeholder in it. */
export type TextPieces = readonly (string | { source: string })[];

/** Applies the resource's `DefinitionSubstitutions`; variables without a known value remain placeholders. */
export function applySubstitutions(value: unknown, substitutions: Substitutions | undefined): unknown {
  if (!substitutions || substitutions.size === 0) return value;
  if (typeof value === "string") return substitute(value, substitutions);
  return mapChildren(value, (child) => applySubstitutions(child, substitutions));
}

function substitute(text: string, substitutions: Substitutions): unknown {
  // With one capturing group, every second piece is a name.
  const pieces = text.split(/\$\{(\w+)\}/);
  return textFromParts(
    pieces.flatMap((piece, at) =>
      at % 2 === 0 ? [piece] : (getTextParts(substitutions.get(piece)) ?? [`\${${piece}}`]),
    ),
    text,
  );
}

/** The pieces of a text, with those of its variables in place of them. */
export function substitutePieces(
  text: string,
  substitutions: ReadonlyMap<string, TextPieces> = new Map(),
): TextPieces {
  const pieces: (string | { source: string })[] = [];
  let from = 0;
  for (const { 0: variable, 1: name, index } of text.matchAll(/\$\{(\w+)\}/g)) {
    const known = substitutions.get(name!);
    if (!known) continue;
    pieces.push(text.slice(from, index), ...known);
    from = index + variable.length;
  }
  return [...pieces, text.slice(from)];
}

export const joinPieces = (pieces: TextPieces): string =>
  pieces.map((piece) => (typeof piece === "string" ? piece : piece.source)).join("");
