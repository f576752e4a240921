import type { Document } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import {
  composeEmbedded,
  embedDecoded,
  readEmbeddedText,
  replaceText,
  sliceText,
} from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { isShellFile } from "../../files/file-kinds.ts";
import type { CellKind } from "../mentions/notebook-cells.ts";
import { kindOfCell } from "../mentions/notebook-cells.ts";
import { isObject } from "../request.ts";
import type { Script } from "../scripts/kind.ts";
import { markdownScripts } from "../scripts/markdown.ts";
import { fencedPrograms } from "./fences.ts";
import type { LanguageReader } from "./language.ts";
import { languageNamed, programLanguage } from "./languages/index.ts";
import { blankShellLines, readNotebookCell, readShellCell } from "./notebook-shell.ts";
import { holdsScripts, scriptsIn } from "./page-scripts.ts";

/** What a Jupyter notebook runs. */
export interface Notebook {
  /** The cells of the kernel's language, in their order: they share their names. Others are programs by themselves. */
  programs: CellProgram[];
  scripts: Script[];
}

interface CellProgram {
  language: LanguageReader;
  within: EmbeddedText;
}

/** Reads a notebook; undefined for what is none. */
export function readNotebook(text: string): Notebook | undefined {
  const [document] = parseJson(text).documents;
  const { value } = document ?? {};
  if (!document || !isObject(value) || !Array.isArray(value.cells)) return undefined;
  const cellsOf = (type: string): EmbeddedText[] =>
    (value.cells as unknown[]).flatMap((cell, index) =>
      isObject(cell) && cell.cell_type === type
        ? [joinLines(linesOf(text, document, ["cells", index, "source"], cell.source))]
        : [],
    );
  const pages = cellsOf("markdown").map(readPage);
  const { programs, scripts } = readCode(cellsOf("code"), languageOf(value.metadata));
  return {
    programs: [...programs, ...pages.flatMap((page) => page.programs)],
    scripts: [...scripts, ...pages.flatMap((page) => page.scripts)],
  };
}

/** The code in a cell of text. */
function readPage(cell: EmbeddedText): Notebook {
  const programs = fencedPrograms(PAGE, cell.text);
  const scripts = markdownScripts.findScripts(cell.text, { documents: [], faults: [], directives: [] });
  return {
    programs: programs.map(({ language, within }) => ({ language, within: composeEmbedded(cell, within) })),
    scripts: (scripts as Script[]).flatMap((script) =>
      "shell" in script ? [{ ...script, shell: composeEmbedded(cell, script.shell) }] : [],
    ),
  };
}

const PAGE = "cell.md";

function readCode(cells: readonly EmbeddedText[], kernel: string): Notebook {
  if (/^(?:ba|z|k)?sh$|bash|^shell/i.test(kernel)) return { programs: [], scripts: cells.map(readShellCell) };
  const isPython = /python/i.test(kernel);
  const own: EmbeddedText[] = [];
  const programs: CellProgram[] = [];
  const scripts: Script[] = [];
  for (const cell of cells) {
    const read = isPython ? readNotebookCell(cell) : { scripts: [], isShell: false };
    scripts.push(...read.scripts);
    if (read.isShell) continue;
    const kind = kindOfCell(cell.text);
    if (kind) addOtherCell(cell, kind, { programs, scripts });
    else own.push(cell);
  }
  const language = languageNamed(isPython ? "python" : kernel.toLowerCase().replace(/^\./, ""));
  if (language && own.length > 0) {
    const code = joinLines(own);
    programs.unshift({ language, within: isPython ? withoutMagic(code) : code });
  }
  return { programs, scripts };
}

/** A cell that something else than the kernel runs, or that is written to a file. */
function addOtherCell(
  cell: EmbeddedText,
  { language: name, isFile, from }: CellKind,
  { programs, scripts }: Notebook,
): void {
  const within = sliceText(cell, from);
  const outward = ({ language, within: inner }: CellProgram): CellProgram => ({
    language,
    within: composeEmbedded(within, inner),
  });
  const language = isFile ? programLanguage(name) : languageNamed(name);
  if (name === "shell" || (isFile && isShellFile(name))) scripts.push(readShellCell(within));
  else if (name === "html" || (isFile && holdsScripts(name)))
    programs.push(...scriptsIn(isFile ? name : "cell.html", within.text).map(outward));
  else if (isFile && /\.md$/i.test(name)) programs.push(...fencedPrograms(name, within.text).map(outward));
  else if (language) programs.push({ language, within });
}

function languageOf(metadata: unknown): string {
  const { kernelspec, language_info: language } = isObject(metadata) ? metadata : {};
  const named = [
    isObject(language) ? language.name : undefined,
    isObject(kernelspec) ? kernelspec.language : undefined,
  ].find((name) => typeof name === "string");
  return named === undefined ? "python" : String(named);
}

/** A cell's text is one string, or one for each line. */
function linesOf(
  text: string,
  document: Document,
  path: (string | number)[],
  source: unknown,
): EmbeddedText[] {
  const paths = Array.isArray(source) ? source.map((_, index) => [...path, index]) : [path];
  return paths.flatMap((at) => readEmbeddedText(text, document, at) ?? []);
}

/** The lines of a cell, or cells, one behind the other, with a line's end behind the last. */
function joinLines(lines: readonly EmbeddedText[]): EmbeddedText {
  const pieces = new DecodedTextBuilder(0);
  for (const line of lines)
    for (let at = 0; at < line.text.length; at++) {
      const { start, end } = line.span({ start: at, end: at + 1 });
      pieces.add(line.text[at]!, start, end);
    }
  const end = pieces.ends.at(-1) ?? 0;
  if (!pieces.text.endsWith("\n")) pieces.add("\n", end, end);
  return embedDecoded(pieces);
}

const blank = (text: string): string => " ".repeat(text.length);

/** `%time statement`, `%timeit -n 1 statement`: the statement runs. */
const RUNS_LINE =
  /^([ \t]*)(%%?(?:time|timeit|prun|memit|lprun|mprun)(?:[ \t]+-(?:[flsDT][ \t]+\S+|\w+(?:[ \t]+\d+)?))*)(?=[ \t]+[^\s#-])/gm;

/** Commands of the notebook itself (`%pwd`, `!ls`, `name?`) are blanked, and those that run a statement give way to it: nothing else moves. */
function withoutMagic(code: EmbeddedText): EmbeddedText {
  const blanked = blankShellLines(code.text)
    .replace(RUNS_LINE, (_, indentation: string, magic: string) => indentation + "if 1:".padEnd(magic.length))
    .replace(/^[ \t]*(?:[%!?][^\n]*|[\w.]+\?+[ \t]*)$/gm, blank);
  return replaceText(code, blanked);
}
