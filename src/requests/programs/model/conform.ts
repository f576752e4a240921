import type { Span } from "../../../diagnostics/lines.ts";
import { Unknown } from "../../../documents/document.ts";
import { OpenObject } from "../../../documents/partial.ts";
import type { RequestShape, ResolvedShape, ShapeKind, ShapeResolver } from "../../aws-cli/shape.ts";
import type { MemberNode } from "./node.ts";
import type { ProgramValue } from "./value.ts";
import { objectValue, withItems, withMembers } from "./value.ts";

/** How an SDK's values differ from the API's. */
export interface SdkStyle {
  /** Who refuses the API's name of a member that it calls otherwise; without one, either name will do. */
  reader?: string;
  /** What it makes of a value that is known for a member of some kind. */
  convert?(value: unknown, kind: ShapeKind): unknown;
  /** The API's name of a member that a program calls otherwise. */
  apiName?(name: string, members: readonly string[]): string | undefined;
  /** What a member of the API is called. */
  spell?(member: string): string;
  /** Is this a member of an enumeration of the SDK? */
  isEnumeration?(member: MemberNode): boolean;
  /** It finds the values of enumerations whatever their case, and sends them as they are; not those in lists. */
  foldsCase?: boolean;
  /** An empty list is an empty object where one is wanted. */
  emptyIsObject?: boolean;
  /** A list takes its items as arguments, also a single one. */
  takesItems?: boolean;
}

/** Said of a member that has the API's name, where the SDK has another for it. */
export type ReportApiName = (name: string, span: Span) => void;

/** The value as the API has it: members by its names, and members of enumerations as what they stand for. */
export const conformed = (
  placed: ProgramValue,
  shape: RequestShape,
  shapes: ShapeResolver,
  style: SdkStyle,
  report: ReportApiName = () => {},
): ProgramValue => new Conformer(shapes, style, report).conform(placed, shape);

class Conformer {
  readonly #shapes: ShapeResolver;
  readonly #style: SdkStyle;
  readonly #report: ReportApiName;

  constructor(shapes: ShapeResolver, style: SdkStyle, report: ReportApiName) {
    this.#shapes = shapes;
    this.#style = style;
    this.#report = report;
  }

  conform(placed: ProgramValue, shape: RequestShape): ProgramValue {
    const style = this.#style;
    const resolved = this.#shapes.resolve(shape);
    const { element, values, kind } = resolved;
    if (kind === "list" && element && style.takesItems && isItem(placed, style))
      return this.#asList(placed, element);
    if (placed.constant && style.isEnumeration?.(placed.constant))
      return enumerated(placed, placed.constant, values);
    if (style.emptyIsObject && isEmptyObject(placed, kind))
      return { ...keyOf(placed), ...objectValue({}, placed.span) };
    if (placed.items && element)
      return withItems(
        placed,
        placed.items.map((item) => this.conform(item, element)),
      );
    if (placed.members) return this.#object(placed, resolved);
    return style.convert ? { ...placed, value: style.convert(placed.value, kind) } : placed;
  }

  #asList(placed: ProgramValue, element: RequestShape): ProgramValue {
    const item = this.conform({ ...placed, isAlone: false }, element);
    return { ...keyOf(placed), value: [item.value], span: placed.span, items: [item] };
  }

  #object(placed: ProgramValue, { members, element, kind }: ResolvedShape): ProgramValue {
    const { apiName, spell, reader } = this.#style;
    const names = Object.keys(members);
    const given = placed.members ?? new Map<string, ProgramValue>();
    const conform = (name: string, member: ProgramValue): ProgramValue => {
      const inner = Object.hasOwn(members, name) ? members[name] : element;
      if (!inner) return member;
      const conformed = this.conform(member, inner);
      return this.#style.foldsCase ? folded(conformed, this.#shapes.resolve(inner).values) : conformed;
    };
    if (kind !== "map" && reader !== undefined)
      for (const [name, member] of given)
        if (Object.hasOwn(members, name) && spell?.(name) !== name)
          this.#report(name, member.key ?? member.span);
    const rename = (name: string): string =>
      (kind === "map" || Object.hasOwn(members, name) ? undefined : apiName?.(name, names)) ?? name;
    const renamed = new Map(
      [...given].map(([name, member]) => [rename(name), conform(rename(name), member)]),
    );
    const optional = placed.value instanceof OpenObject ? placed.value.optional : [];
    return withMembers(placed, renamed, new Set([...optional].map(rename)));
  }
}

const isEmptyObject = ({ items, value }: ProgramValue, kind: ShapeKind): boolean =>
  (kind === "structure" || kind === "map") && items?.length === 0 && Array.isArray(value);

/** A value that is no list, whatever else it may be. */
function isItem(
  { isAlone, value, items, pieces, members, constant }: ProgramValue,
  style: SdkStyle,
): boolean {
  if (!isAlone || items) return false;
  const isKnown = !(value instanceof Unknown) || pieces !== undefined || members !== undefined;
  return isKnown || (constant !== undefined && style.isEnumeration?.(constant) === true);
}

export const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const keyOf = ({ key }: ProgramValue) => (key ? { key } : {});

/** The value of an enumeration that differs only by its case. */
function folded(placed: ProgramValue, values: readonly unknown[]): ProgramValue {
  const { value } = placed;
  if (typeof value !== "string" || values.includes(value)) return placed;
  const known = values.find((each) => typeof each === "string" && each.toLowerCase() === value.toLowerCase());
  return known === undefined ? placed : { ...placed, value: known };
}

/** The one value of the schema that a constant's name fits. */
function enumerated(placed: ProgramValue, { name }: MemberNode, values: readonly unknown[]): ProgramValue {
  const [value, ...others] = values.filter((each) => typeof each === "string" && plain(each) === plain(name));
  const { constant: _, ...rest } = placed;
  return value !== undefined && others.length === 0 ? { ...rest, value } : placed;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");
