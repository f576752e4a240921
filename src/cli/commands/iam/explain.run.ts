import { readContext } from "../../../context/load/files.ts";
import { quoted } from "../../../diagnostics/text.ts";
import {
  findActionFacts,
  findResourceFault,
  isKnownAction,
  suggestActions,
} from "../../../iam/actions/index.ts";
import type { Decision } from "../../../iam/evaluation/decision.ts";
import { evaluate } from "../../../iam/evaluation/evaluate.ts";
import { parsePrincipal } from "../../../iam/evaluation/principal.ts";
import { resolveScope } from "../../../iam/evaluation/scope.ts";
import { formatWarning } from "../../../run/errors.ts";
import { EXIT } from "../../../run/exit-status.ts";
import type { Io } from "../../../run/io.ts";
import { UsageError } from "../../../run/io.ts";
import { readGivenPolicy } from "./policy-files.ts";
import type { ExplainInput, ExplainQuery } from "./query.ts";
import { buildExplainInput, parseExplainPrincipal } from "./query.ts";
import { buildTrace, formatTrace } from "./trace.ts";
import { formatTraceJson } from "./trace-json.ts";

export interface ExplainFlags {
  principal: string;
  action: string;
  resource: string;
  resourceAccount?: string;
  /** False with `--no-resource-policy`. */
  resourcePolicy: boolean;
  context?: readonly string[];
  policy?: readonly string[];
  key?: readonly string[];
  format?: "text" | "json";
}

/** Runs `countersign iam explain`: shows how the policies decide one call, statement by statement. */
export async function run(flags: ExplainFlags, io: Io): Promise<number> {
  const query = await parseExplainQuery(flags);
  const { store, warnings } = await readContext(flags.context ?? []);
  for (const warning of warnings) io.stderr(formatWarning(warning));
  const question = buildExplainInput(query, store);
  const trace = buildTrace(question, decideForOwner(question));
  io.stdout(flags.format === "json" ? formatTraceJson(trace) : formatTrace(trace));
  return trace.decision.decision === "allowed" ? EXIT.ok : EXIT.failed;
}

async function parseExplainQuery(flags: ExplainFlags): Promise<ExplainQuery> {
  const { principal, action, resource, resourceAccount, resourcePolicy, policy = [], key = [] } = flags;
  const asker = parsePrincipal(parseExplainPrincipal(principal));
  const name = resolveAction(action);
  if (resource !== "*" && !resource.startsWith("arn:")) {
    throw new UsageError(
      `${quoted(resource)} is no resource`,
      "give an ARN, a pattern of ARNs, or `*` for an action that takes none",
    );
  }
  const misfit = findResourceFault(name, resource);
  if (misfit) throw new UsageError(misfit.message, misfit.help);
  if (resourceAccount !== undefined && !/^\d{12}$/.test(resourceAccount)) {
    throw new UsageError(`${quoted(resourceAccount)} is no account id`, "an account id has 12 digits");
  }
  const required = "fault" in asker ? undefined : resolveScope({ action: name, resource }, asker).required;
  const policies = await Promise.all(policy.map((option) => readGivenPolicy(option, required ?? "resource")));
  return {
    principal,
    action: name,
    resource,
    ...(resourceAccount !== undefined && { resourceAccount }),
    hasResourcePolicy: resourcePolicy,
    policies,
    keys: parseKeys(key),
  };
}

/**
 * Returns the action in AWS's spelling. Actions of services that the action table lacks are returned
 * unchanged.
 */
function resolveAction(action: string): string {
  if (!/^[\w-]+:\w+$/.test(action)) {
    throw new UsageError(
      `${quoted(action)} is no action`,
      "give one without wildcards, such as `s3:PutObject`",
    );
  }
  if (isKnownAction(action) !== false) return findActionFacts(action)?.name ?? action;
  const [near] = suggestActions(action);
  throw new UsageError(`there is no action ${quoted(action)}`, near && `did you mean ${quoted(near)}?`);
}

/**
 * Parses `--key` options: `KEY=VALUE`, repeated for several values; `KEY` alone for a key that the request
 * lacks.
 */
function parseKeys(options: readonly string[]): ExplainQuery["keys"] {
  const keys = new Map<string, string[] | "absent">();
  for (const option of options) {
    const equals = option.indexOf("=");
    const key = (equals < 0 ? option : option.slice(0, equals)).toLowerCase();
    if (!/^[\w-]+:./.test(key)) {
      throw new UsageError(
        `${quoted(option)} is no condition key with its value`,
        "give `KEY=VALUE`, such as `aws:SourceIp=192.0.2.1`; or `KEY` alone where the request doesn't have it",
      );
    }
    const before = keys.get(key);
    if (equals < 0) keys.set(key, "absent");
    else keys.set(key, [...(Array.isArray(before) ? before : []), option.slice(equals + 1)]);
  }
  return keys;
}

/** An account id that nobody has. It stands for any account other than the principal's. */
const ANOTHER_ACCOUNT = "000000000000";

/**
 * If the resource's owner is unknown, evaluates for both the principal's account and another one, and decides
 * only where both agree.
 */
function decideForOwner({ request, policies, isOwnerUnknown }: ExplainInput): Decision {
  const own = evaluate(request, policies);
  if (!isOwnerUnknown) return own;
  const foreign = evaluate({ ...request, resourceAccount: ANOTHER_ACCOUNT }, policies);
  const isSame = foreign.decision === own.decision;
  if (isSame && foreign.partial === own.partial) return own;
  const resource = quoted(request.resource, 300);
  if (isSame) {
    const note = `this is so if ${resource} is in the principal's account; in another one none of it is granted`;
    return { ...own, notes: [...(own.notes ?? []), `${note}: say which with \`--resource-account\``] };
  }
  const note = `the account of ${resource} is not known, and decides: give it with \`--resource-account\``;
  return {
    ...own,
    decision: "unknown",
    partial: false,
    decidedBy: [],
    lackingLayers: [],
    covered: [],
    notes: [...(own.notes ?? []), note],
  };
}
