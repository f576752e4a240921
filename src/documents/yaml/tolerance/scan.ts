import { endOfLine } from "../../../diagnostics/lines.ts";

/** A line that separates documents, which no other YAML reader allows inside a collection or a quoted text either. */
const DOCUMENT_MARK = /(?:---|\.\.\.)(?=[ \t\r\n]|$)/y;

const isMarkAt = (text: string, at: number): boolean => {
  DOCUMENT_MARK.lastIndex = at;
  return DOCUMENT_MARK.test(text);
};

/** The end of a quoted text, regardless of indentation; undefined if it has none before the document's. */
export function findQuoteEnd(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    const here = text[at];
    if (here === "\n" && isMarkAt(text, at + 1)) return undefined;
    if (here === "\\" && quote === '"') at++;
    else if (here === quote && quote === "'" && text[at + 1] === quote) at++;
    else if (here === quote) return at + 1;
  }
  return undefined;
}

const PLAIN_END = /[ \t\r\n,[\]{}]/;

const CLOSING: Readonly<Record<string, string>> = { "[": "]", "{": "}" };

/** The end of a list or mapping in brackets, regardless of indentation; undefined if it has none. */
export function findFlowEnd(text: string, start: number): number | undefined {
  const open: string[] = [];
  let at: number | undefined = start;
  while (at !== undefined && at < text.length) {
    const here: string = text[at]!;
    if (here === "\n" && isMarkAt(text, at + 1)) return undefined;
    if (CLOSING[here]) open.push(CLOSING[here]);
    else if ((here === "]" || here === "}") && open.pop() !== here) return undefined;
    if (open.length === 0) return at + 1;
    at = isPunctuation(text, at) ? at + 1 : skipToken(text, at);
  }
  return undefined;
}

const isPunctuation = (text: string, at: number): boolean =>
  PLAIN_END.test(text[at]!) || (/[:?]/.test(text[at]!) && !isPlainAt(text, at + 1));

const isPlainAt = (text: string, at: number): boolean => at < text.length && !PLAIN_END.test(text[at]!);

/** The end of the comment, the quoted text or the plain text that begins here. */
function skipToken(text: string, at: number): number | undefined {
  if (text[at] === "#") return endOfLine(text, at);
  if (text[at] === '"' || text[at] === "'") return findQuoteEnd(text, at);
  for (let end = at; end < text.length; end++) {
    const here = text[end]!;
    if (/[,[\]{}]/.test(here) || (here === "#" && /\s/.test(text[end - 1]!))) return end;
    if (here === "\n" && isMarkAt(text, end + 1)) return end;
    if (here === ":" && !isPlainAt(text, end + 1)) return end;
  }
  return text.length;
}

export const findLineStart = (text: string, at: number): number =>
  at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
