import type { Code } from "../../diagnostics/codes.ts";
import type { Diagnostic, Outcome } from "../../diagnostics/diagnostic.ts";
import type { FailurePolicy } from "../../diagnostics/report.ts";
import { decideOutcome, summarise } from "../../diagnostics/report.ts";
import { formatSafeJson } from "../../diagnostics/text.ts";
import { isErrorFault } from "../../documents/document.ts";
import { parseJson } from "../../documents/json/json.ts";
import type { Engine } from "../../engine/engine.ts";
import { validateWithEngine } from "../validator.ts";
import { findId } from "./find-id.ts";

/** The answer to one line of a stream. */
export interface LineResult {
  /** As the line gives it. */
  id?: unknown;
  /** The number of a line that gives no id, from 1. */
  line?: number;
  outcome: Outcome;
  /** Left out of brief answers to lines that can be read. */
  diagnostics?: Diagnostic[];
}

/** What lines are checked with. */
export interface LineChecker {
  engine: Engine;
  policy: FailurePolicy;
  /** Whether only outcomes are asked for, which takes a fraction of the time. */
  isBrief?: boolean;
  /** Returns the waiver that covers a diagnostic; absent if there are no waivers. */
  waiverOf?: (diagnostic: Diagnostic) => { reason: string } | undefined;
}

/** Checks the request in a line, `{ id, operation, request, … }`. Whatever the line holds, there is an answer. */
export function answerLine(text: string, number: number, checker: LineChecker): LineResult {
  if (text.trim() === "")
    return refuseLine(undefined, number, {
      code: "document/no-request",
      message: "the line is empty",
      help: "each line is one request, as `{ id, operation, request }`",
    });
  const { documents, faults } = parseJson(text);
  const [fault] = faults.filter(isErrorFault);
  const [document] = documents;
  if (fault || !document) {
    const { code = "document/syntax", message = "the line is no JSON", help } = fault ?? {};
    return refuseLine(findId(text), number, { code, message, ...(help !== undefined && { help }) });
  }
  const { value } = document;
  const { input, identity } = takeId(value, number);
  return { ...identity, ...validate(input, checker) };
}

interface LineFault {
  code: Code;
  message: string;
  help?: string;
}

/** The answer to a line that can't be read. */
export function refuseLine(id: unknown, number: number, { code, ...fault }: LineFault): LineResult {
  const diagnostic: Diagnostic = { code, severity: "error", status: "failed", ...fault };
  return { ...toIdentity(id, number), outcome: "fail", diagnostics: [diagnostic] };
}

const toIdentity = (id: unknown, line: number): Pick<LineResult, "id" | "line"> =>
  id === undefined ? { line } : { id };

/** Separates the id from what is checked. */
function takeId(
  value: unknown,
  number: number,
): { input: unknown; identity: Pick<LineResult, "id" | "line"> } {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "id"))
    return { input: value, identity: { line: number } };
  const { id, ...input } = value as Record<string, unknown>;
  return { input, identity: { id } };
}

function validate(
  input: unknown,
  { engine, policy, isBrief = false, waiverOf }: LineChecker,
): Pick<LineResult, "outcome" | "diagnostics"> {
  const result = validateWithEngine(input, engine, policy);
  const { outcome } = result;
  if (!waiverOf) return isBrief ? { outcome } : { outcome, diagnostics: result.diagnostics };
  const { diagnostics } = result;
  const marked = diagnostics.map((diagnostic): Diagnostic => {
    const waiver = waiverOf(diagnostic);
    return waiver ? { ...diagnostic, status: "waived", waiver: waiver.reason } : diagnostic;
  });
  const waived = decideOutcome(summarise(1, 1, marked), policy);
  return isBrief ? { outcome: waived } : { outcome: waived, diagnostics: marked };
}

/** One line of JSON, with its line break. */
export const formatLineResult = (result: LineResult): string =>
  typeof result.id === "object" || typeof result.id === "bigint"
    ? `${formatWithExactId(result)}\n`
    : `${formatSafeJson(result, "")}\n`;

/** JSON of a result whose id may hold integers that only a bigint has exactly. */
function formatWithExactId({ id, ...result }: LineResult): string {
  const rest = formatSafeJson(result, "");
  return `{"id":${formatExact(id)},${rest.slice(1)}`;
}

function formatExact(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(formatExact).join(",")}]`;
  if (typeof value !== "object" || value === null) return formatSafeJson(value, "");
  const members = Object.entries(value).map(
    ([name, member]) => `${formatSafeJson(name, "")}:${formatExact(member)}`,
  );
  return `{${members.join(",")}}`;
}
