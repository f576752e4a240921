import { evaluateCondition } from "../conditions/evaluate.ts";
import { foldCase, matchesPattern } from "../match/glob.ts";
import type { Policy, PolicyKind, Statement } from "../policy.ts";
import type { Because, KeyValues, Reason } from "./decision.ts";
import type { Layer } from "./layers.ts";
import type { ParsedPrincipal } from "./principal.ts";
import { hasMatch, matchPrincipal, type PrincipalMatch, type RequesterLimits } from "./principal-match.ts";
import { ResourceIndex } from "./resource-index.ts";
import type { Ternary } from "./ternary.ts";
import { and } from "./ternary.ts";

/** A statement that concerns the action, evaluated except for its resource. */
export interface Candidate {
  layer: Layer;
  policy: Policy;
  statement: Statement;
  /** How the statement's principal element matches the requester. */
  principalMatch: PrincipalMatch;
  /** Result of the principal element, the conditions and the statement's validity. */
  matches: Ternary;
  /** Why `matches` isn't true. */
  because: Because | undefined;
  /** Condition keys whose unknown values decide. */
  missing: readonly string[];
}

export interface CandidateQuery {
  requester: ParsedPrincipal;
  /** In lower case. */
  action: string;
  keys: KeyValues;
  requesterLimits: RequesterLimits;
}

const IMPLICIT_MATCH: PrincipalMatch = { direct: true, limited: false, delegated: false };
const KINDS_WITH_PRINCIPAL: ReadonlySet<PolicyKind> = new Set(["resource", "trust", "key", "rcp"]);

export interface CollectedCandidates {
  candidates: Candidate[];
  /** Whether statements are left out that concern the action. */
  isSelection: boolean;
}

/**
 * Collects the statements of all layers that concern the action. With a resource, those that can't match it may be left
 * out.
 */
export function collectCandidates(
  layers: readonly Layer[],
  question: CandidateQuery,
  resource?: string,
): CollectedCandidates {
  const candidates: Candidate[] = [];
  let isSelection = false;
  for (const layer of layers) {
    for (const policy of layer.policies) {
      const { statements, index } = findConcerningStatements(policy, question.action);
      const selected = index && resource !== undefined ? index.select(resource) : statements;
      if (selected.length < statements.length) isSelection = true;
      for (const statement of selected) candidates.push(createCandidate(layer, policy, statement, question));
    }
  }
  return { candidates, isSelection };
}

function createCandidate(
  layer: Layer,
  policy: Policy,
  statement: Statement,
  question: CandidateQuery,
): Candidate {
  const standing = matchStatementPrincipal(policy, statement, question);
  const named = hasMatch(standing);
  if (named === false) {
    return {
      layer,
      policy,
      statement,
      principalMatch: standing,
      matches: false,
      because: BECAUSE_OF_PRINCIPAL,
      missing: NO_MISSING_KEYS,
    };
  }
  const { truth, because, missing } = evaluateConditions(statement, question.keys, policy.hasVariables);
  const isFaulty = statement.isFaulty && truth !== false;
  const matches = isFaulty ? evaluateFaultyStatement(statement) : and(named, truth);
  const why = isFaulty
    ? BECAUSE_FAULTY
    : (because ?? (named === "unknown" ? BECAUSE_OF_PRINCIPAL : undefined));
  return { layer, policy, statement, principalMatch: standing, matches, because: why, missing };
}

const NO_MISSING_KEYS: readonly never[] = [];
const BECAUSE_OF_PRINCIPAL: Because = { part: "principal" };
const BECAUSE_OF_RESOURCE: Because = { part: "resource" };
const BECAUSE_FAULTY: Because = { part: "faulty" };

/** A malformed statement allows nothing, and may deny. */
const evaluateFaultyStatement = ({ effect }: Statement): Ternary => effect === "Deny" && "unknown";

function matchStatementPrincipal(
  { kind }: Policy,
  { principal, effect }: Statement,
  { requester: asker, requesterLimits: limits }: CandidateQuery,
): PrincipalMatch {
  if (!KINDS_WITH_PRINCIPAL.has(kind) || !principal) return IMPLICIT_MATCH;
  return matchPrincipal({ element: principal, effect }, asker, limits);
}

interface ConditionsResult {
  truth: Ternary;
  because: Because | undefined;
  missing: readonly string[];
}

const MET: ConditionsResult = { truth: true, because: undefined, missing: [] };

/** All conditions have to be met. The reason is the first unmet one, or else the first unknown one. */
function evaluateConditions(
  { conditions }: Statement,
  keys: KeyValues,
  hasVariables: boolean,
): ConditionsResult {
  if (conditions.length === 0) return MET;
  let unsure: Because | undefined;
  const missing: string[] = [];
  for (const condition of conditions) {
    const outcome = evaluateCondition(condition, keys, hasVariables);
    if (outcome === "met") continue;
    const { operator, key, values } = condition;
    const because: Because = { part: "condition", operator, key, expected: values, got: keys.get(key) };
    if (outcome === "unmet") return { truth: false, because, missing: [] };
    unsure ??= because;
    missing.push(...outcome.unknown);
  }
  return unsure ? { truth: "unknown", because: unsure, missing } : MET;
}

const MAX_CACHED_ACTIONS = 500;
/** Keyed by the statement list, which copies of a policy share. */
const statementsByAction = new WeakMap<readonly Statement[], Map<string, ConcerningStatements>>();

interface ConcerningStatements {
  statements: readonly Statement[];
  index: ResourceIndex | undefined;
}

/**
 * The statements whose `Action` or `NotAction` matches. Cached, since the same actions are evaluated
 * repeatedly.
 */
function findConcerningStatements({ statements }: Policy, action: string): ConcerningStatements {
  let known = statementsByAction.get(statements);
  if (!known || known.size > MAX_CACHED_ACTIONS) {
    known = new Map();
    statementsByAction.set(statements, known);
  }
  let concerned = known.get(action);
  if (!concerned) {
    const concerning = statements.filter((statement) => concernsAction(statement, action));
    concerned = { statements: concerning, index: ResourceIndex.create(concerning) };
    known.set(action, concerned);
  }
  return concerned;
}

const concernsAction = ({ action: { isNegated, values } }: Statement, action: string): boolean =>
  values.some((value) => matchesPattern(foldCase(value), action)) !== isNegated;

/** Describes what the statement did, for the trace. */
export function createReason(
  { policy, statement, because, layer, principalMatch: standing }: Candidate,
  truth: Ternary,
): Reason {
  const outcome = truth === true ? "matched" : truth === false ? "unmatched" : "unknown";
  const reason: Reason = { policy, statement, layer: layer.name, outcome };
  if (truth !== true) reason.because = because ?? BECAUSE_OF_RESOURCE;
  const { direct, limited, delegated } = standing;
  if (layer.kind === "resource" && delegated === true && !direct && !limited) reason.isDelegation = true;
  return reason;
}
