import type { CheckJob, TabFile } from "../protocol.ts";

export type TabName = "document" | "context" | "policies" | "config" | "rules" | "schemas";

interface TabDescription {
  name: TabName;
  label: string;
  hint: string;
  /** The name of a new file. */
  newName: string;
  /** Whether the tab has one file, whose name stands. */
  isSingle?: true;
}

export const TABS: readonly TabDescription[] = [
  {
    name: "document",
    label: "Document",
    hint: "A request document, a script, a template or a program: the file's name says which.",
    newName: "request.yaml",
  },
  {
    name: "context",
    label: "Context",
    hint: "Facts about the account: output of the AWS CLI, as the report names the commands, or facts written by hand.",
    newName: "context/facts.json",
  },
  {
    name: "policies",
    label: "Policies",
    hint: "Policy documents for a permission question. What a check is to know of principals goes into the context.",
    newName: "policies/identity.json",
  },
  {
    name: "config",
    label: "Config",
    hint: "The configuration, countersign.yaml.",
    newName: "countersign.yaml",
    isSingle: true,
  },
  {
    name: "rules",
    label: "Own rules",
    hint: "Rules of your own, checked beside those that ship.",
    newName: "rules/own.yaml",
  },
  {
    name: "schemas",
    label: "Schemas",
    hint: "Schemas that were made of a page or a model, beside those that ship.",
    newName: "schemas/service/Operation.request.json",
  },
];

/** Everything that is in the tabs, and so in a link. */
export type Files = Readonly<Record<TabName, readonly TabFile[]>>;

export const NO_FILES: Files = {
  document: [],
  context: [],
  policies: [],
  config: [],
  rules: [],
  schemas: [],
};

export const isTabName = (text: string): text is TabName => Object.hasOwn(NO_FILES, text);

export const describeTab = (tab: TabName): TabDescription => TABS.find(({ name }) => name === tab)!;

const isFilled = ({ text }: TabFile): boolean => text.trim() !== "";

/** What somebody wrote: a tab that was only looked at has an empty file. */
export const listFilled = (files: Files, tab: TabName): readonly TabFile[] => files[tab].filter(isFilled);

const pathsOf = (files: readonly TabFile[]): string[] => files.map(({ path }) => path);

/** What `countersign check` would be started with. Files without text are as good as absent. */
export function toCheckJob(files: Files): CheckJob {
  const filled = (tab: TabName): readonly TabFile[] => listFilled(files, tab);
  return {
    kind: "check",
    files: [...files.document, ...TABS.slice(1).flatMap(({ name }) => filled(name))],
    paths: pathsOf(files.document),
    context: pathsOf(filled("context")),
    rules: pathsOf(filled("rules")),
    schemas: filled("schemas").length > 0 ? ["schemas"] : [],
    config: filled("config")[0]?.path ?? false,
  };
}

/** A path as the files in memory have it: relative, and without steps upwards; the name of a new file where nothing is left. */
export function toSafePath(path: string, fallback: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.join("/").slice(0, 200) || fallback;
}
