// Computes what changed between two versions of a schema, in terms of the operation: members, values, limits.

import { escapePointerPart } from "../emit/json-schema.ts";
import type { OperationPart } from "../limits/read.ts";
import { quoteShort } from "../source-error.ts";
import { type ChangeEffect, compareKeywords } from "./keywords.ts";
import { describeKind, type SchemaKind, type SchemaNode, SchemaResolver, schemaKindOf } from "./schema.ts";

export type SchemaChange = {
  /** The position in the payload; `*` stands for any item of a list or value of a map. */
  pointer: string;
  message: string;
  /** Whether the change can break a request that was valid, or a reader of responses. */
  breaking: boolean;
};

/** The changes from `old` to `now`, outermost first. */
export function compareSchemas(old: SchemaNode, now: SchemaNode, part: OperationPart): SchemaChange[] {
  const differ = new SchemaComparer(new SchemaResolver(old), new SchemaResolver(now), part);
  differ.compare(old, now, "");
  return differ.changes;
}

class SchemaComparer {
  readonly old: SchemaResolver;
  readonly now: SchemaResolver;
  readonly part: OperationPart;
  readonly changes: SchemaChange[] = [];
  /** Pairs that have been compared already: shapes recur, inside themselves and in many places. */
  readonly compared = new Map<SchemaNode, Set<SchemaNode>>();

  constructor(old: SchemaResolver, now: SchemaResolver, part: OperationPart) {
    this.old = old;
    this.now = now;
    this.part = part;
  }

  compare(oldSchema: SchemaNode, nowSchema: SchemaNode, pointer: string): void {
    const [before, after] = [this.old.resolve(oldSchema), this.now.resolve(nowSchema)];
    if (pointer.split("/").length > MAX_SCHEMA_DEPTH) {
      this.addChange(pointer, "other", "is nested too deep to be compared");
      return;
    }
    const known = this.compared.get(before) ?? new Set();
    if (known.has(after)) return;
    this.compared.set(before, known.add(after));
    const [from, to] = [schemaKindOf(before), schemaKindOf(after)];
    if (from !== to) {
      this.addChange(
        pointer,
        KIND_EFFECTS[`${from} ${to}`] ?? "other",
        `was ${describeKind(from)}, and is ${describeKind(to)}`,
      );
      return;
    }
    if (from === "structure") this.compareMembers(before, after, pointer);
    for (const { effect, message } of compareKeywords(before, after))
      this.addChange(pointer, effect, message);
    this.compareInside(from, before, after, pointer);
  }

  compareInside(kind: SchemaKind, before: SchemaNode, after: SchemaNode, pointer: string): void {
    if (kind === "list")
      this.compare(subschemaAt(before, "items"), subschemaAt(after, "items"), `${pointer}/*`);
    if (kind === "map")
      this.compare(
        subschemaAt(before, "additionalProperties"),
        subschemaAt(after, "additionalProperties"),
        `${pointer}/*`,
      );
    if (kind !== "structure") return;
    const [old, now] = [this.old.listMembers(before), this.now.listMembers(after)];
    for (const [name, schema] of old) {
      const other = now.get(name);
      if (other) this.compare(schema, other, `${pointer}/${escapePointerPart(name)}`);
    }
  }

  compareMembers(before: SchemaNode, after: SchemaNode, pointer: string): void {
    const [old, now] = [this.old.listMembers(before), this.now.listMembers(after)];
    const [neededBefore, needed] = [readRequired(before), readRequired(after)];
    for (const name of old.keys()) {
      const inside = `${pointer}/${escapePointerPart(name)}`;
      // A reader of responses misses it, and a request that contains it is rejected.
      if (!now.has(name)) this.addChange(inside, "breaking", "is gone");
      else if (needed.has(name) && !neededBefore.has(name))
        this.addChange(inside, "narrower", "has become required");
      else if (!needed.has(name) && neededBefore.has(name))
        this.addChange(inside, "wider", "is no longer required");
    }
    for (const name of now.keys()) {
      if (old.has(name)) continue;
      const inside = `${pointer}/${escapePointerPart(name)}`;
      // Readers of responses ignore members that they don't know.
      if (needed.has(name)) this.addChange(inside, "narrower", "is new, and required");
      else this.addChange(inside, "harmless", "is new");
    }
  }

  addChange(pointer: string, effect: ChangeEffect, message: string): void {
    this.changes.push({ pointer, message, breaking: BREAKING_EFFECTS[this.part].has(effect) });
  }
}

/** Far deeper than anything the generator writes. */
const MAX_SCHEMA_DEPTH = 500;

// A request breaks when less is allowed than before; a reader of responses breaks when more can occur than
// before.
const BREAKING_EFFECTS: Record<OperationPart, ReadonlySet<ChangeEffect>> = {
  request: new Set<ChangeEffect>(["narrower", "other", "breaking"]),
  response: new Set<ChangeEffect>(["wider", "other", "breaking"]),
};

/** Changes of kind after which all formerly valid values still are (`wider`), and their inverses. */
const KIND_EFFECTS: Record<string, ChangeEffect> = {
  "integer number": "wider",
  "number integer": "narrower",
  ...Object.fromEntries(
    (["string", "integer", "number", "boolean", "structure", "list", "map"] as SchemaKind[]).flatMap((kind) =>
      ["document", "recursive"].flatMap((open) => [
        [`${kind} ${open}`, "wider" as const],
        [`${open} ${kind}`, "narrower" as const],
      ]),
    ),
  ),
};

function subschemaAt(schema: SchemaNode, key: string): SchemaNode {
  const found = schema[key];
  return typeof found === "object" && found !== null ? (found as SchemaNode) : {};
}

const readRequired = (schema: SchemaNode): Set<string> =>
  new Set(Array.isArray(schema.required) ? schema.required.map(String) : []);

/** Formats a change as one line. */
export function formatChange({ pointer, message }: SchemaChange, part: OperationPart): string {
  return `${pointer === "" ? `the ${part}` : quoteShort(pointer)} ${message}`;
}
