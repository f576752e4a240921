import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import { OpenObject } from "../../documents/partial.ts";
import { getKnownMembers, getTextParts, objectFromEntries, textFromParts } from "../../documents/parts.ts";
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
  const byTarget = new Map(
    own.filter(([, { isDropped }]) => !isDropped).map(([name, target]) => [target.to, { name, ...target }]),
  );
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
  const entries = Object.entries(getKnownMembers(value) ?? {}).flatMap(([name, member]) => {
    const target = Object.hasOwn(renamed, name) ? renamed[name]! : { to: name, isDropped: false };
    return target.isDropped ? [] : [[target.to, toApiValue(member, target)] as const];
  });
  const object = objectFromEntries(entries);
  return value instanceof OpenObject ? new OpenObject(value.source, object, value) : object;
}

function toApiValue(value: unknown, { isItem, isUnknown, isStart }: RenamedMember): unknown {
  const start = isStart ? getTextParts(value) : undefined;
  if (start) return textFromParts([...start, { source: "…" }]);
  if (isStart) return new Unknown("…");
  if (isUnknown) return new Unknown(typeof value === "string" ? value : "…");
  return isItem ? [value] : value;
}

/** The dialect of a payload whose members `outer` renames first, and `inner` then. */
export const composeDialects = (outer: RequestDialect, inner: RequestDialect): RequestDialect => ({
  toContainerName: (name) => outer.toContainerName(inner.toContainerName(name)),
  toContainerPath: (path) => outer.toContainerPath(inner.toContainerPath(path)),
});

/** The API's names of members, where a document has to write others. */
export const findReplacedNames = (
  { value, document, path }: Payload,
  renamed: Readonly<Record<string, RenamedMember>>,
): ContainerFinding[] =>
  Object.keys(getKnownMembers(value) ?? {}).flatMap((name) => {
    const own = Object.entries(renamed).find(([, { to }]) => to === name)?.[0];
    if (own === undefined || Object.hasOwn(renamed, name)) return [];
    return [
      {
        code: "schema/unknown-field",
        path: [name],
        span: document.span([...path, name], "key"),
        message: `${quoted(name)} is the API's name of a member, which this integration of Step Functions writes in its own way`,
        help: `did you mean ${quoted(own)}?`,
      },
    ];
  });
