import { listCommandNames } from "../aws-cli/names.ts";
import { isCalledByS3Commands } from "../aws-cli/s3/options.ts";
import { CMDLETS } from "./cmdlets.ts";
import { WORDS, WordScanner } from "./scanner.ts";
import { namesOfService } from "./services.ts";
import { isSharedName } from "./shared-names.ts";

/** An operation that texts are searched for. */
export interface KnownOperation {
  operation: string;
  service: string;
  /** Its name alone says which operation it is: it is long enough, and no other service has it. */
  isTelling: boolean;
}

/** A name without what differs between its spellings: case, hyphens, underscores. */
export const squash = (name: string): string => name.replace(/[-_]/g, "").toLowerCase();

const WORD = /[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+/g;

/** Operations by their names in any spelling; several services may have one of the same name. */
export class KnownNames {
  readonly #byName = new Map<string, KnownOperation[]>();
  /** What PowerShell's module calls an operation. */
  readonly #byCmdlet = new Map<string, KnownOperation>();
  readonly services: ReadonlySet<string>;
  /** What else names one of them: commands of `aws s3` make several requests. */
  readonly #others: readonly string[];
  #scanner: WordScanner | undefined;
  /** The places in the last text that was searched: several look at one. */
  #last: { text: string; places: readonly number[] } = { text: "", places: [] };

  /** `signs` tell of texts that may call an operation without its name. */
  constructor(operations: readonly string[], signs: readonly string[] = []) {
    const services = new Set<string>();
    for (const operation of operations) {
      const colon = operation.indexOf(":");
      const [service, name] = [operation.slice(0, colon), operation.slice(colon + 1)];
      services.add(service);
      const isTelling = (name.match(WORD)?.length ?? 0) >= 3 && !isSharedName(name);
      const known = { operation, service, isTelling };
      for (const spelling of new Set([squash(name), ...listCommandNames(operation).map(squash)]))
        this.#byName.set(spelling, [...(this.#byName.get(spelling) ?? []), known]);
      for (const cmdlet of cmdletsOf(service, name)) this.#byCmdlet.set(cmdlet, known);
      if (Object.hasOwn(CMDLETS, operation)) this.#byCmdlet.set(squash(CMDLETS[operation]!), known);
    }
    this.services = services;
    const isS3 = services.has("s3") && isCalledByS3Commands(operations);
    this.#others = [...(isS3 ? ["s3"] : []), ...signs.map(squash)];
  }

  /** The operations of a name; none where it is in capital letters, as constants are. */
  find(name: string): readonly KnownOperation[] {
    return /[a-z]/.test(name) ? (this.#byName.get(squash(name)) ?? []) : [];
  }

  cmdlet(name: string): KnownOperation | undefined {
    return this.#byCmdlet.get(squash(name));
  }

  /** Looks for what a text must hold, squashed, to name one of them. */
  get scanner(): WordScanner {
    this.#scanner ??= new WordScanner([
      ...this.#byName.keys(),
      ...this.#byCmdlet.keys(),
      ...this.#others,
      ...[...this.services].flatMap(clientsOf),
    ]);
    return this.#scanner;
  }

  /** Where in a text something ends that may name one of them: each name and cmdlet in it, and other things. */
  placesIn(text: string): readonly number[] {
    if (this.#last.text !== text) this.#last = { text, places: this.scanner.placesIn(text, WORDS.name) };
    return this.#last.places;
  }
}

const OF_STORES = new WeakMap<OperationStore, KnownNames>();

interface OperationStore {
  operations(): readonly string[];
}

/** The names of the operations of a store of schemas, made once for it. */
export function knownNamesOf(store: OperationStore): KnownNames {
  const names = OF_STORES.get(store) ?? new KnownNames(store.operations());
  OF_STORES.set(store, names);
  return names;
}

/** How programs get a client of a service, with which they may call an operation without its name: `client("fsx"`. */
const clientsOf = (service: string): string[] =>
  namesOfService(service).flatMap((name) => [
    `client(${name}`,
    `sdk/client${name}`,
    `aws.${name}(`,
    `aws::${name}::`,
    `aws\\${name}\\`,
  ]);

/** How AWS Tools for PowerShell begin the nouns of a service, where it is not the service's name. */
const NOUNS: Readonly<Record<string, string>> = {
  storagegateway: "SG",
  cloudformation: "CFN",
  cloudwatch: "CW",
  dynamodb: "DDB",
  lambda: "LM",
  stepfunctions: "SFN",
  events: "EVB",
  scheduler: "SCH",
};

/** The verbs that its cmdlets have instead of an operation's first word; any operation may also be invoked by its name. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  Create: ["New"],
  Delete: ["Remove"],
  Describe: ["Get"],
  Get: ["Get"],
  List: ["Get"],
  Start: ["Start"],
  Stop: ["Stop"],
  Cancel: ["Stop"],
  Update: ["Update"],
  Put: ["Write", "Set"],
  Associate: ["Register", "Add"],
  Disassociate: ["Unregister", "Remove"],
  Enable: ["Enable"],
  Disable: ["Disable"],
};

function cmdletsOf(service: string, name: string): string[] {
  const noun = NOUNS[service] ?? service;
  const first = /^[A-Z][a-z]+/.exec(name)?.[0] ?? "";
  const rest = name.slice(first.length);
  const list = first === "List" ? "List" : "";
  const verbs = VERBS[first] ?? [];
  return [
    squash(`Invoke${noun}${name}`),
    ...verbs.flatMap((verb) =>
      [rest, rest.replace(/s$/, "")].map((each) => squash(verb + noun + each + list)),
    ),
  ];
}
