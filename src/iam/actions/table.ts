import { PREFIXES, RESOURCE_CONTROLLED, TABLES, UNTYPED } from "./table.generated.ts";

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

const loadedServices = new Map<string, ActionsByName>();

/** The actions of a service, whatever the prefix's case; undefined when the table lacks the service. */
export function loadActions(prefix: string): ActionsByName | undefined {
  const service = prefix.toLowerCase();
  const known = loadedServices.get(service);
  if (known) return known;
  if (!Object.hasOwn(TABLES, service)) return undefined;
  const actions = readTable(service, TABLES[service]!);
  loadedServices.set(service, actions);
  return actions;
}

/** Services whose actions are in the table. */
export const listTabledServices = (): readonly string[] => Object.keys(TABLES);

/** The prefixes of all services, including those whose actions aren't in the table. */
export const listServicePrefixes = (): readonly string[] => PREFIXES;

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
  const arn = arns.get(name);
  return { name, required: name !== text, arnFormats: arn === undefined ? [] : [arn] };
}
