import { formatSafeJson } from "../../../diagnostics/text.ts";
import type { Reason } from "../../../iam/evaluation/decision.ts";
import type { PolicyPlace } from "../../../iam/policy.ts";
import { findMissingFact, findStatementPlace, type Trace } from "./trace.ts";

/** Formats a trace as JSON. `version` is raised when something that existed before changes. */
export function formatTraceJson({
  question,
  decision,
  layers,
  missingFacts: gaps,
  missingKeys: keys,
  faults,
  suggestions,
}: Trace): string {
  const { principal, action, resource } = question.request;
  const answer = {
    version: 1,
    request: { principal, action, resource },
    decision: decision.decision,
    partial: decision.partial,
    ...(decision.partial && { covered: decision.covered, uncovered: decision.uncovered }),
    lacking: decision.lackingLayers,
    missing: { keys, policies: gaps, notes: decision.notes ?? [] },
    layers: layers.map(({ name }) =>
      toLayerJson(
        name,
        decision.considered.filter(({ layer }) => layer === name),
      ),
    ),
    faults: faults.map(({ policy, path, at, severity, message, help }) => ({
      severity,
      message,
      help,
      policy: policy.name,
      ...toPlaceJson(policy.place?.(path, at)),
    })),
    suggestions,
  };
  return `${formatSafeJson(answer)}\n`;
}

/** The stand-in for an unknown policy is listed under `unknown`, not among the statements. */
function toLayerJson(name: string, reasons: readonly Reason[]) {
  const unknown = reasons.flatMap((reason) => findMissingFact(reason)?.message ?? []);
  return {
    name,
    statements: reasons.filter((reason) => !findMissingFact(reason)).map(toStatementJson),
    ...(unknown.length > 0 && { unknown: [...new Set(unknown)] }),
  };
}

const toStatementJson = (reason: Reason) => ({
  policy: reason.policy.name,
  statement: reason.statement.index,
  sid: reason.statement.sid,
  effect: reason.statement.effect,
  outcome: reason.outcome,
  because: reason.because,
  ...toPlaceJson(findStatementPlace(reason.policy, reason.statement)),
});

const toPlaceJson = (place: PolicyPlace | undefined) =>
  place && { file: place.file, line: place.place.line, column: place.place.column };
