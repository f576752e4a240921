// `countersign schema generate`: documentation pages to JSON Schemas.

import { harmless, type PageError, writeSchemas } from "../generate/index.ts";
import { EXIT } from "./exit.ts";

export type GenerateArguments = { pages: string[]; out: string };

export type Output = {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Shows how far a long run is; given where there is a terminal to show it on. */
  progress?(done: number, total: number): void;
};

export async function run(args: GenerateArguments, io: Output): Promise<number> {
  const result = writeSchemas(args.pages, args.out, { onPage: io.progress });
  if (result.errors.length > 0) {
    for (const error of result.errors) io.stderr(printError(error));
    io.stderr(`nothing was written: ${count(result.errors.length, "page")} can't be taken\n`);
    return EXIT.usage;
  }
  for (const note of result.notes) io.stderr(`${harmless(note.page)}:${note.line}: note: ${note.message}\n`);
  io.stdout(
    `${count(result.written.length, "schema")} of ${count(result.pages, "page")} written to ${harmless(args.out)}\n`,
  );
  return EXIT.ok;
}

/** A bad page as a compiler prints it, with what to do in an indented line. */
export function printError(error: PageError): string {
  const place = `${harmless(error.page)}:${error.line}:${error.column}`;
  return `${place}: error: ${error.message}\n  help: ${error.help}\n`;
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
