import { sliceText } from "../../documents/embedded.ts";
import type { DocumentPart } from "./part.ts";
import type { TextSegment } from "./segments.ts";

/**
 * The pieces of a string of Terraform's configuration as JSON, with the expressions that are more than a name apart: `${jsonencode({…})}`
 * holds quotes and braces of its own.
 */
export function splitInterpolations(part: DocumentPart, text: string): TextSegment[] {
  const whole = part.embedded(text);
  const pieces: TextSegment[] = [];
  let from = 0;
  for (let at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 2)) {
    if (text[at - 1] === "$") continue;
    const end = findEnd(text, at + 2);
    if (end === undefined) break;
    if (!/["{}]/.test(text.slice(at + 2, end - 1))) continue;
    if (at > from) pieces.push({ embedded: sliceText(whole, from, at) });
    pieces.push({ source: text.slice(at, end), span: part.span() });
    from = end;
    at = end - 2;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ embedded: sliceText(whole, from) });
  return pieces;
}

/** Where the expression ends that begins at an offset, behind its brace. */
function findEnd(text: string, from: number): number | undefined {
  let depth = 1;
  let isQuoted = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === "\\" && isQuoted) at++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at + 1;
  }
  return undefined;
}
