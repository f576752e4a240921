// Combines the syntax block and the parameter list of a page. Each provides what the other lacks (enums in
// the syntax; required members, maps and unions in the list), and where they overlap they must agree.

import type { IrShape, IrStructure, ScalarShapeKind, ShapeCommon } from "../ir.ts";
import { PageError, quoteShort } from "../source-error.ts";
import type { Position } from "./lines.ts";
import { formatEntryTitle, type ListEntry } from "./parameter-list.ts";
import type { SyntaxNode } from "./syntax-block.ts";

const DISAGREE_HELP =
  "the syntax block and the list contradict each other: download the page again, or report it";

const UNION_PHRASE =
  ".. note::    This is a Tagged Union structure. Only one of the     following top level keys ";
const AUTOPOPULATED_PHRASE = "This field is autopopulated if not provided.";
// boto3 omits members with these phrases from the syntax block, since it fills them in; a request may still
// contain them.
const FILLED_IN_PHRASES = [
  "this parameter is automatically populated if it is not provided",
  'parameter is set to "-"',
];

/** The types in the list that correspond to each kind in the syntax block. */
const LISTED_TYPES: Record<SyntaxNode["kind"], string[]> = {
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

const RECURSIVE_KINDS: Record<string, "structure" | "list"> = { dict: "structure", list: "list" };

export function combineSyntaxAndList(page: string, syntax: SyntaxNode, list: ListEntry): IrStructure {
  const shape = new Combiner(page).combineShape(syntax, list);
  if (shape.kind === "structure") return shape;
  if (shape.kind === "map") {
    throw new PageError(page, list.at, "the outermost shape is a map, expected named members", DISAGREE_HELP);
  }
  throw new PageError(page, list.at, "the outermost shape has no members", DISAGREE_HELP);
}

class Combiner {
  readonly page: string;

  constructor(page: string) {
    this.page = page;
  }

  combineShape(syntax: SyntaxNode, entry: ListEntry): IrShape {
    if (!LISTED_TYPES[syntax.kind].includes(entry.type)) throw this.createKindError(syntax, entry);
    const common = commonFromEntry(entry);
    switch (syntax.kind) {
      case "structure":
        return this.combineStructureOrMap(syntax.members, entry, common);
      case "stream":
        this.combineStructureOrMap(syntax.members, entry, common);
        return { ...common, kind: "event-stream" };
      case "list":
        return {
          ...common,
          kind: "list",
          item: this.combineShape(syntax.item, this.requireOnlyEntry(entry, "the list's item")),
        };
      case "recursive":
        this.requireNoEntries(entry);
        return { ...common, kind: "recursive", of: RECURSIVE_KINDS[entry.type] ?? "unknown" };
      case "unstated":
        this.requireNoEntries(entry);
        return { ...common, kind: entry.type === "float" ? "number" : "string" };
      default:
        this.requireNoEntries(entry);
        return createScalar(common, syntax.kind, syntax.values);
    }
  }

  combineStructureOrMap(members: Map<string, SyntaxNode>, entry: ListEntry, common: ShapeCommon): IrShape {
    const first = entry.entries[0];
    const value = members.size === 1 ? members.get("string") : undefined;
    if (value && first && first.name === undefined) {
      return { ...common, kind: "map", value: this.combineShape(value, this.findMapValue(entry)) };
    }
    const { listed, unlisted } = this.matchMembers(members, entry);
    const union = entry.prose.some((line) => line.includes(UNION_PHRASE));
    const shapes = new Map<string, IrShape>();
    for (const [name, syntax] of members) {
      const found = listed.get(name);
      if (!found) throw this.createMissingError(name, syntax.at, entry);
      shapes.set(name, this.combineShape(syntax, found));
    }
    return { ...common, kind: "structure", members: shapes, unlisted, union };
  }

  /** Splits the list's entries into those that the syntax block has, and those that boto3 fills in. */
  matchMembers(members: Map<string, SyntaxNode>, entry: ListEntry) {
    const listed = new Map<string, ListEntry>();
    const unlisted = new Map<string, IrShape>();
    for (const child of entry.entries) {
      if (child.name === undefined) throw this.createNestingError(child, "a named member");
      if (listed.has(child.name)) {
        throw new PageError(
          this.page,
          child.at,
          `${quoteShort(child.name)} is in the list twice`,
          DISAGREE_HELP,
        );
      }
      const filledIn = FILLED_IN_PHRASES.some((words) => child.prose.some((line) => line.includes(words)));
      if (members.has(child.name)) listed.set(child.name, child);
      else if (filledIn && child.type === "string") unlisted.set(child.name, filledInFromEntry(child));
      else {
        const message = `${quoteShort(child.name)} is in the list, but not in the syntax block`;
        throw new PageError(this.page, child.at, message, DISAGREE_HELP);
      }
    }
    return { listed, unlisted };
  }

  /**
   * Finds a map's value, normally below its key, `- *(string) --*`. The key is not shown if the value's shape
   * is named `key`.
   */
  findMapValue(entry: ListEntry): ListEntry {
    const child = this.requireOnlyEntry(entry, "the map's key and value");
    if (child.indent === entry.indent + 4) return child;
    return this.requireOnlyEntry(child, "the map's value");
  }

  requireOnlyEntry(entry: ListEntry, what: string): ListEntry {
    const [child, second] = entry.entries;
    if (!child)
      throw new PageError(
        this.page,
        entry.at,
        `${formatEntryTitle(entry)} lacks an entry for ${what}`,
        DISAGREE_HELP,
      );
    if (child.name !== undefined) throw this.createNestingError(child, what);
    if (second) throw this.createNestingError(second, `nothing more behind ${what}`);
    return child;
  }

  requireNoEntries(entry: ListEntry): void {
    const [child] = entry.entries;
    if (child)
      throw this.createNestingError(
        child,
        `nothing under ${formatEntryTitle(entry)}, which is a \`${entry.type}\``,
      );
  }

  createNestingError(entry: ListEntry, expected: string): PageError {
    return new PageError(
      this.page,
      entry.at,
      `found ${formatEntryTitle(entry)}, expected ${expected}`,
      DISAGREE_HELP,
    );
  }

  createKindError(syntax: SyntaxNode, entry: ListEntry): PageError {
    const message = `${formatEntryTitle(entry)} is a ${quoteShort(entry.type)} in the list, but ${describeSyntax(syntax)} in line ${syntax.at.line}`;
    return new PageError(this.page, entry.at, message, DISAGREE_HELP);
  }

  createMissingError(name: string, at: Position, entry: ListEntry): PageError {
    const where =
      entry.name === undefined
        ? "the list"
        : `the list under ${formatEntryTitle(entry)} (line ${entry.at.line})`;
    return new PageError(
      this.page,
      at,
      `${quoteShort(name)} is in the syntax block, but not in ${where}`,
      DISAGREE_HELP,
    );
  }
}

function describeSyntax(syntax: SyntaxNode): string {
  if (syntax.kind === "unstated") return "a single-precision number";
  if (syntax.kind === "stream") return "an event stream";
  return /^[aei]/.test(syntax.kind) ? `an ${syntax.kind}` : `a ${syntax.kind}`;
}

function commonFromEntry(entry: ListEntry): ShapeCommon {
  const autopopulated = entry.prose.some(
    (line) => line.endsWith(AUTOPOPULATED_PHRASE) || line.includes(`${AUTOPOPULATED_PHRASE}.. `),
  );
  return { at: entry.at, prose: entry.prose, required: entry.required && !autopopulated, autopopulated };
}

function filledInFromEntry(entry: ListEntry): IrShape {
  return { at: entry.at, prose: entry.prose, required: false, autopopulated: true, kind: "string" };
}

function createScalar(common: ShapeCommon, kind: ScalarShapeKind, values: string[] | undefined): IrShape {
  return values ? { ...common, kind, values } : { ...common, kind };
}
