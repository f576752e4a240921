import type { Related } from "../../diagnostics/diagnostic.ts";
import { escapeHarmful, formatList, quoted } from "../../diagnostics/text.ts";
import type { Because, KeyState, Reason } from "../../iam/evaluation/decision.ts";
import { parseArnGlob } from "../../iam/match/arn.ts";
import { compareArnGlobs } from "../../iam/match/regions.ts";
import type { Policy, Statement } from "../../iam/policy.ts";
import type { PermissionDecision } from "../result.ts";

/** "`Deny` statement `NoReports` of inline policy `X` of role `Y` (iam.json:42:9)" */
export function formatStatementReference({
  policy,
  statement,
}: Pick<Reason, "policy" | "statement">): string {
  const at = locateStatement(policy, statement);
  const where = at ? ` (${escapeHarmful(at.file)}:${at.place.line}:${at.place.column})` : "";
  const which = statement.sid === undefined ? `${statement.index + 1}` : quoted(statement.sid);
  return `\`${statement.effect}\` statement ${which} of ${policy.name}${where}`;
}

/** A single statement may be given without a list; its place is the same path. */
function locateStatement(policy: Policy, { index }: Statement) {
  return policy.place?.(["Statement", index]);
}

/** The places of statements, for `related`. */
export function relatedFromReasons(reasons: readonly Reason[]): Related[] {
  return reasons.slice(0, MAX_RELATED).flatMap((reason) => {
    const at = locateStatement(reason.policy, reason.statement);
    if (!at) return [];
    const { line, column } = at.place;
    return [{ file: at.file, line, column, message: formatStatementReference(reason) }];
  });
}

const MAX_RELATED = 10;

/** Formats statements; of many, only the first few. */
export function formatStatementReferences(reasons: readonly Reason[]): string {
  const texts = [...new Set(reasons.map(formatStatementReference))];
  const shown = texts.slice(0, 3);
  const rest = texts.length - shown.length;
  return `${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** Finds an `Allow` of the layers that would have matched except for a condition. */
export function findNearMiss(
  { decision, resource }: Pick<PermissionDecision, "decision" | "resource">,
  layers: readonly string[],
): { reason: Reason; text: string } | undefined {
  const reason = decision.considered.find(
    ({ statement, outcome, because, layer }) =>
      statement.effect === "Allow" &&
      outcome === "unmatched" &&
      because?.part === "condition" &&
      (layer === undefined || layers.includes(layer)) &&
      mayConcern(statement, resource),
  );
  if (reason?.because?.part !== "condition") return undefined;
  return { reason, text: `${formatStatementReference(reason)} asks for ${formatCondition(reason.because)}` };
}

/** Conditions are evaluated before resources, so the statement may concern an unrelated resource. */
const mayConcern = ({ resource }: Statement, asked: string): boolean =>
  !resource ||
  resource.isNegated ||
  resource.values.some((value) => value.includes("${") || isRelated(value, asked));

const isRelated = (value: string, asked: string): boolean =>
  compareArnGlobs(parseArnGlob(value), parseArnGlob(asked)) !== "apart";

type ConditionReason = Extract<Because, { part: "condition" }>;

function formatCondition({ operator, key, expected, got }: ConditionReason): string {
  return `${quoted(`${operator} ${key}`)} ${formatList(expected, "or", 3)}, and ${formatKeyState(got)}`;
}

function formatKeyState(got: KeyState): string {
  if (got === "absent") return "the call doesn't have that key";
  if (got === "unknown") return "its value is not known";
  if ("like" in got) return `its value is like ${quoted(got.like, 200)}`;
  return `its value is ${formatList(got, "and", 3)}`;
}
