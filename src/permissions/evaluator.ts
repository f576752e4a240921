import type { ContextStore } from "../context/store.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Decision, PolicySet } from "../iam/evaluation/decision.ts";
import { evaluate } from "../iam/evaluation/evaluate.ts";
import type { Policy } from "../iam/policy.ts";
import type { MaybeKnown, PermissionRequirement } from "../rules/permission.ts";
import { describeUnknownNeeds, toActionRequirement } from "./by-name.ts";
import { resolveConditionKeys } from "./condition-keys.ts";
import type { DefinedBucket } from "./defined-bucket.ts";
import type { ActionQuery, EvaluationRun } from "./evaluation-run.ts";
import { ANOTHER_ACCOUNT, hasSource, toForeignRequirement } from "./findings/confused-deputy.ts";
import { createFindings } from "./findings/index.ts";
import type { PolicyProblem } from "./findings/malformed-policy.ts";
import { findPolicyProblems } from "./findings/malformed-policy.ts";
import { describeResourcePolicy, listPolicies, resourceAccountFromArn } from "./policy-sets.ts";
import { PrincipalIndex } from "./principals.ts";
import { ResourcePolicyReader, readOrganizationPolicies } from "./resource-policies.ts";
import type { EvaluatedPrincipal, PermissionDecision, PermissionResult } from "./result.ts";
import { principalNameOf } from "./result.ts";
import { readTrustPolicy, toKnownPrincipal } from "./template-policies.ts";
import type { TemplatePrincipal } from "./template-principal.ts";
import { listCallReferences, readDefinedPolicy } from "./template-resources.ts";
import { blurPrincipals, findTemplateScope } from "./template-scope.ts";
import type { PolicyGap } from "./unknown-policy.ts";
import { createDelegation, createUnknownPolicy, findUndecidable, UNDECIDABLE } from "./unknown-policy.ts";
import type { ActionOutcome } from "./unknown-resource.ts";
import { isDenied, resolveUnknownResource } from "./unknown-resource.ts";

/** Inputs for the requirements of one request. */
export interface EvaluationInputs {
  /** Condition keys from the context. */
  conditionKeys: Readonly<Record<string, unknown>>;
  /** The caller, if a template of the run defines it. */
  caller?: TemplatePrincipal | undefined;
  /** The roles that the payload hands over, by member, of those that templates of the run define. */
  roles?: ReadonlyMap<string, TemplatePrincipal> | undefined;
  /** The bucket that the payload names, if a template of the run defines it. */
  bucket?: DefinedBucket | undefined;
}

/**
 * Evaluates permission requirements against the policies of a context. Policies are read on first use, and
 * cached.
 */
export class PermissionEvaluator {
  readonly #principals: PrincipalIndex;
  readonly #resources: ResourcePolicyReader;
  readonly #organization: Pick<PolicySet, "serviceControl" | "resourceControl">;

  constructor(store: ContextStore) {
    this.#principals = new PrincipalIndex(store.iam);
    this.#resources = new ResourcePolicyReader(store);
    this.#organization = readOrganizationPolicies(store);
  }

  evaluate(
    requirements: readonly PermissionRequirement[],
    circumstances: EvaluationInputs,
  ): PermissionResult {
    const run = this.#run(requirements, circumstances);
    const consulted = [...run.consulted].filter((policy) => !this.#principals.isAwsManaged(policy));
    const here = consulted.filter(({ place }) => !place).flatMap(findPolicyProblems);
    const problems = here.map((problem): Finding => ({ ...problem, path: [], at: "operation" }));
    return {
      findings: [...createFindings(run), ...problems],
      consulted: consulted.filter(({ place }) => place),
    };
  }

  /** Decides each action on each resource, for comparison with AWS. */
  decide(
    requirements: readonly PermissionRequirement[],
    circumstances: EvaluationInputs,
  ): readonly PermissionDecision[] {
    return this.#run(requirements, circumstances).decisions;
  }

  /** Finds the problems of policies, each with its place in a file. */
  findProblems(policies: Iterable<Policy>): PolicyProblem[] {
    return [...policies].flatMap(findPolicyProblems);
  }

  #run(
    requirements: readonly PermissionRequirement[],
    { conditionKeys, caller, roles = new Map(), bucket }: EvaluationInputs,
  ): EvaluationRun {
    const run: EvaluationRun = {
      decisions: [],
      confusable: [],
      undecided: [],
      consulted: new Set(),
      given: conditionKeys,
      caller,
      roles,
      bucket,
    };
    for (const requirement of requirements) this.#requirement(requirement, run);
    return run;
  }

