import type { Ternary } from "../evaluation/ternary.ts";
import { keepResults } from "../match/keep-results.ts";
import type { ParsedScalar } from "./numbers.ts";

/** 4 bytes (IPv4) or 16 bytes (IPv6). */
type Address = readonly number[];

interface AddressRange {
  address: Address;
  /** Prefix length in bits. */
  prefix: number;
  hasPrefix: boolean;
}

const V4_BITS = 32;
const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/**
 * Whether the address is in the range (CIDR, or a single address); undefined when one of them is malformed.
 */
export function isInRange(range: string, address: string): Ternary | undefined {
  const { wide } = readRange(range);
  const one = parseAddress(address);
  if (wide === undefined || one === undefined) return undefined;
  if (wide === "dubious" || one === "dubious") return "unknown";
  const asWritten = contains(wide, one);
  return combineReadings([asWritten, ...listOtherReadings(wide, one)]);
}

/** Ranges stand in policies, which are evaluated again and again. */
const readRange = keepResults((range) => ({ wide: parseRange(range) }));

export const isRange = (text: string): boolean => parseRange(text) !== undefined;

/**
 * Other ways in which IAM may read the values. IPv4-mapped IPv6 addresses (`::ffff:192.0.2.1`) may count as
 * IPv4. For a missing prefix, the user guide ("IP address condition operators") gives the default /32 without
 * restricting it to IPv4.
 */
function listOtherReadings(range: AddressRange, address: Address): boolean[] {
  const readings: boolean[] = [];
  if (isMapped(address) || isMapped(range.address))
    readings.push(contains(unmapRange(range), unmapAddress(address)));
  if (!range.hasPrefix && range.address.length > 4)
    readings.push(contains({ ...range, prefix: V4_BITS }, address));
  return readings;
}

const combineReadings = (readings: readonly boolean[]): Ternary =>
  readings.every((reading) => reading === readings[0]) ? readings[0]! : "unknown";

const isMapped = (address: Address): boolean =>
  address.length === 16 && MAPPED_PREFIX.every((byte, at) => byte === address[at]);

const unmapAddress = (address: Address): Address => (isMapped(address) ? address.slice(12) : address);

const unmapRange = (range: AddressRange): AddressRange =>
  isMapped(range.address) && range.prefix >= 96
    ? { ...range, address: unmapAddress(range.address), prefix: range.prefix - 96 }
    : range;

function contains({ address, prefix }: AddressRange, other: Address): boolean {
  if (address.length !== other.length) return false;
  return address.every((byte, at) => {
    const bits = Math.min(8, Math.max(0, prefix - at * 8));
    const mask = (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === (other[at]! & mask);
  });
}

function parseRange(text: string): ParsedScalar<AddressRange> {
  const [start = "", prefix, ...more] = text.split("/");
  const address = parseAddress(start);
  if (address === undefined || address === "dubious") return address;
  if (more.length > 0) return undefined;
  const bits = address.length * 8;
  if (prefix === undefined) return { address, prefix: bits, hasPrefix: false };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return undefined;
  return /^0\d/.test(prefix) ? "dubious" : { address, prefix: Number(prefix), hasPrefix: true };
}

const parseAddress = (text: string): ParsedScalar<Address> =>
  text.includes(":") ? parseIpv6(text) : parseIpv4(text);

/** A leading zero is ambiguous: some parsers read an octal number, others reject it. */
function parseIpv4(text: string): ParsedScalar<Address> {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined;
  if (parts.some((part) => /^0\d/.test(part))) return "dubious";
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte < 256) ? bytes : undefined;
}

function parseIpv6(text: string): ParsedScalar<Address> {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, at) => parseGroups(half, at === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (head === "dubious" || tail === "dubious") return "dubious";
  const missing = 16 - head.length - (tail?.length ?? 0);
  if (tail === undefined) return missing === 0 ? head : undefined;
  return missing < 2 ? undefined : [...head, ...Array<number>(missing).fill(0), ...tail];
}

/**
 * Parses the bytes of colon-separated groups, as in `2001:db8`; the last group of an address may be written
 * as IPv4.
 */
function parseGroups(text: string, isLast: boolean): ParsedScalar<number[]> {
  if (text === "") return [];
  const groups = text.split(":");
  const bytes: number[] = [];
  for (const [at, group] of groups.entries()) {
    if (isLast && at === groups.length - 1 && group.includes(".")) {
      const four = parseIpv4(group);
      if (four === undefined || four === "dubious") return four;
      bytes.push(...four);
    } else if (/^[\da-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return bytes;
}
