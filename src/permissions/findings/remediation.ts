import { escapeHarmful, formatList, quoted } from "../../diagnostics/text.ts";
import type { KeyState } from "../../iam/evaluation/decision.ts";
import type { GrantingStatement } from "../../iam/granting-statement.ts";
import { createSmallestStatement } from "../../iam/granting-statement.ts";
import type { PermissionDecision } from "../result.ts";
import { createSourceGuard, isGatewaySource } from "./confused-deputy.ts";
import { findLayerNearMiss, mayHavePolicy, policyHolderOf } from "./missing-allow.ts";
import { quoteLong } from "./text.ts";

/** Denials that are reported together. */
export interface DeniedActions {
  first: PermissionDecision;
  actions: ReadonlySet<string>;
  resources: ReadonlySet<string>;
}

/**
 * Suggests statements that would grant the denied actions, ready to paste, and the policies to add them to.
 */
export function suggestGrants(denied: DeniedActions): string {
  const { decision, missingFact: gap } = denied.first;
  if (decision.decision === "explicitDeny") {
    return `no \`Allow\` outweighs a \`Deny\`: narrow that statement, or remove it${describeMetConditions(denied.first)}`;
  }
  const hint = findHint(denied);
  const ways = selectLayersToChange(denied.first).map((layer) => suggestGrant(layer, denied));
  const isDeniedToo = decision.decidedBy.some(({ statement }) => statement.effect === "Deny");
  return [
    ...(hint === undefined ? [] : [hint]),
    ...ways,
    ...(gap ? [`where ${describeUngivenPolicy(denied.first)} allows it, ${gap.help}`] : []),
    ...(isDeniedToo ? ["a `Deny` takes a part away as well: narrow that statement"] : []),
  ].join("; ");
}

const describeUngivenPolicy = ({ resource }: PermissionDecision): string =>
  resource.split(":", 3)[2] === "kms" ? "the key's policy" : "the bucket's policy";

/** Describes the met conditions of a `Deny`, which a change of the request could avoid. */
function describeMetConditions({ decision }: PermissionDecision): string {
  const [reason] = decision.decidedBy.filter(({ statement }) => statement.effect === "Deny");
  const met = (reason?.statement.conditions ?? []).map(({ operator, key }) => `${operator} ${key}`);
  if (met.length === 0) return "";
  return `; it applies because ${formatList(met, "and", 3)} ${met.length === 1 ? "is" : "are"} met`;
}

/** The fewest layers to change: within an account, a grant to the principal in a key policy is sufficient. */
function selectLayersToChange({ decision, principal, resource }: PermissionDecision): string[] {
  const layers = [...new Set(decision.lackingLayers)];
  if (layers.length === 0) return ["identity"];
  const isOwn = !("service" in principal) && resource.split(":", 5)[4] === principal.account;
  return layers.includes("key") && isOwn ? layers.filter((layer) => layer !== "identity") : layers;
}

function findHint({ first }: DeniedActions): string | undefined {
  const because = findLayerNearMiss(first)?.reason.because;
  if (because?.part !== "condition") return undefined;
  const { key, operator, expected, got } = because;
  if (key.toLowerCase() === "iam:passedtoservice" && got === "absent") {
    return "the service doesn't supply `iam:PassedToService`, so leave that condition out";
  }
  const short = expected.find((value) => isShortened(value, got));
  if (short !== undefined) {
    return `the account ${quoted(short)} has lost its leading zeros, as numbers do in YAML: put it in quotes`;
  }
  if (key.toLowerCase() !== "aws:sourcearn" || !isGatewaySource(first)) return undefined;
  if (expected.some((value) => value.includes(":share/"))) {
    return "Storage Gateway sends the gateway's ARN as `aws:SourceArn`, not the share's";
  }
  return operator.startsWith("StringEquals") && expected.some((value) => /[*?]/.test(value))
    ? `${quoted(operator)} takes \`*\` literally: \`ArnLike\` takes patterns`
    : undefined;
}

const isShortened = (value: string, got: KeyState): boolean =>
  /^\d{1,11}$/.test(value) && Array.isArray(got) && got.includes(value.padStart(12, "0"));

function suggestGrant(layer: string, { first, actions, resources }: DeniedActions): string {
  const needed = { actions: [...actions], resources: [...resources] };
  const who = "service" in first.principal ? first.principal : first.principal.ownArn;
  switch (layer) {
    case "trust":
      return formatAddition(
        "the role's trust policy",
        createSmallestStatement({
          ...createSourceGuard(first.requirement),
          actions: [...actions],
          principal: who,
        }),
      );
    case "key":
      return formatAddition(
        "the key's policy",
        createSmallestStatement({ actions: [...actions], resources: ["*"], principal: who }),
      );
    case "resource":
      if (!mayHavePolicy(first)) {
        return "make the call with a principal of the account that it belongs to";
      }
      return formatAddition(
        `the policy of ${quoteLong(policyHolderOf(first.resource))}`,
        createSmallestStatement({ ...needed, principal: who }),
      );
    case "boundary":
      return formatAddition("the permissions boundary", createSmallestStatement(needed));
    case "identity":
      return formatAddition(`a policy of ${describePrincipalKind(first)}`, createSmallestStatement(needed));
    default:
      return layer.startsWith("scp")
        ? formatAddition(
            `a service control policy of level ${layer.slice(4)}`,
            createSmallestStatement({ actions: [...actions], resources: ["*"] }),
          )
        : "ask the owner of that policy";
  }
}

const describePrincipalKind = ({ principal }: PermissionDecision): string =>
  "service" in principal ? "the service" : principal.kind === "user" ? "the user" : "the role";

const formatAddition = (where: string, statement: GrantingStatement): string =>
  `add to ${where}: ${escapeHarmful(JSON.stringify(statement))}`;
