// Combines the syntax block and the parameter list of a page. Each provides what the other lacks (enums in
// the syntax; required members, maps and unions in the list), and where they overlap they must agree.

import type { Common, ScalarKind, Shape, Structure } from "../ir.ts";
import { PageError, quote } from "../source-error.ts";
import type { Place } from "./lines.ts";
import { type Entry, title } from "./parameter-list.ts";
import type { SyntaxNode } from "./syntax-block.ts";

const DISAGREE = "the syntax block and the list contradict each other: download the page again, or report it";

const UNION = ".. note::    This is a Tagged Union structure. Only one of the     following top level keys ";
const AUTOPOPULATED = "This field is autopopulated if not provided.";
// boto3 omits members with these phrases from the syntax block, since it fills them in; a request may still
// contain them.
const FILLED_IN = [
  "this parameter is automatically populated if it is not provided",
  'parameter is set to "-"',
];

/** The types in the list that correspond to each kind in the syntax block. */
const LISTED: Record<SyntaxNode["kind"], string[]> = {
  string: ["string", "str or dict"],
  integer: ["integer"],
  number: ["float"],
  boolean: ["boolean"],
  timestamp: ["datetime"],
  blob: ["bytes", "bytes or seekable file-like object", ":class:`.StreamingBody`"],
  document: [":ref:`document<document>`", "JSON serializable"],
  "event-stream": [":class:`.EventStream`"],
  structure: ["dict", "*dict*"],
  stream: [":class:`.EventStream`"],
  list: ["list"],
  recursive: ["dict", "list", "string"],
  unstated: ["float", "string"],
};

const RECURSIVE_OF: Record<string, "structure" | "list"> = { dict: "structure", list: "list" };

export function combine(page: string, syntax: SyntaxNode, list: Entry): Structure {
  const shape = new Combiner(page).shape(syntax, list);
  if (shape.kind === "structure") return shape;
  if (shape.kind === "map") {
    throw new PageError(page, list.at, "the outermost shape is a map, expected named members", DISAGREE);
  }
  throw new PageError(page, list.at, "the outermost shape has no members", DISAGREE);
}

class Combiner {
  readonly page: string;

  constructor(page: string) {
    this.page = page;
  }

  shape(syntax: SyntaxNode, entry: Entry): Shape {
    if (!LISTED[syntax.kind].includes(entry.type)) throw this.differentKind(syntax, entry);
    const common = commonOf(entry);
    switch (syntax.kind) {
      case "structure":
        return this.structureOrMap(syntax.members, entry, common);
      case "stream":
        this.structureOrMap(syntax.members, entry, common);
        return { ...common, kind: "event-stream" };
      case "list":
        return {
          ...common,
          kind: "list",
          item: this.shape(syntax.item, this.only(entry, "the list's item")),
        };
      case "recursive":
        this.none(entry);
        return { ...common, kind: "recursive", of: RECURSIVE_OF[entry.type] ?? "unknown" };
      case "unstated":
        this.none(entry);
        return { ...common, kind: entry.type === "float" ? "number" : "string" };
      default:
        this.none(entry);
        return scalar(common, syntax.kind, syntax.values);
    }
  }

  structureOrMap(members: Map<string, SyntaxNode>, entry: Entry, common: Common): Shape {
    const first = entry.entries[0];
    const value = members.size === 1 ? members.get("string") : undefined;
    if (value && first && first.name === undefined) {
      return { ...common, kind: "map", value: this.shape(value, this.mapValue(entry)) };
    }
    const { listed, unlisted } = this.byName(members, entry);
    const union = entry.prose.some((line) => line.includes(UNION));
    const shapes = new Map<string, Shape>();
    for (const [name, syntax] of members) {
      const found = listed.get(name);
      if (!found) throw this.missing(name, syntax.at, entry);
      shapes.set(name, this.shape(syntax, found));
    }
    return { ...common, kind: "structure", members: shapes, unlisted, union };
  }

  /** Splits the list's entries into those that the syntax block has, and those that boto3 fills in. */
  byName(members: Map<string, SyntaxNode>, entry: Entry) {
    const listed = new Map<string, Entry>();
    const unlisted = new Map<string, Shape>();
    for (const child of entry.entries) {
      if (child.name === undefined) throw this.nesting(child, "a named member");
      if (listed.has(child.name)) {
        throw new PageError(this.page, child.at, `${quote(child.name)} is in the list twice`, DISAGREE);
      }
      const filledIn = FILLED_IN.some((words) => child.prose.some((line) => line.includes(words)));
      if (members.has(child.name)) listed.set(child.name, child);
      else if (filledIn && child.type === "string") unlisted.set(child.name, filledInShape(child));
      else {
        const message = `${quote(child.name)} is in the list, but not in the syntax block`;
        throw new PageError(this.page, child.at, message, DISAGREE);
      }
    }
    return { listed, unlisted };
  }

  /**
   * Finds a map's value, normally below its key, `- *(string) --*`. The key is not shown if the value's shape
   * is named `key`.
   */
  mapValue(entry: Entry): Entry {
    const child = this.only(entry, "the map's key and value");
    if (child.indent === entry.indent + 4) return child;
    return this.only(child, "the map's value");
  }

  only(entry: Entry, what: string): Entry {
    const [child, second] = entry.entries;
    if (!child)
      throw new PageError(this.page, entry.at, `${title(entry)} lacks an entry for ${what}`, DISAGREE);
    if (child.name !== undefined) throw this.nesting(child, what);
    if (second) throw this.nesting(second, `nothing more behind ${what}`);
    return child;
  }

  none(entry: Entry): void {
    const [child] = entry.entries;
    if (child) throw this.nesting(child, `nothing under ${title(entry)}, which is a \`${entry.type}\``);
  }

  nesting(entry: Entry, expected: string): PageError {
    return new PageError(this.page, entry.at, `found ${title(entry)}, expected ${expected}`, DISAGREE);
  }

  differentKind(syntax: SyntaxNode, entry: Entry): PageError {
    const message = `${title(entry)} is a ${quote(entry.type)} in the list, but ${words(syntax)} in line ${syntax.at.line}`;
    return new PageError(this.page, entry.at, message, DISAGREE);
  }

  missing(name: string, at: Place, entry: Entry): PageError {
    const where =
      entry.name === undefined ? "the list" : `the list under ${title(entry)} (line ${entry.at.line})`;
    return new PageError(
      this.page,
      at,
      `${quote(name)} is in the syntax block, but not in ${where}`,
      DISAGREE,
    );
  }
}

function words(syntax: SyntaxNode): string {
  if (syntax.kind === "unstated") return "a single-precision number";
  if (syntax.kind === "stream") return "an event stream";
  return /^[aei]/.test(syntax.kind) ? `an ${syntax.kind}` : `a ${syntax.kind}`;
}

function commonOf(entry: Entry): Common {
  const autopopulated = entry.prose.some(
    (line) => line.endsWith(AUTOPOPULATED) || line.includes(`${AUTOPOPULATED}.. `),
  );
  return { at: entry.at, prose: entry.prose, required: entry.required && !autopopulated, autopopulated };
}

function filledInShape(entry: Entry): Shape {
  return { at: entry.at, prose: entry.prose, required: false, autopopulated: true, kind: "string" };
}

function scalar(common: Common, kind: ScalarKind, values: string[] | undefined): Shape {
  return values ? { ...common, kind, values } : { ...common, kind };
}
