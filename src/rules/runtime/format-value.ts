import { UnknownItem } from "./failure.ts";
import { formatTimeValue, isTimeValue } from "./time.ts";
import { isCelUint } from "./types.ts";

/** Characters kept of a formatted value. A list of lists that share items could otherwise exceed memory. */
const MAX_FORMATTED_LENGTH = 1000;

/** Formats a value for a message, truncated to `MAX_FORMATTED_LENGTH` characters. */
export function formatCelValue(value: unknown): string {
  const parts: string[] = [];
  let left = MAX_FORMATTED_LENGTH;
  const write = (text: string): void => {
    if (left > 0) parts.push(text.slice(0, left));
    left -= text.length;
  };
  const visit = (part: unknown): void => {
    if (left <= 0) return;
    if (Array.isArray(part)) writeJoined(part, visit, write);
    else if (isCelUint(part)) write(String(part.value));
    else if (part instanceof UnknownItem) write("…");
    else if (isTimeValue(part)) write(formatTimeValue(part));
    else if (typeof part === "object" && part !== null) {
      write("{");
      const members = Object.entries(part);
      writeJoined(members, ([name, member]) => [write(`${name}: `), visit(member)], write);
      write("}");
    } else write(String(part));
  };
  visit(value);
  return parts.join("") + (left < 0 ? "…" : "");
}

function writeJoined<T>(
  parts: readonly T[],
  visit: (part: T) => unknown,
  write: (text: string) => void,
): void {
  for (const [index, part] of parts.slice(0, MAX_FORMATTED_LENGTH).entries()) {
    if (index > 0) write(", ");
    visit(part);
  }
}
