import type { IamDetails } from "../context/load/policies.ts";
import { LineIndex } from "../diagnostics/lines.ts";
import { parseJson } from "../documents/json/json.ts";
import type { FileEntry } from "../files/walk.ts";
import type { AuthorizationDetails, FailedPrincipal, LiveClient } from "../iam/aws/index.ts";
import { toObject } from "../permissions/check.ts";
import type { ComparableDecision } from "../permissions/compare-with-aws.ts";
import { batchQueries, findDifferences, toComparable } from "../permissions/compare-with-aws.ts";
import { readOrganizationPolicies } from "../permissions/resource-policies.ts";
import type { PermissionDecision } from "../permissions/result.ts";
import { findUndescribedPrincipals } from "../permissions/undescribed.ts";
import type { PermissionRequirement } from "../rules/permission.ts";
import type { CheckOptions, ReviewedRequest } from "./check-files.ts";
import { checkFiles } from "./check-files.ts";
import type { Engine } from "./engine.ts";
import type { CheckedFiles } from "./report/build-report.ts";

export interface LiveCheckResult extends CheckedFiles {
  /** Principals that could not be read from AWS; their permissions stay undecided. */
  unread: readonly FailedPrincipal[];
  /** Principals for which AWS's own decision could not be obtained. */
  uncompared: readonly FailedPrincipal[];
}

/** The AWS calls that a live check makes. */
export type LiveAws = Pick<LiveClient, "fetch" | "simulate">;

/**
 * Checks every request with the policies of users and roles read from AWS, where no context file describes
 * them, and compares the decisions with AWS's policy simulator. It checks twice: the first pass finds out
 * which principals are involved.
 */
export async function checkFilesLive(
  entries: readonly FileEntry[],
  engine: Engine,
  { options, live }: { options: CheckOptions; live: LiveAws },
): Promise<LiveCheckResult> {
  const missing = findUndescribedPrincipals(
    await collectRequirements(entries, engine, options),
    engine.context.iam,
  );
  const { details, failed } = missing.length > 0 ? await live.fetch(missing) : NOTHING_FETCHED;
  const known = details ? addDetails(engine, details) : engine;
  let uncompared: readonly FailedPrincipal[] = [];
  const review = async (requests: readonly ReviewedRequest[]): Promise<void> => {
    uncompared = await compareWithAws(requests, known, live);
  };
  return { ...(await checkFiles(entries, known, { ...options, review })), unread: failed, uncompared };
}

const NOTHING_FETCHED = { details: undefined, failed: [] };

/**
 * First pass: collects the permissions that the requests need. Waivers are left out, so that this pass does
 * not count as using them.
 */
async function collectRequirements(
  entries: readonly FileEntry[],
  engine: Engine,
  { waiverOf, ...options }: CheckOptions,
): Promise<PermissionRequirement[]> {
  const found: PermissionRequirement[] = [];
  const review = async (requests: readonly ReviewedRequest[]): Promise<void> => {
    for (const { input } of requests) found.push(...(engine.rules?.findRequirements(input) ?? []));
  };
  await checkFiles(entries, engine, { ...options, review });
  return found;
}

/** Pseudo file name for data from AWS, in the manner of `<stdin>`. */
const AWS_FILE_NAME = "<aws>";

function addDetails(
  { permissionEvaluator: _former, templateEvaluator: _of, ...engine }: Engine,
  details: AuthorizationDetails,
): Engine {
  const text = `${JSON.stringify(details, null, 2)}\n`;
  const document = parseJson(text).documents[0]!;
  const lines = new LineIndex(text);
  const iam: IamDetails = {
    file: AWS_FILE_NAME,
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
async function compareWithAws(
  requests: readonly ReviewedRequest[],
  { permissionEvaluator: judge, rules, context }: Engine,
  live: LiveAws,
): Promise<readonly FailedPrincipal[]> {
  if (!judge || !rules) return [];
  const organization = readOrganizationPolicies(context);
  const requestOf = new Map<PermissionDecision, ReviewedRequest>();
  const comparables: ComparableDecision[] = [];
  for (const request of requests) {
    const given = toObject(request.input.context?.conditionKeys);
    for (const verdict of judge.decide(rules.findRequirements(request.input), { conditionKeys: given })) {
      const one = toComparable(verdict, { given, organization });
      if (one) comparables.push(one);
      requestOf.set(verdict, request);
    }
  }
  if (comparables.length === 0) return [];
  const { answers, failed } = await live.simulate(batchQueries(comparables));
  for (const { verdict, finding } of findDifferences(comparables, answers))
    requestOf.get(verdict)!.add(finding);
  return failed;
}
