import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { valueAt } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { readEmbeddedText } from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import type { Unread } from "../request.ts";
import { languageByName, languageCalled } from "./detect-language.ts";
import { findCalls } from "./find.ts";
import { GENERIC } from "./languages.ts";
import type { KnownNames } from "./names.ts";
import { kindOfCell } from "./notebook-cells.ts";
import { callsInPage } from "./pages/page-code.ts";
import { callsInWebPage } from "./pages/web-page.ts";

/** The calls in the cells of a notebook; each of them is read as one program, or as a page. */
export function callsInNotebook(text: string, names: KnownNames): Unread[] {
  const [document] = parseJson(text).documents;
  // Before version 4 of the format, cells stood on sheets, of which there was one.
  const isOld = document !== undefined && Array.isArray(valueAt(document.value, ["worksheets"]));
  const way = isOld ? ["worksheets", 0, "cells"] : ["cells"];
  const cells = document && valueAt(document.value, way);
  if (!Array.isArray(cells)) return [];
  const told = valueAt(document!.value, ["metadata", "kernelspec", "language"]);
  const kernel = languageCalled(String(told ?? "python")) ?? languageCalled("python")!;
  return cells.flatMap((cell, index) => {
    const member = isOld && valueAt(cell, ["cell_type"]) === "code" ? "input" : "source";
    const pieces = piecesOf(text, document!, [...way, index, member], valueAt(cell, [member]));
    const whole = pieces.map((piece) => piece.text).join("");
    const type = valueAt(cell, ["cell_type"]);
    const calls =
      type === "markdown"
        ? callsInPage("cell.md", whole, names)
        : type === "code"
          ? callsInCell(whole, kernel, names)
          : [];
    return calls.map((one) => ({ ...one, span: placed(one.span, pieces) }));
  });
}

function callsInCell(code: string, kernel: typeof GENERIC, names: KnownNames): Unread[] {
  const { language: name, isFile } = kindOfCell(code) ?? {};
  if (name === "html") return callsInWebPage(code, names);
  const own = name === undefined ? kernel : isFile ? languageByName(name) : languageCalled(name);
  return findCalls(code, { ...(own ?? GENERIC), runsCommands: true }, names);
}

/** A cell's source is a text, or a list of lines. */
function piecesOf(text: string, document: Document, way: Path, source: unknown): EmbeddedText[] {
  const lines = Array.isArray(source) ? source.map((_, line) => [line]) : [[]];
  return lines
    .map((line) => readEmbeddedText(text, document, [...way, ...line]))
    .filter((piece) => piece !== undefined);
}

/** A place in all pieces together, as one in the file: that of the piece it begins in. */
function placed({ start, end }: Span, pieces: readonly EmbeddedText[]): Span {
  let before = 0;
  for (const piece of pieces) {
    const { length } = piece.text;
    if (start < before + length)
      return piece.span({ start: start - before, end: Math.min(length, end - before) });
    before += length;
  }
  return { start: 0, end: 0 };
}
