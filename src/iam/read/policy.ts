import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Document } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import { knownPartOf, OpenList } from "../../documents/partial.ts";
import type { Policy, PolicyFault, PolicyKind, PolicyMetadata, Statement } from "../policy.ts";
import { checkStatementsTogether } from "./cross-statement.ts";
import { FaultCollector } from "./faults.ts";
import { POLICY_KIND_RULES } from "./kinds.ts";
import { createUnreadableStatement, readStatement } from "./statement.ts";
import type { TextProblem } from "./text.ts";
import { readPolicyText } from "./text.ts";
import {
  createUnknownCondition,
  describeUnknownPart,
  isOpenDocument,
  listReadings,
} from "./unknown-parts.ts";
import { checkElementNames, isKnownObject, reportMistyped } from "./values.ts";

const POLICY_ELEMENTS = ["Version", "Id", "Statement"];

/** The first has variables (`${…}`); the second is the default. */
const VERSIONS = ["2012-10-17", "2008-10-17"];

/**
 * Reads a policy document, given as a parsed value or as text (JSON, also URL-encoded). Malformed parts are
 * reported as faults, and their statements are marked with `Statement.isFaulty`.
 */
export function readPolicy(document: unknown, about: PolicyMetadata): Policy {
  if (typeof document !== "string") return readDocument(document, about);
  const text = readPolicyText(document);
  if (!text.document) {
    const faults = text.problems.map((problem) => faultFromProblem(problem, []));
    return createPolicy(about, [createUnreadableStatement(0, about.kind)], faults, true);
  }
  const policy = readDocument(text.document.value, about);
  return text.problems.length === 0 ? policy : markDuplicateKeys(policy, text.document, text.problems);
}

const createPolicy = (
  about: PolicyMetadata,
  statements: readonly Statement[],
  faults: readonly PolicyFault[],
  hasVariables: boolean,
): Policy => ({ ...about, hasVariables, statements, faults });

const faultFromProblem = ({ message, help }: TextProblem, path: Path): PolicyFault => ({
  severity: "error",
  message,
  ...(help && { help }),
  path,
});

/** With more problems than this, all statements are marked instead of the affected ones. */
const MAX_PROBLEMS = 100;

/**
 * A duplicate key makes its statement unreliable, or all of them if it is outside of statements: which of the
 * values AWS takes isn't known.
 */
function markDuplicateKeys(policy: Policy, document: Document, problems: readonly TextProblem[]): Policy {
  const given = (document.value as { Statement?: unknown } | null)?.Statement;
  const spans = policy.statements.map(({ index }) => document.span(statementPathOf(given, index), "value"));
  const located = problems.slice(0, MAX_PROBLEMS).map((problem) => {
    const index = spans.findIndex((span) => problem.start > span.start && problem.start < span.end);
    return { problem, index };
  });
  const isAll = problems.length > MAX_PROBLEMS || located.some(({ index }) => index < 0);
  const indexes = new Set(located.map(({ index }) => index));
  const faults = located.map(({ problem, index }) =>
    faultFromProblem(problem, index < 0 ? [] : statementPathOf(given, index)),
  );
  return {
    ...policy,
    statements: policy.statements.map((each) =>
      isAll || indexes.has(each.index) ? { ...each, isFaulty: true } : each,
    ),
    faults: [...faults, ...policy.faults],
  };
}

function readDocument(given: unknown, about: PolicyMetadata): Policy {
  const faults = new FaultCollector();
  if (isOpenDocument(given)) {
    const open = new Unknown(given.source);
    return createPolicy(about, readStatements(open, { ...about, hasVariables: true }, faults), [], true);
  }
  const document = knownPartOf(given);
  if (!isKnownObject(document)) {
    reportMistyped(document, [], faults, "a policy document", "an object");
    return createPolicy(about, [createUnreadableStatement(0, about.kind)], faults.list, true);
  }
  const misspelt = checkElementNames(document, POLICY_ELEMENTS, { what: "a policy", path: [] }, faults);
  const hasVariables = readVersion(document.Version, faults);
  if (document.Id !== undefined && typeof document.Id !== "string" && !(document.Id instanceof Unknown)) {
    reportMistyped(document.Id, ["Id"], faults, "`Id`", "a text");
  }
  const listed = document.Statement;
  if (listed === undefined) {
    if (!misspelt.has("Statement")) faults.addError([], "the policy has no `Statement`");
    return createPolicy(about, [createUnreadableStatement(0, about.kind)], faults.list, hasVariables);
  }
  const statements = readStatements(listed, { ...about, hasVariables }, faults);
  const pathOf = ({ index }: Statement): Path => statementPathOf(listed, index);
  checkStatementsTogether({ statements, hasVariables }, pathOf, faults);
  return createPolicy(about, statements, faults.list, hasVariables);
}

const statementPathOf = (given: unknown, index: number): Path =>
  Array.isArray(given) || given instanceof OpenList ? ["Statement", index] : ["Statement"];

interface PolicyContext {
  kind: PolicyKind;
  name: string;
  hasVariables: boolean;
}

/** If the document itself is unreliable, so are all of its statements. */
function readStatements(given: unknown, about: PolicyContext, faults: FaultCollector): Statement[] {
  const isUnreliable = faults.isFaulty;
  if (Array.isArray(given) && given.length === 0)
    faults.addWarning(["Statement"], "the policy has no statements, so it does nothing");
  return listReadings(given).map((reading) => {
    const { statement, faults: own } = readReading(reading, statementPathOf(given, reading.index), about);
    // Of a part that isn't known, what is wrong isn't known either.
    if (reading.open === undefined) faults.addAll(own);
    return isUnreliable ? { ...statement, isFaulty: true } : statement;
  });
}

function readReading(
  { value, open, index, isAnything }: ReturnType<typeof listReadings>[number],
  path: Path,
  about: PolicyContext,
): ReturnType<typeof readStatement> {
  const { principal, resource } = POLICY_KIND_RULES[about.kind];
  const scope = {
    ...(principal === "required" && { Principal: "*" }),
    ...(resource === "required" && { Resource: "*" }),
  };
  const read = readStatement(isAnything ? { ...Object(value), ...scope } : value, index, path, about);
  if (open === undefined) return read;
  const unknown = createUnknownCondition(describeUnknownPart(about.name, open));
  const { statement } = read;
  return { ...read, statement: { ...statement, conditions: [...statement.conditions, unknown] } };
}

/** Whether the policy's version supports variables. */
function readVersion(version: unknown, faults: FaultCollector): boolean {
  const [current] = VERSIONS;
  if (typeof version === "string" && VERSIONS.includes(version)) return version === current;
  if (version === undefined) return false;
  // Nobody fills in the old version, which has no variables.
  if (version instanceof Unknown) return true;
  if (typeof version !== "string")
    reportMistyped(version, ["Version"], faults, "`Version`", quoted(current!));
  else {
    faults.addError(["Version"], `there is no version ${quoted(version)} of the policy language`, {
      help: `write ${quoted(current!)}: it is the language's version, and not your policy's`,
    });
  }
  return true;
}
