import type { Span } from "../../diagnostics/lines.ts";
import { toKebabCase } from "../aws-cli/names.ts";
import type { ShapeStore } from "../aws-cli/operations.ts";
import { isCalledByS3Commands, S3_COMMAND } from "../aws-cli/s3/options.ts";
import type { RequestShape } from "../aws-cli/shape.ts";
import { ShapeResolver } from "../aws-cli/shape.ts";
import { CMDLETS } from "../mentions/cmdlets.ts";
import { squash } from "../mentions/names.ts";
import type { OperationNames } from "../operations.ts";
import { createOperationNames } from "../operations.ts";

interface Word {
  source: string;
  squashed?: string;
}

/** The operations of a store of schemas, by the names that programs give them. */
export class ProgramOperations {
  readonly names: OperationNames;
  readonly #store: ShapeStore;
  readonly #byName = new Map<string, string[]>();
  readonly #memberNames = new Map<string, ReadonlySet<string>>();
  /** What names them in a text, each with what it is without hyphens, underscores and capital letters, if it can be known so. */
  readonly #words: readonly Word[];
  /** Expressions for some of the words, by their source. */
  readonly #expressions = new Map<string, RegExp>();
  /** What the last text names: several ask for it. */
  #last: { text: string; names: readonly RegExpMatchArray[] } = { text: "", names: [] };

  constructor(store: ShapeStore) {
    this.#store = store;
    const operations = store.operations();
    this.names = createOperationNames(operations, (operation, path) => this.#members(operation, path));
    for (const operation of operations) {
      const name = plainName(nameOf(operation));
      this.#byName.set(name, [...(this.#byName.get(name) ?? []), operation]);
    }
    this.#words = [
      ...[...new Set(operations.map(nameOf))].map(toKebabCase).map((name) => ({
        source: name.split("-").join("[-_]?"),
        squashed: squash(name),
      })),
      ...(isCalledByS3Commands(operations) ? [{ source: S3_COMMAND }] : []),
      ...operations
        .flatMap((operation) => CMDLETS[operation] ?? [])
        .map((source) => ({ source, squashed: squash(source) })),
    ];
  }

  /** Is an operation named in a text, as any language writes it? */
  isNamedIn(text: string): boolean {
    return this.namesIn(text).length > 0;
  }

  /** The first place that names an operation, but in a comment. */
  firstNamedIn(text: string, comments: readonly Span[]): Span | undefined {
    for (const { 0: name, index = 0 } of this.namesIn(text))
      if (!comments.some(({ start, end }) => index >= start && index < end))
        return { start: index, end: index + name.length };
    return undefined;
  }

  /** All places that name an operation. */
  namesIn(text: string): readonly RegExpMatchArray[] {
    if (this.#last.text !== text) {
      const expression = this.#expressionFor(text);
      this.#last = { text, names: expression ? [...text.matchAll(expression)] : [] };
    }
    return this.#last.names;
  }

  /** Of those words that a text can hold, since V8 takes a millisecond or two to compile all of them, and longer to look for them. */
  #expressionFor(text: string): RegExp | undefined {
    const squashed = squash(text);
    const words = this.#words.filter((word) => !word.squashed || squashed.includes(word.squashed));
    if (words.length === 0) return undefined;
    const source = words.map((word) => word.source).join("|");
    const expression = this.#expressions.get(source) ?? new RegExp(source, "gi");
    this.#expressions.set(source, expression);
    return expression;
  }

  /** The operations of all services that a name in a program may mean. */
  named(name: string): readonly string[] {
    return this.#byName.get(plainName(name)) ?? [];
  }

  find(service: string, action: string): string | undefined {
    return this.names.find(service, action);
  }

  /** Of operations of the same name, the one that a service has. */
  ofService(named: readonly string[], service: string): string | undefined {
    return named.find((operation) => this.find(service, nameOf(operation)) === operation);
  }

  /** The operation of this name that only one of the services has. */
  findOnly(services: readonly string[], action: string): string | undefined {
    const [operation, ...others] = new Set(services.flatMap((service) => this.find(service, action) ?? []));
    return others.length === 0 ? operation : undefined;
  }

  shape(operation: string): RequestShape {
    return this.#store.find(operation)?.source ?? {};
  }

  shapes(operation: string): ShapeResolver {
    return new ShapeResolver(this.shape(operation));
  }

  /** The names of all members, also deep inside. */
  memberNames(operation: string): ReadonlySet<string> {
    const known = this.#memberNames.get(operation) ?? new Set(memberNamesIn(this.shape(operation)));
    this.#memberNames.set(operation, known);
    return known;
  }

  #members(operation: string, path: readonly (string | number)[]): readonly string[] | undefined {
    const shapes = this.shapes(operation);
    let shape: RequestShape | undefined = this.shape(operation);
    for (const part of path) {
      const { members, element } = shapes.resolve(shape);
      shape =
        (typeof part === "string" && Object.hasOwn(members, part) ? members[part] : undefined) ?? element;
      if (!shape) return undefined;
    }
    return Object.keys(shapes.resolve(shape).members);
  }
}

function* memberNamesIn(shape: RequestShape): Generator<string> {
  const { properties = {}, definitions = {}, items, additionalProperties: values } = shape;
  yield* Object.keys(properties);
  const inside = [...Object.values(properties), ...Object.values(definitions), items, values];
  for (const inner of inside) if (typeof inner === "object") yield* memberNamesIn(inner);
}

export const nameOf = (operation: string): string => operation.slice(operation.indexOf(":") + 1);

export const serviceNameOf = (operation: string): string => operation.slice(0, operation.indexOf(":"));

/** Without what differs between languages: case and underscores. */
const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const STORES = new WeakMap<ShapeStore, ProgramOperations>();

/** Made once for a store. */
export function programOperations(store: ShapeStore): ProgramOperations {
  const operations = STORES.get(store) ?? new ProgramOperations(store);
  STORES.set(store, operations);
  return operations;
}
