// Selects operations: all, or those that `--operation` names.

import { findNearestFew } from "../diagnostics/nearest.ts";
import { findServiceAlias } from "./service-aliases.ts";
import { PageError, quoteShort } from "./source-error.ts";

const OPERATION_PATTERN = /^([A-Za-z0-9][\w-]*)(?::(\w+))?$/;

export class OperationSelection {
  readonly #wanted: Map<string, Set<string>> | undefined;
  readonly #found = new Set<string>();
  /** The services and operations that exist, for suggestions. */
  readonly #services = new Set<string>();
  readonly #operations = new Map<string, readonly string[]>();

  /** Each element is `service:Operation`, or `service` for all of its operations. */
  constructor(wanted: readonly string[] = []) {
    if (wanted.length === 0) return;
    this.#wanted = new Map();
    for (const word of wanted) {
      const [, named, operation = "*"] = OPERATION_PATTERN.exec(word) ?? [];
      const service = named && (findServiceAlias(named) ?? named.toLowerCase());
      if (service === undefined) {
        throw createUsageError(
          `${quoteShort(word)} names no operation`,
          "write `service:Operation`, or `service` for all of its operations",
        );
      }
      this.#wanted.set(service, (this.#wanted.get(service) ?? new Set()).add(operation));
    }
  }

  hasService(service: string): boolean {
    this.#services.add(service);
    return this.#wanted === undefined || this.#wanted.has(service);
  }

  has(service: string, operation: string): boolean {
    if (!this.hasService(service)) return false;
    const names = this.#wanted?.get(service);
    if (!names) return true;
    for (const name of [operation, "*"]) if (names.has(name)) this.#found.add(`${service}:${name}`);
    return names.has(operation) || names.has("*");
  }

  /** The selected operations of a service. */
  select(service: string, operations: readonly string[]): string[] {
    this.#operations.set(service, operations);
    return operations.filter((name) => this.has(service, name));
  }

  /** Errors for selected operations that no input describes. */
  listMissing(): PageError[] {
    return [...(this.#wanted ?? [])].flatMap(([service, names]) =>
      [...names]
        .filter((name) => !this.#found.has(`${service}:${name}`))
        .map((name) => this.createError(service, name)),
    );
  }

  private createError(service: string, operation: string): PageError {
    const known = this.#services.has(service);
    const near = known
      ? findNearestFew(operation, this.#operations.get(service) ?? []).map((name) => `${service}:${name}`)
      : findNearestFew(service, this.#services);
    const word = known ? `${service}:${operation}` : service;
    const help =
      near.length > 0
        ? `did you mean ${near.map(quoteShort).join(", ")}?`
        : "look at its spelling, and at what is given to read";
    return createUsageError(`nothing that was given describes ${quoteShort(word)}`, help);
  }
}

/** An error in the command's arguments, which belongs to no file. */
const createUsageError = (message: string, help: string) =>
  new PageError("", { line: 1, column: 1 }, message, help);
