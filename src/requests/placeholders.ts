import { Unknown } from "../documents/document.ts";

/** Brackets of placeholders that are filled in later: `${NAME}`, `{{ name }}`, `{% expression %}`. */
const BRACKETS: readonly (readonly [string, string])[] = [
  ["${", "}"],
  ["{{", "}}"],
  ["{%", "%}"],
];

/** `<NAME>`, as in documentation. */
const ANGLE_BRACKETS = /<[A-Za-z][\w .:-]*>/;

/** Linear in the length of the text; a regular expression over both brackets would not be. */
const isPlaceholder = (text: string): boolean =>
  BRACKETS.some(([open, close]) => {
    const at = text.indexOf(open);
    return at >= 0 && text.indexOf(close, at + open.length) >= 0;
  }) || ANGLE_BRACKETS.test(text);

/** Replaces every text that contains a placeholder by an `Unknown`; copies only what changes. */
export function replacePlaceholders(value: unknown): unknown {
  if (typeof value === "string") return isPlaceholder(value) ? new Unknown(value) : value;
  if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
  if (Array.isArray(value)) {
    const items = value.map(replacePlaceholders);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return replaceMemberPlaceholders(value as Record<string, unknown>);
}

function replaceMemberPlaceholders(value: Record<string, unknown>): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const [key, member] of Object.entries(value)) {
    // The member that this key stands for is unknown, and so is whether a missing member is present.
    if (isPlaceholder(key)) return new Unknown(key);
    const known = replacePlaceholders(member);
    if (known === member) continue;
    copy ??= { ...value };
    Object.defineProperty(copy, key, { value: known, enumerable: true, configurable: true, writable: true });
  }
  return copy ?? value;
}
