import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import { getKnownMembers, mapChildren, omitMembers } from "../../documents/parts.ts";
import type { Payload } from "../payload.ts";
import type { ContainerFinding, RequestDialect } from "../request.ts";
import type { MemberNames } from "./member-names.ts";

/** The member names at a path into a request; undefined if its schema doesn't define them. */
export type MemberLookup = (path: Path) => readonly string[] | undefined;

/** A payload in the API's own names. */
export interface RestoredPayload {
  payload: Payload;
  dialect: RequestDialect;
  /** Members with the API's name where the container has another. */
  findings: ContainerFinding[];
}

/**
 * Restores the API's own names of members, and maps paths back to the document's. A member that is written with the
 * API's name where the container has another one is reported, and read as what it is meant to be.
 */
export function restoreApiNames(
  { value, document, path }: Payload,
  names: MemberNames,
  membersAt: MemberLookup,
): RestoredPayload {
  const spanOfKey = (inner: Path) => document.span([...path, ...inner], "key");
  const restorer = new NameRestorer({ names, membersAt, spanOfKey });
  const restored = restorer.restore(value, [], []);
  const toContainerPath = (inner: Path): Path => restorer.toContainerPath(value, inner);
  const payload: Payload = {
    value: restored,
    document: {
      value: restored,
      span: (inner, at) => document.span([...path, ...toContainerPath(inner)], at),
    },
    path: [],
  };
  const dialect = { toContainerName: names.toContainerName, toContainerPath };
  return { payload, dialect, findings: restorer.findings };
}

interface RestorerContext {
  names: MemberNames;
  membersAt: MemberLookup;
  spanOfKey: (containerPath: Path) => Span;
}

class NameRestorer {
  readonly findings: ContainerFinding[] = [];
  readonly #names: MemberNames;
  readonly #membersAt: MemberLookup;
  readonly #spanOfKey: RestorerContext["spanOfKey"];

  constructor({ names, membersAt, spanOfKey }: RestorerContext) {
    this.#names = names;
    this.#membersAt = membersAt;
    this.#spanOfKey = spanOfKey;
  }

  /** `path` leads to the value in the API's names, `written` in the document's. */
  restore(value: unknown, path: Path, written: Path): unknown {
    const keys = Object.keys(getKnownMembers(value) ?? {});
    const names = this.#readNames(keys, path, written);
    const rename = (key: string | number) => (typeof key === "number" ? key : (names.get(key) ?? key));
    const given = new Set(names.values());
    const repeated = keys.filter((key) => !names.has(key) && given.has(key));
    return mapChildren(
      repeated.length > 0 ? omitMembers(value, new Set(repeated)) : value,
      (child, key) => this.restore(child, [...path, rename(key)], [...written, key]),
      (key) => String(rename(key)),
    );
  }

  /** The API's name of each member of an object, by how it is written. */
  #readNames(keys: readonly string[], path: Path, written: Path): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    if (keys.length === 0) return names;
    const members = this.#membersAt(path) ?? [];
    const byContainerName = this.#indexNames(members);
    for (const key of keys) {
      const apiName = byContainerName.get(key);
      if (apiName !== undefined) names.set(key, apiName);
      else if (members.includes(key)) this.findings.push(this.#createFinding(key, written));
    }
    return names;
  }

  #indexNames(members: readonly string[]): ReadonlyMap<string, string> {
    return new Map(members.map((name) => [this.#names.toContainerName(name), name]));
  }

  #createFinding(key: string, parent: Path): ContainerFinding {
    const { reader, toContainerName } = this.#names;
    const path = [...parent, key];
    const own = toContainerName(key);
    return {
      code: "schema/unknown-field",
      path,
      span: this.#spanOfKey(path),
      message: `${quoted(key)} is the API's name of a member, which ${reader} writes in its own way`,
      help: `did you mean ${quoted(own)}?`,
      replacement: { of: key, by: own },
    };
  }

  toContainerPath(source: unknown, path: Path): Path {
    const way: (string | number)[] = [];
    let value = source;
    for (const [depth, part] of path.entries()) {
      const members = getKnownMembers(value);
      const key = members ? this.#findKey(members, String(part), path.slice(0, depth)) : part;
      way.push(key);
      value = (members ?? Object(value))[key];
    }
    return way;
  }

  /** How a member of an object is written. */
  #findKey(written: Readonly<Record<string, unknown>>, name: string, parent: Path): string {
    if (!this.#membersAt(parent)?.includes(name)) return name;
    const own = this.#names.toContainerName(name);
    return Object.hasOwn(written, own) || !Object.hasOwn(written, name) ? own : name;
  }
}
