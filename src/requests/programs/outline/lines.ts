/** ASCII characters that are trimmed, and what brackets add to the depth. */
const BLANKS = new Uint8Array(128);
for (const char of "\t\n\v\f\r ") BLANKS[char.charCodeAt(0)] = 1;
const DEPTHS = new Int8Array(128);
for (const char of "([{") DEPTHS[char.charCodeAt(0)] = 1;
for (const char of ")]}") DEPTHS[char.charCodeAt(0)] = -1;

const NEWLINE = 0x0a;

/**
 * The lines of code that are not blank, by their numbers. They are kept as places alone: an object and a text of each line would be
 * most of what an outline takes, and hardly any is looked at.
 */
export class CodeLines {
  readonly #code: string;
  readonly #starts: number[] = [];
  /** What of each line is not blank around it. */
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #depths: number[] = [];

  /** Of code in which comments and the content of strings are blank. */
  constructor(code: string) {
    this.#code = code;
    this.#read(code);
  }

  get count(): number {
    return this.#starts.length;
  }

  start(line: number): number {
    return this.#starts[line]!;
  }

  /** Behind the end of the line. */
  end(line: number): number {
    const at = this.#code.indexOf("\n", this.#to[line]!);
    return at < 0 ? this.#code.length : at + 1;
  }

  indent(line: number): number {
    return this.#from[line]! - this.#starts[line]!;
  }

  /** As many brackets are open where the line begins. */
  before(line: number): number {
    return line === 0 ? 0 : this.#depths[line - 1]!;
  }

  /** As many brackets are open where the line ends. */
  after(line: number): number {
    return this.#depths[line]!;
  }

  code(line: number): string {
    return this.#code.slice(this.#from[line], this.#to[line]);
  }

  startsWith(line: number, chars: string): boolean {
    return chars.includes(this.#code[this.#from[line]!]!);
  }

  endsWith(line: number, end: string): boolean {
    return this.#code.endsWith(end, this.#to[line]);
  }

  /** One loop that calls nothing: it looks at each character of a program, mostly before V8 has optimised it. */
  #read(code: string): void {
    const [starts, froms, tos, depths] = [this.#starts, this.#from, this.#to, this.#depths];
    let [start, from, to, depth] = [0, -1, 0, 0];
    for (let at = 0; at <= code.length; at++) {
      const char = at < code.length ? code.charCodeAt(at) : NEWLINE;
      if (char === NEWLINE) {
        if (from >= 0) {
          starts.push(start);
          froms.push(from);
          tos.push(to);
          depths.push(depth);
        }
        [start, from] = [at + 1, -1];
        continue;
      }
      if (char < 128 ? BLANKS[char] === 1 : isBlank(code.charAt(at))) continue;
      if (from < 0) from = at;
      to = at + 1;
      depth += char < 128 ? DEPTHS[char]! : 0;
    }
  }
}

const isBlank = (char: string): boolean => char.trim() === "";
