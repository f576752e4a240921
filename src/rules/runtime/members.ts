import { Unknown } from "../../documents/document.ts";
import { Failure, failureFromPlaceholder, joinFailures } from "./failure.ts";
import { isCelUint } from "./types.ts";
import { DataList, DataMap, isCelList, isCelMap } from "./values.ts";

/** `value.field` */
export function selectMember(value: unknown, field: string): unknown {
  if (value instanceof Failure) return value;
  if (isCelMap(value)) return value.get(field) ?? missingMember(value, field);
  return value instanceof Unknown ? failureFromPlaceholder(value) : createFieldFailure(field);
}

const missingMember = (map: { get(key: string): unknown }, field: string): unknown =>
  map.get(field) === null ? null : createFieldFailure(field);

const createFieldFailure = (field: string): Failure => new Failure(`field not found: ${field}`);

/** `has(value.field)`: a boolean or a failure. A value that is not an object has no members. */
export function hasMember(value: unknown, field: string): unknown {
  if (value instanceof DataMap) return value.has(field);
  if (value instanceof Failure) return value;
  if (isCelMap(value)) return value.has(field);
  return value instanceof Unknown ? failureFromPlaceholder(value) : false;
}

/** One step of `orElse(value.field, …)`; undefined where there is nothing. */
export function readPresent(value: unknown, field: string): unknown {
  const isThere = hasMember(value, field);
  return isThere === true ? selectMember(value, field) : isThere === false ? undefined : isThere;
}

/** `value[key]` */
export const readIndex = (value: unknown, key: unknown): unknown =>
  joinFailures(value, key) ?? readPart(value, key);

function readPart(value: unknown, key: unknown): unknown {
  const unknown = [value, key].find((each) => each instanceof Unknown);
  if (unknown) return failureFromPlaceholder(unknown);
  const at = isCelUint(key) ? key.value : key;
  if (typeof at === "string") return selectMember(value, at);
  if (typeof at === "object") return new Failure("unsupported key type");
  const part = isCelMap(value) ? value.get(at) : isCelList(value) ? value.get(Number(at)) : undefined;
  return part === undefined ? new Failure(`index ${String(at)} out of bounds`) : part;
}

/** `placeholders(value)`. A failure for any other reason than a placeholder remains one. */
export function listPlaceholders(value: unknown): unknown {
  const failure = value instanceof Unknown ? failureFromPlaceholder(value) : value;
  if (!(failure instanceof Failure)) return new DataList([]);
  const missing = failure.listMissing();
  const sources = missing.flatMap((fact) => (fact.kind === "placeholder" ? fact.values : []));
  return sources.length > 0 ? new DataList(sources) : failure;
}
