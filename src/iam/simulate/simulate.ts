import { findActionFaults, findUnknownAction, isKnownAction } from "../actions/index.ts";
import type {
  AccessRequest,
  Because,
  Decision,
  KeyState,
  KeyValues,
  Reason,
  Verdict,
} from "../evaluation/decision.ts";
import { evaluate } from "../evaluation/evaluate.ts";
import { deriveImpliedKeys } from "../evaluation/implied-keys.ts";
import { keepResults } from "../match/keep-results.ts";
import type { Effect, Policy, PolicyFault, PolicyKind } from "../policy.ts";
import { validateInput } from "./input.ts";
import { readPolicySet } from "./policy-set.ts";
import type { KeyValue, SimulateInput } from "./types.ts";
import { dropUnreadable } from "./unreadable.ts";

/** What one statement contributed. */
export interface SimulateReason {
  /** The input member that the policy came from, its index in it and its level, from 0. */
  policy: { kind: PolicyKind; index: number; level?: number };
  sid?: string;
  /** Index in the policy's statement list, from 0. */
  statement: number;
  effect: Effect;
  outcome: Reason["outcome"];
  /** Why it doesn't match or the result is unknown. */
  because?: Because;
  /**
   * Set for a statement of a resource policy that names only the account: identity policies have to allow the
   * request as well.
   */
  isDelegation?: boolean;
}

export interface SimulateFault {
  /** Absent for a fault of the request itself. */
  policy?: { kind: PolicyKind; index: number; level?: number };
  severity: "error" | "warning";
  message: string;
  help?: string;
  /** Path in the policy document, or in the input. */
  path: readonly (string | number)[];
}

/** Result of `simulate`. */
export interface SimulateResult {
  decision: Verdict;
  /** Some of the resources that the pattern matches are allowed, and some are denied. */
  partial: boolean;
  /** The statements that decided: the Denies, the Allows, or those with an unknown result. */
  decidedBy: readonly SimulateReason[];
  /** Condition keys whose unknown values decide. */
  missing: readonly string[];
  /** Faults of the policies. A statement that can't be understood allows nothing, and may deny. */
  faults: readonly SimulateFault[];
  /**
   * For an implicit deny: the layers that allow nothing ("identity", "boundary", "session", "scp 1",
   * "resource", …).
   */
  lackingLayers: readonly string[];
  /**
   * For a partial grant: patterns of which every requested resource is allowed (or examples), and a resource
   * that isn't.
   */
  covered: readonly string[];
  uncovered?: string;
  /** Why nothing could be decided, apart from statements. */
  notes: readonly string[];
  /** Every statement that concerns the action, and what it contributed. */
  considered: readonly SimulateReason[];
}

/**
 * Decides whether AWS would allow a request under the given policies. Offline; calls no AWS API.
 *
 * Condition keys that follow from the principal and the resource, such as aws:PrincipalArn, needn't be given.
 *
 * A value whose getter throws counts as not given, and `notes` say so; a policy with such a value allows nothing.
 *
 * @throws TypeError when the input is malformed (no action, policies that aren't documents); never because of
 * a policy's content.
 */
export function simulate(question: SimulateInput): SimulateResult {
  try {
    return simulateReadable(question);
  } catch (error) {
    // Getters are rare, and copying every input would be slow: only a failure is looked into.
    if (typeof question !== "object" || question === null) throw error;
    const { input, notes } = dropUnreadable(question);
    if (notes.length === 0) throw error;
    const result = simulateReadable(input);
    return { ...result, notes: [...result.notes, ...notes] };
  }
}

function simulateReadable(question: SimulateInput): SimulateResult {
  const input = validateInput(question);
  const { principal, action, resource, resourceAccount } = input;
  const keys = new SimulatedKeys(input);
  const request: AccessRequest = {
    principal,
    action,
    resource,
    ...(resourceAccount !== undefined && { resourceAccount }),
    keys,
  };
  const { policies, origins } = readPolicySet(input);
  const decision = evaluate(request, policies);
  // The program may change its input until it reads the trace.
  if (decision.isTraceLate) keys.settle();
  const result = toSimulateResult(decision, origins);
  const unknown = findUnknown(action);
  if (unknown === "known") return result;
  return { ...result, faults: [{ severity: "warning", ...unknown, path: ["action"] }, ...result.faults] };
}

const findUnknown = keepResults(
  (action) => (isKnownAction(action) === false && findUnknownAction(action)) || "known",
);

