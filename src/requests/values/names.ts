/** A placeholder's name, and its default where that stands beside the name. */
export interface NamedPlaceholder {
  name: string;
  default?: string;
  /** Whether the default also replaces an empty value, as in `${X:-y}`. */
  replacesEmpty?: boolean;
}

/** `${X:-y}`, `${X-y}`, `${X:=y}`, `${X:?message}`: the variable's own value, where it has one. */
const WITH_DEFAULT = /^\$\{(\w+)(:?)([-=?])([^{}]*)\}$/;
const REFERENCE = /^!(?:Ref|GetAtt)\s+["']?([\w:.-]+)["']?$/;

/** Marks around names, the longer ones first. What is between them is the name. */
const MARKS: readonly (readonly [open: string, close: string])[] = [
  ["${{", "}}"],
  ["{{", "}}"],
  ["{%", "%}"],
  ["${", "}"],
  ["$(", ")"],
  ["<<", ">>"],
  ["<", ">"],
  ["[", "]"],
  ["{", "}"],
];

/** Reads the name of a placeholder from what stands in its place; of text without marks, the text itself. */
export function readPlaceholder(source: string): NamedPlaceholder {
  const text = unquote(source.trim());
  const [, variable, colon, operator, word] = WITH_DEFAULT.exec(text) ?? [];
  if (variable !== undefined) {
    const isDefault = operator !== "?" && isLiteral(word!);
    return { name: variable, replacesEmpty: colon === ":", ...(isDefault && { default: unquote(word!) }) };
  }
  const reference = REFERENCE.exec(text)?.[1];
  if (reference !== undefined) return { name: reference };
  for (const [open, close] of MARKS)
    if (text.startsWith(open) && text.endsWith(close) && text.length > open.length + close.length)
      return { name: text.slice(open.length, -close.length).trim() };
  return { name: /^\$\w+$/.test(text) ? text.slice(1) : text };
}

const isLiteral = (word: string): boolean => !/[$`\\*?[\]~]/.test(word);

const unquote = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
