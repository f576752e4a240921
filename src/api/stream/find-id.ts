const STRING = /"(?:[^"\\]|\\.)*"/y;
const SCALAR = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Finds the id of a line that isn't valid JSON, or not the whole line, as long as it can be told: a scalar member `id` of the
 * outer object.
 */
export function findId(text: string): unknown {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    else if (character === '"') {
      const string = readAt(STRING, text, at);
      if (string === undefined) return undefined;
      const colon = at + string.length + readAt(SPACE, text, at + string.length)!.length;
      if (depth === 1 && string === '"id"' && text[colon] === ":") return readScalar(text, colon + 1);
      at += string.length - 1;
    }
  }
  return undefined;
}

function readScalar(text: string, start: number): unknown {
  const at = start + readAt(SPACE, text, start)!.length;
  const scalar = readAt(SCALAR, text, at);
  // At the end of what there is, a number may go on.
  if (scalar === undefined || at + scalar.length >= text.length) return undefined;
  try {
    return /^-?\d{16,}$/.test(scalar) ? BigInt(scalar) : JSON.parse(scalar);
  } catch {
    return undefined;
  }
}

function readAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
