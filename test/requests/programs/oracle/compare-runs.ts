import { LineIndex } from "../../../../src/diagnostics/lines.ts";
import { readProgram } from "../read.ts";
import { contradiction, countKnown } from "./known-values.ts";

/** What a client was called with when a program ran, and in which line of it. */
export interface MadeCall {
  line: number;
  given: unknown;
}

interface Comparison {
  /** How many values are known: a property that compares none proves nothing. */
  known: number;
  /** Where a known value isn't the one that arrived. */
  wrong: string | undefined;
}

/** Compares what is known of the calls of a program with what arrived when it ran. */
export async function compareRuns(
  file: string,
  program: string,
  calls: readonly MadeCall[],
): Promise<Comparison> {
  const { requests } = await readProgram(file, program);
  const lines = new LineIndex(program);
  const read = new Map(
    requests.map(({ callSpan, payload }) => [callSpan && lines.place(callSpan).line, payload]),
  );
  let known = 0;
  for (const { line, given } of calls) {
    const payload = read.get(line);
    if (payload === undefined) continue;
    known += countKnown(payload);
    const found = contradiction(payload, given);
    if (found !== undefined) return { known, wrong: `${found}, in line ${line} of\n${program}` };
  }
  return { known, wrong: undefined };
}
