// Implements `countersign schema generate`: converts documentation pages and service models to JSON Schemas.

import { escapeHarmful } from "../../../diagnostics/text.ts";
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

export type SchemaCommandIo = {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Shows the progress of a long run. Present only if standard error is a terminal. */
  progress?(done: number, total: number): void;
};

export async function run(args: GenerateArguments, io: SchemaCommandIo): Promise<number> {
  const { pages, out, operation, service } = args;
  const result = writeSchemas(pages, out, { onPage: io.progress, operations: operation, service });
  if (result.errors.length > 0) {
    for (const error of result.errors) io.stderr(formatPageError(error));
    io.stderr(`nothing was written: ${formatFileCount(result.errors.length, "error")}\n`);
    return EXIT.usage;
  }
  for (const note of result.notes)
    io.stderr(`${escapeHarmful(note.page)}:${note.line}: note: ${note.message}\n`);
  for (const name of result.removed) {
    io.stderr(`${escapeHarmful(`${out}/${name}`)}: note: removed: the operation no longer has this part\n`);
  }
  io.stdout(
    `${formatFileCount(result.written.length, "schema")} of ${describeSources(result)} written to ${escapeHarmful(out)}\n`,
  );
  return EXIT.ok;
}

/** Describes the sources that were read, such as "3 pages and 1 model". */
export function describeSources({ pages, models }: { pages: number; models: number }): string {
  const read = [
    ...(pages > 0 ? [formatFileCount(pages, "page")] : []),
    ...(models > 0 ? [formatFileCount(models, "model")] : []),
  ];
  return read.length > 0 ? read.join(" and ") : "nothing";
}

/** Formats an error in the manner of a compiler, with the help on an indented line. */
export function formatPageError(error: PageError): string {
  // Errors about the command's own arguments belong to no file.
  const place = error.page === "" ? "" : `${escapeHarmful(error.page)}:${error.line}:${error.column}: `;
  return `${place}error: ${error.message}\n  help: ${error.help}\n`;
}

export function formatFileCount(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
