// Parses the parameter list of a request (`:type X:`, `:param X:`, nested `- **Y** *(kind) --*`) and the
// response structure. Indentation determines nesting. Prose between the entries is kept for later.

import { harmless } from "../../diagnostics/text.ts";
import { DEEPEST } from "../ir.ts";
import { PageError, quote } from "../source-error.ts";
import type { Line, Place } from "./lines.ts";

/** An entry of the list. List items, map keys and map values have no name. */
export type Entry = {
  name: string | undefined;
  type: string;
  required: boolean;
  prose: string[];
  at: Place;
  indent: number;
  entries: Entry[];
};

const REQUIRED = "**[REQUIRED]**";
const REPAIR = "compare the list with the page's original, or download the page again";

/** Returns a nameless entry whose children are the request's parameters. */
export function parseParameters(page: string, lines: Line[], at: Place): Entry {
  const root = entry(undefined, "dict", at, 0);
  return new ListParser(page, root).read(lines, true);
}

/** Returns the single nameless `dict` that holds the response's members. */
export function parseResponseStructure(page: string, lines: Line[], at: Place): Entry {
  const outside = entry(undefined, "", at, 2);
  new ListParser(page, outside).read(lines, false);
  const [root, second] = outside.entries;
  if (!root) throw new PageError(page, at, "the response structure has no `- *(dict) --*`", REPAIR);
  if (root.name !== undefined || root.type !== "dict") {
    throw new PageError(page, root.at, "expected `- *(dict) --*`, the response itself", REPAIR);
  }
  if (second) throw new PageError(page, second.at, "this stands outside of the response structure", REPAIR);
  return root;
}

function entry(name: string | undefined, type: string, at: Place, indent: number): Entry {
  return { name, type, required: false, prose: [], at, indent, entries: [] };
}

class ListParser {
  readonly page: string;
  /** The open entries, outermost first. */
  readonly open: Entry[];
  /** The parameter whose `:type` line has been read, but not its `:param` line. */
  untold: Entry | undefined;

  constructor(page: string, root: Entry) {
    this.page = page;
    this.open = [root];
  }

  read(lines: Line[], request: boolean): Entry {
    for (const line of lines) {
      const param = request && line.indent === 2 ? splitField(line.text, ":param ") : undefined;
      if (param) {
        this.tell(param, line);
        continue;
      }
      this.checkTold();
      const header = request && line.indent === 2 ? parameterHeader(line) : nestedHeader(this.page, line);
      if (!header) this.open.at(-1)!.prose.push(line.text);
      else this.add(header);
      if (header?.indent === 2 && request) this.untold = header;
    }
    this.checkTold();
    return this.open[0]!;
  }

  /** Handles `:param X:`, which follows `:type X:` and says whether the parameter is required. */
  tell(param: Field, line: Line): void {
    if (this.untold?.name !== param.name) {
      const message = `\`:param ${harmless(param.name)}:\` has no \`:type\` line above it`;
      throw new PageError(this.page, line, message, REPAIR);
    }
    const { required, rest } = splitRequired(this.page, param.rest, line);
    this.untold.required = required;
    if (rest) this.untold.prose.push(rest);
    this.untold = undefined;
  }

  checkTold(): void {
    if (!this.untold) return;
    const name = harmless(this.untold.name ?? "");
    throw new PageError(
      this.page,
      this.untold.at,
      `\`:type ${name}:\` has no \`:param\` line below it`,
      REPAIR,
    );
  }

  add(header: Entry): void {
    while (this.open.length > 1 && this.open.at(-1)!.indent >= header.indent) this.open.pop();
    const parent = this.open.at(-1)!;
    if (!isStep(header.indent - parent.indent, header)) {
      const found = `${title(header)} is indented by ${header.indent} spaces, expected ${parent.indent + 2}`;
      const message = header.indent < 0 ? `${title(header)} is indented with a tab, expected spaces` : found;
      throw new PageError(this.page, header.at, message, REPAIR);
    }
    if (this.open.length > 2 * DEEPEST) {
      throw new PageError(
        this.page,
        header.at,
        `the list is nested more than ${2 * DEEPEST} levels deep`,
        REPAIR,
      );
    }
    parent.entries.push(header);
    this.open.push(header);
  }
}

// A map's value is nested below its key; if the key isn't shown, its indentation level is skipped.
function isStep(step: number, header: Entry): boolean {
  return step === 2 || (step === 4 && header.name === undefined);
}

export function title(header: { name: string | undefined; type: string }): string {
  return header.name === undefined ? `\`(${header.type})\`` : quote(header.name);
}

type Field = { name: string; rest: string };

function splitField(text: string, field: string): Field | undefined {
  if (!text.startsWith(field)) return undefined;
  const colon = text.indexOf(":", field.length);
  if (colon < 0) return undefined;
  return { name: text.slice(field.length, colon), rest: text.slice(colon + 1).trim() };
}

function splitRequired(page: string, text: string, line: Line): { required: boolean; rest: string } {
  const rest = text.trimStart();
  if (rest.startsWith(REQUIRED)) return { required: true, rest: rest.slice(REQUIRED.length).trimStart() };
  if (rest !== "" && REQUIRED.startsWith(rest)) {
    throw new PageError(
      page,
      line,
      `expected \`${REQUIRED}\` at the end of this line: it is cut off`,
      REPAIR,
    );
  }
  return { required: false, rest };
}

function parameterHeader(line: Line): Entry | undefined {
  const type = splitField(line.text, ":type ");
  return type && entry(type.name, type.rest, line, 2);
}

/** Parses `- **Name** *(kind) --* **[REQUIRED]** prose`. If the kind is a link, it has no asterisks. */
function nestedHeader(page: string, line: Line): Entry | undefined {
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
  const header = entry(name, rest.slice(open.length, end), line, line.indent);
  const { required, rest: prose } = splitRequired(page, rest.slice(end + close.length), line);
  header.required = required;
  if (prose) header.prose.push(prose);
  return header;
}
