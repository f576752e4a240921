import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { severityOf } from "../../diagnostics/diagnostic.ts";
import { applySeverities } from "../check-request.ts";
import type { Engine } from "../engine.ts";
import type { CheckedFile, FileCheckOptions } from "./checked-file.ts";
import { listPolicyProblems } from "./policy-problems.ts";

/**
 * Problems in the policies that were evaluated. Each is reported once per run, at its position in the policy.
 */
export function collectPolicyDiagnostics(
  files: readonly CheckedFile[],
  engine: Engine,
  { waiverOf }: FileCheckOptions,
): Diagnostic[] {
  const { ruleOptions } = engine;
  // The policies of a template are read for each account and Region that they are evaluated in.
  const problems = new Map(listPolicyProblems(files, engine).map((each) => [JSON.stringify(each), each]));
  return applySeverities([...problems.values()], ruleOptions).map(({ at, ...problem }) => {
    const place = { ...(at && { file: at.file, ...at.place }) };
    const diagnostic: Diagnostic = { ...problem, severity: severityOf(problem), status: "failed", ...place };
    const waiver = waiverOf?.(diagnostic);
    return waiver ? { ...diagnostic, status: "waived", waiver: waiver.reason } : diagnostic;
  });
}
