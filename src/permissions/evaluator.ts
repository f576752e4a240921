import type { ContextStore } from "../context/store.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Decision, PolicySet } from "../iam/evaluation/decision.ts";
import { evaluate } from "../iam/evaluation/evaluate.ts";
import type { Policy } from "../iam/policy.ts";
import type { Known, Requirement } from "../rules/permission.ts";
import { keysOf } from "./condition-keys.ts";
import { ANOTHER_ACCOUNT, forAnother, saysSource } from "./findings/confused-deputy.ts";
import { findingsOf } from "./findings/index.ts";
import type { PolicyProblem } from "./findings/malformed-policy.ts";
import { policyProblems } from "./findings/malformed-policy.ts";
import { Principals } from "./principals.ts";
import { organizationPolicies, ResourcePolicies } from "./resource-policies.ts";
import type { Asked, Judgement, Open, Verdict } from "./result.ts";
import { nameOfAsked } from "./result.ts";
import type { Gap } from "./unknown-policy.ts";
import { unknownPolicy } from "./unknown-policy.ts";
import type { Said } from "./unknown-resource.ts";
import { isRefused, saidOf } from "./unknown-resource.ts";

/** Inputs for the requirements of one request. */
export interface Circumstances {
  /** Condition keys from the context. */
  conditionKeys: Readonly<Record<string, unknown>>;
}

/**
 * Evaluates permission requirements against the policies of a context. Policies are read on first use, and
 * cached.
 */
export class Judge {
  readonly #principals: Principals;
  readonly #resources: ResourcePolicies;
  readonly #organization: Pick<PolicySet, "serviceControl" | "resourceControl">;

  constructor(store: ContextStore) {
    this.#principals = new Principals(store.iam);
    this.#resources = new ResourcePolicies(store);
    this.#organization = organizationPolicies(store);
  }

  judge(requirements: readonly Requirement[], circumstances: Circumstances): Judgement {
    const run = this.#run(requirements, circumstances);
    const consulted = [...run.consulted].filter((policy) => !this.#principals.isOfAws(policy));
    const here = consulted.filter(({ place }) => !place).flatMap(policyProblems);
    const problems = here.map((problem): Finding => ({ ...problem, path: [], at: "operation" }));
    return { findings: [...findingsOf(run), ...problems], consulted: consulted.filter(({ place }) => place) };
  }

  /** Decides each action on each resource, for comparison with AWS. */
  verdicts(requirements: readonly Requirement[], circumstances: Circumstances): readonly Verdict[] {
    return this.#run(requirements, circumstances).verdicts;
  }

  /** Finds the problems of policies, each with its place in a file. */
  problemsOf(policies: Iterable<Policy>): PolicyProblem[] {
    return [...policies].flatMap(policyProblems);
  }

  #run(requirements: readonly Requirement[], { conditionKeys }: Circumstances): Run {
    const run: Run = { verdicts: [], confusable: [], open: [], consulted: new Set(), given: conditionKeys };
    for (const requirement of requirements) this.#requirement(requirement, run);
    return run;
  }

  #requirement(requirement: Requirement, run: Run): void {
    const { actions, resources, path, isCallers } = requirement;
    const asked = this.#askedOf(requirement);
    if ("message" in asked) {
      // The payload doesn't contain the caller, so there is no path to point at.
      const where = isCallers ? undefined : path;
      run.open.push({ path: where, actions, resources: valueOr(resources, []), gap: asked });
      return;
    }
    const gap = gapIn(requirement);
    if (gap || "lacks" in resources) {
      if ("value" in resources && this.#isAllowedAnyway(requirement, asked, run)) return;
      const open = { path, who: nameOfAsked(asked), actions, resources: valueOr(resources, []) };
      run.open.push({ ...open, gap: gap ?? UNDECIDABLE });
      return;
    }
    for (const resource of resources.value) this.#resource({ requirement, asked, resource }, run);
  }

