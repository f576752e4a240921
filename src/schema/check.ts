import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { pathFromPointer, toPointer, valueAt } from "../diagnostics/pointer.ts";
import { Unknown } from "../documents/document.ts";
import { explainFault } from "./explain.ts";
import { findSchemaAt } from "./json-schema.ts";
import { awsTypeOf } from "./native.ts";
import type { PayloadFault } from "./schema-fault.ts";
import type { RequestSchema, SchemaError } from "./store.ts";
import { createUndecidedFinding } from "./undecided.ts";

/**
 * Validates a payload against a schema. Returns one finding for each mistake, and one undecided finding for
 * each placeholder. `whole` is the payload's name in messages. Paths are relative to the payload.
 */
export function checkPayload(payload: unknown, schema: RequestSchema, whole: string): Finding[] {
  const placeholders = findUnknowns(payload);
  const { validator } = schema;
  if (validator(payload) && placeholders.length === 0) return [];
  const inUnknown = new Set(placeholders.map(({ path }) => toPointer(path)));
  const faults = (validator.errors ?? [])
    .map((error): PayloadFault => ({ ...error, path: resolveErrorPath(error, payload) }))
    .filter((fault) => !isAtOrBelow(fault.path, inUnknown) && !isNativeValue(fault, payload, schema));
  const subject = { payload, schema, whole };
  const misplaced = new Set(
    faults
      .filter(isUnknownField)
      .map(({ path, params }) => toPointer([...path, String(params.additionalProperty)])),
  );
  const unknowns = placeholders.filter(({ path }) => !isAtOrBelow(path, misplaced));
  return [
    ...keepFirstOfEach(faults).flatMap((fault) => explainFault(fault, subject)),
    ...unknowns.map((at) => createUndecidedFinding(at, schema)),
  ];
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

function findUnknowns(root: unknown): { path: Path; unknown: Unknown }[] {
  const found: { path: Path; unknown: Unknown }[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (value instanceof Unknown) found.push({ path, unknown: value });
    else if (Array.isArray(value)) for (const [index, item] of value.entries()) visitPart(item, path, index);
    else if (typeof value === "object" && value !== null) {
      for (const key in value) visitPart((value as Record<string, unknown>)[key], path, key);
    }
  };
  const visitPart = (value: unknown, path: Path, part: string | number): void => {
    if (typeof value === "object" && value !== null) visit(value, [...path, part]);
  };
  visit(root, []);
  return found;
}
