import type { CST } from "yaml";
import { Lexer, Parser } from "yaml";
import { MAX_DEPTH } from "../limits.ts";

type Token = CST.Token | CST.CollectionItem | null | undefined;

/**
 * The tokens of a text, or where it nests too deep. This keeps the composer, which recurses, from text that
 * would exhaust the stack, and the parser, which is slow in deep text, from going on with it.
 */
export function tokensOf(text: string): CST.Token[] | { deepAt: number } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      // Of errors in a row the first is the one that is reported.
      if (token.type !== "error" || tokens.at(-1)?.type !== "error") tokens.push(token);
    }
    // Around the open collections is their document, and inside them may be a scalar.
    if (parser.stack.length > MAX_DEPTH + 2) break;
  }
  for (const token of parser.end()) tokens.push(token);
  const deepAt = tokens.map(tooDeep).find((offset) => offset !== undefined);
  return deepAt === undefined ? tokens : { deepAt };
}

/** Where the first collection begins that is deeper than the limit. Without recursion, see above. */
function tooDeep(root: CST.Token): number | undefined {
  let first: number | undefined;
  const open: { token: Token; depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { token } = next;
    if (!token) continue;
    const depth = next.depth + ("items" in token ? 1 : 0);
    if (depth > MAX_DEPTH) first = Math.min(first ?? Number.POSITIVE_INFINITY, (token as CST.Token).offset);
    else for (const child of childrenOf(token)) open.push({ token: child, depth });
  }
  return first;
}

function childrenOf(token: NonNullable<Token>): Token[] {
  if ("items" in token) return token.items as Token[];
  if ("type" in token) return token.type === "document" ? [token.value] : [];
  return [token.key, token.value];
}
