import type { CommandCustomization } from "./customized/customization.ts";
import { toKebabCase } from "./names.ts";
import type { RequestShape, ShapeResolver } from "./shape.ts";

/** How many words an option takes: none, one, all up to the next option, or at most one. */
export type OptionArity = "nothing" | "one" | "list" | "maybe";

/** An option of the AWS CLI; names are without dashes. */
export interface CliOption {
  name: string;
  arity: OptionArity;
  /** The member of the request that it sets, and its value if the option takes none. */
  member?: string;
  impliedValue?: unknown;
  shape?: RequestShape;
  isBareItems?: boolean;
  /** Its value is the path of a file. */
  isStream?: boolean;
  /** Abbreviations of the name are not accepted. */
  isExact?: boolean;
  /** The allowed values. */
  choices?: readonly string[];
  /** The only version of the CLI that has it. */
  only?: CliVersion;
}

/** A major version of the AWS CLI. */
export type CliVersion = 1 | 2;

/** The options that a version has; those of both if it isn't known, of which version 2 allows more values. */
const selectOptions = (
  options: readonly CliOption[],
  version: CliVersion | undefined,
): readonly CliOption[] => {
  const all = version === undefined ? options : options.filter(({ only = version }) => only === version);
  return [...new Map(all.map((option) => [option.name, option])).values()];
};

const createFlags = (...names: string[]): CliOption[] => names.map((name) => ({ name, arity: "nothing" }));
const createValueOptions = (...names: string[]): CliOption[] => names.map((name) => ({ name, arity: "one" }));

const onlyIn = (only: CliVersion, options: readonly CliOption[]): CliOption[] =>
  options.map((option) => ({ ...option, only }));

const OUTPUTS = ["json", "text", "table"];

/** The options of every command, in version 1 or version 2 of the CLI. */
const ALL_GLOBAL_OPTIONS: readonly CliOption[] = [
  ...createFlags("debug", "no-verify-ssl", "no-paginate", "no-sign-request", "version"),
  ...onlyIn(1, createFlags("v2-debug")),
  ...onlyIn(2, createFlags("no-cli-pager", "cli-auto-prompt", "no-cli-auto-prompt")),
  ...createValueOptions(
    "endpoint-url",
    "query",
    "profile",
    "region",
    "ca-bundle",
    "cli-read-timeout",
    "cli-connect-timeout",
  ),
  { name: "output", arity: "one", choices: OUTPUTS, only: 1 },
  { name: "output", arity: "one", choices: [...OUTPUTS, "yaml", "yaml-stream", "off"], only: 2 },
  { name: "color", arity: "one", choices: ["on", "off", "auto"] },
  {
    name: "cli-binary-format",
    arity: "one",
    only: 2,
    choices: ["base64", "raw-in-base64-out"],
  },
];

/** The options of every command. */
export const listGlobalOptions = (version?: CliVersion): readonly CliOption[] =>
  selectOptions(ALL_GLOBAL_OPTIONS, version);

/** The version that has an option which the given one lacks. */
export function findOtherVersion(name: string, version: CliVersion | undefined): CliVersion | undefined {
  if (version === undefined) return undefined;
  const all = [...ALL_GLOBAL_OPTIONS, ...OPERATION_OPTIONS].filter((option) => option.name === name);
  return all.find(({ only = version }) => only !== version)?.only;
}

/** Options of every operation that are not members of its request. */
const OPERATION_OPTIONS: readonly CliOption[] = [
  ...createValueOptions("cli-input-json"),
  ...onlyIn(2, createValueOptions("cli-input-yaml")),
  { name: "generate-cli-skeleton", arity: "maybe" },
];

/**
 * Options of paginated operations. Schemas don't say which are paginated: any operation that takes a token or
 * reads may be.
 */
const PAGING_OPTIONS = createValueOptions("starting-token", "page-size", "max-items").map((option) => ({
  ...option,
  isExact: true,
}));
const PAGING_TOKEN = /(?:token|marker|position|nextpage|pageno)$|^(?:exclusive)?start[a-z]*(?:key|name|arn)$/;

/** The options of an operation: those of its members first, then the CLI's own. */
export function listOptions(
  shapes: ShapeResolver,
  customized: CommandCustomization,
  version?: CliVersion,
): CliOption[] {
  const { members } = shapes;
  const given = Object.entries(members).flatMap(([member, shape]) =>
    customized.hasOption(member) ? listMemberOptions(member, shape, shapes, customized) : [],
  );
  const isPaged =
    customized.isRead || Object.keys(members).some((name) => PAGING_TOKEN.test(name.toLowerCase()));
  const always = selectOptions(OPERATION_OPTIONS, version);
  const own = isPaged ? [...PAGING_OPTIONS, ...always] : always;
  const names = new Set(own.map(({ name }) => name));
  return [...given.filter(({ name }) => !names.has(name)), ...own];
}

function listMemberOptions(
  member: string,
  shape: RequestShape,
  shapes: ShapeResolver,
  customized: CommandCustomization,
): CliOption[] {
  const plain = toKebabCase(member);
  const name = customized.optionName(plain);
  const { kind, members } = shapes.resolve(shape);
  const negative = customized.optionName(`no-${plain}`);
  const no = negative === `no-${plain}` ? `no-${name}` : negative;
  if (kind === "boolean") {
    const option = { arity: "nothing", member, shape } as const;
    return [
      { ...option, name, impliedValue: true },
      { ...option, name: no, impliedValue: false },
    ];
  }
  const [only, ...others] = Object.keys(members);
  const isBoolean =
    only === "Value" && others.length === 0 && shapes.resolve(members.Value).kind === "boolean";
  if (isBoolean && customized.hasBooleanStructures) {
    return [
      { name, arity: "maybe", member, shape, impliedValue: { Value: true } },
      { name: `no-${name}`, arity: "nothing", member, shape, impliedValue: { Value: false } },
    ];
  }
  const isBareItems = kind === "list" && customized.takesBareItems(name);
  const form = {
    ...(isBareItems && { isBareItems }),
    ...(customized.isStream(member) && { isStream: true }),
  };
  return [{ name, arity: kind === "list" ? "list" : "one", member, shape, ...form }];
}
