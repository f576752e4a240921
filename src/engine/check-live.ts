import type { IamDetails } from "../context/load/policies.ts";
import { LineIndex } from "../diagnostics/lines.ts";
import { parseJson } from "../documents/json/json.ts";
import type { Entry } from "../files/walk.ts";
import type { AuthorizationDetails, FailedPrincipal, Live } from "../iam/aws/index.ts";
import { membersOf } from "../permissions/check.ts";
import type { Comparable } from "../permissions/compare-with-aws.ts";
import { comparable, differencesOf, questionsOf } from "../permissions/compare-with-aws.ts";
import { organizationPolicies } from "../permissions/resource-policies.ts";
import type { Verdict } from "../permissions/result.ts";
import { undescribed } from "../permissions/undescribed.ts";
import type { Requirement } from "../rules/permission.ts";
import type { Checked, CheckOptions, Reviewed } from "./check-files.ts";
import { checkFiles } from "./check-files.ts";
import type { Engine } from "./engine.ts";

export interface CheckedLive extends Checked {
  /** Principals that could not be read: what they are allowed stays undecided. */
  unread: readonly FailedPrincipal[];
  /** Principals of whom AWS did not say what it decides. */
  uncompared: readonly FailedPrincipal[];
}

/** What is asked of AWS. */
export type Asking = Pick<Live, "fetch" | "simulate">;

/**
 * Checks every request of every file, with the policies of users and roles as AWS has them where no context file
 * describes them, and compares the verdicts with AWS's own. It takes two rounds: only a check tells who is concerned.
 */
export async function checkFilesLive(
  entries: readonly Entry[],
  engine: Engine,
  { options, live }: { options: CheckOptions; live: Asking },
): Promise<CheckedLive> {
  const missing = undescribed(await requirementsIn(entries, engine, options), engine.context.iam);
  const { details, failed } = missing.length > 0 ? await live.fetch(missing) : NOTHING;
  const known = details ? withDetails(engine, details) : engine;
  let uncompared: readonly FailedPrincipal[] = [];
  const review = async (requests: readonly Reviewed[]): Promise<void> => {
    uncompared = await compare(requests, known, live);
  };
  return { ...(await checkFiles(entries, known, { ...options, review })), unread: failed, uncompared };
}

const NOTHING = { details: undefined, failed: [] };

/** The first round: what requests need. A waiver that is used only here is not used. */
async function requirementsIn(
  entries: readonly Entry[],
  engine: Engine,
  { waiverOf, ...options }: CheckOptions,
): Promise<Requirement[]> {
  const found: Requirement[] = [];
  const review = async (requests: readonly Reviewed[]): Promise<void> => {
    for (const { input } of requests) found.push(...(engine.rules?.requirements(input) ?? []));
  };
  await checkFiles(entries, engine, { ...options, review });
  return found;
}

/** How messages name what AWS said, as `<stdin>` names standard input. */
const AWS = "<aws>";

function withDetails({ judge, ...engine }: Engine, details: AuthorizationDetails): Engine {
  const text = `${JSON.stringify(details, null, 2)}\n`;
  const document = parseJson(text).documents[0]!;
  const lines = new LineIndex(text);
  const iam: IamDetails = {
    file: AWS,
    details: document.value as IamDetails["details"],
    complete: false,
    place: (path, at = "value") => lines.place(document.span(path, at)),
  };
  return { ...engine, context: engine.context.withIam([iam]) };
}

/** Reports where AWS decides otherwise; whom it could not be asked about. */
async function compare(
  requests: readonly Reviewed[],
  { judge, rules, context }: Engine,
  live: Asking,
): Promise<readonly FailedPrincipal[]> {
  if (!judge || !rules) return [];
  const organization = organizationPolicies(context);
  const requestOf = new Map<Verdict, Reviewed>();
  const comparables: Comparable[] = [];
  for (const request of requests) {
    const given = membersOf(request.input.context?.conditionKeys);
    for (const verdict of judge.verdicts(rules.requirements(request.input), { conditionKeys: given })) {
      const one = comparable(verdict, { given, organization });
      if (one) comparables.push(one);
      requestOf.set(verdict, request);
    }
  }
  if (comparables.length === 0) return [];
  const { answers, failed } = await live.simulate(questionsOf(comparables));
  for (const { verdict, finding } of differencesOf(comparables, answers))
    requestOf.get(verdict)!.add(finding);
  return failed;
}
