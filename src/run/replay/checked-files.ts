import type { ReplayReport } from "../../diagnostics/replay-report.ts";
import { FileCheck } from "../../engine/check-file.ts";
import type { Engine } from "../../engine/engine.ts";
import { buildReport } from "../../engine/report/build-report.ts";
import type { FileCheckOptions } from "../../engine/report/checked-file.ts";
import { countCalls } from "../../engine/report/count-calls.ts";
import { FinishedFile } from "../../engine/report/finished-file.ts";
import { stopsCall } from "../../engine/trail/past-call.ts";
import { readExcerpt } from "../../engine/trail/read-excerpt.ts";
import type { RunCheckResult } from "../types.ts";
import type { TrailFile } from "./list-files.ts";
import type { ReplayProblem, TrailReader } from "./reader.ts";
import type { ReplayTally } from "./tally.ts";

/** Checks the records of files as `check` does. It keeps a row for each call and the findings, but no payloads. */
export class ReportedReplay implements TrailReader {
  readonly counts = { records: 0, reads: 0 };
  readonly problems: ReplayProblem[] = [];
  readonly emptyFiles: string[] = [];
  isMissing = false;
  readonly #engine: Engine;
  readonly #options: FileCheckOptions;
  readonly #tally: ReplayTally;
  readonly #files: FinishedFile[] = [];
  readonly #unchecked: FileCheck["unchecked"][number][] = [];

  constructor(engine: Engine, options: FileCheckOptions, tally: ReplayTally) {
    this.#engine = engine;
    this.#options = options;
    this.#tally = tally;
  }

  get problemCount(): number {
    return this.problems.length;
  }

  async read({ file, descriptor, isExplicit }: TrailFile, progress: (bytes: number) => void): Promise<void> {
    const from = descriptor === undefined ? {} : { from: descriptor };
    const source = await readExcerpt(file, this.#engine.schemas, { ...from, progress });
    if ("problem" in source && source.problem.missing) this.isMissing = true;
    if ("problem" in source && source.problem.code === "document/no-request" && isExplicit)
      this.emptyFiles.push(file);
    if ("text" in source && source.excerpt) {
      this.counts.records += source.excerpt.records;
      this.counts.reads += source.excerpt.reads;
    }
    // Of a trail without calls to check, nothing is to be said.
    const check = new FileCheck(source, isExplicit && "problem" in source, this.#engine, this.#options);
    const isReported = await check.run();
    for (const one of check.unchecked) this.#unchecked.push(one);
    if (!isReported) return;
    this.#addCalls(check);
    this.#files.push(new FinishedFile(check, isExplicit, () => false));
  }

  #addCalls(check: FileCheck): void {
    const { file } = check;
    const own = new Set(check.requests.flatMap(({ diagnostics }) => diagnostics));
    for (const [index, reported] of check.listReported().entries()) {
      const { request, diagnostics } = check.requests[index]!;
      const { operation, outcome, line } = reported;
      const stops = diagnostics.filter(
        ({ status, severity }) => status === "failed" && stopsCall(severity, this.#options),
      );
      if (request.recorded)
        this.#tally.add({ operation, outcome, stops, recorded: request.recorded }, () => ({ file, line }));
    }
    for (const diagnostic of check.diagnostics) {
      const { status, severity, line, column, message } = diagnostic;
      if (own.has(diagnostic) || status !== "failed" || severity !== "error") continue;
      if (diagnostic.code === "document/no-request") continue;
      this.problems.push({ file, line: line ?? 1, column: column ?? 1, message });
    }
  }

  buildReport(replay: ReplayReport): RunCheckResult {
    const built = buildReport(this.#files, [], this.#options);
    const unchecked = countCalls(this.#unchecked);
    built.report.summary.unchecked = unchecked.reduce((sum, { calls }) => sum + calls, 0);
    built.report.replay = replay;
    return { ...built, unchecked, missing: this.isMissing, engine: this.#engine };
  }
}
