import { compareByCodeUnit } from "../../diagnostics/diagnostic.ts";
import type { ResolvedEntries } from "../inputs.ts";

/**
 * Where a file comes in the order of a run, as every shard knows it whatever else it sees: the number of the argument that
 * led to it, and its position among files that follow the walk of a directory, since git tracks what the walk leaves out.
 */
export type FileOrder = readonly [argument: number, late: number];

/** Returns a look-up of the order of the entries. */
export function createFileOrder({ entries, starts }: ResolvedEntries): ReadonlyMap<string, FileOrder> {
  const order = new Map<string, FileOrder>();
  for (const [argument, start] of starts.entries()) {
    const found = entries.slice(start, starts[argument + 1] ?? entries.length);
    let late = 0;
    for (const [index, { file }] of found.entries()) {
      if (late > 0 || (index > 0 && compareWalked(found[index - 1]!.file, file) > 0)) late++;
      order.set(file, [argument, late]);
    }
  }
  return order;
}

/** A file with its order. */
interface OrderedFile {
  file: string;
  order: FileOrder;
}

/** Compares by the order in which one run comes to the files. */
export const compareFileOrder = (a: OrderedFile, b: OrderedFile): number =>
  a.order[0] - b.order[0] || a.order[1] - b.order[1] || compareWalked(a.file, b.file);

/** Compares paths as a walk does, which goes through the names of each directory in turn. */
function compareWalked(a: string, b: string): number {
  const [left, right] = [a.split(SEPARATOR), b.split(SEPARATOR)];
  const different = left.findIndex((name, index) => name !== right[index]);
  if (different < 0) return left.length - right.length;
  return compareByCodeUnit(left[different]!, right[different] ?? "");
}

const SEPARATOR = /[/\\]/;