  #requirement(requirement: PermissionRequirement, run: EvaluationRun): void {
    const { actions, resources, path, isCallers } = requirement;
    const asked = this.#askedOf(requirement, run);
    if ("message" in asked) {
      // The payload doesn't contain the caller, so there is no path to point at.
      const where = isCallers ? undefined : path;
      const about = requirement.isByName ? [] : unwrapOr(resources, []);
      run.undecided.push({ path: where, actions, resources: about, missingFact: asked });
      return;
    }
    if (requirement.isByName) {
      this.#byName(requirement, asked, run);
      return;
    }
    const gap = findUndecidable(requirement);
    if (gap || "lacks" in resources) {
      if ("value" in resources && this.#isAllowedAnyway(requirement, asked, run)) return;
      run.undecided.push({
        path,
        principalName: principalNameOf(asked),
        actions,
        resources: unwrapOr(resources, []),
        missingFact: gap ?? UNDECIDABLE,
      });
      return;
    }
    for (const resource of resources.value) this.#resource({ requirement, requester: asked, resource }, run);
  }

  /** What an operation needs besides the action of its name is unknown, unless that is denied already. */
  #byName(requirement: PermissionRequirement, requester: EvaluatedPrincipal, run: EvaluationRun): void {
    const needed = toActionRequirement(requirement);
    const before = run.decisions.length;
    if (needed) this.#resource({ requirement: needed, requester, resource: "*" }, run);
    const isAllowed = run.decisions.slice(before).every(({ decision }) => decision.decision === "allowed");
    if (isAllowed)
      run.undecided.push(describeUnknownNeeds(requirement, principalNameOf(requester), needed?.actions[0]));
  }

  /** Whether the action is allowed, in which case it doesn't matter whether the request needs it. */
  #isAllowedAnyway(
    requirement: PermissionRequirement,
    asked: EvaluatedPrincipal,
    run: EvaluationRun,
  ): boolean {
    const trial: EvaluationRun = { ...run, decisions: [], confusable: [], undecided: [] };
    for (const resource of unwrapOr(requirement.resources, [])) {
      this.#resource({ requirement, requester: asked, resource }, trial);
    }
    return (
      trial.undecided.length === 0 && trial.decisions.every(({ decision }) => decision.decision === "allowed")
    );
  }

  #askedOf(
    { principal, isCallers, members }: PermissionRequirement,
    { caller, roles }: EvaluationRun,
  ): EvaluatedPrincipal | PolicyGap {
    const defined = isCallers ? caller : roles.get(members.principal ?? "");
    if (defined) return toKnownPrincipal(defined, { partition: "aws" }, this.#principals);
    if ("lacks" in principal) return principal.lacks;
    return "service" in principal ? principal : this.#principals.findPrincipal(principal.value);
  }

  #resource(each: Pick<ActionQuery, "requirement" | "requester" | "resource">, run: EvaluationRun): void {
    const { requirement, resource, requester } = each;
    const { actions, path } = requirement;
    const references = listCallReferences(requirement, resource, run);
    if (!("service" in requester) && requester.template) {
      const scope = { ...findTemplateScope(requirement, resource, requester.template), references };
      each = { ...each, requester: toKnownPrincipal(requester.template, scope, this.#principals) };
    }
    const policy =
      readDefinedPolicy(each, run.bucket, references) ?? this.#resourcePolicy(requirement, resource, run);
    if (policy && "message" in policy)
      run.undecided.push({ path, actions, resources: [resource], missingFact: policy });
    else for (const action of actions) this.#action({ ...each, action, ...(policy && { policy }) }, run);
  }

  #action(question: ActionQuery, run: EvaluationRun): void {
    const { requirement, requester: asked, resource, action } = question;
    const { path, resourceAccount } = requirement;
    const decided = this.#decided(question, run);
    const said = this.#byOwnPolicies(question, decided, run) ?? (decided && { decision: decided });
    if (said) {
      const verdict: PermissionDecision = { requirement, principal: asked, action, resource, ...said };
      run.decisions.push(verdict);
      const foreign = this.#forAnother(question, said.decision, run);
      if (foreign?.decision === "allowed") run.confusable.push({ ...verdict, decision: foreign });
      return;
    }
    const gap = resourceAccount && "lacks" in resourceAccount ? resourceAccount.lacks : UNDECIDABLE;
    run.undecided.push({
      path,
      principalName: principalNameOf(asked),
      actions: [action],
      resources: [resource],
      missingFact: gap,
    });
  }

  /** Decides again for a foreign account if a service is allowed, to detect a confused deputy. */
  #forAnother(question: ActionQuery, { decision }: Decision, run: EvaluationRun): Decision | undefined {
    const { requirement, requester: asked, resource } = question;
    if (decision !== "allowed" || !("service" in asked) || !hasSource(requirement)) return undefined;
    const foreign = { ...question, requirement: toForeignRequirement(requirement) };
    return this.#evaluated(foreign, resourceAccountFromArn(resource), run);
  }

  /** If the resource's policy isn't known: what the policies that are given deny. */
  #byOwnPolicies(
    question: ActionQuery,
    decided: Decision | undefined,
    run: EvaluationRun,
  ): ActionOutcome | undefined {
    const { requirement, requester: asked, policy } = question;
    const { resourcePolicy } = requirement;
    if (!resourcePolicy || "value" in resourcePolicy || !policy || "service" in asked) return undefined;
    const { policy: _unknown, ...rest } = question;
    const alone = policy.kind === "key" ? { ...rest, policy: createDelegation(asked) } : rest;
    const own = this.#evaluated(alone, undefined, run, asked.account);
    return resolveUnknownResource({ decided, own, missingFact: resourcePolicy.lacks });
  }

  /** Decides the action; undefined when the decision depends on the resource's account, which isn't known. */
  #decided(question: ActionQuery, run: EvaluationRun): Decision | undefined {
    const { requirement, requester: asked, resource } = question;
    const { resourceAccount } = requirement;
    if (!resourceAccount || "service" in asked)
      return this.#evaluated(question, resourceAccountFromArn(resource), run);
    // A principal and a bucket of one template are in one account, whichever it is; otherwise it isn't known.
    if (asked.template && run.bucket && !run.bucket.isElsewhere && !asked.template.isElsewhere)
      return this.#evaluated(question, undefined, run, asked.account);
    if ("value" in resourceAccount && !asked.template)
      return this.#evaluated(question, resourceAccount.value, run);
    const [own, foreign] = [asked.account, ANOTHER_ACCOUNT].map((account) =>
      this.#evaluated(question, undefined, run, account),
    );
    const isSame = own!.decision === foreign!.decision && own!.partial === foreign!.partial;
    // A cross-account request needs at least as much, so a denial within the account holds across accounts.
    return isSame || (isDenied(own!) && isDenied(foreign!)) ? own : undefined;
  }

  /**
   * `known` is the resource's account for condition keys, `account` the one that the decision is based on.
   */
  #evaluated(
    question: ActionQuery,
    known: string | undefined,
    run: EvaluationRun,
    account = known,
  ): Decision {
    const { requirement, requester: asked, resource, action, policy } = question;
    const policies: PolicySet = {
      ...("service" in asked ? {} : asked.policies),
      ...this.#organization,
      ...(policy && {
        resource: "service" in asked || !asked.template ? policy : blurPrincipals(policy, asked),
      }),
    };
    for (const each of listPolicies(policies)) run.consulted.add(each);
    const keys = resolveConditionKeys({
      requirement,
      principal: asked,
      resource,
      resourceAccount: known,
      given: run.given,
    });
    const principal = "service" in asked ? asked : asked.arn;
    const owner = account === undefined ? {} : { resourceAccount: account };
    return evaluate({ principal, action, resource, keys, ...owner }, policies);
  }

  /** The policy of the resource, if one applies. */
  #resourcePolicy(
    requirement: PermissionRequirement,
    resource: string,
    { roles }: EvaluationRun,
  ): Policy | PolicyGap | undefined {
    const { resourcePolicy, actions, members } = requirement;
    if (!resourcePolicy) {
      if (!actions.includes("sts:AssumeRole")) return undefined;
      const role = roles.get(members.resource ?? "");
      if (role) return readTrustPolicy(role, requirement, this.#principals);
      return requirement.inexact?.[resource] ?? this.#principals.findTrustPolicy(resource);
    }
    const about = describeResourcePolicy(resource);
    if ("lacks" in resourcePolicy) return createUnknownPolicy(about.kind, about.name, resourcePolicy.lacks);
    return resourcePolicy.value === null
      ? undefined
      : this.#resources.readResourcePolicy(resourcePolicy.value, about);
  }
}

const unwrapOr = <T>(known: MaybeKnown<T>, other: T): T => ("value" in known ? known.value : other);
