import type { Span } from "../../../diagnostics/lines.ts";
import { Unknown } from "../../../documents/document.ts";
import { opaqueText } from "../../../documents/embedded.ts";
import { OpenList, OpenObject, PartialText } from "../../../documents/partial.ts";
import type { LocatedValue } from "../../aws-cli/located-value.ts";
import type { TextSegment } from "../../templates/segments.ts";
import { joinLiterals } from "../../templates/segments.ts";
import type { MemberNode } from "./node.ts";

/** What is known of a value of a program, with where each of its parts stands. */
export interface ProgramValue extends LocatedValue {
  members?: Map<string, ProgramValue>;
  /** Members that are given as nothing: whoever takes them over has none of these. */
  absent?: ReadonlySet<string>;
  items?: ProgramValue[];
  /** What a text is put together of. */
  pieces?: readonly TextSegment[];
  /** What a text holds as JSON. */
  json?: ProgramValue;
  /** A member of what may be an enumeration of the SDK: `DataRepositoryTaskType.EXPORT_TO_REPOSITORY`. */
  constant?: MemberNode;
  /** A whole number that reads otherwise in a text: `1.0`. */
  isFloat?: boolean;
  /** Given alone where a list may take its items one by one. */
  isAlone?: boolean;
}

/** How a value that isn't known reads. */
export type SourceOf = (span: Span) => string;

export const holeAt = (span: Span, sourceOf: SourceOf): ProgramValue => ({
  value: new Unknown(sourceOf(span)),
  span,
});

/** A text of pieces, of which those without a text are holes. */
export function textOfPieces(pieces: readonly TextSegment[], span: Span, source: string): ProgramValue {
  const whole = joinLiterals(pieces);
  if (whole !== undefined) return { value: whole, span, pieces };
  const parts = pieces.map((piece) => ("source" in piece ? { source: piece.source } : piece.embedded.text));
  return { value: new PartialText(source, parts), span, pieces };
}

/** The pieces of a value as a part of a text: whole numbers read as such, anything else is a hole. */
export function piecesOf(placed: ProgramValue, sourceOf: SourceOf): readonly TextSegment[] {
  const { value, span, pieces } = placed;
  if (pieces && !placed.json) return pieces;
  if (typeof value === "number" && Number.isSafeInteger(value) && !placed.isFloat)
    return [{ embedded: opaqueText(String(value), span) }];
  return [{ source: sourceOf(span), span }];
}

/** The items of a list as one text, with another between them; undefined where the items aren't known one by one. */
export function joinedText(
  separator: ProgramValue,
  list: ProgramValue,
  span: Span,
  sourceOf: SourceOf,
): ProgramValue | undefined {
  if (typeof separator.value !== "string" || !list.items || !Array.isArray(list.value)) return undefined;
  const between: TextSegment = { embedded: opaqueText(separator.value, separator.span) };
  const pieces = list.items.flatMap((item, index) => [
    ...(index > 0 ? [between] : []),
    ...piecesOf(item, sourceOf),
  ]);
  return textOfPieces(pieces, span, sourceOf(span));
}

export function listValue(
  items: ProgramValue[],
  { span, source, isOpen }: { span: Span; source: string; isOpen: boolean },
): ProgramValue {
  const values = items.map(({ value }) => value);
  return isOpen ? { value: new OpenList(source, values), span, items } : { value: values, span, items };
}

/** Collects what is known of an object's members, in the order in which a program gives them. */
export class ObjectBuilder {
  readonly #members = new Map<string, ProgramValue>();
  readonly #optional = new Set<string>();
  readonly #sourceOf: SourceOf;
  readonly #absent = new Set<string>();
  #mayHaveMore = false;
  /** Any member may have been given another value. */
  #mayBeOther = false;

  constructor(sourceOf: SourceOf) {
    this.#sourceOf = sourceOf;
  }

  set(name: string, member: ProgramValue): void {
    this.#members.set(name, member);
    this.#optional.delete(name);
    this.#absent.delete(name);
  }

  /** The member is set only in some runs. */
  setMaybe(name: string, member: ProgramValue): void {
    const before = this.#members.get(name);
    if (!before) this.#optional.add(name);
    const isSure = !before && !this.#mayBeOther;
    this.#members.set(name, isSure ? member : { ...this.#unknown(member), ...keyOf(before ?? member) });
    this.#absent.delete(name);
  }

