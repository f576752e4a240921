import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a stand-in for the AWS CLI does when its words match. */
export interface StandInAnswer {
  when: RegExp;
  output?: unknown;
  /** The output with the AWS CLI's own indent. */
  indented?: unknown;
  error?: { code: string; message: string };
  /** Printed on standard error, as the AWS CLI prints its own faults. */
  says?: string;
  /** Only for the first calls that match. */
  times?: number;
}

/** A program in place of the AWS CLI; it notes the words of each call. */
export function createStandIn(directory: string, answers: readonly StandInAnswer[]) {
  const bin = join(directory, "bin");
  const log = join(directory, "calls.log");
  mkdirSync(bin, { recursive: true });
  const table = answers.map(({ when, ...answer }) => ({ when: when.source, ...answer }));
  const program = `#!${process.execPath}
const { appendFileSync, readFileSync, existsSync } = require("node:fs");
const words = process.argv.slice(2);
const line = words.join(" ");
const seen = existsSync(${JSON.stringify(log)}) ? readFileSync(${JSON.stringify(log)}, "utf8").split("\\n") : [];
appendFileSync(${JSON.stringify(log)}, line + "\\n");
const fits = ({ when, times }) => new RegExp(when).test(line) && !(times && seen.filter((one) => new RegExp(when).test(one)).length >= times);
const answer = ${JSON.stringify(table)}.find(fits);
if (!answer) { console.error("unexpected: " + line); process.exit(255); }
if (answer.indented !== undefined) { console.log(JSON.stringify(answer.indented, null, 4)); process.exit(0); }
if (answer.output !== undefined) { console.log(JSON.stringify(answer.output)); process.exit(0); }
console.error(answer.says ?? "\\nAn error occurred (" + answer.error.code + ") when calling the X operation: " + answer.error.message);
process.exit(254);
`;
  writeFileSync(join(bin, "aws"), program);
  chmodSync(join(bin, "aws"), 0o755);
  const listCalls = (): string[] => {
    try {
      return readFileSync(log, "utf8").trim().split("\n");
    } catch {
      return [];
    }
  };
  return { path: bin, listCalls };
}
