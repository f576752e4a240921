import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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

interface Section {
  start: number;
  length: number;
}

let sections: ReadonlyMap<string, Section> | undefined;

/** Where the facts of each service are in the file. */
function listSections(): ReadonlyMap<string, Section> {
  sections ??= new Map(
    SERVICES.map((row) => {
      const [service = "", start, length] = row.split(" ");
      return [service, { start: Number(start), length: Number(length) }];
    }),
  );
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
  const section = listSections().get(service);
  if (!section || section.length <= 1) return undefined;
  const actions = readTable(service, readSection(section).trimEnd().split("\n"));
  loadedServices.set(service, actions);
  return actions;
}

/** The prefixes of all services. */
export const listServicePrefixes = (): readonly string[] => [...listSections().keys()];

function readSection({ start, length }: Section): string {
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
  for (let directory = dirname(fileURLToPath(import.meta.url)); !factsPath; directory = dirname(directory)) {
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

function readTable(service: string, lines: readonly string[]): ActionsByName {
  const keys: string[] = [];
  const arns = new Map<string, string>();
  const actions = new Map<string, ActionFacts>();
  for (const line of lines) {
    const [kind, name = "", second = "", types = "", numbers = ""] = line.split("|");
    if (kind === "key") keys.push(name);
    else if (kind === "resource") arns.set(name, second);
    else {
      actions.set(name.toLowerCase(), {
        name: `${service}:${name}`,
        service,
        access: second,
        resourceTypes: splitNonEmpty(types, ",").map((type) => parseResourceType(type, arns)),
        conditionKeys: splitNonEmpty(numbers, " ").map((number) => keys[Number(number)]!),
      });
    }
  }
  return actions;
}

const splitNonEmpty = (text: string, separator: string): string[] =>
  text === "" ? [] : text.split(separator);

function parseResourceType(text: string, arns: ReadonlyMap<string, string>): ResourceType {
  const name = text.replace("!", "");
  return { name, required: name !== text, arnFormats: splitNonEmpty(arns.get(name) ?? "", " ") };
}
