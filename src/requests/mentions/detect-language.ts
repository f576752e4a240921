import { isDataFile, isShellFile } from "../../files/file-kinds.ts";
import { listLanguages } from "./languages.ts";
import type { ProgramLanguage } from "./program-language.ts";

type ByName = ReadonlyMap<string, ProgramLanguage>;

let index: { byEnding: ByName; byFile: ByName } | undefined;

/** Languages by what names of files tell. */
function indexLanguages(): { byEnding: ByName; byFile: ByName } {
  const by = (list: (language: ProgramLanguage) => readonly string[]): ByName =>
    new Map(listLanguages().flatMap((each) => list(each).map((name) => [name, each] as const)));
  index ??= { byEnding: by(({ endings }) => endings), byFile: by(({ files = [] }) => files) };
  return index;
}

const baseOf = (file: string): string =>
  file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);

export const isNotebook = (file: string): boolean => /\.ipynb$/i.test(file);

/** A page whose scripts run where it is shown. */
export const isWebPage = (file: string): boolean => /\.x?html?$/i.test(file);

/** A part of a page with its own script. */
export const isComponent = (file: string): boolean => /\.(?:vue|svelte|astro)$/i.test(file);

/** The language of a file by its name. */
export function languageByName(file: string): ProgramLanguage | undefined {
  // Of no language, and what most runs check: the table isn't loaded for them.
  if (isDataFile(file) || isShellFile(file)) return undefined;
  const base = baseOf(file);
  const { byEnding, byFile } = indexLanguages();
  const known = byFile.get(base);
  if (known) return known;
  const dot = base.lastIndexOf(".");
  return dot < 0 ? undefined : byEnding.get(base.slice(dot + 1).toLowerCase());
}

const FIRST_LINE = /^#![^\n]{0,200}/;

/** The language of a file by its name, or by the interpreter that its first line names. */
export function detectLanguage(file: string, text: string): ProgramLanguage | undefined {
  const named = languageByName(file);
  if (named) return named;
  const line = FIRST_LINE.exec(text)?.[0];
  return line === undefined ? undefined : listLanguages().find(({ interpreter }) => interpreter?.test(line));
}

/** What people call a language in Markdown's fences and elsewhere. */
const ALIASES: Readonly<Record<string, string>> = {
  python3: "python",
  py3: "python",
  pycon: "python",
  ipython: "python",
  ipython3: "python",
  doctest: "python",
  "python-console": "python",
  "python-repl": "python",
  node: "javascript",
  nodejs: "javascript",
  golang: "go",
  "c#": "csharp",
  dotnet: "csharp",
  pwsh: "powershell",
};

export function languageCalled(name: string): ProgramLanguage | undefined {
  const small = name.toLowerCase();
  const known = ALIASES[small] ?? small;
  return listLanguages().find((each) => each.name === known) ?? indexLanguages().byEnding.get(known);
}
