/** A regular expression as a tree: as much of ECMAScript's syntax as the source code uses. */
export type RegExpNode =
  | { kind: "char"; test: (character: string) => boolean }
  | { kind: "sequence"; parts: RegExpNode[] }
  | { kind: "either"; options: RegExpNode[] }
  | { kind: "repeat"; of: RegExpNode; min: number; max: number; isLazy: boolean }
  | { kind: "group"; index: number; of: RegExpNode }
  | { kind: "reference"; index: number }
  | { kind: "look"; of: RegExpNode; isBehind: boolean; isNegative: boolean }
  | { kind: "assertion"; type: "^" | "$" | "b" | "B" };

export interface ParsedRegExp {
  root: RegExpNode;
  /** Characters that the expression tells apart. */
  alphabet: string[];
}

export function parseRegExp(source: string, flags: string): ParsedRegExp {
  return new RegExpParser(source, flags).parse();
}

const COMMON = [" ", "\t", "\n", "\r", "a", "A", "0", "-", ".", "_", '"', "'", "\\", "\0"];

class RegExpParser {
  readonly #source: string;
  readonly #flags: string;
  readonly #alphabet = new Set<string>();
  readonly #names: string[] = [];
  #at = 0;
  #groups = 0;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags;
  }

  parse(): ParsedRegExp {
    const root = this.#parseEither();
    if (this.#at < this.#source.length) throw new Error(`${this.#source} was read only up to ${this.#at}`);
    return { root, alphabet: [...new Set([...this.#alphabet, ...COMMON])] };
  }

  #parseEither(): RegExpNode {
    const options = [this.#parseSequence()];
    while (this.#take("|")) options.push(this.#parseSequence());
    return options.length === 1 ? options[0]! : { kind: "either", options };
  }

  #parseSequence(): RegExpNode {
    const parts: RegExpNode[] = [];
    while (this.#at < this.#source.length && !"|)".includes(this.#source[this.#at]!))
      parts.push(this.#parseQuantified());
    return { kind: "sequence", parts };
  }

  #parseQuantified(): RegExpNode {
    const of = this.#parseAtom();
    const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/.exec(this.#source.slice(this.#at, this.#at + 20));
    if (!found) return of;
    this.#at += found[0].length;
    const [, sign, least, comma, most, lazy] = found;
    const min = sign ? (sign === "+" ? 1 : 0) : Number(least);
    const open = sign ? sign !== "?" : comma === "," && most === "";
    const max = open ? Number.POSITIVE_INFINITY : sign ? 1 : Number(most || least);
    return { kind: "repeat", of, min, max, isLazy: lazy === "?" };
  }

  #parseAtom(): RegExpNode {
    if (this.#take("(")) return this.#parseGroup();
    if (this.#take("^")) return { kind: "assertion", type: "^" };
    if (this.#take("$")) return { kind: "assertion", type: "$" };
    if (this.#source.startsWith("\\b", this.#at) || this.#source.startsWith("\\B", this.#at)) {
      this.#at += 2;
      return { kind: "assertion", type: this.#source[this.#at - 1] as "b" | "B" };
    }
    const reference = /^\\(?:([1-9])|k<(\w+)>)/.exec(this.#source.slice(this.#at, this.#at + 40));
    if (reference) {
      this.#at += reference[0].length;
      return { kind: "reference", index: Number(reference[1] ?? this.#names.indexOf(reference[2]!)) };
    }
    return { kind: "char", test: this.#parseCharacters() };
  }

  #parseGroup(): RegExpNode {
    const look = /^\?(<?)([=!])/.exec(this.#source.slice(this.#at, this.#at + 3));
    const plain = look || this.#source.startsWith("?:", this.#at);
    const name = /^\?<(\w+)>/.exec(this.#source.slice(this.#at, this.#at + 40));
    this.#at += look?.[0].length ?? (plain ? 2 : (name?.[0].length ?? 0));
    const index = plain ? 0 : ++this.#groups;
    if (name) this.#names[index] = name[1]!;
    const of = this.#parseEither();
    if (!this.#take(")")) throw new Error(`${this.#source} has a group that isn't closed`);
    if (look) return { kind: "look", of, isBehind: look[1] === "<", isNegative: look[2] === "!" };
    return plain ? of : { kind: "group", index, of };
  }

  /** A class, an escape or a literal character; the engine itself says what it matches. */
  #parseCharacters(): (character: string) => boolean {
    const rest = this.#source.slice(this.#at);
    const found =
      /^(?:\[(?:\\[\s\S]|[^\]\\])*\]|\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\[pP]\{[^}]*\}|\\[\s\S]|[\s\S])/u.exec(
        rest,
      )![0];
    this.#at += found.length;
    const matcher = new RegExp(`^(?:${found})$`, this.#flags.replace(/[gym]/g, ""));
    for (const [literal] of found.matchAll(/[^\\[\]^]/g))
      if (matcher.test(literal!)) this.#alphabet.add(literal!);
    const known = new Map<string, boolean>();
    return (character) => {
      if (!known.has(character)) known.set(character, matcher.test(character));
      return known.get(character)!;
    };
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}
