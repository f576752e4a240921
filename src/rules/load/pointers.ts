import { findNearest } from "../../diagnostics/nearest.ts";
import { pathFromPointer } from "../../diagnostics/pointer.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { Type } from "../types.ts";

/**
 * Checks a rule's JSON pointer into the payload. `each` is the path of the list that `*` stands for an item
 * of.
 */
export function findPointerFault(
  pointer: string,
  request: Type,
  each: string | undefined,
): { message: string; help?: string } | undefined {
  if (pointer !== "" && !pointer.startsWith("/")) {
    return {
      message: `${quoted(pointer)} is no JSON pointer`,
      help: `write ${quoted(`/${pointer.replaceAll(".", "/")}`)}`,
    };
  }
  const parts = pathFromPointer(pointer);
  const stars = parts.filter((part) => part === "*").length;
  const items = each?.replace(/^request\.?/, "").split(".") ?? [];
  const isItem = each !== undefined && [...items, "*"].every((part, index) => parts[index] === part);
  if (stars > 0 && (stars > 1 || !isItem)) {
    const help = each
      ? `point below the items: ${quoted(`/${items.join("/")}/*`)}`
      : "add `each`, or point at the list";
    return { message: "`*` in `at` stands for the item of `each`", help };
  }
  return findUnknownPart(parts, request);
}

function findUnknownPart(
  parts: readonly string[],
  request: Type,
): { message: string; help?: string } | undefined {
  let type = request;
  for (const [depth, part] of parts.entries()) {
    if (type.kind === "list") {
      if (part !== "*" && !/^\d+$/.test(part))
        return { message: `${quoted(parts.slice(0, depth).join("."))} is a list` };
      type = type.item;
      continue;
    }
    if (type.kind !== "object")
      return type.kind === "dyn" || type.kind === "map" ? undefined : describeUnknownMember(part, []);
    const member = type.member(part);
    if (!member) return describeUnknownMember(part, type.names());
    type = member.type;
  }
  return undefined;
}

function describeUnknownMember(part: string, names: readonly string[]): { message: string; help?: string } {
  const near = findNearest(part, names);
  const help = near
    ? `did you mean ${quoted(near)}?`
    : names.length > 0
      ? `there are ${formatList(names, "and")}`
      : undefined;
  return { message: `the request has no ${quoted(part)} there`, ...(help && { help }) };
}