type PolicyOrigins = ReturnType<typeof readPolicySet>["origins"];

/** Precedence: given keys, then listed ones, then implied ones, then the default. */
class SimulatedKeys implements KeyValues {
  #input: SimulateInput;
  #given: ReadonlyMap<string, KeyState> | undefined;
  #implied: ReadonlyMap<string, KeyState> | undefined;

  constructor(input: SimulateInput) {
    this.#input = input;
  }

  get(key: string): KeyState {
    const folded = key.toLowerCase();
    this.#given ??= readGivenKeys(this.#input);
    const state = this.#given.get(folded);
    if (state !== undefined) return state;
    this.#implied ??= deriveImpliedKeys(this.#input);
    return this.#implied.get(folded) ?? this.#input.missingKeys ?? "absent";
  }

  /** Reads the input, for questions that come later. */
  settle(): void {
    this.#given ??= readGivenKeys(this.#input);
    this.#implied ??= deriveImpliedKeys(this.#input);
    const { principal, action, resource, missingKeys } = this.#input;
    this.#input = { principal, action, resource, ...(missingKeys && { missingKeys }) };
  }
}

function readGivenKeys({ unknownKeys = [], absentKeys = [], context = {} }: SimulateInput) {
  const given = new Map<string, KeyState>();
  for (const key of unknownKeys) given.set(key.toLowerCase(), "unknown");
  for (const key of absentKeys) given.set(key.toLowerCase(), "absent");
  for (const key of Object.keys(context)) given.set(key.toLowerCase(), toKeyState(context[key]));
  return given;
}

const toKeyState = (value: KeyValue | readonly KeyValue[] | null | undefined): KeyState => {
  if (value === null || value === undefined) return "absent";
  return Array.isArray(value) ? value.map(String) : [String(value)];
};

function toSimulateResult(decision: Decision, origins: PolicyOrigins): SimulateResult {
  const { decidedBy, partial, missing, lackingLayers, covered, uncovered, notes } = decision;
  const deciders = decidedBy.map((reason) => toSimulateReason(reason, origins));
  const result: SimulateResult = {
    decision: decision.decision,
    partial,
    decidedBy: deciders,
    missing,
    faults: collectFaults(origins),
    lackingLayers,
    covered,
    notes: notes ?? [],
    considered: decision.isTraceLate
      ? []
      : decision.considered.map((each) => toSimulateReason(each, origins)),
  };
  if (uncovered !== undefined) result.uncovered = uncovered;
  if (decision.isTraceLate) addLateTrace(result, decision, origins);
  return result;
}

function addLateTrace(result: SimulateResult, decision: Decision, origins: PolicyOrigins): void {
  let known: readonly SimulateReason[] | undefined;
  const get = () => {
    known ??= decision.considered.map((reason) => toSimulateReason(reason, origins));
    return known;
  };
  Object.defineProperty(result, "considered", { get, enumerable: true });
}

function toSimulateReason(
  { policy, statement, outcome, because, isDelegation }: Reason,
  origins: PolicyOrigins,
): SimulateReason {
  const { sid, index, effect } = statement;
  const reason: SimulateReason = { policy: origins.get(policy)!, statement: index, effect, outcome };
  if (sid !== undefined) reason.sid = sid;
  if (because) reason.because = because;
  if (isDelegation) reason.isDelegation = isDelegation;
  return reason;
}

/** Keyed by the statement list, which copies of a policy share. */
const actionFaults = new WeakMap<Policy["statements"], readonly PolicyFault[]>();

function findCachedActionFaults({ statements }: Policy): readonly PolicyFault[] {
  const known = actionFaults.get(statements);
  if (known) return known;
  const faults = findActionFaults({ statements });
  actionFaults.set(statements, faults);
  return faults;
}

const toSimulateFault = (
  { severity, message, help, path }: PolicyFault,
  policy: NonNullable<SimulateFault["policy"]>,
): SimulateFault =>
  help === undefined ? { policy, severity, message, path } : { policy, severity, message, help, path };

function collectFaults(origins: PolicyOrigins): SimulateFault[] {
  const faults: SimulateFault[] = [];
  for (const [read, policy] of origins) {
    for (const fault of read.faults) faults.push(toSimulateFault(fault, policy));
    for (const fault of findCachedActionFaults(read)) faults.push(toSimulateFault(fault, policy));
  }
  return faults;
}
