import type { CST } from "yaml";
import { Lexer, Parser } from "yaml";
import { MAX_DOCUMENT_DEPTH } from "../limits.ts";

type Token = CST.Token | CST.CollectionItem | null | undefined;

/**
 * Tokenizes a text, or returns where it nests too deeply. The check protects the composer, which recurses,
 * from exhausting the stack, and stops the parser, which is slow on deeply nested text.
 */
export function tokenizeYaml(text: string): CST.Token[] | { deepAt: number } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      // Only the first of several consecutive errors is reported.
      if (token.type !== "error" || tokens.at(-1)?.type !== "error") tokens.push(token);
    }
    // The stack also holds the document around the collections and possibly a scalar inside them.
    if (parser.stack.length > MAX_DOCUMENT_DEPTH + 2) break;
  }
  for (const token of parser.end()) tokens.push(token);
  const deepAt = tokens.map(findExcessiveDepth).find((offset) => offset !== undefined);
  return deepAt === undefined ? tokens : { deepAt };
}

/**
 * The offset of the first collection beyond the depth limit. Iterative, since recursion could exhaust the
 * stack.
 */
function findExcessiveDepth(root: CST.Token): number | undefined {
  let first: number | undefined;
  const open: { token: Token; depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { token } = next;
    if (!token) continue;
    const depth = next.depth + ("items" in token ? 1 : 0);
    if (depth > MAX_DOCUMENT_DEPTH)
      first = Math.min(first ?? Number.POSITIVE_INFINITY, (token as CST.Token).offset);
    else for (const child of listChildren(token)) open.push({ token: child, depth });
  }
  return first;
}

function listChildren(token: NonNullable<Token>): Token[] {
  if ("items" in token) return token.items as Token[];
  if ("type" in token) return token.type === "document" ? [token.value] : [];
  return [token.key, token.value];
}
