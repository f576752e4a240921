import { Unknown } from "./document.ts";

/** What a hole may be filled with. Without a domain it may be any text, also an empty one or one with `:` and `/`. */
export interface HoleDomain {
  /** The only texts that it can be filled with. */
  readonly values?: readonly string[];
  /** A regular expression that every filling matches from its first to its last character. */
  readonly pattern?: string;
  /** In code points, where the pattern doesn't bound it: counting makes large automata. */
  readonly maxLength?: number;
}

/** A stretch of a text that is known only when the request is made. */
export interface Hole {
  /** What stands in its place in the file. */
  readonly source: string;
  readonly domain?: HoleDomain;
}

/**
 * A text of which some stretches are known: `s3://lab/${DAY}`. Holes are independent of each other, also those of one
 * name; that is sound, and only weaker. To code that doesn't ask for the parts it is a value that isn't known.
 */
export class PartialText extends Unknown {
  readonly parts: readonly (string | Hole)[];

  constructor(source: string, parts: readonly (string | Hole)[]) {
    super(source);
    this.parts = parts;
  }
}

/** An object of which some members are known, for example by keyword arguments beside `**more`. */
export class OpenObject extends Unknown {
  readonly members: Readonly<Record<string, unknown>>;
  /** Names of known members that may be absent. */
  readonly optional: ReadonlySet<string>;
  /** May there be other members? */
  readonly mayHaveMore: boolean;

  constructor(
    source: string,
    members: Readonly<Record<string, unknown>>,
    options: { optional?: ReadonlySet<string>; mayHaveMore?: boolean } = {},
  ) {
    super(source);
    this.members = members;
    this.optional = options.optional ?? new Set();
    this.mayHaveMore = options.mayHaveMore ?? true;
  }

  override toJSON(): object {
    const absent = this.optional.size > 0 ? [`${[...this.optional].join(", ")} may be absent`] : [];
    return { ...this.members, $more: [...(this.mayHaveMore ? [this.source] : []), ...absent].join("; ") };
  }
}

/** A list of which some items are known; between, before and after them there may be others. */
export class OpenList extends Unknown {
  readonly items: readonly unknown[];

  constructor(source: string, items: readonly unknown[]) {
    super(source);
    this.items = items;
  }
}

/** The known parts of a value: of an open object its members, of an open list its items, of others the value. */
export const knownPartOf = (value: unknown): unknown =>
  value instanceof OpenObject ? value.members : value instanceof OpenList ? value.items : value;

/** A member or an item, also of what is open; undefined if the value has none of that name. */
export function readKnown(value: unknown, part: string | number): unknown {
  const known = knownPartOf(value);
  return typeof known === "object" &&
    known !== null &&
    !(known instanceof Unknown) &&
    Object.hasOwn(known, part)
    ? (known as Record<string | number, unknown>)[part]
    : undefined;
}

/** What isn't known of a value, as it stands in the file: the holes of a text, else the value itself. */
export const listUnknownParts = (unknown: Unknown): string[] =>
  unknown instanceof PartialText
    ? [...new Set(unknown.parts.flatMap((part) => (typeof part === "string" ? [] : [part.source])))]
    : [unknown.source];
