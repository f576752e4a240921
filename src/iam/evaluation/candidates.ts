import { evaluateCondition } from "../conditions/evaluate.ts";
import { foldCase, matchesPattern } from "../match/glob.ts";
import type { Policy, PolicyKind, Statement } from "../policy.ts";
import type { Because, KeyValues, Reason } from "./decision.ts";
import type { Layer } from "./layers.ts";
import type { Asker } from "./principal.ts";
import { isNamed, type Limits, type Standing, standingOf } from "./principal-match.ts";
import type { Truth } from "./ternary.ts";
import { and } from "./ternary.ts";

/** A statement that concerns the action, evaluated except for its resource. */
export interface Candidate {
  layer: Layer;
  policy: Policy;
  statement: Statement;
  /** How the statement's principal element matches the requester. */
  standing: Standing;
  /** Result of the principal element, the conditions and the statement's validity. */
  matches: Truth;
  /** Why `matches` isn't true. */
  because: Because | undefined;
  /** Condition keys whose unknown values decide. */
  missing: readonly string[];
}

export interface Question {
  asker: Asker;
  /** In lower case. */
  action: string;
  keys: KeyValues;
  limits: Limits;
}

const ITSELF: Standing = { direct: true, limited: false, delegated: false };
const NAMES_PRINCIPALS: ReadonlySet<PolicyKind> = new Set(["resource", "trust", "key", "rcp"]);

/** Collects the statements of all layers that concern the action. */
export function candidatesOf(layers: readonly Layer[], question: Question): Candidate[] {
  const candidates: Candidate[] = [];
  for (const layer of layers) {
    for (const policy of layer.policies) {
      for (const statement of concerning(policy, question.action)) {
        candidates.push(candidate(layer, policy, statement, question));
      }
    }
  }
  return candidates;
}

function candidate(layer: Layer, policy: Policy, statement: Statement, question: Question): Candidate {
  const standing = standingIn(policy, statement, question);
  const named = isNamed(standing);
  if (named === false) {
    return { layer, policy, statement, standing, matches: false, because: PRINCIPAL, missing: NOTHING };
  }
  const { truth, because, missing } = conditionsOf(statement, question.keys, policy.hasVariables);
  const isFaulty = statement.isFaulty && truth !== false;
  const matches = isFaulty ? faulty(statement) : and(named, truth);
  const why = isFaulty ? FAULTY : (because ?? (named === "unknown" ? PRINCIPAL : undefined));
  return { layer, policy, statement, standing, matches, because: why, missing };
}

const NOTHING: readonly never[] = [];
const PRINCIPAL: Because = { part: "principal" };
const RESOURCE: Because = { part: "resource" };
const FAULTY: Because = { part: "faulty" };

/** A malformed statement allows nothing, and may deny. */
const faulty = ({ effect }: Statement): Truth => effect === "Deny" && "unknown";

function standingIn(
  { kind }: Policy,
  { principal, effect }: Statement,
  { asker, limits }: Question,
): Standing {
  if (!NAMES_PRINCIPALS.has(kind) || !principal) return ITSELF;
  return standingOf({ element: principal, effect }, asker, limits);
}

interface ConditionsOutcome {
  truth: Truth;
  because: Because | undefined;
  missing: readonly string[];
}

const MET: ConditionsOutcome = { truth: true, because: undefined, missing: [] };

/** All conditions have to be met. The reason is the first unmet one, or else the first unknown one. */
function conditionsOf({ conditions }: Statement, keys: KeyValues, hasVariables: boolean): ConditionsOutcome {
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

const MOST_ACTIONS = 500;
/** Keyed by the statement list, which copies of a policy share. */
const byAction = new WeakMap<readonly Statement[], Map<string, readonly Statement[]>>();

/**
 * The statements whose `Action` or `NotAction` matches. Cached, since the same actions are evaluated
 * repeatedly.
 */
function concerning({ statements }: Policy, action: string): readonly Statement[] {
  let known = byAction.get(statements);
  if (!known || known.size > MOST_ACTIONS) {
    known = new Map();
    byAction.set(statements, known);
  }
  let concerned = known.get(action);
  if (!concerned) {
    concerned = statements.filter((statement) => concernsAction(statement, action));
    known.set(action, concerned);
  }
  return concerned;
}

const concernsAction = ({ action: { isNegated, values } }: Statement, action: string): boolean =>
  values.some((value) => matchesPattern(foldCase(value), action)) !== isNegated;

/** Describes what the statement did, for the trace. */
export function reasonOf({ policy, statement, because, layer, standing }: Candidate, truth: Truth): Reason {
  const outcome = truth === true ? "matched" : truth === false ? "unmatched" : "unknown";
  const reason: Reason = { policy, statement, layer: layer.name, outcome };
  if (truth !== true) reason.because = because ?? RESOURCE;
  const { direct, limited, delegated } = standing;
  if (layer.kind === "resource" && delegated === true && !direct && !limited) reason.isDelegation = true;
  return reason;
}
