import type { FailurePolicy } from "../../diagnostics/report.ts";
import type { Engine } from "../../engine/engine.ts";
import { checkRecord } from "../../engine/trail/record-check.ts";
import { createRecordFilter } from "../../engine/trail/record-filter.ts";
import type { RecordFilter } from "../../files/records/fields.ts";
import { type RecordPlace, readRecords } from "../../files/records/read.ts";
import { readSource } from "../../files/source.ts";
import type { TrailFile } from "./list-files.ts";
import type { ReplayProblem, TrailReader } from "./reader.ts";
import type { ReplayTally } from "./tally.ts";

/** How many problems are kept, to be shown. */
const MAX_PROBLEMS = 100;

/** Files of which a walk says that they can't be read; others may be anything. */
const SURE_TRAIL = /CloudTrail|\.gz$/i;

/** Checks records as they stream by. It keeps counts, and a few calls to show. */
export class StreamedReplay implements TrailReader {
  readonly counts = { records: 0, reads: 0 };
  readonly problems: ReplayProblem[] = [];
  readonly emptyFiles: string[] = [];
  problemCount = 0;
  isMissing = false;
  readonly #engine: Engine;
  readonly #bar: FailurePolicy;
  readonly #tally: ReplayTally;
  readonly #filter: RecordFilter;

  constructor(engine: Engine, bar: FailurePolicy, tally: ReplayTally) {
    this.#engine = engine;
    this.#bar = bar;
    this.#tally = tally;
    this.#filter = createRecordFilter(engine.schemas);
  }

  async read({ file, descriptor, isExplicit }: TrailFile, progress: (bytes: number) => void): Promise<void> {
    const before = this.counts.records;
    const found: ReplayProblem[] = [];
    try {
      await readRecords(descriptor ?? file, {
        value: (bytes, start, end, place) => {
          const fault = this.#addRecord({ bytes, start, end }, file, place);
          if (fault !== undefined) found.push({ file, message: fault, ...place() });
        },
        fault: (message, { line, column }) => void found.push({ file, message, line, column }),
        progress,
      });
    } catch {
      this.#addUnreadable(file);
      return;
    }
    const isTrail = this.counts.records > before;
    if (isTrail || (found.length > 0 && (isExplicit || SURE_TRAIL.test(file)))) this.#addProblems(found);
    else if (isExplicit) this.emptyFiles.push(file);
  }

  #addRecord(
    { bytes, start, end }: { bytes: Buffer; start: number; end: number },
    file: string,
    place: () => RecordPlace,
  ): string | undefined {
    const matters = this.#filter.mayMatter(bytes, start, end);
    const call = this.#filter.readCall(bytes, start, end);
    if (call) {
      this.counts.records++;
      if (call.isRead) this.counts.reads++;
    }
    if (!matters) return undefined;
    const { calls, fault } = checkRecord(bytes.toString("utf8", start, end), this.#engine, this.#bar);
    for (const one of calls) this.#tally.add(one, () => ({ file, line: place().line }));
    // What only looks as if it named an operation is no record.
    return call ? fault : undefined;
  }

  #addUnreadable(file: string): void {
    const source = readSource(file);
    const problem = "problem" in source ? source.problem : undefined;
    if (problem?.missing) this.isMissing = true;
    this.#addProblems([{ file, line: 1, column: 1, message: problem?.message ?? "reading failed" }]);
  }

  #addProblems(found: readonly ReplayProblem[]): void {
    this.problemCount += found.length;
    this.problems.push(...found.slice(0, MAX_PROBLEMS - this.problems.length));
  }
}
