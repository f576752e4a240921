import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { pathFromPointer, toPointer, valueAt } from "../diagnostics/pointer.ts";
import type { OpenObject, PartialText } from "../documents/partial.ts";
import type { CheckedPayload } from "./explain.ts";
import { explainFault } from "./explain.ts";
import { findSchemaAt } from "./json-schema.ts";
import type { KnownPart, Located } from "./known-part.ts";
import { findKnownPart } from "./known-part.ts";
import type { ToShownName } from "./names.ts";
import { awsTypeOf } from "./native.ts";
import { checkPartialText } from "./partial-text.ts";
import type { PayloadFault } from "./schema-fault.ts";
import type { RequestSchema, SchemaError } from "./store.ts";
import {
  createOpenFinding,
  createOpenListFindings,
  createOpenObjectFindings,
  createUndecidedFinding,
} from "./undecided.ts";

/**
 * Validates a payload against a schema. Returns one finding for each mistake, and one undecided finding for
 * each placeholder that prevents a check. `whole` is the payload's name in messages. Paths are relative to
 * the payload.
 */
export function checkPayload(
  payload: unknown,
  schema: RequestSchema,
  whole: string,
  toShownName?: ToShownName,
): Finding[] {
  const known = findKnownPart(payload);
  const { view, unknowns, texts, objects, lists } = known;
  const { validator } = schema;
  const isOpen = unknowns.length + texts.length + objects.length + lists.length > 0;
  if (validator(view) && !isOpen) return [];
  const faults = (validator.errors ?? [])
    .map((error): PayloadFault => ({ ...error, path: resolveErrorPath(error, view) }))
    .filter((fault) => !isNativeValue(fault, view, schema));
  const subject = { payload: view, schema, whole, ...(toShownName && { toShownName }) };
  if (!isOpen) return explainFaults(faults, subject);
  const certain = selectCertainFaults(faults, known);
  const misplaced = new Set(
    certain
      .filter(isUnknownField)
      .map(({ path, params }) => toPointer([...path, String(params.additionalProperty)])),
  );
  const isInPlace = ({ path }: { path: Path }) => !isAtOrBelow(path, misplaced);
  const checked = texts.filter(isInPlace).map((text) => checkTextAt(text, schema));
  return [
    ...explainFaults([...certain, ...checked.flatMap(({ faults }) => faults)], subject),
    ...unknowns.filter(isInPlace).map((at) => createUndecidedFinding(at, schema)),
    ...checked.flatMap(({ finding }) => finding ?? []),
    ...objects.filter(isInPlace).flatMap((at) => createOpenObjectFindings(at, schema, toShownName)),
    ...lists.filter(isInPlace).flatMap((at) => createOpenListFindings(at, schema)),
  ];
}

const explainFaults = (faults: readonly PayloadFault[], subject: CheckedPayload): Finding[] =>
  keepFirstOfEach(faults).flatMap((fault) => explainFault(fault, subject));

/** The faults that every filling of a text has; if it has none, a finding where some fillings may have one. */
function checkTextAt(
  { path, unknown }: Located<PartialText>,
  schema: RequestSchema,
): { faults: PayloadFault[]; finding?: Finding } {
  const own = findSchemaAt(schema.source, path);
  if (!own) return { faults: [] };
  const { faults, open } = checkPartialText(unknown, own);
  const located = faults.map((fault) => ({ ...fault, path, instancePath: toPointer(path) }));
  const isOpen = faults.length === 0 && open !== undefined;
  return { faults: located, ...(isOpen && { finding: createOpenFinding(unknown, path, open) }) };
}

/** Drops the errors that are about a placeholder, or may vanish with what an open object or list also has. */
function selectCertainFaults(
  faults: readonly PayloadFault[],
  { unknowns, texts, objects, lists }: KnownPart,
): PayloadFault[] {
  const unknown = new Set([...unknowns, ...texts].map(({ path }) => toPointer(path)));
  const openObjects = new Map(objects.map(({ path, unknown: object }) => [toPointer(path), object]));
  const openLists = new Set(lists.map(({ path }) => toPointer(path)));
  return faults.filter((fault) => {
    if (isAtOrBelow(fault.path, unknown)) return false;
    const pointer = toPointer(fault.path);
    if (openLists.has(pointer)) return fault.keyword !== "minItems";
    const object = openObjects.get(pointer);
    return object === undefined || isCertainOf(object, fault);
  });
}

function isCertainOf(
  { members, optional, mayHaveMore }: OpenObject,
  { keyword, params }: PayloadFault,
): boolean {
  if (keyword === "required" || keyword === "minProperties") return !mayHaveMore;
  if (keyword !== "maxProperties") return true;
  return Object.keys(members).filter((name) => !optional.has(name)).length > Number(params.limit);
}

/** An error in a map key is located at the member with that key. */
function resolveErrorPath({ instancePath, propertyName }: SchemaError, payload: unknown): Path {
  const path = toIndexedPath(payload, instancePath);
  return propertyName === undefined ? path : [...path, propertyName];
}

/** Converts ajv's pointer into a path with numeric list indexes. */
function toIndexedPath(payload: unknown, pointer: string): Path {
  const parts = pathFromPointer(pointer);
  return parts.map((part, depth) =>
    Array.isArray(valueAt(payload, parts.slice(0, depth))) ? Number(part) : part,
  );
}

const isUnknownField = (fault: PayloadFault): boolean => fault.keyword === "additionalProperties";

/**
 * Whether the value is a Date for a timestamp or bytes for a blob, neither of which JSON Schema can express.
 */
function isNativeValue(fault: PayloadFault, payload: unknown, schema: RequestSchema): boolean {
  if (fault.keyword !== "type") return false;
  const type = awsTypeOf(valueAt(payload, fault.path));
  return type !== undefined && findSchemaAt(schema.source, fault.path)?.["x-aws-type"] === type;
}

/** Whether a path leads to one of the given pointers, or below it. */
const isAtOrBelow = (path: Path, unknowns: ReadonlySet<string>): boolean =>
  unknowns.size > 0 &&
  [[], ...path.map((_, depth) => path.slice(0, depth + 1))].some((part) => unknowns.has(toPointer(part)));

/**
 * Of several errors at one value, the one with the lowest weight is reported, because it explains the others.
 */
const WEIGHT: Record<string, number> = { type: 0, enum: 1, minLength: 2, maxLength: 2, pattern: 3 };
/** Keywords whose error merely follows from another one. */
const FOLLOW_UP_KEYWORDS = new Set(["if", "propertyNames"]);
/** Keywords with an error for each member, all of which are reported. */
const MEMBER_KEYWORDS = new Set(["required", "additionalProperties"]);

function keepFirstOfEach(faults: readonly PayloadFault[]): PayloadFault[] {
  const first = new Map<string, PayloadFault>();
  const kept: PayloadFault[] = [];
  const misspelt = new Set<string>();
  for (const fault of faults) {
    if (FOLLOW_UP_KEYWORDS.has(fault.keyword)) continue;
    if (MEMBER_KEYWORDS.has(fault.keyword)) {
      kept.push(fault);
      misspelt.add(fault.instancePath);
      continue;
    }
    const place = toPointer(fault.path);
    const before = first.get(place);
    if (!before || getWeight(fault) < getWeight(before)) first.set(place, fault);
  }
  const isCounted = (fault: PayloadFault) =>
    !(fault.keyword.endsWith("Properties") && misspelt.has(fault.instancePath));
  return [...kept, ...[...first.values()].filter(isCounted)];
}

const getWeight = (fault: PayloadFault): number => WEIGHT[fault.keyword] ?? 4;
