// Parses the parameter list of a request (`:type X:`, `:param X:`, nested `- **Y** *(kind) --*`) and the
// response structure. Indentation determines nesting. Prose between the entries is kept for later.

import { escapeHarmful } from "../../diagnostics/text.ts";
import { MAX_SHAPE_DEPTH } from "../ir.ts";
import { PageError, quoteShort } from "../source-error.ts";
import type { PageLine, Position } from "./lines.ts";

/** An entry of the list. List items, map keys and map values have no name. */
export type ListEntry = {
  name: string | undefined;
  type: string;
  required: boolean;
  prose: string[];
  at: Position;
  indent: number;
  entries: ListEntry[];
};

const REQUIRED_MARK = "**[REQUIRED]**";
const REPAIR_HELP = "compare the list with the page's original, or download the page again";

/** Returns a nameless entry whose children are the request's parameters. */
export function parseParameters(page: string, lines: PageLine[], at: Position): ListEntry {
  const root = createEntry(undefined, "dict", at, 0);
  return new ListParser(page, root).read(lines, true);
}

/** Returns the single nameless `dict` that holds the response's members. */
export function parseResponseStructure(page: string, lines: PageLine[], at: Position): ListEntry {
  const outside = createEntry(undefined, "", at, 2);
  new ListParser(page, outside).read(lines, false);
  const [root, second] = outside.entries;
  if (!root) throw new PageError(page, at, "the response structure has no `- *(dict) --*`", REPAIR_HELP);
  if (root.name !== undefined || root.type !== "dict") {
    throw new PageError(page, root.at, "expected `- *(dict) --*`, the response itself", REPAIR_HELP);
  }
  if (second)
    throw new PageError(page, second.at, "this stands outside of the response structure", REPAIR_HELP);
  return root;
}

function createEntry(name: string | undefined, type: string, at: Position, indent: number): ListEntry {
  return { name, type, required: false, prose: [], at, indent, entries: [] };
}

class ListParser {
  readonly page: string;
  /** The open entries, outermost first. */
  readonly open: ListEntry[];
  /** The parameter whose `:type` line has been read, but not its `:param` line. */
  pendingParameter: ListEntry | undefined;

  constructor(page: string, root: ListEntry) {
    this.page = page;
    this.open = [root];
  }

  read(lines: PageLine[], request: boolean): ListEntry {
    for (const line of lines) {
      const param = request && line.indent === 2 ? splitField(line.text, ":param ") : undefined;
      if (param) {
        this.completeParameter(param, line);
        continue;
      }
      this.requireNoPending();
      const header =
        request && line.indent === 2 ? parseParameterHeader(line) : parseNestedHeader(this.page, line);
      if (!header) this.open.at(-1)!.prose.push(line.text);
      else this.addEntry(header);
      if (header?.indent === 2 && request) this.pendingParameter = header;
    }
    this.requireNoPending();
    return this.open[0]!;
  }

  /** Handles `:param X:`, which follows `:type X:` and says whether the parameter is required. */
  completeParameter(param: RstField, line: PageLine): void {
    if (this.pendingParameter?.name !== param.name) {
      const message = `\`:param ${escapeHarmful(param.name)}:\` has no \`:type\` line above it`;
      throw new PageError(this.page, line, message, REPAIR_HELP);
    }
    const { required, rest } = splitRequired(this.page, param.rest, line);
    this.pendingParameter.required = required;
    if (rest) this.pendingParameter.prose.push(rest);
    this.pendingParameter = undefined;
  }

  requireNoPending(): void {
    if (!this.pendingParameter) return;
    const name = escapeHarmful(this.pendingParameter.name ?? "");
    throw new PageError(
      this.page,
      this.pendingParameter.at,
      `\`:type ${name}:\` has no \`:param\` line below it`,
      REPAIR_HELP,
    );
  }

  addEntry(header: ListEntry): void {
    while (this.open.length > 1 && this.open.at(-1)!.indent >= header.indent) this.open.pop();
    const parent = this.open.at(-1)!;
    if (!isValidIndent(header.indent - parent.indent, header)) {
      const found = `${formatEntryTitle(header)} is indented by ${header.indent} spaces, expected ${parent.indent + 2}`;
      const message =
        header.indent < 0 ? `${formatEntryTitle(header)} is indented with a tab, expected spaces` : found;
      throw new PageError(this.page, header.at, message, REPAIR_HELP);
    }
    if (this.open.length > 2 * MAX_SHAPE_DEPTH) {
      throw new PageError(
        this.page,
        header.at,
        `the list is nested more than ${2 * MAX_SHAPE_DEPTH} levels deep`,
        REPAIR_HELP,
      );
    }
    parent.entries.push(header);
    this.open.push(header);
  }
}

// A map's value is nested below its key; if the key isn't shown, its indentation level is skipped.
function isValidIndent(step: number, header: ListEntry): boolean {
  return step === 2 || (step === 4 && header.name === undefined);
}

export function formatEntryTitle(header: { name: string | undefined; type: string }): string {
  return header.name === undefined ? `\`(${header.type})\`` : quoteShort(header.name);
}

type RstField = { name: string; rest: string };

function splitField(text: string, field: string): RstField | undefined {
  if (!text.startsWith(field)) return undefined;
  const colon = text.indexOf(":", field.length);
  if (colon < 0) return undefined;
  return { name: text.slice(field.length, colon), rest: text.slice(colon + 1).trim() };
}

function splitRequired(page: string, text: string, line: PageLine): { required: boolean; rest: string } {
  const rest = text.trimStart();
  if (rest.startsWith(REQUIRED_MARK))
    return { required: true, rest: rest.slice(REQUIRED_MARK.length).trimStart() };
  if (rest !== "" && REQUIRED_MARK.startsWith(rest)) {
    throw new PageError(
      page,
      line,
      `expected \`${REQUIRED_MARK}\` at the end of this line: it is cut off`,
      REPAIR_HELP,
    );
  }
  return { required: false, rest };
}

function parseParameterHeader(line: PageLine): ListEntry | undefined {
  const type = splitField(line.text, ":type ");
  return type && createEntry(type.name, type.rest, line, 2);
}

/** Parses `- **Name** *(kind) --* **[REQUIRED]** prose`. If the kind is a link, it has no asterisks. */
function parseNestedHeader(page: string, line: PageLine): ListEntry | undefined {
  if (!line.text.startsWith("- ")) return undefined;
  let rest = line.text.slice(2);
  let name: string | undefined;
  if (rest.startsWith("**")) {
    const end = rest.indexOf("** ", 2);
    if (end < 0) return undefined;
    name = rest.slice(2, end);
    rest = rest.slice(end + 3);
  }
  const [open, close] = rest.startsWith("*(") ? ["*(", ") --*"] : ["(", ") --"];
  const end = rest.startsWith(open) ? rest.indexOf(close) : -1;
  if (end < 0) return undefined;
  const header = createEntry(name, rest.slice(open.length, end), line, line.indent);
  const { required, rest: prose } = splitRequired(page, rest.slice(end + close.length), line);
  header.required = required;
  if (prose) header.prose.push(prose);
  return header;
}
