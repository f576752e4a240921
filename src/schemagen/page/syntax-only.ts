// Handles responses whose syntax is on the page, but whose member list is too large to render. The syntax has
// everything that a response schema needs, except descriptions and which structures are tagged unions.

import type { IrShape, IrStructure, ShapeCommon } from "../ir.ts";
import type { SyntaxNode } from "./syntax-block.ts";

type SyntaxMembers = Map<string, SyntaxNode>;

export function structureFromSyntax(members: SyntaxMembers, at: ShapeCommon["at"]): IrStructure {
  const shapes = new Map([...members].map(([name, node]) => [name, shapeFromSyntax(node)]));
  return { ...createCommon(at), kind: "structure", members: shapes, unlisted: new Map(), union: "untold" };
}

function shapeFromSyntax(node: SyntaxNode): IrShape {
  switch (node.kind) {
    case "structure": {
      // A map is written as a structure with the single key `'string'`.
      const value = node.members.size === 1 ? node.members.get("string") : undefined;
      return value
        ? { ...createCommon(node.at), kind: "map", value: shapeFromSyntax(value) }
        : structureFromSyntax(node.members, node.at);
    }
    case "list":
      return { ...createCommon(node.at), kind: "list", item: shapeFromSyntax(node.item) };
    case "stream":
      return { ...createCommon(node.at), kind: "event-stream" };
    case "recursive":
      return { ...createCommon(node.at), kind: "recursive", of: "unknown" };
    case "unstated":
      return { ...createCommon(node.at), kind: "number" };
    default:
      return { ...createCommon(node.at), kind: node.kind, ...(node.values ? { values: node.values } : {}) };
  }
}

function createCommon(at: ShapeCommon["at"]): ShapeCommon {
  return { at, prose: [], required: false, autopopulated: false };
}
