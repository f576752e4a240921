import {
  char,
  complement,
  END,
  either,
  type Language,
  MAX_CODE_POINT,
  repeat,
  START,
  sequence,
  toCharSet,
} from "./language.ts";

type Range = readonly [number, number];

const DIGITS: readonly Range[] = [[0x30, 0x39]];
const WORD: readonly Range[] = [...DIGITS, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const SPACE: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_ENDS: readonly Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

/** Whose reading of a pattern counts: of those that both engines accept, these few sets differ. */
export type Flavor = "ecmascript" | "re2";

interface FlavorSets {
  readonly classes: Readonly<Record<string, readonly Range[]>>;
  /** What `.` doesn't match. */
  readonly lineEnds: readonly Range[];
}

const FLAVORS: Readonly<Record<Flavor, FlavorSets>> = {
  ecmascript: { classes: { d: DIGITS, w: WORD, s: SPACE }, lineEnds: LINE_ENDS },
  re2: {
    classes: {
      d: DIGITS,
      w: WORD,
      s: [
        [0x09, 0x0a],
        [0x0c, 0x0d],
        [0x20, 0x20],
      ],
    },
    lineEnds: [[0x0a, 0x0a]],
  },
};

const CONTROLS: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, f: 0x0c, v: 0x0b, "0": 0 };

/** Larger counts make automata that nobody wants to wait for. */
const MAX_COUNT = 5000;

const cache = new Map<string, Language | undefined>();

/**
 * The texts in which a regular expression finds a match: the subset of ECMAScript's expressions (`u` flag) that
 * describes regular languages. Undefined for what it can't say: look-around, back-references, word boundaries.
 */
export function languageOf(pattern: string, flavor: Flavor = "ecmascript"): Language | undefined {
  const key = `${flavor} ${pattern}`;
  if (cache.has(key)) return cache.get(key);
  const parsed = parse(pattern, flavor);
  cache.set(key, parsed);
  return parsed;
}

function parse(pattern: string, flavor: Flavor): Language | undefined {
  try {
    new RegExp(pattern, "u");
    return new Parser(pattern, FLAVORS[flavor]).parse();
  } catch {
    return undefined;
  }
}

/** Thrown for what this subset can't say. */
class Unsupported extends Error {}

class Parser {
  readonly #points: readonly string[];
  readonly #sets: FlavorSets;
  #at = 0;

  constructor(pattern: string, sets: FlavorSets) {
    this.#points = Array.from(pattern);
    this.#sets = sets;
  }

  parse(): Language {
    const whole = this.#alternatives();
    if (this.#at < this.#points.length) throw new Unsupported();
    return whole;
  }

  get #next(): string | undefined {
    return this.#points[this.#at];
  }

