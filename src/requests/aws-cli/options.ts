import type { Customized } from "./customized.ts";
import { kebab } from "./names.ts";
import type { Shape, Shapes } from "./shape.ts";

/** How many words an option takes: none, one, all up to the next option, or at most one. */
export type Takes = "nothing" | "one" | "list" | "maybe";

/** An option of the AWS CLI; names are without dashes. */
export interface Option {
  name: string;
  takes: Takes;
  /** The member of the request that it sets, and its value if the option takes none. */
  member?: string;
  means?: unknown;
  shape?: Shape;
  isBareItems?: boolean;
  /** Abbreviations of the name are not accepted. */
  isExact?: boolean;
  /** The allowed values. */
  choices?: readonly string[];
}

const flags = (...names: string[]): Option[] => names.map((name) => ({ name, takes: "nothing" }));
const values = (...names: string[]): Option[] => names.map((name) => ({ name, takes: "one" }));

/** The options of every command, in version 1 or version 2 of the CLI. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  ...flags("debug", "no-verify-ssl", "no-paginate", "no-sign-request", "version", "v2-debug"),
  ...flags("no-cli-pager", "cli-auto-prompt", "no-cli-auto-prompt"),
  ...values(
    "endpoint-url",
    "query",
    "profile",
    "region",
    "ca-bundle",
    "cli-read-timeout",
    "cli-connect-timeout",
  ),
  { name: "output", takes: "one", choices: ["json", "text", "table", "yaml", "yaml-stream", "off"] },
  { name: "color", takes: "one", choices: ["on", "off", "auto"] },
  {
    name: "cli-binary-format",
    takes: "one",
    choices: ["base64", "raw-in-base64-out"],
  },
];

/** Options of every operation that are not members of its request. */
const OWN: readonly Option[] = [
  ...values("cli-input-json", "cli-input-yaml"),
  { name: "generate-cli-skeleton", takes: "maybe" },
];

/**
 * Options of paginated operations. Schemas don't say which are paginated: any operation that takes a token or
 * reads may be.
 */
const PAGING = values("starting-token", "page-size", "max-items").map((option) => ({
  ...option,
  isExact: true,
}));
const TOKEN = /(?:token|marker|position|nextpage|pageno)$|^(?:exclusive)?start[a-z]*(?:key|name|arn)$/i;

/** The options of an operation: those of its members first, then the CLI's own. */
export function optionsOf(shapes: Shapes, customized: Customized): Option[] {
  const { members } = shapes;
  const given = Object.entries(members).flatMap(([member, shape]) =>
    optionsFor(member, shape, shapes, customized),
  );
  const isPaged = customized.isRead || Object.keys(members).some((name) => TOKEN.test(name));
  const own = isPaged ? [...PAGING, ...OWN] : OWN;
  const names = new Set(own.map(({ name }) => name));
  return [...given.filter(({ name }) => !names.has(name)), ...own];
}

function optionsFor(member: string, shape: Shape, shapes: Shapes, customized: Customized): Option[] {
  const plain = kebab(member);
  const name = customized.optionName(plain);
  const { kind, members } = shapes.resolve(shape);
  const negative = customized.optionName(`no-${plain}`);
  const no = negative === `no-${plain}` ? `no-${name}` : negative;
  if (kind === "boolean") {
    const option = { takes: "nothing", member, shape } as const;
    return [
      { ...option, name, means: true },
      { ...option, name: no, means: false },
    ];
  }
  const [only, ...others] = Object.keys(members);
  const isBoolean =
    only === "Value" && others.length === 0 && shapes.resolve(members.Value).kind === "boolean";
  if (isBoolean && customized.hasBooleanStructures) {
    return [
      { name, takes: "maybe", member, shape, means: { Value: true } },
      { name: `no-${name}`, takes: "nothing", member, shape, means: { Value: false } },
    ];
  }
  const isBareItems = kind === "list" && customized.takesBareItems(name);
  return [
    { name, takes: kind === "list" ? "list" : "one", member, shape, ...(isBareItems && { isBareItems }) },
  ];
}
