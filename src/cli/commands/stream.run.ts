import type { Io } from "../../run/io.ts";
import { AnswerStream, ENDED_BY } from "../stream/answer-stream.ts";
import { type CheckerFlags, createLineChecker } from "../stream/checker.ts";
import { openAnswers } from "../stream/resume.ts";

interface StreamFlags extends CheckerFlags {
  maxLine?: number;
  resume?: string;
}

/** Runs `countersign stream`. Returns the exit status. */
export async function run(flags: StreamFlags, io: Io): Promise<number> {
  const checker = await createLineChecker(flags, io);
  const resumed = flags.resume === undefined ? undefined : openAnswers(flags.resume);
  const stream = new AnswerStream(checker, { limit: flags.maxLine, output: process.stdout, resumed });
  const stop = (signal: "SIGINT" | "SIGTERM") => stream.stop(ENDED_BY[signal]);
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    return await stream.run(process.stdin);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}
