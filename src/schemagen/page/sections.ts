// Locates the sections of a documentation page, without interpreting their content.

import { PageError, quote } from "../source-error.ts";
import { endOf, type Line, type Place } from "./lines.ts";

export type Section = {
  /** The lines of the syntax block, or undefined if the page says that it is too large to render. */
  syntax: Line[] | undefined;
  /** The lines of the parameter list or the response structure, likewise. */
  list: Line[] | undefined;
  at: Line;
};

export type Sections = {
  service: string;
  method: string;
  operation: string;
  url: string;
  request: Section;
  /** Undefined for an operation that returns nothing. */
  response: Section | undefined;
};

const WHAT_IS_READ =
  "give a page of boto3's reference documentation of one client operation, in reStructuredText (`service/client/operation_name.rst`)";
const WHOLE_PAGE = "download the page again: it has to be whole";

const BREADCRUMB = /^:doc:`[^`<]* <\.\.\/\.\.\/([a-z0-9][a-z0-9-]*)>` \/ Client \/ ([a-z0-9_]+)$/;
const SEE_ALSO =
  /^See also: `AWS API Documentation <(https:\/\/[^\s<>]{1,300}\/([A-Za-z][A-Za-z0-9_]{0,150}))>`_$/;
const REQUEST_TITLE = "**Request Syntax**";
const RESPONSE_TITLE = "**Response Syntax**";
const STRUCTURE_TITLE = "**Response Structure**";
const PARAMETERS_TITLE = "**Parameters**";
const AFTER_RESPONSE = new Set(["**Exceptions**", "**Examples**"]);

/** A forward-only cursor over the lines of a page. */
class Cursor {
  readonly page: string;
  readonly lines: Line[];
  next = 0;

  constructor(page: string, lines: Line[]) {
    this.page = page;
    this.lines = lines;
  }

  /** The index of the next line that `matches` accepts, or -1. */
  find(matches: (line: Line) => boolean): number {
    for (let i = this.next; i < this.lines.length; i++) if (matches(this.lines[i]!)) return i;
    return -1;
  }

  /**
   * Moves past the next matching line and returns it. Throws if there is none, since the page must be
   * truncated.
   */
  seek(what: string, matches: (line: Line) => boolean): Line {
    const found = this.find(matches);
    if (found < 0) throw cutOff(this.page, this.lines, what);
    this.next = found + 1;
    return this.lines[found]!;
  }

  /** Returns the lines before the next matching one, and moves to that line. */
  upTo(what: string, matches: (line: Line) => boolean): Line[] {
    const found = this.find(matches);
    if (found < 0) throw cutOff(this.page, this.lines, what);
    const taken = this.lines.slice(this.next, found);
    this.next = found;
    return taken;
  }
}

/** The page ends before something that every page has. */
export function cutOff(page: string, lines: Line[], missing: string): PageError {
  const last = lines.findLast((line) => line.text !== "") ?? { line: 1, column: 1, text: "", indent: 0 };
  return new PageError(page, endOf(last), `the page ends here, before ${missing}: it is cut off`, WHOLE_PAGE);
}

export function readSections(page: string, lines: Line[]): Sections {
  const cursor = new Cursor(page, lines);
  const first = cursor.seek("its first line", (line) => line.text !== "");
  const breadcrumb = BREADCRUMB.exec(first.text);
  if (!breadcrumb) {
    const message = `this is not the documentation page of an operation: the first line is ${quote(first.text)}`;
    throw new PageError(page, first, message, WHAT_IS_READ);
  }
  const [, service, method] = breadcrumb as unknown as [string, string, string];
  const signature = cursor.seek(`\`.. py:method::\``, (line) => line.text.startsWith(".. py:method::"));
  checkSignature(page, signature, method);
  const { url, operation } = readSeeAlso(cursor, method);
  return { service, method, operation, url, request: readRequest(cursor), response: readResponse(cursor) };
}

function checkSignature(page: string, line: Line, method: string): void {
  const name = line.text.split("(", 1)[0] ?? "";
  if (name.endsWith(`.Client.${method}`)) return;
  const message = `the page is about \`${method}\`, but this line documents ${quote(name.slice(14).trim())}`;
  throw new PageError(page, line, message, WHAT_IS_READ);
}

/** The "See also" link is the only place where a page spells the operation's name as the service does. */
function readSeeAlso(cursor: Cursor, method: string): { url: string; operation: string } {
  const line = cursor.seek("its link to the AWS API Documentation", (l) =>
    l.text.startsWith("See also: `AWS API"),
  );
  const [, url, operation] = SEE_ALSO.exec(line.text) ?? [];
  if (url && operation && operation.toLowerCase() === method.replaceAll("_", "").toLowerCase()) {
    return { url, operation };
  }
  const message = `the link to the AWS API Documentation doesn't name the operation \`${method}\``;
  throw new PageError(cursor.page, line, message, WHOLE_PAGE);
}

const isTypeLine = (line: Line) => line.indent === 2 && line.text.startsWith(":type ");
const isResult = (line: Line) =>
  line.indent === 2 && (line.text === ":rtype: dict" || line.text === ":returns: None");

function readRequest(cursor: Cursor): Section {
  const at = cursor.seek(`\`${REQUEST_TITLE}\``, (line) => line.text === REQUEST_TITLE);
  const startsList = (line: Line) => isTypeLine(line) || isResult(line) || isTitle(line, PARAMETERS_TITLE);
  const syntax = cursor.upTo("the end of the request syntax (`:rtype:` or `:returns:`)", startsList);
  const list = cursor.upTo("`:rtype:` or `:returns:`, the end of the parameters", isResult);
  return { at, syntax: readBlock(cursor.page, at, syntax), list: rendered(list) };
}

function readResponse(cursor: Cursor): Section | undefined {
  const result = cursor.seek("`:rtype:` or `:returns:`", isResult);
  if (result.text === ":returns: None") return undefined;
  const at = cursor.seek(`\`${RESPONSE_TITLE}\``, (line) => isTitle(line, RESPONSE_TITLE));
  const syntax = cursor.upTo(`\`${STRUCTURE_TITLE}\``, (line) => isTitle(line, STRUCTURE_TITLE));
  const end = cursor.find((line) => line.indent === 2 && AFTER_RESPONSE.has(line.text));
  checkEnd(cursor, end);
  const list = cursor.lines.slice(cursor.next + 1, end < 0 ? undefined : end);
  return { at, syntax: readBlock(cursor.page, at, syntax), list: rendered(list) };
}

const isTitle = (line: Line, title: string) => line.text === title && line.indent <= 4;

// A page without exceptions has no line that marks its end, but it does end with a line break.
function checkEnd(cursor: Cursor, end: number): void {
  const last = cursor.lines.at(-1);
  if (end < 0 && last && last.text !== "") throw cutOff(cursor.page, cursor.lines, "a line break");
}

function isTooLarge(lines: Line[]): boolean {
  return lines.slice(0, 12).some((line) => line.text === "# This section is too large to render.");
}

function rendered(lines: Line[]): Line[] | undefined {
  return isTooLarge(lines) ? undefined : lines;
}

/** The literal block after a title, introduced by `::`. */
function readBlock(page: string, at: Place, lines: Line[]): Line[] | undefined {
  const start = lines.findIndex((line) => line.text !== "");
  if (lines[start]?.text !== "::") {
    const place = lines[start] ?? at;
    throw new PageError(page, place, "expected `::`, which opens a syntax block", WHOLE_PAGE);
  }
  const block = lines.slice(start + 1).filter((line) => line.text !== "");
  return isTooLarge(block) ? undefined : block;
}
