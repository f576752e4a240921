import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Statement } from "../policy.ts";
import type { FaultCollector } from "./faults.ts";

/**
 * Drops the parts of the statement that contain an unclosed variable. Affected resources become `*`, since
 * what they match is unknown.
 */
export function dropUnclosedVariables(statement: Statement, path: Path, faults: FaultCollector): Statement {
  const { resource, conditions } = statement;
  const broken = resource?.values.find(hasUnclosedVariable);
  if (broken !== undefined) {
    reportUnclosedVariable(broken, [...path, resource?.isNegated ? "NotResource" : "Resource"], faults);
  }
  const kept = conditions.filter(({ values, path: own }) => {
    const value = values.find(hasUnclosedVariable);
    if (value !== undefined) reportUnclosedVariable(value, own, faults);
    return value === undefined;
  });
  return {
    ...statement,
    ...(broken !== undefined && { resource: { isNegated: false, values: ["*"] } }),
    conditions: kept,
  };
}

/** IAM user guide, "Policy validation check reference": the closing brace of a variable is missing. */
const hasUnclosedVariable = (text: string): boolean => {
  const start = text.lastIndexOf("${");
  return start >= 0 && text.indexOf("}", start) < 0;
};

function reportUnclosedVariable(value: string, path: Path, faults: FaultCollector): void {
  faults.addError(path, `a variable of ${quoted(value)} has no \`}\` at its end`, {
    help: "close it, as in `${aws:username}`; for the character `$` itself write `${$}`",
  });
}
