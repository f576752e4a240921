// Reads everything that the arguments name, one operation at a time: memory holds one page or one model at a
// time.

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type GeneratedSchemas, generateFromOperation, hashSha256 } from "./generate.ts";
import { resolveInputs, type SourceInput } from "./inputs.ts";
import type { IrOperation, SourceNote } from "./ir.ts";
import { type LimitsFile, parseLimits } from "./limits/read.ts";
import { readModelFile } from "./model/file.ts";
import { ServiceModel } from "./model/model.ts";
import { readModelOperations } from "./model/operations.ts";
import { readPage } from "./page/page.ts";
import { findDisagreements, markFilledIn } from "./reconcile.ts";
import { OperationSelection } from "./selection.ts";
import { PageError, quoteShort } from "./source-error.ts";

export type SourceOptions = {
  descriptions?: "page" | "limits" | undefined;
  /** The operations to read, as `service:Operation` or `service`; all if undefined. */
  operations?: readonly string[] | undefined;
  /** The service of a model whose path doesn't contain it. */
  service?: string | undefined;
  /** Called after each page and each model. */
  onPage?: ((done: number, total: number) => void) | undefined;
};

export type PageNote = SourceNote & { page: string };

export type SourceReadResult = { pages: number; models: number; notes: PageNote[]; errors: PageError[] };

type GeneratedHandler = (generated: GeneratedSchemas) => void;

const WHOLE_FILE = { line: 1, column: 1 };

/** Reads every input, passes each valid operation to `use`, and collects the errors of the others. */
export function readSources(
  paths: string[],
  dir: string,
  options: SourceOptions,
  use: GeneratedHandler,
): SourceReadResult {
  const reader = new SourceReader(dir, options, use);
  reader.attempt("", () => reader.read(paths));
  return reader.result;
}

class SourceReader {
  readonly result: SourceReadResult = { pages: 0, models: 0, notes: [], errors: [] };
  readonly dir: string;
  readonly options: SourceOptions;
  readonly use: GeneratedHandler;
  readonly seen = new Map<string, string>();
  /** Pages that wait for the model of their service, by operation. */
  readonly waiting = new Map<string, string>();

  constructor(dir: string, options: SourceOptions, use: GeneratedHandler) {
    this.dir = dir;
    this.options = options;
    this.use = use;
  }

  read(paths: string[]): void {
    const selection = new OperationSelection(this.options.operations);
    const { service } = this.options;
    const inputs = paths.flatMap((path) => this.attempt(path, () => resolveInputs(path, service)) ?? []);
    const pages = inputs.filter((input) => input.kind === "page");
    const models = inputs.filter((input) => input.kind === "model");
    const services = new Set(models.map((model) => model.service));
    let done = 0;
    const each = <T extends SourceInput>(input: T, action: (input: T) => void) => {
      this.attempt(input.path, () => action(input));
      this.options.onPage?.(++done, inputs.length);
    };
    for (const page of pages) each(page, ({ path }) => this.readPageSource(path, selection, services));
    for (const model of models) each(model, () => this.readModelSource(model, selection));
    for (const [name, path] of this.waiting) this.attempt(path, () => this.takePageAlone(name, path));
    if (this.result.errors.length === 0) this.result.errors.push(...selection.listMissing());
  }

  readPageSource(path: string, selection: OperationSelection, services: ReadonlySet<string>): void {
    const text = readText(path);
    const operation = readPage(text, path);
    const name = formatOperationName(operation);
    this.result.pages++;
    if (!selection.has(operation.service, operation.operation)) return;
    this.claimOperation(name, path);
    if (services.has(operation.service)) this.waiting.set(name, path);
    else this.generateSchemas(operation, hashSha256(text), path);
  }

  readModelSource(input: Extract<SourceInput, { kind: "model" }>, selection: OperationSelection): void {
    if (!selection.hasService(input.service)) return;
    const model = new ServiceModel(readModelFile(input.path), input.service);
    this.result.models++;
    const names = selection.select(input.service, model.operationNames());
    for (const operation of readModelOperations(model, names)) {
      const name = formatOperationName(operation);
      const page = this.waiting.get(name);
      if (page === undefined) this.claimOperation(name, input.path);
      this.waiting.delete(name);
      this.generateSchemas(
        page === undefined ? operation : this.reconcileWithPage(page, operation),
        model.file.sha256,
        input.path,
      );
    }
  }

  /**
   * The model's operation, with the members that boto3 fills in marked as optional. Adds notes where the page
   * disagrees.
   */
  reconcileWithPage(path: string, operation: IrOperation): IrOperation {
    const page = readPage(readText(path), path);
    this.addNotes(path, page.notes);
    this.addNotes(path, findDisagreements(page, operation));
    return markFilledIn(operation, page);
  }

  takePageAlone(name: string, path: string): void {
    const text = readText(path);
    const operation = readPage(text, path);
    const message = `the model of \`${operation.service}\` doesn't have \`${name}\`: the schema is the page's`;
    this.addNotes(path, [{ line: 1, message }]);
    this.generateSchemas(operation, hashSha256(text), path);
  }

  claimOperation(name: string, path: string): void {
    const other = this.seen.get(name);
    if (other !== undefined) {
      const message = `${quoteShort(other)} documents \`${name}\` too`;
      throw new PageError(path, WHOLE_FILE, message, "give one page, or one model, for each operation");
    }
    this.seen.set(name, path);
  }

  generateSchemas(operation: IrOperation, digest: string, path: string): void {
    const limits = readLimits(this.dir, operation.service, operation.operation);
    const { descriptions } = this.options;
    const generated = generateFromOperation(operation, digest, { descriptions, limits });
    this.addNotes(path, generated.notes);
    if (this.result.errors.length === 0) this.use(generated);
  }

  addNotes(path: string, notes: SourceNote[]): void {
    for (const note of notes) this.result.notes.push({ ...note, page: note.file ?? path });
  }

  attempt<T>(path: string, action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      this.result.errors.push(toPageError(error, path));
      return undefined;
    }
  }
}

/** Copied through a buffer: a substring of a page's text would keep the whole text in memory. */
const formatOperationName = ({ service, operation }: IrOperation) =>
  Buffer.from(`${service}:${operation}`).toString();

/** Converts file system errors. Anything else is an internal error and is rethrown. */
export function toPageError(error: unknown, path: string): PageError {
  if (error instanceof PageError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== "string" || !/^E[A-Z]+$/.test(code)) throw error;
  const help = "look at the path, and at who may read and write there";
  return new PageError(path, WHOLE_FILE, `the file system refuses: ${code}`, help);
}

function readLimits(dir: string, service: string, operation: string): LimitsFile | undefined {
  const path = join(dir, service, `${operation}.limits.yaml`);
  return statSync(path, { throwIfNoEntry: false }) ? parseLimits(readText(path), path) : undefined;
}

function readText(path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code;
    const message =
      why === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "this is not UTF-8" : `it can't be read (${why})`;
    throw new PageError(path, WHOLE_FILE, message, "give a text file in UTF-8");
  }
}
