import type { PartialText } from "../../documents/partial.ts";
import { type TextPart, textFromParts } from "../../documents/parts.ts";

const CALL = /^\s*States\.Format\(\s*'((?:\\.|[^'\\])*)'\s*((?:,[\s\S]*)?)\)\s*$/;
/** An argument that is a literal or a path, up to the next comma. */
const ARGUMENT = /,\s*(?:'((?:\\.|[^'\\])*)'|(-?\d+(?:\.\d+)?|true|false|null)|(\$[^,'()\\]*))\s*(?=,|$)/y;
const ESCAPE_OR_HOLE = /\\(.)|\{\}/gs;

/**
 * The text that `States.Format('s3://{}/x', $.bucket)` makes (Amazon States Language, "Intrinsic Functions");
 * undefined for any other expression.
 */
export function readFormatCall(expression: string): string | PartialText | undefined {
  const call = CALL.exec(expression);
  if (!call) return undefined;
  const [, template = "", list = ""] = call;
  const given = readArguments(list);
  const parts: TextPart[] = [];
  let from = 0;
  let index = 0;
  for (const found of template.matchAll(ESCAPE_OR_HOLE)) {
    parts.push(template.slice(from, found.index));
    from = found.index + found[0].length;
    parts.push(found[1] ?? given?.[index++] ?? { source: "{}" });
  }
  parts.push(template.slice(from));
  return textFromParts(parts, expression);
}

/** The arguments, if each is a literal or a path; calls of other functions may hold commas. */
function readArguments(list: string): TextPart[] | undefined {
  const given: TextPart[] = [];
  ARGUMENT.lastIndex = 0;
  while (ARGUMENT.lastIndex < list.length) {
    const found = ARGUMENT.exec(list);
    if (!found) return undefined;
    const [, text, literal, path] = found;
    given.push(
      path === undefined ? (text?.replace(/\\(.)/gs, "$1") ?? literal ?? "") : { source: path.trim() },
    );
  }
  return given;
}
