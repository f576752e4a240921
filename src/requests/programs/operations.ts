import type { Span } from "../../diagnostics/lines.ts";
import { toKebabCase } from "../aws-cli/names.ts";
import type { ShapeStore } from "../aws-cli/operations.ts";
import { isCalledByS3Commands, S3_COMMAND } from "../aws-cli/s3/options.ts";
import type { RequestShape } from "../aws-cli/shape.ts";
import { ShapeResolver } from "../aws-cli/shape.ts";
import { CMDLETS } from "../mentions/cmdlets.ts";
import type { OperationNames } from "../operations.ts";
import { createOperationNames } from "../operations.ts";

/** The operations of a store of schemas, by the names that programs give them. */
export class ProgramOperations {
  readonly names: OperationNames;
  readonly #store: ShapeStore;
  readonly #byName = new Map<string, string[]>();
  readonly #memberNames = new Map<string, ReadonlySet<string>>();
  readonly #everywhere: RegExp | undefined;
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
    const words = [...new Set(operations.map(nameOf))].map((name) =>
      toKebabCase(name).split("-").join("[-_]?"),
    );
    if (isCalledByS3Commands(operations)) words.push(S3_COMMAND);
    words.push(...operations.flatMap((operation) => CMDLETS[operation] ?? []));
    this.#everywhere = words.length > 0 ? new RegExp(words.join("|"), "gi") : undefined;
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
    if (this.#everywhere && this.#last.text !== text)
      this.#last = { text, names: [...text.matchAll(this.#everywhere)] };
    return this.#last.names;
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
