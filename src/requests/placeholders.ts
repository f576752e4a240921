import { Unknown } from "../documents/document.ts";

/** `${NAME}`, `{{ name }}`, `{% expression %}` anywhere in a text: somebody fills it in later. */
const BRACKETS: readonly (readonly [string, string])[] = [
  ["${", "}"],
  ["{{", "}}"],
  ["{%", "%}"],
];

/** `<NAME>`, as examples in documentation have it. */
const ANGLED = /<[A-Za-z][\w .:-]*>/;

/** In linear time, whatever the text: a pattern over both brackets would not be. */
const isPlaceholder = (text: string): boolean =>
  BRACKETS.some(([open, close]) => {
    const at = text.indexOf(open);
    return at >= 0 && text.indexOf(close, at + open.length) >= 0;
  }) || ANGLED.test(text);

/** The value with every text that holds a placeholder replaced by an `Unknown`; copied only where it differs. */
export function withUnknowns(value: unknown): unknown {
  if (typeof value === "string") return isPlaceholder(value) ? new Unknown(value) : value;
  if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
  if (Array.isArray(value)) {
    const items = value.map(withUnknowns);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return withUnknownMembers(value as Record<string, unknown>);
}

function withUnknownMembers(value: Record<string, unknown>): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const [key, member] of Object.entries(value)) {
    // Which member it is, is not known, nor whether one that is missing is it.
    if (isPlaceholder(key)) return new Unknown(key);
    const known = withUnknowns(member);
    if (known === member) continue;
    copy ??= { ...value };
    Object.defineProperty(copy, key, { value: known, enumerable: true, configurable: true, writable: true });
  }
  return copy ?? value;
}
