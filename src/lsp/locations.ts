import { extname, isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Position, Range } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Place } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/lines.ts";

/** The endings of documents that are not saved yet, by the languages of editors. */
const ENDINGS: Readonly<Record<string, string>> = {
  yaml: ".yaml",
  cloudformation: ".yaml",
  json: ".json",
  jsonc: ".json",
  shellscript: ".sh",
  sh: ".sh",
  bash: ".sh",
  python: ".py",
  javascript: ".js",
  typescript: ".ts",
  go: ".go",
  java: ".java",
  ruby: ".rb",
  php: ".php",
  csharp: ".cs",
  terraform: ".tf",
  markdown: ".md",
  dockerfile: ".dockerfile",
  makefile: ".mk",
};

/** The path of a document, also of one that is not saved yet; undefined for documents that are no files. */
export function findDocumentPath({ uri, languageId }: TextDocument, root: string): string | undefined {
  if (uri.startsWith("file:")) return toPath(uri);
  if (!uri.startsWith("untitled:")) return undefined;
  const name = decodeUri(uri.slice("untitled:".length)).replace(/[^\w.-]+/g, "-");
  return join(root, extname(name) === "" ? name + (ENDINGS[languageId] ?? "") : name);
}

/** The path of a `file:` URI; undefined for what can't be one on this machine. */
export function toPath(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const toUri = (path: string): string => pathToFileURL(resolve(path)).href;

/** The name of a file as `check` would print it: relative if it is below the working directory. */
export function nameFromPath(path: string): string {
  const name = relative(".", path);
  return name === "" || name.startsWith("..") || isAbsolute(name) ? path : name;
}

/** Converts the places and offsets of a text to positions in the editor, which also counts a lone CR as a line's end. */
export class PositionMap {
  readonly #document: TextDocument;
  readonly #text: string;
  readonly #hasReturns: boolean;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#hasReturns = text.includes("\r");
    this.#document = TextDocument.create("", "", 0, text);
  }

  toRange({ line = 1, column = 1, endLine = line, endColumn = column }: Partial<Place>): Range {
    // Where no carriage return counts as an end of a line, both count alike.
    if (!this.#hasReturns)
      return {
        start: { line: line - 1, character: column - 1 },
        end: { line: endLine - 1, character: endColumn - 1 },
      };
    const { start, end } = this.toSpan({ line, column, endLine, endColumn });
    return this.rangeOf(start, end);
  }

  toSpan({ line = 1, column = 1, endLine = line, endColumn = column }: Partial<Place>): Span {
    return { start: this.#offset(line, column), end: this.#offset(endLine, endColumn) };
  }

  offsetAt(position: Position): number {
    return this.#document.offsetAt(position);
  }

  rangeOf(start: number, end: number): Range {
    return { start: this.#document.positionAt(start), end: this.#document.positionAt(end) };
  }

  #offset(line: number, column: number): number {
    this.#starts ??= listLineStarts(this.#text);
    return (this.#starts[line - 1] ?? this.#text.length) + column - 1;
  }
}

function listLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
