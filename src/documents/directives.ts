import type { Directive } from "./document.ts";

const COMMENT = /^\uFEFF?#\s*countersign:/;

/** `key=value`, with the value bare or quoted, or any other word. */
const DIRECTIVE_PART = /([A-Za-z-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"']\S*))(?!\S)|\S+/y;

/**
 * Parses a `# countersign: key=value …` comment in the first line. A word that is no `key=value` has no
 * value.
 */
export function parseDirectives(text: string): Directive[] {
  const newline = text.indexOf("\n");
  const line = text.slice(0, newline < 0 ? text.length : newline);
  const opening = COMMENT.exec(line)?.[0];
  if (opening === undefined) return [];
  const directives: Directive[] = [];
  for (let at = opening.length; at < line.length; ) {
    DIRECTIVE_PART.lastIndex = at;
    const part = DIRECTIVE_PART.exec(line);
    if (part) directives.push(createDirective(part));
    at += part ? part[0].length : 1;
  }
  return directives;
}

function createDirective(part: RegExpExecArray): Directive {
  const [word, key, double, single, bare] = part;
  const start = part.index;
  const value = double ?? single ?? bare;
  return {
    key: key ?? word,
    ...(value !== undefined && { value }),
    span: { start, end: start + word.length },
  };
}
