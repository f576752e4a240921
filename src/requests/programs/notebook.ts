import type { Document } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedDecoded, readEmbeddedText } from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { isObject } from "../request.ts";

/** The code of a Jupyter notebook, all cells in order: they share their names. Undefined for other languages. */
export function notebookCode(text: string): EmbeddedText | undefined {
  const [document] = parseJson(text).documents;
  const { value } = document ?? {};
  if (!document || !isObject(value) || !Array.isArray(value.cells) || !isPython(value.metadata))
    return undefined;
  const pieces = new DecodedTextBuilder(0);
  for (const [index, cell] of value.cells.entries()) {
    if (!isObject(cell) || cell.cell_type !== "code") continue;
    for (const line of linesOf(text, document, ["cells", index, "source"], cell.source))
      addLine(line, pieces);
    const { text: written, ends } = pieces;
    if (!written.endsWith("\n")) pieces.add("\n", ends.at(-1) ?? 0, ends.at(-1) ?? 0);
  }
  return embedDecoded(withoutMagic(pieces));
}

function isPython(metadata: unknown): boolean {
  const { kernelspec, language_info: language } = isObject(metadata) ? metadata : {};
  const named = [
    isObject(language) ? language.name : undefined,
    isObject(kernelspec) ? kernelspec.language : undefined,
  ].find((name) => typeof name === "string");
  return named === undefined || /python/i.test(String(named));
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

function addLine(line: EmbeddedText, pieces: DecodedTextBuilder): void {
  for (let at = 0; at < line.text.length; at++) {
    const { start, end } = line.span({ start: at, end: at + 1 });
    pieces.add(line.text[at]!, start, end);
  }
}

/** Commands of the notebook itself (`%time`, `!ls`, `name?`) are blanked: nothing else moves. */
function withoutMagic({ text, starts, ends, from }: DecodedTextBuilder): DecodedTextBuilder {
  const blanked = text.replace(/^[ \t]*(?:[%!?][^\n]*|[\w.]+\?+[ \t]*)$/gm, (line) =>
    " ".repeat(line.length),
  );
  const pieces = new DecodedTextBuilder(from);
  pieces.starts.push(...starts);
  pieces.ends.push(...ends);
  pieces.text = blanked;
  return pieces;
}
