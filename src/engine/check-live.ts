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
  /** Principals that could not be read from AWS; their permissions stay undecided. */
  unread: readonly FailedPrincipal[];
  /** Principals for which AWS's own decision could not be obtained. */
  uncompared: readonly FailedPrincipal[];
}

/** The AWS calls that a live check makes. */
export type Asking = Pick<Live, "fetch" | "simulate">;

/**
 * Checks every request with the policies of users and roles read from AWS, where no context file describes
 * them, and compares the decisions with AWS's policy simulator. It checks twice: the first pass finds out
 * which principals are involved.
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

/**
 * First pass: collects the permissions that the requests need. Waivers are left out, so that this pass does
 * not count as using them.
 */
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

/** Pseudo file name for data from AWS, in the manner of `<stdin>`. */
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

/**
 * Adds a finding for each decision that differs from AWS's. Returns the principals that could not be
 * compared.
 */
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
