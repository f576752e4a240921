// Computes what changed between two versions of a schema, in terms of the operation: members, values, limits.

import { pointerPart } from "../emit/json-schema.ts";
import type { Part } from "../limits/read.ts";
import { quote } from "../source-error.ts";
import { type Effect, keywordChanges } from "./keywords.ts";
import { type Kind, kindOf, type Schema, SchemaText, words } from "./schema.ts";

export type Change = {
  /** The position in the payload; `*` stands for any item of a list or value of a map. */
  pointer: string;
  message: string;
  /** Whether the change can break a request that was valid, or a reader of responses. */
  breaking: boolean;
};

/** The changes from `old` to `now`, outermost first. */
export function schemaChanges(old: Schema, now: Schema, part: Part): Change[] {
  const differ = new Differ(new SchemaText(old), new SchemaText(now), part);
  differ.compare(old, now, "");
  return differ.changes;
}

class Differ {
  readonly old: SchemaText;
  readonly now: SchemaText;
  readonly part: Part;
  readonly changes: Change[] = [];
  /** Pairs that have been compared already: shapes recur, inside themselves and in many places. */
  readonly compared = new Map<Schema, Set<Schema>>();

  constructor(old: SchemaText, now: SchemaText, part: Part) {
    this.old = old;
    this.now = now;
    this.part = part;
  }

  compare(oldSchema: Schema, nowSchema: Schema, pointer: string): void {
    const [before, after] = [this.old.resolve(oldSchema), this.now.resolve(nowSchema)];
    if (pointer.split("/").length > DEEPEST_SCHEMA) {
      this.add(pointer, "other", "is nested too deep to be compared");
      return;
    }
    const known = this.compared.get(before) ?? new Set();
    if (known.has(after)) return;
    this.compared.set(before, known.add(after));
    const [from, to] = [kindOf(before), kindOf(after)];
    if (from !== to) {
      this.add(pointer, KIND_EFFECTS[`${from} ${to}`] ?? "other", `was ${words(from)}, and is ${words(to)}`);
      return;
    }
    if (from === "structure") this.members(before, after, pointer);
    for (const { effect, message } of keywordChanges(before, after)) this.add(pointer, effect, message);
    this.inside(from, before, after, pointer);
  }

  inside(kind: Kind, before: Schema, after: Schema, pointer: string): void {
    if (kind === "list") this.compare(part(before, "items"), part(after, "items"), `${pointer}/*`);
    if (kind === "map")
      this.compare(part(before, "additionalProperties"), part(after, "additionalProperties"), `${pointer}/*`);
    if (kind !== "structure") return;
    const [old, now] = [this.old.members(before), this.now.members(after)];
    for (const [name, schema] of old) {
      const other = now.get(name);
      if (other) this.compare(schema, other, `${pointer}/${pointerPart(name)}`);
    }
  }

  members(before: Schema, after: Schema, pointer: string): void {
    const [old, now] = [this.old.members(before), this.now.members(after)];
    const [neededBefore, needed] = [requiredOf(before), requiredOf(after)];
    for (const name of old.keys()) {
      const inside = `${pointer}/${pointerPart(name)}`;
      // A reader of responses misses it, and a request that contains it is rejected.
      if (!now.has(name)) this.add(inside, "breaking", "is gone");
      else if (needed.has(name) && !neededBefore.has(name))
        this.add(inside, "narrower", "has become required");
      else if (!needed.has(name) && neededBefore.has(name))
        this.add(inside, "wider", "is no longer required");
    }
    for (const name of now.keys()) {
      if (old.has(name)) continue;
      const inside = `${pointer}/${pointerPart(name)}`;
      // Readers of responses ignore members that they don't know.
      if (needed.has(name)) this.add(inside, "narrower", "is new, and required");
      else this.add(inside, "harmless", "is new");
    }
  }

  add(pointer: string, effect: Effect, message: string): void {
    this.changes.push({ pointer, message, breaking: BREAKS[this.part].has(effect) });
  }
}

/** Far deeper than anything the generator writes. */
const DEEPEST_SCHEMA = 500;

// A request breaks when less is allowed than before; a reader of responses breaks when more can occur than
// before.
const BREAKS: Record<Part, ReadonlySet<Effect>> = {
  request: new Set<Effect>(["narrower", "other", "breaking"]),
  response: new Set<Effect>(["wider", "other", "breaking"]),
};

/** Changes of kind after which all formerly valid values still are (`wider`), and their inverses. */
const KIND_EFFECTS: Record<string, Effect> = {
  "integer number": "wider",
  "number integer": "narrower",
  ...Object.fromEntries(
    (["string", "integer", "number", "boolean", "structure", "list", "map"] as Kind[]).flatMap((kind) =>
      ["document", "recursive"].flatMap((open) => [
        [`${kind} ${open}`, "wider" as const],
        [`${open} ${kind}`, "narrower" as const],
      ]),
    ),
  ),
};

function part(schema: Schema, key: string): Schema {
  const found = schema[key];
  return typeof found === "object" && found !== null ? (found as Schema) : {};
}

const requiredOf = (schema: Schema): Set<string> =>
  new Set(Array.isArray(schema.required) ? schema.required.map(String) : []);

/** Formats a change as one line. */
export function changeText({ pointer, message }: Change, part: Part): string {
  return `${pointer === "" ? `the ${part}` : quote(pointer)} ${message}`;
}
