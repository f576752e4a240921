import { Unknown } from "../../../../src/documents/document.ts";
import { OpenList, OpenObject, PartialText } from "../../../../src/documents/partial.ts";

/**
 * Where what a reader says of a value contradicts the value that really arrived; undefined if nothing does. Both are
 * JSON: what can't be written as such arrives as an object with the member `$opaque`.
 */
export function contradiction(read: unknown, real: unknown, path = ""): string | undefined {
  if (read instanceof OpenObject) return openObject(read, real, path);
  if (read instanceof OpenList) return openList(read, real, path);
  if (read instanceof PartialText) return partialText(read, real, path);
  if (read instanceof Unknown) return undefined;
  if (Array.isArray(read)) return list(read, real, path);
  if (isObject(read)) return object(read, real, path, { optional: new Set(), mayHaveMore: false });
  return Object.is(read, real) ? undefined : differs(read, real, path);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const differs = (read: unknown, real: unknown, path: string): string =>
  `${path || "the payload"} is read as ${JSON.stringify(read)}, and was ${JSON.stringify(real)}`;

const openObject = ({ members, ...open }: OpenObject, real: unknown, path: string) =>
  object(members, real, path, open);

function object(
  read: Readonly<Record<string, unknown>>,
  real: unknown,
  path: string,
  { optional, mayHaveMore }: { optional: ReadonlySet<string>; mayHaveMore: boolean },
): string | undefined {
  if (!isObject(real)) return differs(read, real, path);
  const more = Object.keys(real).find((name) => !mayHaveMore && !Object.hasOwn(read, name));
  if (more !== undefined) return differs(undefined, real[more], `${path}/${more}`);
  for (const [name, value] of Object.entries(read)) {
    const isThere = Object.hasOwn(real, name);
    // What isn't known may be undefined, which is left out.
    const mayBeAbsent = optional.has(name) || (value instanceof Unknown && !knowsAny(value));
    if (!isThere && !mayBeAbsent) return differs(value, undefined, `${path}/${name}`);
    const found = isThere ? contradiction(value, real[name], `${path}/${name}`) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const knowsAny = (value: Unknown): boolean =>
  value instanceof OpenObject || value instanceof OpenList || value instanceof PartialText;

function list(read: readonly unknown[], real: unknown, path: string): string | undefined {
  if (!Array.isArray(real) || real.length !== read.length) return differs(read, real, path);
  return read
    .map((item, index) => contradiction(item, real[index], `${path}/${index}`))
    .find((found) => found !== undefined);
}

/** Each known item is somewhere in the list. */
function openList({ items }: OpenList, real: unknown, path: string): string | undefined {
  if (!Array.isArray(real)) return differs(items, real, path);
  const missing = items.find((item) => real.every((each) => contradiction(item, each) !== undefined));
  return missing === undefined ? undefined : differs(missing, real, path);
}

function partialText({ parts }: PartialText, real: unknown, path: string): string | undefined {
  const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const pattern = parts.map((part) => (typeof part === "string" ? literally(part) : ".*")).join("");
  const isFilling = typeof real === "string" && new RegExp(`^(?:${pattern})$`, "su").test(real);
  return isFilling ? undefined : differs(parts, real, path);
}

/** How many values are known, at least in part. */
export function countKnown(read: unknown): number {
  const of = read instanceof OpenObject ? read.members : read instanceof OpenList ? read.items : read;
  if (of instanceof PartialText) return 1;
  if (of instanceof Unknown) return 0;
  if (typeof of !== "object" || of === null) return 1;
  return Object.values(of).reduce<number>((sum, each) => sum + countKnown(each), 0);
}
