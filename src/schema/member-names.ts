import type { JsonSchema } from "./json-schema.ts";
import type { ToShownName } from "./names.ts";

const NAMES = new WeakMap<JsonSchema, ReadonlySet<string>>();

/** The names of all members in a schema. */
export function listMemberNames(root: JsonSchema): ReadonlySet<string> {
  const known = NAMES.get(root);
  if (known) return known;
  const names = new Set<string>();
  const open: unknown[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== "object" || next === null) continue;
    const { properties } = next as JsonSchema;
    for (const name of Object.keys(properties ?? {})) names.add(name);
    open.push(...Object.values(next));
  }
  NAMES.set(root, names);
  return names;
}

/** Replaces the API's names of members, in backticks, by those that messages use. */
export function renameMembersInText(text: string, root: JsonSchema, toShownName: ToShownName): string {
  const names = listMemberNames(root);
  const rename = (word: string): string => (names.has(word) ? toShownName(word) : word);
  return text.replace(/`[^`]*`/g, (quote) => quote.replace(/[A-Za-z]\w*/g, rename));
}
