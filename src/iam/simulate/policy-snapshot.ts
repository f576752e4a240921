/** Stand before what they enclose. No JSON value is equal to one. */
const LIST = Symbol("list");
const OBJECT = Symbol("object");
const END = Symbol("end");

type Token = string | number | boolean | null | symbol;

/** What a JSON value was, to detect changes: keys and values in one flat list, since every query compares all of it. */
export class PolicySnapshot {
  readonly #tokens: readonly Token[];
  /** How far the value has been compared. */
  #at = 0;

  constructor(value: unknown) {
    const tokens: Token[] = [];
    listTokens(value, tokens);
    this.#tokens = tokens;
  }

  /** Whether a value is still the same, members in the same order. */
  isOf(value: unknown): boolean {
    this.#at = 0;
    return this.#isNext(value) && this.#at === this.#tokens.length;
  }

  #isNext(value: unknown): boolean {
    if (typeof value !== "object" || value === null) return value === this.#tokens[this.#at++];
    return Array.isArray(value) ? this.#isNextList(value) : this.#isNextObject(value);
  }

  #isNextList(list: readonly unknown[]): boolean {
    const tokens = this.#tokens;
    if (tokens[this.#at++] !== LIST) return false;
    for (let index = 0; index < list.length; index += 1) {
      const item = list[index];
      if (typeof item === "string" ? item !== tokens[this.#at++] : !this.#isNext(item)) return false;
    }
    return tokens[this.#at++] === END;
  }

  /** `for … in` makes no list of the keys. It adds inherited ones, with which an object counts as changed. */
  #isNextObject(value: object): boolean {
    const tokens = this.#tokens;
    if (tokens[this.#at++] !== OBJECT) return false;
    for (const key in value) {
      if (key !== tokens[this.#at++]) return false;
      const member = (value as Record<string, unknown>)[key];
      if (typeof member === "string" ? member !== tokens[this.#at++] : !this.#isNext(member)) return false;
    }
    return tokens[this.#at++] === END;
  }
}

function listTokens(value: unknown, tokens: Token[]): void {
  if (typeof value !== "object" || value === null) {
    tokens.push(value as Token);
  } else if (Array.isArray(value)) {
    tokens.push(LIST);
    for (const item of value) listTokens(item, tokens);
    tokens.push(END);
  } else {
    tokens.push(OBJECT);
    for (const [key, member] of Object.entries(value)) {
      tokens.push(key);
      listTokens(member, tokens);
    }
    tokens.push(END);
  }
}
