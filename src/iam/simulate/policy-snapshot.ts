/** Stand before what they enclose. No JSON value is equal to one. */
const LIST = Symbol("list");
const OBJECT = Symbol("object");
const END = Symbol("end");

type Token = string | number | boolean | null | symbol;

/** What a JSON value was, to detect changes: keys and values in one flat list, since every query compares all of it. */
export class PolicySnapshot {
  readonly #tokens: readonly Token[];

  constructor(value: unknown) {
    const tokens: Token[] = [];
    listTokens(value, tokens);
    this.#tokens = tokens;
  }

  /** Whether a value is still the same, members in the same order. */
  isOf(value: unknown): boolean {
    return skip(value, this.#tokens, 0) === this.#tokens.length;
  }
}

/** Returned for a value that differs. */
const DIFFERENT = -1;

/** Returns where the tokens go on behind those of a value. */
function skip(value: unknown, tokens: readonly Token[], at: number): number {
  if (typeof value !== "object" || value === null) return value === tokens[at] ? at + 1 : DIFFERENT;
  return Array.isArray(value) ? skipList(value, tokens, at) : skipObject(value, tokens, at);
}

function skipList(list: readonly unknown[], tokens: readonly Token[], start: number): number {
  let at = start;
  if (tokens[at++] !== LIST) return DIFFERENT;
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index];
    if (typeof item === "string") {
      if (item !== tokens[at++]) return DIFFERENT;
      continue;
    }
    at = skip(item, tokens, at);
    if (at === DIFFERENT) return DIFFERENT;
  }
  return tokens[at] === END ? at + 1 : DIFFERENT;
}

/** `for … in` makes no list of the keys. It adds inherited ones, with which an object counts as changed. */
function skipObject(value: object, tokens: readonly Token[], start: number): number {
  let at = start;
  if (tokens[at++] !== OBJECT) return DIFFERENT;
  for (const key in value) {
    if (key !== tokens[at++]) return DIFFERENT;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === "string") {
      if (member !== tokens[at++]) return DIFFERENT;
      continue;
    }
    at = skip(member, tokens, at);
    if (at === DIFFERENT) return DIFFERENT;
  }
  return tokens[at] === END ? at + 1 : DIFFERENT;
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
