import { CelSyntaxError } from "../cel/index.ts";
import type { ParsedExpression, TemplateExpression } from "../rule.ts";
import type { RuleDefinitions } from "./definitions.ts";
import { parseAndExpand } from "./parsing.ts";

type ParsedTemplateExpression = ParsedExpression & TemplateExpression;

/** An expression and its offset in the template. */
export interface PlacedExpression {
  expression: ParsedExpression;
  offset: number;
}

export interface ParsedTemplate {
  parts: (string | ParsedTemplateExpression)[];
  expressions: PlacedExpression[];
}

/** Parses a text with `{{expression}}` parts. Throws `CelSyntaxError` with an offset into the whole text. */
export function parseTemplate(text: string, definitions: RuleDefinitions): ParsedTemplate {
  const read: ParsedTemplate = { parts: [], expressions: [] };
  let from = 0;
  for (let open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", from)) {
    const close = findClose(text, open);
    if (close < 0)
      throw new CelSyntaxError("this `{{` is never closed", open, "write `}}` after the expression");
    if (open > from) read.parts.push(text.slice(from, open));
    const expression = parseTemplateExpression(text.slice(open + 2, close), open + 2, definitions);
    read.parts.push(expression);
    read.expressions.push({ expression, offset: open + 2 });
    from = close + 2;
  }
  if (from < text.length) read.parts.push(text.slice(from));
  return read;
}

/** Words of our own: a text in backticks, or those of a function that gives help. */
const isFormattedText = (text: string): boolean => text.includes("`") || text.startsWith("howToJustify(");

/** The expression itself may end in `}`, so the last two of several closing braces count. */
function findClose(text: string, open: number): number {
  let close = text.indexOf("}}", open);
  while (close >= 0 && text[close + 2] === "}") close++;
  return close;
}

function parseTemplateExpression(
  text: string,
  offset: number,
  definitions: RuleDefinitions,
): ParsedTemplateExpression {
  try {
    return { ...parseAndExpand(text, definitions), isFormatted: isFormattedText(text) };
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) throw error;
    throw new CelSyntaxError(error.message, offset + error.at, error.help);
  }
}
