import type { Readable, Writable } from "node:stream";
import type { LineChecker, LineResult } from "../../api/stream/answer-line.ts";
import { answerLine, formatLineResult, refuseLine } from "../../api/stream/answer-line.ts";
import { findId } from "../../api/stream/find-id.ts";
import { formatNumber } from "../../diagnostics/text.ts";
import { MAX_BYTES } from "../../documents/limits.ts";
import { EXIT } from "../../run/exit-status.ts";
import { UsageError } from "../../run/io.ts";
import { LineOutput } from "./line-output.ts";
import type { InputLine } from "./line-splitter.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { Answered } from "./resume.ts";
import { createOtherInputError } from "./resume.ts";

/** The status of a process that a signal ended, as shells have it. */
export const ENDED_BY = { SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 };

interface AnswerOptions {
  /** The most bytes of a line. */
  limit: number | undefined;
  output: Writable;
  /** The answers that there are already, to go on after. */
  resumed: Answered | undefined;
}

/** Answers the lines of an input one by one. */
export class AnswerStream {
  readonly #checker: LineChecker;
  readonly #limit: number;
  readonly #output: LineOutput;
  readonly #resumed: Answered | undefined;
  #line = 0;
  #status: number | undefined;
  #input: Readable | undefined;

  constructor(checker: LineChecker, { limit = MAX_BYTES, output, resumed }: AnswerOptions) {
    this.#checker = checker;
    this.#limit = limit;
    this.#resumed = resumed;
    this.#output = new LineOutput(resumed?.stream ?? output);
  }

  /** Ends the stream with this status, once what is answered is written. */
  stop(status: number): void {
    this.#status ??= status;
    this.#input?.destroy();
  }

  async run(input: Readable): Promise<number> {
    this.#input = input;
    const splitter = new LineSplitter(this.#limit);
    try {
      for await (const piece of input) {
        await this.#answer(splitter.split(piece));
        if (this.#isOver) break;
      }
    } catch (error) {
      if (this.#status === undefined) throw createInputError(error);
    }
    if (!this.#isOver) {
      await this.#answer(splitter.end());
      const { file = "", lines = 0 } = this.#resumed ?? {};
      if (this.#line < lines) throw createOtherInputError(file, lines);
    }
    const { failure } = this.#output;
    if (!failure) return this.#status ?? EXIT.ok;
    if (failure.code === "EPIPE") return ENDED_BY.SIGPIPE;
    throw new UsageError(`the results can't be written: ${failure.code}`);
  }

  get #isOver(): boolean {
    return this.#status !== undefined || this.#output.failure !== undefined;
  }

  /** Answers lines, and waits until the answers are taken. */
  async #answer(lines: Iterable<InputLine>): Promise<void> {
    for (const line of lines) {
      if (this.#isOver) break;
      this.#line++;
      if (this.#isAnswered(line)) continue;
      if (this.#output.add(formatLineResult(this.#answerOne(line)))) await this.#output.flush();
    }
    await this.#output.flush();
  }

  #answerOne({ text, fault }: InputLine): LineResult {
    if (fault === undefined) return answerLine(text, this.#line, this.#checker);
    const about =
      fault === "encoding"
        ? {
            code: "document/encoding" as const,
            message: "the line is not UTF-8",
            help: "convert it to UTF-8",
          }
        : {
            code: "document/too-large" as const,
            message: `the line has more than ${formatNumber(this.#limit)} bytes`,
            help: "give a higher limit with `--max-line`",
          };
    return refuseLine(findId(text), this.#line, about);
  }

  /** Whether a line is answered already, in the file of an interrupted stream; the last one must be the answer to it. */
  #isAnswered(line: InputLine): boolean {
    const { file = "", lines = 0, last } = this.#resumed ?? {};
    if (this.#line > lines) return false;
    if (this.#line === lines && !isAnswerTo(last!, line, lines)) throw createOtherInputError(file, lines);
    return true;
  }
}

/** Whether an answer has the id of a line, or else its number. */
function isAnswerTo(answer: string, { text }: InputLine, number: number): boolean {
  const id = findId(text);
  const answered = findId(answer);
  // An id that is a list or an object is not compared, nor is one under an escaped key.
  if (answered !== undefined) return answered === id || (id === undefined && text.includes("\\u"));
  return !answer.startsWith('{"line":') || answer.startsWith(`{"line":${number},`);
}

const createInputError = (error: unknown): unknown => {
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof UsageError || code === undefined
    ? error
    : new UsageError(`the standard input can't be read: ${code}`);
};
