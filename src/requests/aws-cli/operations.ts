import { listCommandNames, toBotoService } from "./names.ts";
import { isCalledByS3Commands, PATHS } from "./s3/options.ts";
import type { RequestShape } from "./shape.ts";

/** Source of operations and the shapes of their requests, for example a schema store. */
export interface ShapeStore {
  operations(): readonly string[];
  find(operation: string): { readonly source: RequestShape } | undefined;
}

/** An operation together with its names in the AWS CLI. */
export interface CliOperation {
  operation: string;
  service: string;
  command: string;
  shape: RequestShape;
}

/** Looks up the operations of a store by their names in the CLI. */
export class CliOperations {
  readonly #store: ShapeStore;
  readonly #byCommand: ReadonlyMap<string, string>;
  readonly #services: ReadonlySet<string>;
  #commands: ReadonlySet<string> | undefined;

  constructor(store: ShapeStore) {
    this.#store = store;
    const operations = store.operations();
    const named = operations.flatMap((operation) =>
      listCommandNames(operation).map(
        (command) => [`${parseService(operation)} ${command}`, operation] as const,
      ),
    );
    this.#byCommand = new Map(named);
    this.#services = new Set(operations.map(parseService));
  }

  find(cliService: string, command: string): CliOperation | undefined {
    const service = toBotoService(cliService);
    const operation = this.#byCommand.get(`${service} ${command}`);
    const shape = operation === undefined ? undefined : this.#store.find(operation)?.source;
    return operation !== undefined && shape ? { operation, service, command, shape } : undefined;
  }

  /** Whether the store has an operation, as `service:Operation`. */
  knows(operation: string): boolean {
    return this.#store.find(operation) !== undefined;
  }

  /** Whether a command of `aws s3` makes requests of operations that the store has. */
  isS3Command(service: string, command: string): boolean {
    return (
      service === "s3" && Object.hasOwn(PATHS, command) && isCalledByS3Commands(this.#store.operations())
    );
  }

  hasService(cliService: string): boolean {
    return this.#services.has(toBotoService(cliService));
  }

  /** The services that have a command of this name. */
  findServices(command: string): readonly string[] {
    return [...this.#services].filter((service) => this.#byCommand.has(`${service} ${command}`));
  }

  /** Whether any service has a command of this name. */
  isCommand(word: string): boolean {
    this.#commands ??= new Set([...this.#byCommand.keys()].map((name) => name.slice(name.indexOf(" ") + 1)));
    return this.#commands.has(word);
  }

  /** Whether a text contains the name of any command, in any context. */
  isNamedIn(text: string): boolean {
    if (!/aws/i.test(text)) return false;
    return (text.match(/[a-z][a-z0-9-]+/g) ?? []).some((word) => this.isCommand(word));
  }
}

const parseService = (operation: string): string => operation.slice(0, operation.indexOf(":"));
