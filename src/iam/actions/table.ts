import { PREFIXES, RESOURCE_CONTROLLED, TABLES } from "./table.generated.ts";

/** What AWS says of an action (Service Authorization Reference). */
export interface ActionFacts {
  /** As AWS writes it: `s3:PutObject`. */
  name: string;
  service: string;
  /** "Read", "Write", "List", "Tagging", "Permissions management", or several of them after commas. */
  access: string;
  /** None: the action takes no resource, and only `*` matches it. */
  resourceTypes: readonly ResourceType[];
  /** Its own and its resources'; `${TagKey}` and `<key>` stand for any text. */
  conditionKeys: readonly string[];
}

export interface ResourceType {
  name: string;
  required: boolean;
  /** `${…}` stands for any text. */
  arnFormats: readonly string[];
}

/** The actions of a service by name in lower case; undefined where the table has none of it. */
export type Actions = ReadonlyMap<string, ActionFacts>;

const services = new Map<string, Actions>();

/** Services ignore case, as actions do. */
export function actionsOf(prefix: string): Actions | undefined {
  const service = prefix.toLowerCase();
  const known = services.get(service);
  if (known) return known;
  if (!Object.hasOwn(TABLES, service)) return undefined;
  const actions = readTable(service, TABLES[service]!);
  services.set(service, actions);
  return actions;
}

/** Services whose actions are known. */
export const tabled = (): readonly string[] => Object.keys(TABLES);

/** Every service's prefix. */
export const prefixes = (): readonly string[] => PREFIXES;

let controlled: ReadonlySet<string> | undefined;

/** Whether resource control policies apply to a service's resources. */
export function supportsResourceControl(service: string): boolean {
  controlled ??= new Set(RESOURCE_CONTROLLED);
  return controlled.has(service.toLowerCase());
}

function readTable(service: string, lines: readonly string[]): Actions {
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
        resourceTypes: parts(types, ",").map((type) => resourceType(type, arns)),
        conditionKeys: parts(numbers, " ").map((number) => keys[Number(number)]!),
      });
    }
  }
  return actions;
}

const parts = (text: string, separator: string): string[] => (text === "" ? [] : text.split(separator));

function resourceType(text: string, arns: ReadonlyMap<string, string>): ResourceType {
  const name = text.replace("!", "");
  const arn = arns.get(name);
  return { name, required: name !== text, arnFormats: arn === undefined ? [] : [arn] };
}