  #take(text: string): boolean {
    const points = Array.from(text);
    if (!points.every((point, index) => this.#points[this.#at + index] === point)) return false;
    this.#at += points.length;
    return true;
  }

  #alternatives(): Language {
    const options = [this.#alternative()];
    while (this.#take("|")) options.push(this.#alternative());
    return options.length === 1 ? options[0]! : either(...options);
  }

  #alternative(): Language {
    const parts: Language[] = [];
    while (this.#next !== undefined && this.#next !== "|" && this.#next !== ")")
      parts.push(this.#quantified(this.#term()));
    return parts.length === 1 ? parts[0]! : sequence(...parts);
  }

  #term(): Language {
    if (this.#take("^")) return START;
    if (this.#take("$")) return END;
    if (this.#take("(")) return this.#group();
    if (this.#take("[")) return char(this.#class());
    if (this.#take(".")) return char(complement(toCharSet(this.#sets.lineEnds)));
    if (this.#take("\\")) return this.#escape();
    return literalPoint(this.#points[this.#at++]!.codePointAt(0)!);
  }

  #group(): Language {
    const isNamed = /^\?<[A-Za-z_]\w*>/.exec(this.#points.slice(this.#at, this.#at + 60).join(""));
    if (isNamed) this.#at += isNamed[0].length;
    else if (!this.#take("?:") && this.#next === "?") throw new Unsupported();
    const inner = this.#alternatives();
    if (!this.#take(")")) throw new Unsupported();
    return inner;
  }

  #quantified(of: Language): Language {
    const [min, max] = this.#quantifier() ?? [1, 1];
    // A lazy quantifier finds other matches, but in the same texts.
    if (min !== 1 || max !== 1) this.#take("?");
    if (min > MAX_COUNT || (Number.isFinite(max) && max > MAX_COUNT)) throw new Unsupported();
    return min === 1 && max === 1 ? of : repeat(of, min, max);
  }

  #quantifier(): readonly [number, number] | undefined {
    if (this.#take("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.#take("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.#take("?")) return [0, 1];
    const counted = /^\{(\d+)(,?)(\d*)\}/.exec(this.#points.slice(this.#at, this.#at + 24).join(""));
    if (!counted) return undefined;
    this.#at += counted[0].length;
    const [, from, comma, to] = counted;
    const min = Number(from);
    return [min, comma === "" ? min : to === "" ? Number.POSITIVE_INFINITY : Number(to)];
  }

  #escape(): Language {
    const set = this.#escapedClass();
    return set ? char(set) : literalPoint(this.#escapedPoint());
  }

  /** `\d`, `\W` and the like, behind the backslash; undefined for one character. */
  #escapedClass(): readonly Range[] | undefined {
    const name = this.#next ?? "";
    const small = name.toLowerCase();
    const { classes } = this.#sets;
    if (Object.hasOwn(classes, small)) {
      this.#at++;
      return name === small ? toCharSet(classes[small]!) : complement(toCharSet(classes[small]!));
    }
    return small === "p" ? this.#property() : undefined;
  }

  /** `\p{L}`: worked out by asking the engine about every code point, once for a property. */
  #property(): readonly Range[] {
    const found = /^[pP]\{[\w=]+\}/.exec(this.#points.slice(this.#at, this.#at + 60).join(""));
    if (!found) throw new Unsupported();
    this.#at += found[0].length;
    return propertySet(found[0]);
  }

  #escapedPoint(): number {
    const name = this.#points[this.#at++];
    if (name === undefined || /[bBk1-9c]/.test(name)) throw new Unsupported();
    if (Object.hasOwn(CONTROLS, name)) return CONTROLS[name]!;
    if (name !== "x" && name !== "u") return name.codePointAt(0)!;
    const rest = this.#points.slice(this.#at, this.#at + 10).join("");
    const found = (name === "x" ? /^([0-9a-f]{2})/i : /^(?:([0-9a-f]{4})|\{([0-9a-f]+)\})/i).exec(rest);
    if (!found) throw new Unsupported();
    this.#at += found[0].length;
    const point = Number.parseInt(found[1] ?? found[2]!, 16);
    // Half of a pair: as two escapes they mean one character.
    if (point >= 0xd800 && point <= 0xdfff) throw new Unsupported();
    return point;
  }

  #class(): readonly Range[] {
    const isNegated = this.#take("^");
    const ranges: Range[] = [];
    while (!this.#take("]")) {
      if (this.#next === undefined) throw new Unsupported();
      const set = this.#classAtom();
      const from = set.length === 1 && set[0]![0] === set[0]![1] ? set[0]![0] : undefined;
      const isRange =
        from !== undefined && this.#next === "-" && this.#points[this.#at + 1] !== "]" && this.#take("-");
      if (isRange) ranges.push([from, this.#classAtom()[0]![0]]);
      else ranges.push(...set);
    }
    return isNegated ? complement(toCharSet(ranges)) : toCharSet(ranges);
  }

  #classAtom(): readonly Range[] {
    if (!this.#take("\\")) return onePoint(this.#points[this.#at++]!.codePointAt(0)!);
    if (this.#take("b")) return onePoint(0x08);
    return this.#escapedClass() ?? onePoint(this.#escapedPoint());
  }
}

const onePoint = (point: number): readonly Range[] => [[point, point]];

const literalPoint = (point: number): Language => char(onePoint(point));

const properties = new Map<string, readonly Range[]>();

/** Most blocks of code points have a property as a whole or not at all. */
const BLOCK = 0x100;
const OFFSETS = Array.from({ length: BLOCK }, (_, offset) => offset);

function propertySet(name: string): readonly Range[] {
  const known = properties.get(name);
  if (known) return known;
  const ranges: [number, number][] = [];
  const add = (from: number, to: number): void => {
    const last = ranges.at(-1);
    if (last && last[1] === from - 1) last[1] = to;
    else ranges.push([from, to]);
  };
  const [all, some] = [new RegExp(`^\\${name}+$`, "u"), new RegExp(`\\${name}`, "u")];
  for (let start = 0; start <= MAX_CODE_POINT; start += BLOCK) {
    if (start >= 0xd800 && start <= 0xdfff) continue;
    const points = OFFSETS.map((offset) => start + offset);
    const block = String.fromCodePoint(...points);
    if (all.test(block)) add(start, start + BLOCK - 1);
    else if (some.test(block))
      for (const point of points) if (some.test(String.fromCodePoint(point))) add(point, point);
  }
  properties.set(name, ranges);
  return ranges;
}
