import type { RequestParties, RequestParty } from "../../diagnostics/report.ts";
import { Unknown } from "../../documents/document.ts";
import { knownPartOf } from "../../documents/partial.ts";
import type { CheckedRequest } from "./checked-file.ts";

const ROLE = /^arn:[^:]*:iam::\d*:role\//;
const ROLE_MEMBER = /Role(?:Arn|ARN)?$/;
const DESTINATION_MEMBER = /^(?:LocationARN|Path)$/;
const TARGET_MEMBER = /(?:ARN|Arn|Id)$/;

/** Who makes a request, and whom or what it names. */
export function describeParties(checked: CheckedRequest | undefined): RequestParties {
  const caller = nameOf(checked?.input?.caller ?? checked?.request?.caller);
  return { ...(caller !== undefined && { caller }), parties: listParties(checked?.request?.payload) };
}

/** Members of a payload that name whom or what a request involves: at the top, and one level below. */
function listParties(payload: unknown): RequestParty[] {
  const found: RequestParty[] = [];
  for (const [key, value] of membersOf(payload)) {
    add(found, `/${key}`, key, value);
    for (const [inner, nested] of membersOf(value)) {
      if (kindOf(inner, nameOf(nested)) !== "target") add(found, `/${key}/${inner}`, inner, nested);
    }
  }
  return found;
}

function membersOf(value: unknown): [string, unknown][] {
  const known = knownPartOf(value);
  const isPlain =
    typeof known === "object" && known !== null && !Array.isArray(known) && !(known instanceof Unknown);
  return isPlain ? Object.entries(known) : [];
}

function add(found: RequestParty[], pointer: string, key: string, value: unknown): void {
  const name = nameOf(value);
  const kind = kindOf(key, name);
  if (name !== undefined && kind !== undefined) found.push({ kind, pointer, name });
}

/** A value that only the run knows is named as it stands in the file. */
const nameOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : value instanceof Unknown ? value.source : undefined;

function kindOf(key: string, name: string | undefined): RequestParty["kind"] | undefined {
  if (name === undefined) return undefined;
  if (ROLE_MEMBER.test(key) || ROLE.test(name)) return "role";
  if (DESTINATION_MEMBER.test(key)) return "destination";
  return TARGET_MEMBER.test(key) ? "target" : undefined;
}
