import type { Path } from "../diagnostics/pointer.ts";
import { Unknown } from "../documents/document.ts";
import { knownPartOf, OpenList, OpenObject, readKnown } from "../documents/partial.ts";
import { MAX_ITEMS } from "./limits.ts";
import type { ItemExpression } from "./rule.ts";
import type { Budget, CelVariables, MissingFact, Result } from "./runtime/index.ts";
import { missingFactFromPlaceholder } from "./runtime/index.ts";

/** The data that items are read from. */
export interface ItemData {
  request: unknown;
  context: unknown;
}

/** Why items are not known. */
export type UnknownItems = Exclude<Result, { kind: "value" }>;

export interface ResolvedItems {
  list: readonly unknown[];
  where?: string;
  /** Set if the list may have other items. */
  rest?: UnknownItems;
}

/** An absent list has no items. Neither has a value that is not a list, which the schema check reports. */
export function resolveItems(
  { path: source, program }: ItemExpression,
  { request, context }: ItemData,
  { variables, budget }: { variables: CelVariables; budget: Budget },
): ResolvedItems {
  if (!source) {
    const result = program(variables, budget);
    if (result.kind !== "value") return { list: [], rest: result };
    return { list: Array.isArray(result.value) ? result.value : [] };
  }
  const isContext = source.root === "context";
  const value = resolvePath(isContext ? context : request, source.path, isContext);
  if (value instanceof MissingItems) return { list: [], rest: value };
  const list = knownPartOf(value);
  if (!Array.isArray(list)) return { list: [] };
  if (list.length > MAX_ITEMS) {
    const what = `it goes through a list of over ${MAX_ITEMS} items`;
    return { list: [], rest: new MissingItems({ kind: "overrun", what }) };
  }
  return {
    list,
    ...(isContext && { where: `${source.path.join(".")}[]` }),
    ...(value instanceof OpenList && { rest: new MissingItems(missingFactFromPlaceholder(value)) }),
  };
}

class MissingItems {
  readonly kind = "unknown";
  readonly missing: readonly MissingFact[];

  constructor(missing: MissingFact) {
    this.missing = [missing];
  }
}

/** The value at a path; `MissingItems` if it can't be determined. */
function resolvePath(root: unknown, path: readonly string[], isContext: boolean): unknown {
  let value = root;
  for (const [depth, part] of path.entries()) {
    if (value instanceof OpenObject && mayBeOther(value, part))
      return new MissingItems(missingFactFromPlaceholder(value));
    value = readKnown(value, part);
    if (isUnknown(value)) return new MissingItems(missingFactFromPlaceholder(value));
    if (value !== undefined && value !== null) continue;
    return isContext ? new MissingItems(missingFactFromPath(path.slice(0, depth + 1))) : undefined;
  }
  return value;
}

const mayBeOther = ({ members, optional, mayHaveMore }: OpenObject, name: string): boolean =>
  Object.hasOwn(members, name) ? optional.has(name) : mayHaveMore;

const isUnknown = (value: unknown): value is Unknown =>
  value instanceof Unknown && !(value instanceof OpenObject) && !(value instanceof OpenList);

function missingFactFromPath([name = "", ...members]: readonly string[]): MissingFact {
  return { kind: "context", name, ...(members.length > 0 && { member: members.join(".") }) };
}

/** The longest prefix of the path that exists: an absent member is reported at the object that lacks it. */
export function trimToExisting(request: unknown, path: Path): Path {
  const existing: (string | number)[] = [];
  let value = request;
  for (const part of path) {
    const whole = knownPartOf(value);
    if (readKnown(value, part) === undefined && !hasPart(whole, part)) break;
    existing.push(Array.isArray(whole) ? Number(part) : part);
    value = readKnown(value, part);
  }
  return existing;
}

const hasPart = (whole: unknown, part: string | number): boolean =>
  typeof whole === "object" && whole !== null && Object.hasOwn(whole, part);