  /** Whether the action is allowed, in which case it doesn't matter whether the request needs it. */
  #isAllowedAnyway(requirement: Requirement, asked: Asked, { given, consulted }: Run): boolean {
    const trial: Run = { verdicts: [], confusable: [], open: [], consulted, given };
    for (const resource of valueOr(requirement.resources, [])) {
      this.#resource({ requirement, asked, resource }, trial);
    }
    return trial.open.length === 0 && trial.verdicts.every(({ decision }) => decision.decision === "allowed");
  }

  #askedOf({ principal }: Requirement): Asked | Gap {
    if ("lacks" in principal) return principal.lacks;
    return "service" in principal ? principal : this.#principals.of(principal.value);
  }

  #resource(each: Pick<Question, "requirement" | "asked" | "resource">, run: Run): void {
    const { requirement, resource } = each;
    const { actions, path } = requirement;
    const policy = this.#resourcePolicy(requirement, resource);
    if (policy && "message" in policy) run.open.push({ path, actions, resources: [resource], gap: policy });
    else for (const action of actions) this.#action({ ...each, action, ...(policy && { policy }) }, run);
  }

  #action(question: Question, run: Run): void {
    const { requirement, asked, resource, action } = question;
    const { path, resourceAccount } = requirement;
    const decided = this.#decided(question, run);
    const said = this.#byOwnPolicies(question, decided, run) ?? (decided && { decision: decided });
    if (said) {
      const verdict: Verdict = { requirement, principal: asked, action, resource, ...said };
      run.verdicts.push(verdict);
      const foreign = this.#forAnother(question, said.decision, run);
      if (foreign?.decision === "allowed") run.confusable.push({ ...verdict, decision: foreign });
      return;
    }
    const gap = resourceAccount && "lacks" in resourceAccount ? resourceAccount.lacks : UNDECIDABLE;
    run.open.push({ path, who: nameOfAsked(asked), actions: [action], resources: [resource], gap });
  }

  /** Decides again for a foreign account if a service is allowed, to detect a confused deputy. */
  #forAnother(question: Question, { decision }: Decision, run: Run): Decision | undefined {
    const { requirement, asked, resource } = question;
    if (decision !== "allowed" || !("service" in asked) || !saysSource(requirement)) return undefined;
    const foreign = { ...question, requirement: forAnother(requirement) };
    return this.#evaluated(foreign, accountIn(resource), run);
  }

  /** If the resource's policy isn't known: what the principal's own policies deny regardless. */
  #byOwnPolicies(question: Question, decided: Decision | undefined, run: Run): Said | undefined {
    const { requirement, asked, policy } = question;
    const { resourcePolicy } = requirement;
    if (!resourcePolicy || "value" in resourcePolicy || policy?.kind !== "resource") return undefined;
    if ("service" in asked) return undefined;
    const { policy: _unknown, ...alone } = question;
    const own = this.#evaluated(alone, undefined, run, asked.account);
    return saidOf({ decided, own, gap: resourcePolicy.lacks });
  }

  /** Decides the action; undefined when the decision depends on the resource's account, which isn't known. */
  #decided(question: Question, run: Run): Decision | undefined {
    const { requirement, asked, resource } = question;
    const { resourceAccount } = requirement;
    if (!resourceAccount || "service" in asked) return this.#evaluated(question, accountIn(resource), run);
    if ("value" in resourceAccount) return this.#evaluated(question, resourceAccount.value, run);
    const [own, foreign] = [asked.account, ANOTHER_ACCOUNT].map((account) =>
      this.#evaluated(question, undefined, run, account),
    );
    const isSame = own!.decision === foreign!.decision && own!.partial === foreign!.partial;
    // A cross-account request needs at least as much, so a denial within the account holds across accounts.
    return isSame || (isRefused(own!) && isRefused(foreign!)) ? own : undefined;
  }

  /**
   * `known` is the resource's account for condition keys, `account` the one that the decision is based on.
   */
  #evaluated(question: Question, known: string | undefined, run: Run, account = known): Decision {
    const { requirement, asked, resource, action, policy } = question;
    const policies: PolicySet = {
      ...("service" in asked ? {} : asked.policies),
      ...this.#organization,
      ...(policy && { resource: policy }),
    };
    for (const each of policiesIn(policies)) run.consulted.add(each);
    const keys = keysOf({
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
  #resourcePolicy(requirement: Requirement, resource: string): Policy | Gap | undefined {
    const { resourcePolicy, actions } = requirement;
    if (!resourcePolicy) {
      return actions.includes("sts:AssumeRole") ? this.#principals.trustOf(resource) : undefined;
    }
    const about = aboutPolicy(resource);
    if ("lacks" in resourcePolicy) return unknownPolicy(about.kind, about.name, resourcePolicy.lacks);
    return resourcePolicy.value === null ? undefined : this.#resources.of(resourcePolicy.value, about);
  }
}

/** Accumulates the results for the requirements of one request. */
export interface Run {
  verdicts: Verdict[];
  /** Decisions that allow a service regardless of the account that it acts for. */
  confusable: Verdict[];
  open: Open[];
  consulted: Set<Policy>;
  given: Readonly<Record<string, unknown>>;
}

interface Question {
  requirement: Requirement;
  asked: Asked;
  action: string;
  resource: string;
  policy?: Policy;
}

const UNDECIDABLE: Gap = {
  message: "can't be decided",
  help: "check it by hand, and waive this where it is fine",
};

/** The missing fact on which the requirement itself depends. */
function gapIn({ applies, resources }: Requirement): Gap | undefined {
  if ("lacks" in applies) return applies.lacks;
  return "lacks" in resources ? resources.lacks : undefined;
}

const valueOr = <T>(known: Known<T>, other: T): T => ("value" in known ? known.value : other);

function accountIn(resource: string): string | undefined {
  const account = resource.split(":", 5)[4] ?? "";
  return /^\d{12}$/.test(account) ? account : undefined;
}

function aboutPolicy(resource: string): { kind: "resource" | "key"; name: string } {
  const [, , service, , , ...rest] = resource.split(":");
  if (service === "kms") return { kind: "key", name: "the policy of the KMS key" };
  const [bucket = ""] = rest.join(":").split("/");
  const name =
    service === "s3" ? `the policy of bucket \`${bucket.replaceAll("`", "'")}\`` : "the resource's policy";
  return { kind: "resource", name };
}

const policiesIn = ({
  identity,
  boundary,
  serviceControl,
  resourceControl,
  resource,
}: PolicySet): Policy[] => [
  ...(identity ?? []),
  ...(boundary ? [boundary] : []),
  ...(serviceControl ?? []).flat(),
  ...(resourceControl ?? []).flat(),
  ...(resource ? [resource] : []),
];
