import { findNearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import { isComparable } from "../conditions/evaluate.ts";
import { BASE_OPERATORS, type Operator, parseOperator } from "../conditions/operators.ts";
import type { Condition } from "../policy.ts";
import { FaultCollector } from "./faults.ts";
import type { LocatedText } from "./values.ts";
import { isKnownObject, readTexts, reportMistyped, textFromScalar } from "./values.ts";

/** Reads `Condition`: operators, then keys, then values. Parts that can't be understood are left out. */
export function readConditions(value: unknown, path: Path, faults: FaultCollector): Condition[] {
  if (value === undefined) return [];
  if (!isKnownObject(value)) {
    reportMistyped(value, path, faults, "`Condition`", "an object of operators");
    return [];
  }
  return Object.entries(value).flatMap(([operator, keys]) => readOperator(operator, keys, path, faults));
}

function readOperator(operator: string, keys: unknown, above: Path, faults: FaultCollector): Condition[] {
  const path = [...above, operator];
  const known = parseOperator(operator);
  if (!known) {
    reportUnknownOperator(operator, path, faults);
    return [];
  }
  if (!isKnownObject(keys)) {
    reportMistyped(keys, path, faults, quoted(operator), "an object of condition keys");
    return [];
  }
  const entries = Object.entries(keys);
  if (entries.length === 0) {
    faults.addWarning(path, `${quoted(operator)} names no condition key, so it demands nothing`, {
      at: "key",
    });
  }
  const duplicates = findDuplicateKeys(Object.keys(keys), path, faults);
  return entries.flatMap(([key, given]) => {
    const own = new FaultCollector();
    const at = [...path, key];
    const values = readValues({ key, given, path: at, base: known.base }, own);
    faults.addAll(own);
    if (own.isFaulty || duplicates.has(key.toLowerCase())) return [];
    return [{ operator, ...known, key, values: values.map(({ text }) => text), path: at }];
  });
}

interface ConditionEntry {
  key: string;
  given: unknown;
  path: Path;
  base: Operator["base"];
}

function readValues({ key, given, path, base }: ConditionEntry, faults: FaultCollector): LocatedText[] {
  if (key.trim() === "") {
    faults.addError(path, `${quoted(key)} is no condition key`, {
      help: "one looks like `aws:SourceIp`",
      at: "key",
    });
  }
  const values = readTexts(given, path, faults, `the value of ${quoted(key)}`, textFromScalar) ?? [];
  if (values.length === 0 && !faults.isFaulty) {
    faults.addError(path, `${quoted(key)} is compared with an empty list`, {
      help: "give the values, or remove the condition",
    });
  }
  for (const value of values) checkValue(base, value, faults);
  return values;
}

/** The expected form of a value, by the operator's name. */
const VALUE_FORMS: readonly (readonly [RegExp, string])[] = [
  [/^Numeric/, "a number, such as `10` or `0.5`"],
  [/^Date/, "a date, such as `2030-01-31T00:00:00Z`, or seconds since 1970"],
  [/IpAddress$/, "an IP address or a range of them, such as `192.0.2.0/24`"],
  [/^(?:Bool|Null)$/, "`true` or `false`"],
  [/^Binary/, "binary data as Base64"],
];

/** A condition with a value that the operator can't compare is never met, which no Deny intends. */
function checkValue(base: Operator["base"], { text, path }: LocatedText, faults: FaultCollector): void {
  if (isComparable(base, text)) return;
  const form = VALUE_FORMS.find(([name]) => name.test(base))?.[1] ?? "something else";
  faults.addError(path, `${quoted(base)} compares with ${form}, and not with ${quoted(text)}`, {
    ...(text.includes("${") && { help: "only operators on texts and ARNs take variables" }),
  });
}

/**
 * Reports keys that occur duplicates, and returns them in lower case. Keys ignore case (IAM user guide, "Policy
 * validation check reference").
 */
function findDuplicateKeys(keys: readonly string[], path: Path, faults: FaultCollector): Set<string> {
  const seen = new Map<string, string>();
  const duplicates = new Set<string>();
  for (const key of keys) {
    const folded = key.toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined) {
      duplicates.add(folded);
      faults.addError([...path, key], `${quoted(key)} is the same key as ${quoted(other)}`, {
        help: "condition keys ignore case: give all values under one of them",
        at: "key",
      });
    }
    seen.set(folded, key);
  }
  return duplicates;
}

/** Suggests a name for the operator between prefix and suffix, as in `ForAnyValue:StringLikeIfExist`. */
function reportUnknownOperator(operator: string, path: Path, faults: FaultCollector): void {
  const [, prefix = "", name = operator] = /^(\w+:)?(.*)$/s.exec(operator) ?? [];
  const bare = name.replace(/ifexists?$/i, "");
  const suggestion = faults.isFull ? undefined : findNearest(bare, BASE_OPERATORS);
  const suffix = bare === name ? "" : "IfExists";
  const quantifier = prefix && (findNearest(prefix, ["ForAllValues:", "ForAnyValue:"]) ?? "");
  const help = suggestion && `did you mean ${quoted(`${quantifier}${suggestion}${suffix}`)}?`;
  faults.addError(path, `${quoted(operator)} is no condition operator`, { ...(help && { help }), at: "key" });
}

/** `ForAllValues` also matches when the key is absent, which is rarely intended in an Allow. */
export function checkForAllValues(conditions: readonly Condition[], faults: FaultCollector): void {
  const demanded = new Set(
    conditions
      .filter(({ base, values }) => base === "Null" && values.every((value) => /^false$/i.test(value)))
      .map(({ key }) => key.toLowerCase()),
  );
  for (const { quantifier, key, path } of conditions) {
    if (quantifier !== "ForAllValues" || demanded.has(key.toLowerCase())) continue;
    faults.addWarning(path, `\`ForAllValues\` also matches a request without ${quoted(key)}`, {
      help: `add \`"Null": {"${key}": "false"}\` if the key has to be there`,
      at: "key",
    });
  }
}
