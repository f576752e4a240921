import type {
  AccessRequest,
  Because,
  Decision,
  KeyState,
  Principal,
  Reason,
  Verdict,
} from "../evaluation/decision.ts";
import { evaluate } from "../evaluation/evaluate.ts";
import { impliedKeys } from "../evaluation/implied-keys.ts";
import type { Effect, PolicyKind } from "../policy.ts";
import { checkedInput } from "./input.ts";
import { policySetOf } from "./policy-set.ts";

/** A policy document: a parsed JSON object, or its text (JSON, also URL-encoded). */
export type PolicyDocument = object | string;

export type OneOrMore<Value> = Value | readonly Value[];

/** Control policies by level. A single policy is the only one of a single level. */
export type Levels = OneOrMore<PolicyDocument> | readonly (readonly PolicyDocument[])[];

/** A value of a condition key. */
export type KeyValue = string | number | boolean;

/** Input of `simulate`: may the principal perform the action on the resource under these policies? */
export interface SimulateInput {
  /** The ARN of a user, a role, a role session, a federated user or an account's root; or an AWS service. */
  principal: Principal;
  /** A single action, `service:Name`, without wildcards. */
  action: string;
  /**
   * An ARN, or a pattern of ARNs, all of which have to be allowed. `*` for an action that takes no resource.
   */
  resource: string;
  /**
   * Condition keys of the request, in any case, with one or more values. Null or undefined: the key is
   * absent.
   */
  context?: Readonly<Record<string, KeyValue | readonly KeyValue[] | null | undefined>>;
  /** State of the keys that neither `context` nor the request determines. Default: "absent". */
  missingKeys?: "absent" | "unknown";
  /** Keys that the request doesn't have. */
  absentKeys?: readonly string[];
  /** Keys that the request may have, with any value. */
  unknownKeys?: readonly string[];
  /** The policies of the user and its groups, or of the role. */
  identityPolicies?: OneOrMore<PolicyDocument>;
  permissionsBoundary?: PolicyDocument;
  /** The policies of the session, inline and managed. An action is allowed if one of them allows it. */
  sessionPolicies?: OneOrMore<PolicyDocument>;
  /**
   * By level, from the root of the organization down to the account; every level has to allow. Undefined: no
   * organization. They don't apply in the organization's management account: leave them out for its
   * principals.
   */
  serviceControlPolicies?: Levels;
  /**
   * By level, for the account of the resource. What they don't deny is allowed, since AWS attaches
   * RCPFullAWSAccess to each level.
   */
  resourceControlPolicies?: Levels;
  /** The policy of the resource itself: a bucket policy, a key policy or, for a role, its trust policy. */
  resourcePolicy?: PolicyDocument;
  /** The account that owns the resource. Default: the account in the ARN, or else the principal's. */
  resourceAccount?: string;
}

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
  policy: { kind: PolicyKind; index: number; level?: number };
  severity: "error" | "warning";
  message: string;
  help?: string;
  /** Path in the policy document. */
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
 * @throws TypeError when the input is malformed (no action, policies that aren't documents); never because of
 * a policy's content.
 */
export function simulate(question: SimulateInput): SimulateResult {
  const input = checkedInput(question);
  const { principal, action, resource, resourceAccount } = input;
  const request: AccessRequest = {
    principal,
    action,
    resource,
    ...(resourceAccount !== undefined && { resourceAccount }),
    keys: keysOf(input),
  };
  const { policies, origins } = policySetOf(input);
  return resultOf(evaluate(request, policies), origins);
}

type Origins = ReturnType<typeof policySetOf>["origins"];

/** Precedence: given keys, then listed ones, then implied ones, then the default. */
function keysOf(input: SimulateInput): AccessRequest["keys"] {
  const given = new Map<string, KeyState>();
  for (const key of input.unknownKeys ?? []) given.set(key.toLowerCase(), "unknown");
  for (const key of input.absentKeys ?? []) given.set(key.toLowerCase(), "absent");
  const { context } = input;
  if (context) for (const key of Object.keys(context)) given.set(key.toLowerCase(), stateOf(context[key]));
  const otherwise = input.missingKeys ?? "absent";
  let implied: ReadonlyMap<string, KeyState> | undefined;
  return {
    get(key) {
      const folded = key.toLowerCase();
      const state = given.get(folded);
      if (state !== undefined) return state;
      implied ??= impliedKeys(input);
      return implied.get(folded) ?? otherwise;
    },
  };
}

const stateOf = (value: KeyValue | readonly KeyValue[] | null | undefined): KeyState => {
  if (value === null || value === undefined) return "absent";
  return Array.isArray(value) ? value.map(String) : [String(value)];
};

function resultOf(decision: Decision, origins: Origins): SimulateResult {
  const { decidedBy, partial, missing, lackingLayers, covered, uncovered, notes } = decision;
  const considered = decision.considered.map((reason) => reasonOf(reason, origins));
  const result: SimulateResult = {
    decision: decision.decision,
    partial,
    decidedBy: considered.filter((_, index) => decidedBy.includes(decision.considered[index]!)),
    missing,
    faults: faultsOf(origins),
    lackingLayers,
    covered,
    notes: notes ?? [],
    considered,
  };
  if (uncovered !== undefined) result.uncovered = uncovered;
  return result;
}

function reasonOf(
  { policy, statement, outcome, because, isDelegation }: Reason,
  origins: Origins,
): SimulateReason {
  const { sid, index, effect } = statement;
  const reason: SimulateReason = { policy: origins.get(policy)!, statement: index, effect, outcome };
  if (sid !== undefined) reason.sid = sid;
  if (because) reason.because = because;
  if (isDelegation) reason.isDelegation = isDelegation;
  return reason;
}

function faultsOf(origins: Origins): SimulateFault[] {
  const faults: SimulateFault[] = [];
  for (const [{ faults: own }, policy] of origins) {
    for (const { severity, message, help, path } of own) {
      faults.push({ policy, severity, message, ...(help !== undefined && { help }), path });
    }
  }
  return faults;
}
