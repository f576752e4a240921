import { counted, listed, quoted } from "../diagnostics/text.ts";
import type { ContextFault, Members } from "./context.ts";
import type { KindName } from "./kinds.ts";
import { KINDS } from "./kinds.ts";
import type { Entry } from "./load/entries.ts";
import { faultAt, isMembers, whereIs } from "./load/entries.ts";
import { differing, isSame } from "./load/equality.ts";

/** The maximum number of faults; more would add no information, and no record is used then anyway. */
const ENOUGH = 50;

/** The records of all files, one for each resource. Contradictions are collected as faults or warnings. */
export class Records {
  readonly faults: ContextFault[] = [];
  readonly warnings: ContextFault[] = [];
  readonly #byKind = new Map<KindName, Map<string, Entry>>();

  get(kind: KindName, id: string | undefined): Entry | undefined {
    return id === undefined ? undefined : this.#byKind.get(kind)?.get(id);
  }

  all(kind: KindName): Iterable<Entry> {
    return this.#byKind.get(kind)?.values() ?? [];
  }

  add(kind: KindName, entry: Entry): void {
    const known = this.#byKind.get(kind) ?? new Map<string, Entry>();
    this.#byKind.set(kind, known);
    const before = known.get(entry.id);
    if (!before) known.set(entry.id, entry);
    else if (this.faults.length < ENOUGH && !isSame(before.value, entry.value))
      known.set(entry.id, this.#settled(kind, before, entry));
  }

  /** Chooses between two different records of one resource. */
  #settled(kind: KindName, before: Entry, entry: Entry): Entry {
    const order = inTime(kind, before, entry);
    const name = `the ${KINDS[kind].noun} ${quoted(entry.id, 200)}`;
    if (order === 0) {
      const message = `${name} is described differently here and in ${quoted(whereIs(before), 200)}${differences(before, entry)}`;
      this.faults.push(faultAt(entry, message, "print both again, or leave out what no longer holds"));
      return before;
    }
    const [older, newer] = order < 0 ? [before, entry] : [entry, before];
    const message = `this record of ${name} is older than the one in ${quoted(whereIs(newer), 200)}, which is used`;
    this.warnings.push(
      faultAt(older, message, "print this file again: the rest of it may be out of date too"),
    );
    return newer;
  }
}

/** Negative if the first record is older, positive if it is newer, 0 if the order can't be determined. */
function inTime(kind: KindName, a: Entry, b: Entry): number {
  const { progress } = KINDS[kind];
  if (!progress) return 0;
  const [first, second] = [progress(a.value), progress(b.value)];
  for (const [index, value] of first.entries()) {
    const difference = value - (second[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function differences({ value: a }: Entry, { value: b }: Entry): string {
  if (!isMembers(a) || !isMembers(b)) return "";
  const members = differing(a as Members, b as Members);
  const shown = members.slice(0, 3);
  const rest = members.length - shown.length;
  return `: in ${listed(shown, "and")}${rest > 0 ? ` and ${counted(rest, "more member")}` : ""}`;
}
