import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Policy, Statement } from "../policy.ts";
import type { FaultCollector } from "./faults.ts";

/** Checks across the statements of a policy. */
export function checkStatementsTogether(
  { statements, hasVariables }: Pick<Policy, "statements" | "hasVariables">,
  pathOf: (statement: Statement) => Path,
  faults: FaultCollector,
): void {
  if (!hasVariables) warnAboutVariables(statements, pathOf, faults);
  warnAboutDuplicateSids(statements, pathOf, faults);
}

/**
 * IAM user guide, "Version": before 2012-10-17, variables are literal text. Reports the first occurrence
 * only.
 */
function warnAboutVariables(
  statements: readonly Statement[],
  pathOf: (statement: Statement) => Path,
  faults: FaultCollector,
): void {
  for (const statement of statements) {
    const { resource, conditions } = statement;
    const inCondition = conditions.find(({ values }) => values.some(hasVariable))?.path;
    const inResource = resource?.values.some(hasVariable) && [
      ...pathOf(statement),
      resource.isNegated ? "NotResource" : "Resource",
    ];
    const path = inResource || inCondition;
    if (!path) continue;
    faults.addWarning(
      path,
      "in a policy of this version, `${…}` is no variable but means these very characters",
      {
        help: 'give the policy `"Version": "2012-10-17"`',
      },
    );
    return;
  }
}

const hasVariable = (value: string): boolean => value.includes("${");

/** IAM user guide, "Sid": unique within a policy. */
function warnAboutDuplicateSids(
  statements: readonly Statement[],
  pathOf: (statement: Statement) => Path,
  faults: FaultCollector,
): void {
  const seen = new Set<string>();
  for (const statement of statements) {
    const { sid } = statement;
    if (sid === undefined || sid === "") continue;
    if (seen.has(sid)) {
      faults.addWarning(
        [...pathOf(statement), "Sid"],
        `another statement has the \`Sid\` ${quoted(sid)} already`,
        {
          help: "AWS refuses a policy with it: give each statement its own",
        },
      );
    }
    seen.add(sid);
  }
}
