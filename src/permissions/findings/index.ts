import type { Finding } from "../../diagnostics/diagnostic.ts";
import type { Open, Verdict } from "../result.ts";
import { isRefused } from "../unknown-resource.ts";
import { confusedDeputy } from "./confused-deputy.ts";
import { denialsOf } from "./denied.ts";
import { broadGrants } from "./over-permissive.ts";
import { openOf, opensOf } from "./undecided.ts";

export interface Decided {
  verdicts: readonly Verdict[];
  confusable: readonly Verdict[];
  open: readonly Open[];
}

/** Creates the findings of all decisions on a request, including those that are undecided. */
export function findingsOf({ verdicts, confusable, open }: Decided): Finding[] {
  const denied = verdicts.filter(({ decision }) => isRefused(decision));
  const [placeless, denials] = [denied.filter(isPlaceless), denied.filter((each) => !isPlaceless(each))];
  const unknown = verdicts.filter(({ decision }) => decision.decision === "unknown");
  return [
    ...denialsOf(denials),
    ...opensOf([...unknown.map(openOf), ...placeless.map(placelessOpen), ...open]),
    ...confusable.map(confusedDeputy),
    ...broadGrants(verdicts),
  ];
}

/**
 * A resource is in one Region of one account. A wildcard there stands for an unknown value, so a partial
 * grant, or an unknown one, may cover the actual resource.
 */
const isPlaceless = ({ decision, resource }: Verdict): boolean =>
  (decision.partial || decision.isOpenInPart === true) &&
  resource.split(":", 5).some((part) => part.includes("*"));

const placelessOpen = ({ requirement, principal, action, resource }: Verdict): Open => ({
  path: requirement.path,
  who: "service" in principal ? principal.service : principal.arn,
  actions: [action],
  resources: [resource],
  gap: {
    message: "the policies differ by Region or account, and the resource's is not known",
    help: "give the record that has its ARN as context; of a file system: `aws fsx describe-file-systems > context/file-system.json`",
  },
});