  /** The member is taken away only in some runs. */
  #deleteMaybe(name: string): void {
    const before = this.#members.get(name);
    if (!before) return;
    this.#optional.add(name);
  }

  /** The member is set where there is none of the name. */
  setDefault(name: string, member: ProgramValue, isCertain: boolean): void {
    const isThere = this.#members.has(name);
    if (isThere && !this.#optional.has(name)) return;
    if (!isThere && !this.#mayHaveMore) {
      if (isCertain) this.set(name, member);
      else this.setMaybe(name, member);
      return;
    }
    const unknown = { ...this.#unknown(member), ...keyOf(this.#members.get(name) ?? member) };
    if (isCertain) this.set(name, unknown);
    else this.#members.set(name, unknown);
    if (!isCertain && !isThere) this.#optional.add(name);
  }

  /** Takes over the members of one of several objects, or of none. */
  spreadOne(values: readonly (ProgramValue | undefined)[], { overrides = true } = {}): void {
    const names = new Set(values.flatMap((value) => [...(value?.members?.keys() ?? [])]));
    for (const value of values)
      if (value && (!value.members || (value.value instanceof OpenObject && value.value.mayHaveMore)))
        this.more(overrides, this.#sourceOf(value.span));
    for (const name of names) {
      const given = values.flatMap((value) => value?.members?.get(name) ?? []);
      const isAlways = values.every((value) => value?.members?.has(name) && !isOptional(value, name));
      const [first, ...others] = given;
      if (!first) continue;
      const isSame = others.every((each) => isPlain(each.value) && Object.is(each.value, first.value));
      const member = isSame ? first : { ...this.#unknown(first), ...keyOf(first) };
      if (isAlways) this.set(name, member);
      else this.setMaybe(name, member);
    }
    for (const name of new Set(values.flatMap((value) => [...(value?.absent ?? [])])))
      if (values.every((value) => value?.absent?.has(name))) this.delete(name);
      else this.#deleteMaybe(name);
  }

  delete(name: string): void {
    this.#members.delete(name);
    this.#optional.delete(name);
    this.#absent.add(name);
  }

  /** Takes over the members of another object; one that isn't known may have any member. */
  spread(placed: ProgramValue, { overrides = true } = {}): void {
    const { value, members } = placed;
    const isOpen = value instanceof OpenObject;
    if (!members || (isOpen && value.mayHaveMore)) this.more(overrides, this.#sourceOf(placed.span));
    for (const name of placed.absent ?? []) this.delete(name);
    for (const [name, member] of members ?? []) {
      if (isOpen && value.optional.has(name)) this.setMaybe(name, member);
      else this.set(name, member);
    }
  }

  /** There may be any other member, and each that is known may have another value. */
  more(overrides: boolean, source?: string): void {
    this.#mayHaveMore = true;
    if (!overrides) return;
    this.#mayBeOther = true;
    this.#absent.clear();
    for (const [name, member] of this.#members) {
      const unknown =
        source === undefined ? this.#unknown(member) : { value: new Unknown(source), span: member.span };
      this.#members.set(name, { ...unknown, ...keyOf(member) });
    }
  }

  done(span: Span, source: string): ProgramValue {
    const members = this.#members;
    const value = plainObject(members);
    const absent = this.#absent.size > 0 ? { absent: this.#absent } : {};
    if (!this.#mayHaveMore && this.#optional.size === 0) return { value, span, members, ...absent };
    const options = { optional: this.#optional, mayHaveMore: this.#mayHaveMore };
    return { value: new OpenObject(source, value, options), span, members, ...absent };
  }

  #unknown({ span }: ProgramValue): ProgramValue {
    return holeAt(span, this.#sourceOf);
  }
}

/** The members of several objects in one: a later one replaces those of the same name. */
export function mergedObject(values: readonly ProgramValue[], span: Span, sourceOf: SourceOf): ProgramValue {
  const builder = new ObjectBuilder(sourceOf);
  for (const value of values) builder.spread(value);
  return builder.done(span, sourceOf(span));
}

const isOptional = ({ value }: ProgramValue, name: string): boolean =>
  value instanceof OpenObject && value.optional.has(name);

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

const keyOf = ({ key }: ProgramValue) => (key ? { key } : {});

function plainObject(members: ReadonlyMap<string, ProgramValue>): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, { value }] of members) {
    // A member called __proto__ is a member like any other.
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

/** An object that is known as a whole. */
export function objectValue(members: Readonly<Record<string, ProgramValue>>, span: Span): ProgramValue {
  const known = new Map(Object.entries(members));
  return { value: plainObject(known), span, members: known };
}

/** The same list with other items. */
export function withItems(placed: ProgramValue, items: ProgramValue[]): ProgramValue {
  const values = items.map(({ value }) => value);
  const { value } = placed;
  return { ...placed, value: value instanceof OpenList ? new OpenList(value.source, values) : values, items };
}

/** The same value with other members, by name: of objects and what is known of open ones. */
export function withMembers(
  placed: ProgramValue,
  members: Map<string, ProgramValue>,
  optional: ReadonlySet<string>,
): ProgramValue {
  const value = plainObject(members);
  if (!(placed.value instanceof OpenObject)) return { ...placed, value, members };
  const { source, mayHaveMore } = placed.value;
  return { ...placed, value: new OpenObject(source, value, { optional, mayHaveMore }), members };
}
