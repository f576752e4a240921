import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { dirname, join } from "node:path";
import { RESOURCE_CONTROLLED, SERVICES, UNTYPED } from "./table.generated.ts";

/** Facts about one action, from the Service Authorization Reference. */
export interface ActionFacts {
  /** In AWS's spelling: `s3:PutObject`. */
  name: string;
  service: string;
  /** "Read", "Write", "List", "Tagging", "Permissions management", or several of them separated by commas. */
  access: string;
  /** Empty: the action takes no resource, and only `*` matches it. */
  resourceTypes: readonly ResourceType[];
  /** Those of the action and of its resource types; `${TagKey}` and `<key>` stand for any text. */
  conditionKeys: readonly string[];
}

export interface ResourceType {
  name: string;
  required: boolean;
  /** `${…}` stands for any text. */
  arnFormats: readonly string[];
}

/** The actions of one service, by name in lower case. */
export type ActionsByName = ReadonlyMap<string, ActionFacts>;

let sections: ReadonlyMap<string, string> | undefined;

/** Where the facts of each service are in the file: `service start length`. */
function listSections(): ReadonlyMap<string, string> {
  sections ??= new Map(SERVICES.map((row) => [row.slice(0, row.indexOf(" ")), row]));
  return sections;
}

const loadedServices = new Map<string, ActionsByName>();

/**
 * The actions of a service, whatever the prefix's case; undefined when the table lacks them. Only the facts of this
 * service are read.
 */
export function loadActions(prefix: string): ActionsByName | undefined {
  const service = prefix.toLowerCase();
  const known = loadedServices.get(service);
  if (known) return known;
  const [, start, length] = (listSections().get(service) ?? "").split(" ").map(Number);
  if (start === undefined || length === undefined || length <= 1) return undefined;
  const actions = readTable(service, readSection(start, length).trimEnd().split("\n"));
  loadedServices.set(service, actions);
  return actions;
}

/** The prefixes of all services. */
export const listServicePrefixes = (): readonly string[] => [...listSections().keys()];

function readSection(start: number, length: number): string {
  const file = openSync(findFacts(), "r");
  try {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, start);
    return bytes.toString("latin1");
  } finally {
    closeSync(file);
  }
}

const FACTS = "iam/actions/actions.txt";

let factsPath: string | undefined;

/** In the folder of the sources or of the build that this module is in, which may be bundled with others. */
function findFacts(): string {
  for (let directory = import.meta.dirname; !factsPath; directory = dirname(directory)) {
    const path = join(directory, FACTS);
    if (existsSync(path)) factsPath = path;
    else if (directory === dirname(directory)) throw new Error(`${FACTS} is missing from this installation`);
  }
  return factsPath;
}

let resourceControlledServices: ReadonlySet<string> | undefined;

/** Whether resource control policies apply to the service's resources. */
export function supportsResourceControl(service: string): boolean {
  resourceControlledServices ??= new Set(RESOURCE_CONTROLLED);
  return resourceControlledServices.has(service.toLowerCase());
}

let untypedServices: ReadonlySet<string> | undefined;

/** Whether the resources of the service all have a type before their name, as in `share/share-1A2B3C4D`. */
export function hasResourceTypes(service: string): boolean {
  untypedServices ??= new Set(UNTYPED);
  return !untypedServices.has(service.toLowerCase());
}

/** What the actions of a service share. */
interface ServiceFacts {
  service: string;
  keys: string[];
  arns: Map<string, string>;
}

/** Most checks ask for a few of a service's hundreds of actions, so a line is read when its facts are asked for. */
function toFacts(name: string, line: string, { service, keys, arns }: ServiceFacts): ActionFacts {
  let facts: Pick<ActionFacts, "access" | "resourceTypes" | "conditionKeys"> | undefined;
  const read = () => {
    const [, , access = "", types = "", numbers = ""] = facts ? [] : line.split("|");
    facts ??= {
      access,
      resourceTypes: splitNonEmpty(types, ",").map((type) => parseResourceType(type, arns)),
      conditionKeys: splitNonEmpty(numbers, " ").map((number) => keys[Number(number)]!),
    };
    return facts;
  };
  return {
    name: `${service}:${name}`,
    service,
    get access() {
      return read().access;
    },
    get resourceTypes() {
      return read().resourceTypes;
    },
    get conditionKeys() {
      return read().conditionKeys;
    },
  };
}

function readTable(service: string, lines: readonly string[]): ActionsByName {
  const shared: ServiceFacts = { service, keys: [], arns: new Map() };
  const actions = new Map<string, ActionFacts>();
  for (const line of lines) {
    const start = line.indexOf("|") + 1;
    const end = line.indexOf("|", start);
    const name = line.slice(start, end < 0 ? undefined : end);
    if (line.startsWith("key|")) shared.keys.push(line.slice(start));
    else if (line.startsWith("resource|")) shared.arns.set(name, line.slice(end + 1));
    else actions.set(name.toLowerCase(), toFacts(name, line, shared));
  }
  return actions;
}

const splitNonEmpty = (text: string, separator: string): string[] =>
  text === "" ? [] : text.split(separator);

function parseResourceType(text: string, arns: ReadonlyMap<string, string>): ResourceType {
  const name = text.replace("!", "");
  return { name, required: name !== text, arnFormats: splitNonEmpty(arns.get(name) ?? "", " ") };
}
