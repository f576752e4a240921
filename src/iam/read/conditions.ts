import { nearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import { BASE_OPERATORS, operatorOf } from "../conditions/operators.ts";
import type { Condition } from "../policy.ts";
import type { Faults } from "./faults.ts";

import { isMembers, mistyped, scalarText, textsOf } from "./values.ts";

/** Reads `Condition`: operators, below them keys, below them values. What can't be understood is left out. */
export function readConditions(value: unknown, path: Path, faults: Faults): Condition[] {
  if (value === undefined) return [];
  if (!isMembers(value)) {
    mistyped(value, path, faults, "`Condition`", "an object of operators");
    return [];
  }
  return Object.entries(value).flatMap(([operator, keys]) => readOperator(operator, keys, path, faults));
}

function readOperator(operator: string, keys: unknown, above: Path, faults: Faults): Condition[] {
  const path = [...above, operator];
  const known = operatorOf(operator);
  if (!known) {
    unknownOperator(operator, path, faults);
    return [];
  }
  if (!isMembers(keys)) {
    mistyped(keys, path, faults, quoted(operator), "an object of condition keys");
    return [];
  }
  const entries = Object.entries(keys);
  checkCase(Object.keys(keys), path, faults);
  if (entries.length === 0) {
    faults.warning(path, `${quoted(operator)} names no condition key, so it demands nothing`, { at: "key" });
  }
  return entries.flatMap(([key, given]) => {
    const at = [...path, key];
    const values = textsOf(given, at, faults, `the value of ${quoted(key)}`, scalarText);
    if (!values) return [];
    if (values.length === 0) {
      faults.error(at, `${quoted(key)} is compared with an empty list`, {
        help: "give the values, or remove the condition",
      });
    }
    return [{ operator, ...known, key, values: values.map(({ text }) => text), path: at }];
  });
}

/** Keys ignore case, and AWS refuses one that is there twice (IAM user guide, "policy validation check reference"). */
function checkCase(keys: readonly string[], path: Path, faults: Faults): void {
  const seen = new Map<string, string>();
  for (const key of keys) {
    const other = seen.get(key.toLowerCase());
    if (other !== undefined) {
      faults.error([...path, key], `${quoted(key)} is the same key as ${quoted(other)}`, {
        help: "condition keys ignore case: give all values under one of them",
        at: "key",
      });
    }
    seen.set(key.toLowerCase(), key);
  }
}

/** `ForAnyValue:StringLikeIfExist` is told by its middle. */
function unknownOperator(operator: string, path: Path, faults: Faults): void {
  const [, prefix = "", name = operator] = /^(\w+:)?(.*)$/s.exec(operator) ?? [];
  const bare = name.replace(/ifexists?$/i, "");
  const meant = faults.isFull ? undefined : nearest(bare, BASE_OPERATORS);
  const suffix = bare === name ? "" : "IfExists";
  const quantifier = prefix && (nearest(prefix, ["ForAllValues:", "ForAnyValue:"]) ?? "");
  const help = meant && `did you mean ${quoted(`${quantifier}${meant}${suffix}`)}?`;
  faults.error(path, `${quoted(operator)} is no condition operator`, { ...(help && { help }), at: "key" });
}

/** `ForAllValues` also matches where the key is absent, which an Allow seldom means. */
export function checkForAllValues(conditions: readonly Condition[], faults: Faults): void {
  const demanded = new Set(
    conditions
      .filter(({ base, values }) => base === "Null" && values.every((value) => /^false$/i.test(value)))
      .map(({ key }) => key.toLowerCase()),
  );
  for (const { quantifier, key, path } of conditions) {
    if (quantifier !== "ForAllValues" || demanded.has(key.toLowerCase())) continue;
    faults.warning(path, `\`ForAllValues\` also matches a request without ${quoted(key)}`, {
      help: `add \`"Null": {"${key}": "false"}\` if the key has to be there`,
      at: "key",
    });
  }
}
