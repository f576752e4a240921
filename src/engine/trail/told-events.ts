import type { FileEntry } from "../../files/walk.ts";
import type { SeenEvents } from "../../requests/request.ts";
import type { Engine } from "../engine.ts";
import { extractRequests } from "../extract.ts";
import { isExpected } from "../first-look/expected.ts";
import { readTextOf } from "./excerpt.ts";
import { readEntry } from "./read-entry.ts";

/** The ids of the events that files tell, each of which counts once. It knows which of them the current file told first. */
export class ToldEvents implements SeenEvents {
  readonly #all: Set<string>;
  #ofFile: string[] = [];

  constructor(known: Iterable<string> = []) {
    this.#all = new Set(known);
  }

  has(id: string): boolean {
    return this.#all.has(id);
  }

  add(id: string): void {
    if (!this.#all.has(id)) this.#ofFile.push(id);
    this.#all.add(id);
  }

  /** The ids that were added since the last call. */
  takeNew(): readonly string[] {
    const ids = this.#ofFile;
    this.#ofFile = [];
    return ids;
  }
}

const NAMES_EVENT = /eventSource\\*"/;

/** Lists the ids of the events that a file tells, without checking them. */
export async function listToldEvents(
  entry: FileEntry,
  engine: Engine,
  operation: string | undefined,
): Promise<readonly string[]> {
  const source = await readEntry(entry, engine.schemas);
  if ("problem" in source) return [];
  const { text } = readTextOf(source);
  if (!NAMES_EVENT.test(text)) return [];
  const told = new ToldEvents();
  const about = {
    file: source.file,
    text,
    operation,
    isWanted: isExpected(entry, operation),
    isOwnFile: false,
  };
  await extractRequests(about, { ...engine, seenEvents: told });
  return told.takeNew();
}

type Ids = readonly string[];

/**
 * Finds the files that tell events which files before them tell, and which are checked by another process: those whose ids
 * aren't known. Nothing is read if no file at hand tells any.
 */
export async function* findToldBefore(
  entries: readonly FileEntry[],
  toldBy: (entry: FileEntry) => Ids | undefined,
  { list }: { list: (entry: FileEntry) => Promise<Ids> },
): AsyncGenerator<{ entry: FileEntry; before: ReadonlySet<string> }> {
  const isAlone = entries.every((entry) => toldBy(entry));
  if (isAlone || !entries.some((entry) => toldBy(entry)?.length)) return;
  const before = new Set<string>();
  const elsewhere = new Set<string>();
  for (const entry of entries) {
    const own = toldBy(entry);
    const told = own ?? (await list(entry));
    if (own?.some((id) => elsewhere.has(id))) yield { entry, before };
    for (const id of told) before.add(id);
    if (!own) for (const id of told) elsewhere.add(id);
  }
}
