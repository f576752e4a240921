// Handles responses whose syntax is on the page, but whose member list is too large to render. The syntax has
// everything that a response schema needs, except descriptions and which structures are tagged unions.

import type { Common, Shape, Structure } from "../ir.ts";
import type { SyntaxNode } from "./syntax-block.ts";

type Members = Map<string, SyntaxNode>;

export function structureOf(members: Members, at: Common["at"]): Structure {
  const shapes = new Map([...members].map(([name, node]) => [name, shapeOf(node)]));
  return { ...common(at), kind: "structure", members: shapes, unlisted: new Map(), union: "untold" };
}

function shapeOf(node: SyntaxNode): Shape {
  switch (node.kind) {
    case "structure": {
      // A map is written as a structure with the single key `'string'`.
      const value = node.members.size === 1 ? node.members.get("string") : undefined;
      return value
        ? { ...common(node.at), kind: "map", value: shapeOf(value) }
        : structureOf(node.members, node.at);
    }
    case "list":
      return { ...common(node.at), kind: "list", item: shapeOf(node.item) };
    case "stream":
      return { ...common(node.at), kind: "event-stream" };
    case "recursive":
      return { ...common(node.at), kind: "recursive", of: "unknown" };
    case "unstated":
      return { ...common(node.at), kind: "number" };
    default:
      return { ...common(node.at), kind: node.kind, ...(node.values ? { values: node.values } : {}) };
  }
}

function common(at: Common["at"]): Common {
  return { at, prose: [], required: false, autopopulated: false };
}
