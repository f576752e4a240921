import { formatCount, formatList, quoted } from "../diagnostics/text.ts";
import type { ContextFault, RecordMembers } from "./context.ts";
import type { RecordKindName } from "./kinds.ts";
import { RECORD_KINDS } from "./kinds.ts";
import type { ContextRecord } from "./load/entries.ts";
import { createContextFault, formatRecordPlace, isRecordObject } from "./load/entries.ts";
import { findDifferingMembers, isSameRecord } from "./load/equality.ts";

/** The maximum number of faults; more would add no information, and no record is used then anyway. */
const MAX_FAULTS_OF_RECORDS = 50;

/** The records of all files, one for each resource. Contradictions are collected as faults or warnings. */
export class ContextRecords {
  readonly faults: ContextFault[] = [];
  readonly warnings: ContextFault[] = [];
  readonly #byKind = new Map<RecordKindName, Map<string, ContextRecord>>();

  get isEmpty(): boolean {
    return this.#byKind.size === 0;
  }

  find(kind: RecordKindName, id: string | undefined): ContextRecord | undefined {
    return id === undefined ? undefined : this.#byKind.get(kind)?.get(id);
  }

  allOfKind(kind: RecordKindName): Iterable<ContextRecord> {
    return this.#byKind.get(kind)?.values() ?? [];
  }

  /** The records of some kinds alone. */
  pickKinds(kinds: readonly RecordKindName[]): ContextRecords {
    const picked = new ContextRecords();
    for (const kind of kinds) for (const entry of this.allOfKind(kind)) picked.add(kind, entry);
    return picked;
  }

  add(kind: RecordKindName, entry: ContextRecord): void {
    const known = this.#byKind.get(kind) ?? new Map<string, ContextRecord>();
    this.#byKind.set(kind, known);
    const before = known.get(entry.id);
    if (!before) known.set(entry.id, entry);
    else if (this.faults.length < MAX_FAULTS_OF_RECORDS && !isSameRecord(before.value, entry.value))
      known.set(entry.id, this.#settled(kind, before, entry));
  }

  /** Chooses between two different records of one resource. */
  #settled(kind: RecordKindName, before: ContextRecord, entry: ContextRecord): ContextRecord {
    const order = compareAge(kind, before, entry);
    const name = `the ${RECORD_KINDS[kind].noun} ${quoted(entry.id, 200)}`;
    if (order === 0) {
      const message = `${name} is described differently here and in ${quoted(formatRecordPlace(before), 200)}${describeDifferences(before, entry)}`;
      this.faults.push(
        createContextFault(entry, message, "print both again, or leave out what no longer holds"),
      );
      return before;
    }
    const [older, newer] = order < 0 ? [before, entry] : [entry, before];
    const message = `this record of ${name} is older than the one in ${quoted(formatRecordPlace(newer), 200)}, which is used`;
    this.warnings.push(
      createContextFault(older, message, "print this file again: the rest of it may be out of date too"),
    );
    return newer;
  }
}

/** Negative if the first record is older, positive if it is newer, 0 if the order can't be determined. */
function compareAge(kind: RecordKindName, a: ContextRecord, b: ContextRecord): number {
  const { progress } = RECORD_KINDS[kind];
  if (!progress) return 0;
  const [first, second] = [progress(a.value), progress(b.value)];
  for (const [index, value] of first.entries()) {
    const difference = value - (second[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function describeDifferences({ value: a }: ContextRecord, { value: b }: ContextRecord): string {
  if (!isRecordObject(a) || !isRecordObject(b)) return "";
  const members = findDifferingMembers(a as RecordMembers, b as RecordMembers);
  const shown = members.slice(0, 3);
  const rest = members.length - shown.length;
  return `: in ${formatList(shown, "and")}${rest > 0 ? ` and ${formatCount(rest, "more member")}` : ""}`;
}
