import type { CST } from "yaml";

type Token = CST.Token | CST.CollectionItem | null | undefined;

/**
 * How deep a token's collections nest, and where the depth is reached. Without recursion: this is what
 * keeps the composer, which recurses, from text that would exhaust the stack.
 */
export function deepest(root: CST.Token): { depth: number; offset: number } {
  let best = { depth: 0, offset: 0 };
  const open: { token: Token; depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { token } = next;
    if (!token) continue;
    const collection = "items" in token;
    const depth = next.depth + (collection ? 1 : 0);
    if (collection && depth > best.depth) best = { depth, offset: token.offset };
    for (const child of childrenOf(token)) open.push({ token: child, depth });
  }
  return best;
}

function childrenOf(token: NonNullable<Token>): Token[] {
  if ("items" in token) return token.items as Token[];
  if ("type" in token) return token.type === "document" ? [token.value] : [];
  return [token.key, token.value];
}
