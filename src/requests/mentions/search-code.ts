/** Instructions of WebAssembly that are used here (https://webassembly.github.io/spec/core/binary/instructions.html). */
const [IF, LOOP, BLOCK, END] = [0x04, 0x03, 0x02, 0x0b];
const [BRANCH, BRANCH_IF, RETURN] = [0x0c, 0x0d, 0x0f];
const [GET, SET, TEE, CONST] = [0x20, 0x21, 0x22, 0x41];
const [LOAD, LOAD_BYTE] = [0x28, 0x2d];
const [EQUALS_ZERO, LESS, AT_LEAST, ADD, MULTIPLY, AND, OR, SHIFT_RIGHT] = [
  0x45, 0x49, 0x4f, 0x6a, 0x6c, 0x71, 0x72, 0x76,
];
const [I32, NOTHING, FUNCTION] = [0x7f, 0x40, 0x60];

/** So many parts of the bytes are searched side by side: a step has to wait for the one before, but not for those of others. */
const LANES = 4;

/** Bytes. What is shorter is searched in one part. */
const WORTH_DIVIDING = 64;

/** Local variables, of which the first are the parameters. The states of the other lanes are behind them. */
const [START, LENGTH, WANTED, STATE, AT, PART, STOP] = [0, 1, 2, 3, 4, 5, 6];
const stateOf = (lane: number): number => (lane === 0 ? STATE : STOP + lane);

type Code = readonly number[];

/** An unsigned number (LEB128), and the same for a constant, which has a sign. */
const number = (value: number): Code =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >>> 7)];
const constant = (value: number): Code =>
  value < 0x40 ? [CONST, value & 0x7f] : [CONST, (value & 0x7f) | 0x80, ...number(value >>> 7)];

const listOf = (items: readonly Code[]): Code => [...number(items.length), ...items.flat()];
const bytesOf = (code: Code): Code => [...number(code.length), ...code];
const section = (id: number, code: Code): Code => [id, ...bytesOf(code)];

/** Where a lane is: behind the first by as many parts. */
const placeOf = (lane: number): Code =>
  lane === 0 ? [GET, AT] : [GET, AT, GET, PART, ...constant(lane), MULTIPLY, ADD];

/** Reads the byte at a place, and leaves the state that it leads to. */
const step = (state: number, place: Code, { bits, table }: SearchLayout): Code => [
  ...[GET, state, ...constant(bits), SHIFT_RIGHT],
  ...[...place, LOAD_BYTE, 0, 0, LOAD_BYTE, 0, 0, ADD],
  ...[LOAD, 2, ...number(table), TEE, state],
];

const RETURN_IF_FOUND: Code = [GET, WANTED, AND, IF, NOTHING, ...constant(-1), RETURN, END];
const advance = (to: number): Code => [GET, AT, ...constant(1), ADD, to, AT];

/** Searches all parts up to where the first of them ends. */
const searchParts = (layout: SearchLayout): Code => [
  ...[LOOP, NOTHING],
  ...Array.from({ length: LANES }, (_, lane) => [
    ...step(stateOf(lane), placeOf(lane), layout),
    ...(lane === 0 ? [] : [OR]),
  ]).flat(),
  ...RETURN_IF_FOUND,
  ...[...advance(TEE), GET, START, GET, PART, ADD, LESS, BRANCH_IF, 0, END],
];

/** Goes on to a place, or as far as something holds. */
const searchOn = (layout: SearchLayout, unless: Code): Code => [
  ...[BLOCK, NOTHING, LOOP, NOTHING],
  ...[GET, AT, GET, STOP, AT_LEAST, BRANCH_IF, 1, ...unless],
  ...[...step(STATE, [GET, AT], layout), ...RETURN_IF_FOUND, ...advance(SET), BRANCH, 0, END, END],
];

const isNoWordBegun = ({ bits }: SearchLayout): Code => [
  ...[GET, STATE, ...constant(bits), SHIFT_RIGHT, EQUALS_ZERO],
];

/** A word may reach into the next part: when none does any more, what was found from that part's beginning is true. */
const joinPart = (lane: number, layout: SearchLayout): Code => [
  ...[GET, START, GET, PART, ...constant(lane + 1), MULTIPLY, ADD, SET, STOP],
  ...searchOn(layout, [...isNoWordBegun(layout), BRANCH_IF, 1]),
  ...[...isNoWordBegun(layout), IF, NOTHING, GET, stateOf(lane), SET, STATE, GET, STOP, SET, AT, END],
];

/** How memory is laid out: the classes of bytes, then the table. */
interface SearchLayout {
  /** As many of the lowest bits of an entry are kinds of words; the others are the place of a row in bytes. */
  bits: number;
  /** Where the table begins. The classes are at 0, as distances in bytes. */
  table: number;
}

/**
 * A module in WebAssembly that does what `WordScanner.search` does in memory that it imports as `m.m`: `f(start, length, wanted, state)`. In
 * JavaScript, the checks of each index take as long as the search, and a program that can't be optimised yet takes far longer.
 */
export function writeSearchCode(layout: SearchLayout): Uint8Array<ArrayBuffer> {
  const others = Array.from({ length: LANES - 1 }, (_, index) => index + 1);
  const body = [
    ...[...number(1), ...number(STOP + LANES - STATE - 1), I32],
    ...[GET, START, SET, AT],
    ...[GET, LENGTH, ...constant(WORTH_DIVIDING), AT_LEAST, IF, NOTHING],
    ...[GET, LENGTH, ...constant(Math.log2(LANES)), SHIFT_RIGHT, SET, PART],
    ...[...searchParts(layout), ...others.flatMap((lane) => joinPart(lane, layout)), END],
    ...[GET, START, GET, LENGTH, ADD, SET, STOP, ...searchOn(layout, []), GET, STATE, END],
  ];
  const parameters = listOf([[I32], [I32], [I32], [I32]]);
  const name = bytesOf([..."m"].map((char) => char.charCodeAt(0)));
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, listOf([[FUNCTION, ...parameters, ...listOf([[I32]])]])),
    ...section(2, listOf([[...name, ...name, 2, 0, 1]])),
    ...section(3, listOf([[0]])),
    ...section(7, listOf([[...bytesOf(["f".charCodeAt(0)]), 0, 0]])),
    ...section(10, listOf([bytesOf(body)])),
  ]);
}
