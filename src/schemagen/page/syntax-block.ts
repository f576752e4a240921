// Parses a syntax block: `response = client.name(Key=value, …)` or `{'Key': value, …}`. Each line is one
// sequence of tokens, so it is matched as a whole, and an enum's value may contain anything but a line break.
// Brackets determine nesting; indentation is ignored.

import { MAX_SHAPE_DEPTH, type ScalarShapeKind } from "../ir.ts";
import { PageError, quoteShort } from "../source-error.ts";
import { endPositionOf, type PageLine, type Position } from "./lines.ts";

export type SyntaxNode = { at: Position } & (
  | { kind: ScalarShapeKind; values?: string[] }
  | { kind: "structure"; members: Map<string, SyntaxNode> }
  | { kind: "stream"; members: Map<string, SyntaxNode> }
  | { kind: "list"; item: SyntaxNode }
  | { kind: "recursive" }
  | { kind: "unstated" }
);

type StructureNode = Extract<SyntaxNode, { kind: "structure" }>;

/** The placeholders that pages use for each kind. */
const PLACEHOLDERS: Record<string, ScalarShapeKind | "recursive" | "unstated"> = {
  "'string'": "string",
  "": "string", // an enum without values
  "123": "integer",
  "123.0": "number",
  "True|False": "boolean",
  "datetime(2015, 1, 1)": "timestamp",
  "b'bytes'": "blob",
  "b'bytes'|file": "blob",
  "StreamingBody()": "blob",
  "{...}|[...]|123|123.4|'string'|True|None": "document",
  "{'... recursive ...'}": "recursive",
  "...": "unstated", // single-precision numbers; only the parameter list distinguishes them
};

const OPENERS: Record<string, { kind: "structure" | "stream" | "list"; close: string }> = {
  "{": { kind: "structure", close: "}" },
  "EventStream({": { kind: "stream", close: "})" },
  "[": { kind: "list", close: "]" },
};

const REPAIR_HELP = "compare the block with the page's original, or download the page again";

export function parseRequestSyntax(
  page: string,
  block: PageLine[],
  at: Position,
  method: string,
): StructureNode {
  const parser = new SyntaxParser(page, block, at);
  const call = `response = client.${method}(`;
  const line = parser.takeLine(`\`${call}\``);
  if (line.text === `${call})`) return parser.requireEnd({ kind: "structure", members: new Map(), at: line });
  if (line.text !== call) throw parser.createUnexpectedError(line, `\`${call}\``);
  return parser.requireEnd({
    kind: "structure",
    members: parser.parseMembers(line, ")", "argument", 0),
    at: line,
  });
}

export function parseResponseSyntax(page: string, block: PageLine[], at: Position): StructureNode {
  const parser = new SyntaxParser(page, block, at);
  const line = parser.takeLine("`{`");
  if (line.text === "{}") return parser.requireEnd({ kind: "structure", members: new Map(), at: line });
  if (line.text !== "{") throw parser.createUnexpectedError(line, "`{`");
  return parser.requireEnd({
    kind: "structure",
    members: parser.parseMembers(line, "}", "key", 0),
    at: line,
  });
}

class SyntaxParser {
  readonly page: string;
  readonly block: PageLine[];
  readonly start: Position;
  next = 0;

  constructor(page: string, block: PageLine[], start: Position) {
    this.page = page;
    this.block = block;
    this.start = start;
  }

  takeLine(expected: string): PageLine {
    const line = this.block[this.next++];
    if (line) return line;
    const last = this.block.at(-1);
    const message = `the syntax block ends here, expected ${expected}`;
    throw new PageError(this.page, last ? endPositionOf(last) : this.start, message, REPAIR_HELP);
  }

  requireEnd(node: StructureNode): StructureNode {
    const rest = this.block[this.next];
    if (rest) throw this.createUnexpectedError(rest, "the end of the syntax block");
    return node;
  }

  createUnexpectedError(line: PageLine, expected: string): PageError {
    return new PageError(
      this.page,
      line,
      `expected ${expected}, found ${quoteShort(line.text)}`,
      REPAIR_HELP,
    );
  }

