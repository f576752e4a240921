import { isCelUint } from "@bufbuild/cel";
import { UnknownItem } from "./values.ts";

/** Characters kept of a formatted value. A list of lists that share items could otherwise exceed memory. */
const LONGEST = 1000;

/** Formats a value for a message, truncated to `LONGEST` characters. */
export function textOf(value: unknown): string {
  const parts: string[] = [];
  let left = LONGEST;
  const write = (text: string): void => {
    if (left > 0) parts.push(text.slice(0, left));
    left -= text.length;
  };
  const visit = (part: unknown): void => {
    if (left <= 0) return;
    if (Array.isArray(part)) join(part, visit, write);
    else if (isCelUint(part)) write(String(part.value));
    else if (part instanceof UnknownItem) write("…");
    else if (typeof part === "object" && part !== null) {
      write("{");
      const members = Object.entries(part);
      join(members, ([name, member]) => [write(`${name}: `), visit(member)], write);
      write("}");
    } else write(String(part));
  };
  visit(value);
  return parts.join("") + (left < 0 ? "…" : "");
}

function join<T>(parts: readonly T[], visit: (part: T) => unknown, write: (text: string) => void): void {
  for (const [index, part] of parts.slice(0, LONGEST).entries()) {
    if (index > 0) write(", ");
    visit(part);
  }
}
