import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Document } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import type { Policy, PolicyAbout, PolicyFault, PolicyKind, Statement } from "../policy.ts";
import { checkAcross } from "./across.ts";
import { Faults } from "./faults.ts";
import { readStatement, unreadable } from "./statement.ts";
import type { Problem } from "./text.ts";
import { readText } from "./text.ts";
import { checkNames, isMembers, mistyped } from "./values.ts";

const ELEMENTS = ["Version", "Id", "Statement"];

/** The first has variables (`${…}`); the second is the default. */
const VERSIONS = ["2012-10-17", "2008-10-17"];

/**
 * Reads a policy document, given as a parsed value or as text (JSON, also URL-encoded). Malformed parts are
 * reported as faults, and their statements are marked with `Statement.isFaulty`.
 */
export function readPolicy(document: unknown, about: PolicyAbout): Policy {
  if (typeof document !== "string") return readDocument(document, about);
  const text = readText(document);
  if (!text.document) {
    const faults = text.problems.map((problem) => textFault(problem, []));
    return policyOf(about, [unreadable(0, about.kind)], faults, true);
  }
  const policy = readDocument(text.document.value, about);
  return text.problems.length === 0 ? policy : spoilt(policy, text.document, text.problems);
}

const policyOf = (
  about: PolicyAbout,
  statements: readonly Statement[],
  faults: readonly PolicyFault[],
  hasVariables: boolean,
): Policy => ({ ...about, hasVariables, statements, faults });

const textFault = ({ message, help }: Problem, path: Path): PolicyFault => ({
  severity: "error",
  message,
  ...(help && { help }),
  path,
});

/** With more problems than this, all statements are marked instead of the affected ones. */
const MOST_PROBLEMS = 100;

/**
 * A duplicate key makes its statement unreliable, or all of them if it is outside of statements: which of the
 * values AWS takes isn't known.
 */
function spoilt(policy: Policy, document: Document, problems: readonly Problem[]): Policy {
  const given = (document.value as { Statement?: unknown } | null)?.Statement;
  const spans = policy.statements.map(({ index }) => document.span(pathOfStatement(given, index), "value"));
  const located = problems.slice(0, MOST_PROBLEMS).map((problem) => {
    const index = spans.findIndex((span) => problem.start > span.start && problem.start < span.end);
    return { problem, index };
  });
  const isAll = problems.length > MOST_PROBLEMS || located.some(({ index }) => index < 0);
  const indexes = new Set(located.map(({ index }) => index));
  const faults = located.map(({ problem, index }) =>
    textFault(problem, index < 0 ? [] : pathOfStatement(given, index)),
  );
  return {
    ...policy,
    statements: policy.statements.map((each) =>
      isAll || indexes.has(each.index) ? { ...each, isFaulty: true } : each,
    ),
    faults: [...faults, ...policy.faults],
  };
}

function readDocument(document: unknown, about: PolicyAbout): Policy {
  const faults = new Faults();
  if (!isMembers(document)) {
    if (document instanceof Unknown) {
      faults.unknown([], `the policy is not known here: ${quoted(document.source)} is filled in later`);
    } else mistyped(document, [], faults, "a policy document", "an object");
    return policyOf(about, [unreadable(0, about.kind)], faults.list, true);
  }
  const misspelt = checkNames(document, ELEMENTS, { what: "a policy", path: [] }, faults);
  const hasVariables = readVersion(document.Version, faults);
  if (document.Id !== undefined && typeof document.Id !== "string") {
    mistyped(document.Id, ["Id"], faults, "`Id`", "a text");
  }
  const given = document.Statement;
  if (given === undefined) {
    if (!misspelt.has("Statement")) faults.error([], "the policy has no `Statement`");
    return policyOf(about, [unreadable(0, about.kind)], faults.list, hasVariables);
  }
  const statements = readStatements(given, { kind: about.kind, hasVariables }, faults);
  const pathOf = ({ index }: Statement): Path => pathOfStatement(given, index);
  checkAcross({ statements, hasVariables }, pathOf, faults);
  return policyOf(about, statements, faults.list, hasVariables);
}

const pathOfStatement = (given: unknown, index: number): Path =>
  Array.isArray(given) ? ["Statement", index] : ["Statement"];

/** If the document itself is unreliable, so are all of its statements. */
function readStatements(
  given: unknown,
  about: { kind: PolicyKind; hasVariables: boolean },
  faults: Faults,
): Statement[] {
  const isUnreliable = faults.isFaulty;
  const list: unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0) faults.warning(["Statement"], "the policy has no statements, so it does nothing");
  return list.map((value, index) => {
    const read = readStatement(value, index, pathOfStatement(given, index), about);
    faults.addAll(read.faults);
    return isUnreliable ? { ...read.statement, isFaulty: true } : read.statement;
  });
}

/** Whether the policy's version supports variables. */
function readVersion(version: unknown, faults: Faults): boolean {
  const [current] = VERSIONS;
  if (typeof version === "string" && VERSIONS.includes(version)) return version === current;
  if (version === undefined) return false;
  if (typeof version !== "string") mistyped(version, ["Version"], faults, "`Version`", quoted(current!));
  else {
    faults.error(["Version"], `there is no version ${quoted(version)} of the policy language`, {
      help: `write ${quoted(current!)}: it is the language's version, and not your policy's`,
    });
  }
  return true;
}