  parseMembers(
    opener: PageLine,
    close: string,
    form: "argument" | "key",
    depth: number,
  ): Map<string, SyntaxNode> {
    const members = new Map<string, SyntaxNode>();
    const expected = form === "argument" ? "`Name=value`" : "`'Name': value`";
    for (let separated = true; ; ) {
      const line = this.takeLine(`\`${close}\`, for what line ${opener.line} opens`);
      if (isClose(line.text, close)) return members;
      if (!separated && line.text !== ",")
        throw this.createUnexpectedError(line, `\`,\` or \`${close}\` before this`);
      if (line.text !== ",") {
        const found = form === "argument" ? splitArgument(line.text) : splitKey(line.text);
        if (!found) throw this.createUnexpectedError(line, expected);
        if (members.has(found.name)) {
          throw new PageError(
            this.page,
            line,
            `${quoteShort(found.name)} is in this block twice`,
            REPAIR_HELP,
          );
        }
        members.set(found.name, this.parseValue(found.value, line, depth + 1));
      }
      // A comma ends the member's last line, or has its own line after an empty structure.
      separated = this.block[this.next - 1]!.text.endsWith(",");
    }
  }

  parseValue(written: string, line: PageLine, depth: number): SyntaxNode {
    const text = written.endsWith(",") ? written.slice(0, -1) : written;
    const at = { line: line.line, column: line.column + line.text.length - written.length };
    const opener = OPENERS[written];
    if (opener) return this.parseNested(opener, line, at, depth);
    if (text === "{}") return { kind: "structure", members: new Map(), at };
    const kind = Object.hasOwn(PLACEHOLDERS, text) ? PLACEHOLDERS[text] : undefined;
    if (kind) return { kind, at };
    if (isTextOrMapping(text)) return { kind: "string", at };
    if (text.length >= 2 && text.startsWith("'") && text.endsWith("'")) {
      return { kind: "string", values: text.slice(1, -1).split("'|'"), at };
    }
    throw this.createUnexpectedError(
      { ...line, ...at, text },
      "a value such as `'string'`, `123`, `{` or `[`",
    );
  }

  parseNested(
    opener: { kind: string; close: string },
    line: PageLine,
    at: Position,
    depth: number,
  ): SyntaxNode {
    if (depth > MAX_SHAPE_DEPTH) {
      const message = `the block is nested more than ${MAX_SHAPE_DEPTH} levels deep, deeper than any documented operation`;
      throw new PageError(this.page, line, message, REPAIR_HELP);
    }
    if (opener.kind === "list") return { kind: "list", item: this.parseItem(line, depth), at };
    const kind = opener.kind === "stream" ? "stream" : "structure";
    return { kind, members: this.parseMembers(line, opener.close, "key", depth), at };
  }

  parseItem(opener: PageLine, depth: number): SyntaxNode {
    const line = this.takeLine("the list's item");
    const item = this.parseValue(line.text, line, depth + 1);
    const closing = () => this.takeLine(`\`]\`, for what line ${opener.line} opens`);
    let close = closing();
    if (close.text === ",") close = closing();
    if (!isClose(close.text, "]")) throw this.createUnexpectedError(close, "`]`");
    return item;
  }
}

const isClose = (text: string, close: string) => text === close || text === `${close},`;

// S3's CopySource: boto3 also accepts a mapping, which it converts to the string that the service takes.
const isTextOrMapping = (text: string) => text.startsWith("'string' or {") && text.endsWith("}");

function splitArgument(text: string): { name: string; value: string } | undefined {
  const equals = text.indexOf("=");
  const name = text.slice(0, Math.max(equals, 0));
  return /^[A-Za-z_][\w.-]*$/.test(name) ? { name, value: text.slice(equals + 1) } : undefined;
}

function splitKey(text: string): { name: string; value: string } | undefined {
  if (!text.startsWith("'")) return undefined;
  const end = text.indexOf("':");
  if (end < 2) return undefined;
  return { name: text.slice(1, end), value: text.slice(end + 2).trimStart() };
}
