import type { Path } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import { OpenObject } from "../../documents/partial.ts";
import { getKnownMembers, objectFromEntries } from "../../documents/parts.ts";
import type { Payload } from "../payload.ts";
import type { RenamedMember } from "./optimized.ts";

/** Renames members at the top of a payload, and maps paths back to the document's names. */
export function renameMembers(
  { value, document, path }: Payload,
  renamed: Readonly<Record<string, RenamedMember>>,
): Payload {
  const members = getKnownMembers(value);
  const own = new Map(Object.entries(renamed).filter(([name]) => members && Object.hasOwn(members, name)));
  if (!members || own.size === 0) return { value, document, path };
  const entries = Object.entries(members).map(([name, member]): [string, unknown] => {
    const target = own.get(name);
    return target ? [target.to, toApiValue(member, target)] : [name, member];
  });
  const object = objectFromEntries(entries);
  const changed = value instanceof OpenObject ? new OpenObject(value.source, object, value) : object;
  const toSource = (inner: Path): Path => {
    const source = [...own].find(([, { to }]) => to === inner[0]);
    return source ? [source[0], ...inner.slice(source[1].isItem ? 2 : 1)] : inner;
  };
  const span: Payload["document"]["span"] = (inner, at) => document.span([...path, ...toSource(inner)], at);
  return { value: changed, document: { value: changed, span }, path: [] };
}

function toApiValue(value: unknown, { isItem, isUnknown }: RenamedMember): unknown {
  if (isUnknown) return new Unknown(typeof value === "string" ? value : "…");
  return isItem ? [value] : value;
}
