import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Statement } from "../policy.ts";
import type { FaultCollector } from "./faults.ts";

/** Restrictions on resource control policies beyond the grammar (Organizations user guide, "RCP syntax"). */
export function checkControlPolicy(statement: Statement, path: Path, faults: FaultCollector): void {
  const { effect, principal, action } = statement;
  if (effect === "Allow" && !isFullAccess(statement)) {
    faults.addError([...path, "Effect"], "a resource control policy only denies", {
      help: "what it doesn't deny passes; `Allow` is for `RCPFullAWSAccess`, which AWS attaches itself",
    });
  }
  if (action.isNegated) reportUnsupported("NotAction", path, faults);
  if (principal?.isNegated) reportUnsupported("NotPrincipal", path, faults);
  else if (principal && !isOnlyEveryone(principal)) {
    faults.addError([...path, "Principal"], 'the principal of a resource control policy is `"*"`', {
      help: "say who is meant with a condition, for example on `aws:PrincipalArn`",
    });
  }
}

const reportUnsupported = (name: string, path: Path, faults: FaultCollector): void =>
  faults.addError([...path, name], `a resource control policy has no ${quoted(name)}`, { at: "key" });

const isOnlyEveryone = ({ aws, service, federated, canonicalUser }: NonNullable<Statement["principal"]>) =>
  aws.length === 1 && aws[0] === "*" && service.length + federated.length + canonicalUser.length === 0;

/** Whether it is `RCPFullAWSAccess`, which AWS attaches everywhere and which allows everything. */
const isFullAccess = ({ action, resource, conditions }: Statement): boolean =>
  [action, resource].every((list) => list && !list.isNegated && list.values.join() === "*") &&
  conditions.length === 0;
