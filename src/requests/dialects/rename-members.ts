import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import { OpenObject } from "../../documents/partial.ts";
import { getKnownMembers, objectFromEntries } from "../../documents/parts.ts";
import type { Payload } from "../payload.ts";
import type { ContainerFinding, RequestDialect } from "../request.ts";
import type { RenamedMember } from "./optimized.ts";

/** A payload of which members at the top have other names, with what says how the document writes them. */
export interface RenamedPayload {
  payload: Payload;
  dialect: RequestDialect;
  /** Members that are given under both names. */
  findings: ContainerFinding[];
}

/** Renames members at the top of a payload, and maps paths back to the document's names. */
export function renameMembers(
  { value, document, path }: Payload,
  renamed: Readonly<Record<string, RenamedMember>>,
): RenamedPayload {
  const members = getKnownMembers(value) ?? {};
  const own = Object.entries(renamed).filter(([name]) => Object.hasOwn(members, name));
  const byTarget = new Map(own.map(([name, target]) => [target.to, { name, ...target }]));
  const toContainerPath = (inner: Path): Path => {
    const source = byTarget.get(String(inner[0]));
    return source ? [source.name, ...inner.slice(source.isItem ? 2 : 1)] : inner;
  };
  const span: Payload["document"]["span"] = (inner, at) =>
    document.span([...path, ...toContainerPath(inner)], at);
  const twice = [...byTarget.values()].filter(({ to }) => Object.hasOwn(members, to));
  const changed = own.length > 0 ? renameIn(value, renamed) : value;
  const targets = new Map(Object.entries(renamed).map(([name, { to }]) => [to, name]));
  return {
    payload: { value: changed, document: { value: changed, span }, path: [] },
    dialect: { toContainerName: (name) => targets.get(name) ?? name, toContainerPath },
    findings: twice.map(({ name, to }) => ({
      code: "document/duplicate-key",
      path: [name],
      span: document.span([...path, name], "key"),
      message: `${quoted(name)} and ${quoted(to)} are one member`,
      help: "keep one of them: a call with both is refused",
    })),
  };
}

function renameIn(value: unknown, renamed: Readonly<Record<string, RenamedMember>>): unknown {
  const entries = Object.entries(getKnownMembers(value) ?? {}).map(([name, member]): [string, unknown] => {
    const target = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
    return target ? [target.to, toApiValue(member, target)] : [name, member];
  });
  const object = objectFromEntries(entries);
  return value instanceof OpenObject ? new OpenObject(value.source, object, value) : object;
}

function toApiValue(value: unknown, { isItem, isUnknown }: RenamedMember): unknown {
  if (isUnknown) return new Unknown(typeof value === "string" ? value : "…");
  return isItem ? [value] : value;
}

/** The dialect of a payload whose members `outer` renames first, and `inner` then. */
export const composeDialects = (outer: RequestDialect, inner: RequestDialect): RequestDialect => ({
  toContainerName: (name) => outer.toContainerName(inner.toContainerName(name)),
  toContainerPath: (path) => outer.toContainerPath(inner.toContainerPath(path)),
});
