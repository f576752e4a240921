import type { Finding } from "../../diagnostics/diagnostic.ts";
import { harmless } from "../../diagnostics/text.ts";
import { smallestStatement } from "../../iam/statement.ts";
import type { Known, Requirement } from "../../rules/permission.ts";
import type { Verdict } from "../result.ts";
import { nameOfAsked } from "../result.ts";
import { reasonTexts, relatedTo } from "./statement-text.ts";
import { longText } from "./text.ts";

/** No account has this number: it stands for any that is somebody else's. */
export const ANOTHER_ACCOUNT = "000000000000";

const SOURCES = ["aws:SourceArn", "aws:SourceAccount"] as const;

/** A service lets others in when it acts for them, too: is what it needs a call that says for whom it acts? */
export const saysSource = ({ keys }: Requirement): boolean =>
  SOURCES.some((key) => firstOf(keys[key]) !== undefined);

/**
 * The same call for somebody else's account (IAM user guide, "The confused deputy problem"): a policy that allows
 * this one as well doesn't ask whom the service acts for.
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

/** What the ARN leaves open is given some name. */
function foreignArn(arn: string): string {
  const [prefix, partition, service, region, , ...resource] = arn.split(":");
  return [prefix, partition, service, region, ANOTHER_ACCOUNT, ...resource]
    .join(":")
    .replaceAll("*", "another");
}

const firstOf = (known: Known<readonly string[]> | undefined): string | undefined =>
  known && "value" in known ? known.value[0] : undefined;

/** What a trusting policy should ask for, as far as it is known. */
export function guardOf({ keys }: Requirement): { sourceArn?: string; sourceAccount?: string } {
  const [sourceArn, sourceAccount] = SOURCES.map((key) => firstOf(keys[key]));
  return {
    ...(sourceArn !== undefined && { sourceArn }),
    ...(sourceAccount !== undefined && { sourceAccount }),
  };
}

/** Storage Gateway user guide, "Cross-service confused deputy prevention": not the share that a call is about. */
export const sendsGateway = ({ principal }: Pick<Verdict, "principal">): boolean =>
  "service" in principal && principal.service.startsWith("storagegateway.");

/** The service is let in, whomever it acts for. */
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
