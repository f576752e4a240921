import type { Finding } from "../../diagnostics/diagnostic.ts";
import { severityOf } from "../../diagnostics/diagnostic.ts";
import type { FailurePolicy } from "../../diagnostics/report.ts";
import { decideOutcome } from "../../diagnostics/report.ts";
import type { Document } from "../../documents/document.ts";
import { parseJson } from "../../documents/json/json.ts";
import { JsonSpans } from "../../documents/json/spans.ts";
import { findCloudTrail } from "../../requests/containers/cloudtrail.ts";
import type { Request } from "../../requests/request.ts";
import { COLUMNS_ONLY, hasColumnsOnly } from "../../requests/trail/parse-records.ts";
import type { PendingFinding } from "../../rules/findings/pending-finding.ts";
import { decideRequest } from "../check-request.ts";
import { countRequestFindings } from "../count-request-findings.ts";
import type { Engine } from "../engine.ts";
import { loadOperationNames } from "../extract.ts";
import { type PastCall, stopsCall } from "./past-call.ts";

/** What is found in the text of one record. */
export interface RecordChecks {
  calls: PastCall[];
  /** Why the record can't be read. */
  fault?: string;
}

/** Checks the text of a record, without places and without the texts of findings that nobody asks for. */
export function checkRecord(text: string, engine: Engine, bar: FailurePolicy): RecordChecks {
  const document = parseRecord(text);
  if (!document) return { calls: [], fault: parseJson(text).faults[0]?.message ?? "it is no JSON" };
  if (hasColumnsOnly(document.value)) return { calls: [], fault: COLUMNS_ONLY };
  const found = findCloudTrail(document, {
    directives: [],
    text,
    isExpected: false,
    language: "json",
    operations: loadOperationNames(engine),
    seenEvents: engine.seenEvents ?? new Set(),
    includesReads: engine.includesReads,
  });
  return { calls: (found?.requests ?? []).flatMap((request) => toPastCall(request, engine, bar)) };
}

/** CloudTrail writes its records, so that duplicate keys and numbers beyond doubles needn't be looked for in each. */
function parseRecord(text: string): Document | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { value, span: (path, at) => new JsonSpans(text).find(path, at) };
  } catch {
    return undefined;
  }
}

function toPastCall(request: Request, engine: Engine, bar: FailurePolicy): PastCall[] {
  const { operation, recorded } = request;
  if (!recorded) return [];
  if (passesPlainly(request, engine)) return [{ operation, recorded, outcome: "pass", stops: [] }];
  const { findings, pending } = decideRequest(request, engine);
  const all = [...findings, ...pending];
  const failed = all.filter((one) => one.status !== "undecided");
  const count = (severity: string): number => failed.filter((one) => getSeverity(one) === severity).length;
  const undecided = all.length - failed.length;
  const outcome = decideOutcome({ errors: count("error"), warnings: count("warning"), undecided }, bar);
  const stops = failed.filter((one) => stopsCall(getSeverity(one), bar)).map(toText);
  return [{ operation, recorded, outcome, stops }];
}

/**
 * Whether a call passes by counts alone, as most do. Rules that ship are undecided without context for nothing but facts, so
 * these are left out. A justification isn't given: where a rule asks for one, it is decided in full.
 */
function passesPlainly({ operation, payload, caller }: Request, engine: Engine): boolean {
  if (caller !== undefined && typeof caller !== "string") return false;
  const counts = countRequestFindings({ operation, request: payload, caller }, engine);
  if (!counts || counts.errors + counts.warnings > 0) return false;
  engine.past?.addCounted(counts.undecided);
  return true;
}

function toText(one: Finding | PendingFinding): PastCall["stops"][number] {
  const { code, message } = "toFinding" in one ? one.toFinding() : one;
  return { code, message };
}

const getSeverity = (one: Finding | PendingFinding) => ("toFinding" in one ? one.severity : severityOf(one));
