import { isUsualFile } from "../../files/file-kinds.ts";
import type { FileSource } from "../../files/source.ts";
import { type FileEntry, MANY_FILES } from "../../files/walk.ts";
import type { SchemaStore } from "../../schema/store.ts";
import type { Engine } from "../engine.ts";
import type { FirstLook } from "./first-look.ts";
import { takeLookAhead } from "./look-ahead.ts";

/** Whoever names a file, or the operation of bare payloads, expects a word about it. */
export const isExpected = ({ file, isExplicit }: FileEntry, operation: string | undefined): boolean =>
  isExplicit || (operation !== undefined && isUsualFile(file));

let firstLook: typeof import("./first-look.ts") | undefined;

/** The first look at files, which a run that is given a request's own file never takes. */
export async function loadFirstLook(schemas: SchemaStore): Promise<FirstLook> {
  firstLook ??= await import("./first-look.ts");
  return firstLook.firstLookOf(schemas);
}

interface LookedAt {
  /** Whether the file at an index is to be read at all. Synchronous, because a walk asks that tens of thousands of times, in order. */
  isWorthReading(index: number, operation: string | undefined): boolean;
  /** How many bytes were looked at so far. */
  bytesSeen(): number;
  /** The text of the file that was looked at last, if looking at it took reading all of it. */
  takeSource(entry: FileEntry): FileSource | undefined;
  /** Called after the last file. */
  end(): void;
}

/** Looks at files that a walk came upon before they are read. */
export async function takeFirstLook(entries: readonly FileEntry[], { schemas }: Engine): Promise<LookedAt> {
  const isNeeded = entries.some(({ isExplicit }) => !isExplicit);
  const isLong = isNeeded && entries.length >= MANY_FILES;
  const ahead = isLong ? takeLookAhead() : undefined;
  const look = isNeeded ? await loadFirstLook(schemas) : undefined;
  const image = isLong ? look?.quicken() : undefined;
  if (look && image) {
    const files = entries.map(({ file }) => file);
    ahead?.begin(files, (file) => look.wordsIn(file), image);
  }
  return {
    isWorthReading: (index, operation) => {
      const entry = entries[index]!;
      if (isExpected(entry, operation)) return true;
      return ahead?.hasPassed(index) !== true && look?.mayHoldCall(entry.file) === true;
    },
    bytesSeen: () => look?.bytesSeen ?? 0,
    takeSource({ file, source }) {
      const text = source ? undefined : look?.takeText(file);
      return text === undefined ? undefined : { file, text };
    },
    end: () => ahead?.end(),
  };
}
