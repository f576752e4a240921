import type { Finding } from "../../diagnostics/diagnostic.ts";
import { harmless } from "../../diagnostics/text.ts";
import { smallestStatement } from "../../iam/statement.ts";
import type { Known, Requirement } from "../../rules/permission.ts";
import type { Verdict } from "../result.ts";
import { nameOfAsked } from "../result.ts";
import { reasonTexts, relatedTo } from "./statement-text.ts";
import { longText } from "./text.ts";

/** Stands for any foreign account; no account has this number. */
export const ANOTHER_ACCOUNT = "000000000000";

const SOURCES = ["aws:SourceArn", "aws:SourceAccount"] as const;

/** Whether the call has source keys. Only those calls of a service are made on behalf of someone else. */
export const saysSource = ({ keys }: Requirement): boolean =>
  SOURCES.some((key) => firstOf(keys[key]) !== undefined);

/**
 * The same call for a foreign account (IAM user guide, "The confused deputy problem"). A policy that allows
 * this call, too, doesn't check the source.
 */
export function forAnother(requirement: Requirement): Requirement {
  const arn = firstOf(requirement.keys["aws:SourceArn"]);
  const account = firstOf(requirement.keys["aws:SourceAccount"]);
  return {
    ...requirement,
    keys: {
      ...requirement.keys,
      ...(arn !== undefined && { "aws:SourceArn": { value: [foreignArn(arn)] } }),
      ...(account !== undefined && { "aws:SourceAccount": { value: [ANOTHER_ACCOUNT] } }),
    },
  };
}

/** Wildcards in the ARN are replaced by an arbitrary name. */
function foreignArn(arn: string): string {
  const [prefix, partition, service, region, , ...resource] = arn.split(":");
  return [prefix, partition, service, region, ANOTHER_ACCOUNT, ...resource]
    .join(":")
    .replaceAll("*", "another");
}

const firstOf = (known: Known<readonly string[]> | undefined): string | undefined =>
  known && "value" in known ? known.value[0] : undefined;

/** The source keys that the trust policy should check, as far as they are known. */
export function guardOf({ keys }: Requirement): { sourceArn?: string; sourceAccount?: string } {
  const [sourceArn, sourceAccount] = SOURCES.map((key) => firstOf(keys[key]));
  return {
    ...(sourceArn !== undefined && { sourceArn }),
    ...(sourceAccount !== undefined && { sourceAccount }),
  };
}

/**
 * Whether the source is the gateway rather than the share (Storage Gateway user guide, "Cross-service
 * confused deputy prevention").
 */
export const sendsGateway = ({ principal }: Pick<Verdict, "principal">): boolean =>
  "service" in principal && principal.service.startsWith("storagegateway.");

/** Reports a trust policy that allows the service regardless of the account that it acts for. */
export function confusedDeputy(verdict: Verdict): Finding {
  const { requirement, principal, action, resource, decision } = verdict;
  const { path } = requirement;
  const { Condition: condition } = smallestStatement({ ...guardOf(requirement), actions: [action] });
  const guard = `"Condition":${harmless(JSON.stringify(condition))}`;
  const hasConditions = decision.decidedBy.some(({ statement }) => statement.conditions.length > 0);
  const each = decision.decidedBy.length > 1 ? "each of these statements" : "that statement";
  const help = `${hasConditions ? `make ${each} ask for` : `add to ${each}:`} ${guard}${sendsGateway(verdict) ? "; `aws:SourceArn` is the gateway's ARN, not the share's" : ""}`;
  return {
    code: "iam/confused-deputy",
    path: path ?? [],
    ...(path === undefined && { at: "operation" as const }),
    message: `the role ${longText(resource)} lets ${longText(nameOfAsked(principal))} in for every account, with no \`aws:SourceArn\` or \`aws:SourceAccount\` that keeps others out: ${reasonTexts(decision.decidedBy)}`,
    help,
    related: relatedTo(decision.decidedBy),
  };
}
