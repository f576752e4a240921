// Implements `countersign schema generate`: converts documentation pages and service models to JSON Schemas.

import { harmless } from "../../../diagnostics/text.ts";
import { EXIT } from "../../../run/exit-status.ts";
import { type PageError, writeSchemas } from "../../../schemagen/index.ts";

export type GenerateArguments = {
  pages: string[];
  out: string;
  /** `service:Operation` or `service`; all operations if undefined. */
  operation?: string[] | undefined;
  /** The service of a model whose path doesn't contain it. */
  service?: string | undefined;
};

export type Output = {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Shows the progress of a long run. Present only if standard error is a terminal. */
  progress?(done: number, total: number): void;
};

export async function run(args: GenerateArguments, io: Output): Promise<number> {
  const { pages, out, operation, service } = args;
  const result = writeSchemas(pages, out, { onPage: io.progress, operations: operation, service });
  if (result.errors.length > 0) {
    for (const error of result.errors) io.stderr(printError(error));
    io.stderr(`nothing was written: ${count(result.errors.length, "error")}\n`);
    return EXIT.usage;
  }
  for (const note of result.notes) io.stderr(`${harmless(note.page)}:${note.line}: note: ${note.message}\n`);
  for (const name of result.removed) {
    io.stderr(`${harmless(`${out}/${name}`)}: note: removed: the operation no longer has this part\n`);
  }
  io.stdout(`${count(result.written.length, "schema")} of ${sources(result)} written to ${harmless(out)}\n`);
  return EXIT.ok;
}

/** Describes the sources that were read, such as "3 pages and 1 model". */
export function sources({ pages, models }: { pages: number; models: number }): string {
  const read = [
    ...(pages > 0 ? [count(pages, "page")] : []),
    ...(models > 0 ? [count(models, "model")] : []),
  ];
  return read.length > 0 ? read.join(" and ") : "nothing";
}

/** Formats an error in the manner of a compiler, with the help on an indented line. */
export function printError(error: PageError): string {
  // Errors about the command's own arguments belong to no file.
  const place = error.page === "" ? "" : `${harmless(error.page)}:${error.line}:${error.column}: `;
  return `${place}error: ${error.message}\n  help: ${error.help}\n`;
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
