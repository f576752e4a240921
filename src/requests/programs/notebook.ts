import type { Document } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedDecoded, readEmbeddedText, replaceText } from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { isObject } from "../request.ts";
import type { Script } from "../scripts/kind.ts";
import { blankShellLines, readNotebookCell, readShellCell } from "./notebook-shell.ts";

/** What a Jupyter notebook runs. */
export interface Notebook {
  /** The code of Python's cells, in their order: they share their names. */
  code?: EmbeddedText;
  scripts: Script[];
}

/** Reads a notebook of Python's or of a shell's; undefined for other languages. */
export function readNotebook(text: string): Notebook | undefined {
  const [document] = parseJson(text).documents;
  const { value } = document ?? {};
  if (!document || !isObject(value) || !Array.isArray(value.cells)) return undefined;
  const language = languageOf(value.metadata);
  const cells = value.cells.flatMap((cell, index) =>
    isObject(cell) && cell.cell_type === "code"
      ? [joinLines(linesOf(text, document, ["cells", index, "source"], cell.source))]
      : [],
  );
  if (/^(?:ba|z|k)?sh$|bash|^shell/i.test(language)) return { scripts: cells.map(readShellCell) };
  if (!/python/i.test(language)) return undefined;
  const read = cells.map(readNotebookCell);
  const code = joinLines(cells.filter((_, index) => !read[index]!.isShell));
  return { code: withoutMagic(code), scripts: read.flatMap(({ scripts }) => scripts) };
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
