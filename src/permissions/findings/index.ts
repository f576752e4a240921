import type { Finding } from "../../diagnostics/diagnostic.ts";
import type { PermissionDecision, UndecidedRequirement } from "../result.ts";
import { principalNameOf } from "../result.ts";
import { isDenied } from "../unknown-resource.ts";
import { describeConfusedDeputy } from "./confused-deputy.ts";
import { describeDenials } from "./denied.ts";
import { describeOverPermissive } from "./over-permissive.ts";
import { createUndecidedFindings, describeUndecided } from "./undecided.ts";

export interface DecidedRequest {
  decisions: readonly PermissionDecision[];
  confusable: readonly PermissionDecision[];
  undecided: readonly UndecidedRequirement[];
}

/** Creates the findings of all decisions on a request, including those that are undecided. */
export function createFindings({
  decisions: verdicts,
  confusable,
  undecided: open,
}: DecidedRequest): Finding[] {
  const denied = verdicts.filter(({ decision }) => isDenied(decision));
  const [placeless, denials] = [
    denied.filter(hasUnknownPlace),
    denied.filter((each) => !hasUnknownPlace(each)),
  ];
  const unknown = verdicts.filter(({ decision }) => decision.decision === "unknown");
  return [
    ...describeDenials(denials),
    ...createUndecidedFindings([
      ...unknown.map(describeUndecided),
      ...placeless.map(describeUnknownPlace),
      ...open,
    ]),
    ...confusable.map(describeConfusedDeputy),
    ...describeOverPermissive(verdicts),
  ];
}

/**
 * A resource is in one Region of one account. A wildcard there stands for an unknown value, as all do in an ARN
 * that isn't known exactly, so a partial grant, or an unknown one, may cover the actual resource.
 */
const hasUnknownPlace = ({ requirement, decision, resource }: PermissionDecision): boolean =>
  (decision.partial || decision.isOpenInPart === true) &&
  (requirement.inexact?.[resource] !== undefined ||
    resource.split(":", 5).some((part) => part.includes("*")));

const describeUnknownPlace = ({
  requirement,
  principal,
  action,
  resource,
}: PermissionDecision): UndecidedRequirement => ({
  path: requirement.path,
  principalName: principalNameOf(principal),
  actions: [action],
  resources: [resource],
  missingFact: requirement.inexact?.[resource] ?? {
    message: "the policies differ by Region or account, and the resource's is not known",
    help: "give the record that has its ARN as context; of a file system: `aws fsx describe-file-systems > context/file-system.json`",
  },
});
