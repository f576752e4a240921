// Locates the sections of a documentation page, without interpreting their content.

import { PageError, quoteShort } from "../source-error.ts";
import { endPositionOf, type PageLine, type Position } from "./lines.ts";

export type PageSection = {
  /** The lines of the syntax block, or undefined if the page says that it is too large to render. */
  syntax: PageLine[] | undefined;
  /** The lines of the parameter list or the response structure, likewise. */
  list: PageLine[] | undefined;
  at: PageLine;
};

export type PageSections = {
  service: string;
  method: string;
  operation: string;
  url: string;
  request: PageSection;
  /** Undefined for an operation that returns nothing. */
  response: PageSection | undefined;
};

const PAGE_HELP =
  "give a page of boto3's reference documentation of one client operation, in reStructuredText (`service/client/operation_name.rst`)";
const INCOMPLETE_HELP = "download the page again: it has to be whole";

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
  readonly lines: PageLine[];
  next = 0;

  constructor(page: string, lines: PageLine[]) {
    this.page = page;
    this.lines = lines;
  }

  /** The index of the next line that `matches` accepts, or -1. */
  find(matches: (line: PageLine) => boolean): number {
    for (let i = this.next; i < this.lines.length; i++) if (matches(this.lines[i]!)) return i;
    return -1;
  }

  /**
   * Moves past the next matching line and returns it. Throws if there is none, since the page must be
   * truncated.
   */
  seek(what: string, matches: (line: PageLine) => boolean): PageLine {
    const found = this.find(matches);
    if (found < 0) throw createCutOffError(this.page, this.lines, what);
    this.next = found + 1;
    return this.lines[found]!;
  }

  /** Returns the lines before the next matching one, and moves to that line. */
  takeUntil(what: string, matches: (line: PageLine) => boolean): PageLine[] {
    const found = this.find(matches);
    if (found < 0) throw createCutOffError(this.page, this.lines, what);
    const taken = this.lines.slice(this.next, found);
    this.next = found;
    return taken;
  }
}

/** The page ends before something that every page has. */
export function createCutOffError(page: string, lines: PageLine[], missing: string): PageError {
  const last = lines.findLast((line) => line.text !== "") ?? { line: 1, column: 1, text: "", indent: 0 };
  return new PageError(
    page,
    endPositionOf(last),
    `the page ends here, before ${missing}: it is cut off`,
    INCOMPLETE_HELP,
  );
}

export function readSections(page: string, lines: PageLine[]): PageSections {
  const cursor = new Cursor(page, lines);
  const first = cursor.seek("its first line", (line) => line.text !== "");
  const breadcrumb = BREADCRUMB.exec(first.text);
  if (!breadcrumb) {
    const message = `this is not the documentation page of an operation: the first line is ${quoteShort(first.text)}`;
    throw new PageError(page, first, message, PAGE_HELP);
  }
  const [, service, method] = breadcrumb as unknown as [string, string, string];
  const signature = cursor.seek(`\`.. py:method::\``, (line) => line.text.startsWith(".. py:method::"));
  checkSignature(page, signature, method);
  const { url, operation } = readSeeAlso(cursor, method);
  return {
    service,
    method,
    operation,
    url,
    request: readRequestSection(cursor),
    response: readResponseSection(cursor),
  };
}

function checkSignature(page: string, line: PageLine, method: string): void {
  const name = line.text.split("(", 1)[0] ?? "";
  if (name.endsWith(`.Client.${method}`)) return;
  const message = `the page is about \`${method}\`, but this line documents ${quoteShort(name.slice(14).trim())}`;
  throw new PageError(page, line, message, PAGE_HELP);
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
  throw new PageError(cursor.page, line, message, INCOMPLETE_HELP);
}

const isTypeLine = (line: PageLine) => line.indent === 2 && line.text.startsWith(":type ");
const isResult = (line: PageLine) =>
  line.indent === 2 && (line.text === ":rtype: dict" || line.text === ":returns: None");

function readRequestSection(cursor: Cursor): PageSection {
  const at = cursor.seek(`\`${REQUEST_TITLE}\``, (line) => line.text === REQUEST_TITLE);
  const startsList = (line: PageLine) =>
    isTypeLine(line) || isResult(line) || isTitle(line, PARAMETERS_TITLE);
  const syntax = cursor.takeUntil("the end of the request syntax (`:rtype:` or `:returns:`)", startsList);
  const list = cursor.takeUntil("`:rtype:` or `:returns:`, the end of the parameters", isResult);
  return { at, syntax: readBlock(cursor.page, at, syntax), list: takeRendered(list) };
}

function readResponseSection(cursor: Cursor): PageSection | undefined {
  const result = cursor.seek("`:rtype:` or `:returns:`", isResult);
  if (result.text === ":returns: None") return undefined;
  const at = cursor.seek(`\`${RESPONSE_TITLE}\``, (line) => isTitle(line, RESPONSE_TITLE));
  const syntax = cursor.takeUntil(`\`${STRUCTURE_TITLE}\``, (line) => isTitle(line, STRUCTURE_TITLE));
  const end = cursor.find((line) => line.indent === 2 && AFTER_RESPONSE.has(line.text));
  checkEnd(cursor, end);
  const list = cursor.lines.slice(cursor.next + 1, end < 0 ? undefined : end);
  return { at, syntax: readBlock(cursor.page, at, syntax), list: takeRendered(list) };
}

const isTitle = (line: PageLine, title: string) => line.text === title && line.indent <= 4;

// A page without exceptions has no line that marks its end, but it does end with a line break.
function checkEnd(cursor: Cursor, end: number): void {
  const last = cursor.lines.at(-1);
  if (end < 0 && last && last.text !== "") throw createCutOffError(cursor.page, cursor.lines, "a line break");
}

function isTooLarge(lines: PageLine[]): boolean {
  return lines.slice(0, 12).some((line) => line.text === "# This section is too large to render.");
}

function takeRendered(lines: PageLine[]): PageLine[] | undefined {
  return isTooLarge(lines) ? undefined : lines;
}

/** The literal block after a title, introduced by `::`. */
function readBlock(page: string, at: Position, lines: PageLine[]): PageLine[] | undefined {
  const start = lines.findIndex((line) => line.text !== "");
  if (lines[start]?.text !== "::") {
    const place = lines[start] ?? at;
    throw new PageError(page, place, "expected `::`, which opens a syntax block", INCOMPLETE_HELP);
  }
  const block = lines.slice(start + 1).filter((line) => line.text !== "");
  return isTooLarge(block) ? undefined : block;
}
