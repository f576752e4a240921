import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Statement } from "../policy.ts";
import type { Faults } from "./faults.ts";

/**
 * Drops the parts of the statement that contain an unclosed variable. Affected resources become `*`, since
 * what they match is unknown.
 */
export function withoutBrokenVariables(statement: Statement, path: Path, faults: Faults): Statement {
  const { resource, conditions } = statement;
  const broken = resource?.values.find(isBroken);
  if (broken !== undefined) {
    tell(broken, [...path, resource?.isNegated ? "NotResource" : "Resource"], faults);
  }
  const kept = conditions.filter(({ values, path: own }) => {
    const value = values.find(isBroken);
    if (value !== undefined) tell(value, own, faults);
    return value === undefined;
  });
  return {
    ...statement,
    ...(broken !== undefined && { resource: { isNegated: false, values: ["*"] } }),
    conditions: kept,
  };
}

/** IAM user guide, "Policy validation check reference": the closing brace of a variable is missing. */
const isBroken = (text: string): boolean => {
  const start = text.lastIndexOf("${");
  return start >= 0 && text.indexOf("}", start) < 0;
};

function tell(value: string, path: Path, faults: Faults): void {
  faults.error(path, `a variable of ${quoted(value)} has no \`}\` at its end`, {
    help: "close it, as in `${aws:username}`; for the character `$` itself write `${$}`",
  });
}
