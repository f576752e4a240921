import type { Finding } from "../../diagnostics/diagnostic.ts";
import { escapeHarmful } from "../../diagnostics/text.ts";
import { createSmallestStatement } from "../../iam/granting-statement.ts";
import type { MaybeKnown, PermissionRequirement } from "../../rules/permission.ts";
import type { PermissionDecision } from "../result.ts";
import { principalNameOf } from "../result.ts";
import { formatStatementReferences, relatedFromReasons } from "./statement-text.ts";
import { quoteLong } from "./text.ts";

/** Stands for any foreign account; no account has this number. */
export const ANOTHER_ACCOUNT = "000000000000";

const SOURCE_KEYS = ["aws:SourceArn", "aws:SourceAccount"] as const;

/** Whether the call has source keys. Only those calls of a service are made on behalf of someone else. */
export const hasSource = ({ keys }: PermissionRequirement): boolean =>
  SOURCE_KEYS.some((key) => firstValueOf(keys[key]) !== undefined);

/**
 * The same call for a foreign account (IAM user guide, "The confused deputy problem"). A policy that allows
 * this call, too, doesn't check the source.
 */
export function toForeignRequirement(requirement: PermissionRequirement): PermissionRequirement {
  const arn = firstValueOf(requirement.keys["aws:SourceArn"]);
  const account = firstValueOf(requirement.keys["aws:SourceAccount"]);
  return {
    ...requirement,
    keys: {
      ...requirement.keys,
      ...(arn !== undefined && { "aws:SourceArn": { value: [toForeignArn(arn)] } }),
      ...(account !== undefined && { "aws:SourceAccount": { value: [ANOTHER_ACCOUNT] } }),
    },
  };
}

/** Wildcards in the ARN are replaced by an arbitrary name. */
function toForeignArn(arn: string): string {
  const [prefix, partition, service, region, , ...resource] = arn.split(":");
  return [prefix, partition, service, region, ANOTHER_ACCOUNT, ...resource]
    .join(":")
    .replaceAll("*", "another");
}

const firstValueOf = (known: MaybeKnown<readonly string[]> | undefined): string | undefined =>
  known && "value" in known ? known.value[0] : undefined;

/** The source keys that the trust policy should check, as far as they are known. */
export function createSourceGuard({ keys }: PermissionRequirement): {
  sourceArn?: string;
  sourceAccount?: string;
} {
  const [sourceArn, sourceAccount] = SOURCE_KEYS.map((key) => firstValueOf(keys[key]));
  return {
    ...(sourceArn !== undefined && { sourceArn }),
    ...(sourceAccount !== undefined && { sourceAccount }),
  };
}

/**
 * Whether the source is the gateway rather than the share (Storage Gateway user guide, "Cross-service
 * confused deputy prevention").
 */
export const isGatewaySource = ({ principal }: Pick<PermissionDecision, "principal">): boolean =>
  "service" in principal && principal.service.startsWith("storagegateway.");

/** Reports a trust policy that allows the service regardless of the account that it acts for. */
export function describeConfusedDeputy(verdict: PermissionDecision): Finding {
  const { requirement, principal, action, resource, decision } = verdict;
  const { path } = requirement;
  const { Condition: condition } = createSmallestStatement({
    ...createSourceGuard(requirement),
    actions: [action],
  });
  const guard = `"Condition":${escapeHarmful(JSON.stringify(condition))}`;
  const hasConditions = decision.decidedBy.some(({ statement }) => statement.conditions.length > 0);
  const each = decision.decidedBy.length > 1 ? "each of these statements" : "that statement";
  const help = `${hasConditions ? `make ${each} ask for` : `add to ${each}:`} ${guard}${isGatewaySource(verdict) ? "; `aws:SourceArn` is the gateway's ARN, not the share's" : ""}`;
  return {
    code: "iam/confused-deputy",
    path: path ?? [],
    ...(path === undefined && { at: "operation" as const }),
    message: `the role ${quoteLong(resource)} lets ${quoteLong(principalNameOf(principal))} in for every account, with no \`aws:SourceArn\` or \`aws:SourceAccount\` that keeps others out: ${formatStatementReferences(decision.decidedBy)}`,
    help,
    related: relatedFromReasons(decision.decidedBy),
  };
}
