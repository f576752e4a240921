import { escapeHarmful, formatCount, formatList, formatSafeJson, quoted } from "../../../diagnostics/text.ts";
import { findActionFaults } from "../../../iam/actions/index.ts";
import type { AccessRequest, Because, Decision, KeyState, Reason } from "../../../iam/evaluation/decision.ts";
import type { Layer } from "../../../iam/evaluation/layers.ts";
import { selectLayers } from "../../../iam/evaluation/layers.ts";
import { parsePrincipal } from "../../../iam/evaluation/principal.ts";
import { resolveScope } from "../../../iam/evaluation/scope.ts";
import type { GrantingStatement } from "../../../iam/granting-statement.ts";
import { createSmallestStatement } from "../../../iam/granting-statement.ts";
import { parseArnGlob } from "../../../iam/match/arn.ts";
import { compareArnGlobs } from "../../../iam/match/regions.ts";
import type { Policy, PolicyFault, PolicyPlace, Statement } from "../../../iam/policy.ts";
import { unknownPartFromKey } from "../../../iam/read/unknown-parts.ts";
import type { PolicyGap } from "../../../permissions/unknown-policy.ts";
import { describeMetCondition, describeUnmetCondition } from "./condition-text.ts";
import { formatLayerTitle } from "./layer-titles.ts";
import type { ExplainInput } from "./query.ts";

/** A decision with everything that led to it. */
export interface Trace {
  question: ExplainInput;
  decision: Decision;
  layers: readonly Layer[];
  /** Unknown policies, and how to provide them. */
  missingFacts: readonly PolicyGap[];
  /** Condition keys that affect the decision and are unknown. */
  missingKeys: readonly string[];
  faults: readonly FaultOfPolicy[];
  /** By layer, statements that would grant what is missing. */
  suggestions: readonly StatementSuggestion[];
}

interface FaultOfPolicy extends PolicyFault {
  policy: Policy;
}

interface StatementSuggestion {
  layer: string;
  statement: GrantingStatement;
}

export function buildTrace(question: ExplainInput, decision: Decision): Trace {
  const { request, policies } = question;
  const asker = parsePrincipal(request.principal);
  const layers = "fault" in asker ? [] : selectLayers(policies, resolveScope(request, asker));
  const gaps = decision.missing.flatMap((key) => unknownPartFromKey(key) ?? []);
  const all = layers.flatMap((layer) => layer.policies);
  return {
    question,
    decision,
    layers,
    missingFacts: [...new Map(gaps.map((gap) => [gap.message, gap])).values()],
    missingKeys: decision.missing.filter((key) => !unknownPartFromKey(key)),
    faults: all.flatMap((policy) =>
      [...policy.faults, ...findActionFaults(policy)].map((fault) => ({ ...fault, policy })),
    ),
    suggestions:
      decision.decision === "implicitDeny"
        ? decision.lackingLayers.map((layer) => ({ layer, statement: suggestStatement(layer, question) }))
        : [],
  };
}

/** Builds the smallest statement that would grant the request. */
function suggestStatement(layer: string, { request, policies }: ExplainInput): GrantingStatement {
  const { principal, action, resource, keys } = request;
  const isKey = policies.resource?.kind === "key";
  // A policy on the resource's side names the principal. A service that acts for a resource is trusted only
  // for that one.
  const [sourceArn, sourceAccount] = ["aws:SourceArn", "aws:SourceAccount"].map((key) =>
    singleValueOf(keys.get(key)),
  );
  return createSmallestStatement({
    actions: [action],
    ...(layer !== "trust" && {
      resources: [layer === "key" || (isKey && layer === "resource") ? "*" : resource],
    }),
    ...(RESOURCE_SIDE_LAYERS.has(layer) && { principal }),
    ...(layer === "trust" && sourceArn !== undefined && { sourceArn }),
    ...(layer === "trust" && sourceAccount !== undefined && { sourceAccount }),
  });
}

const RESOURCE_SIDE_LAYERS = new Set(["resource", "trust", "key"]);

const singleValueOf = (state: KeyState): string | undefined =>
  Array.isArray(state) && state.length === 1 ? state[0] : undefined;

export function formatTrace(trace: Trace): string {
  const { request } = trace.question;
  const who = typeof request.principal === "string" ? request.principal : request.principal.service;
  const sections = [
    `${escapeHarmful(who)}\n  asks for ${escapeHarmful(request.action)}\n  on ${escapeHarmful(request.resource)}\n`,
    ...trace.layers.map((layer) => formatLayer(layer, trace.decision.considered, request)),
    ...(trace.faults.length > 0
      ? [`faults in these policies\n${trace.faults.map(formatPolicyFault).join("")}`]
      : []),
    formatDecision(trace),
  ];
  return sections.join("\n");
}

function formatLayer(layer: Layer, considered: readonly Reason[], requested: AccessRequest): string {
  const reasons = considered.filter((reason) => reason.layer === layer.name);
  const lines = [...new Set(reasons.map((reason) => formatReason(reason, requested)))];
  const count = layer.policies.flatMap(({ statements }) => statements).length;
  const none =
    layer.policies.length === 0
      ? "there are none"
      : `${formatCount(count, "statement")}, none about this action`;
  const kind = layer.policies[0]?.kind;
  const title = formatLayerTitle(layer.name === "resource" && kind !== undefined ? kind : layer.name);
  return `${title}\n${(lines.length > 0 ? lines : [none]).map((line) => `  ${line}\n`).join("")}`;
}

function formatReason(reason: Reason, requested: AccessRequest): string {
  const { policy, statement } = reason;
  const gap = findMissingFact(reason);
  if (gap) return `not known: ${gap.message}`;
  const place = findStatementPlace(policy, statement);
  const at = place ? `${escapeHarmful(place.file)}:${place.place.line}:${place.place.column}: ` : "";
  return `${at}${statement.effect} ${formatStatementName(statement)} of ${policy.name} ${formatOutcome(reason, requested)}`;
}

export const findStatementPlace = ({ place }: Policy, { path }: Statement): PolicyPlace | undefined =>
  path && place?.(path);

const formatStatementName = ({ sid, index }: Statement): string =>
  sid ? quoted(sid) : `statement ${index + 1}`;

function formatOutcome(
  { outcome, because, isDelegation, statement }: Reason,
  requested: AccessRequest,
): string {
  if (outcome === "matched") {
    const part = isPartialMatch(statement, requested.resource) ? " some of the resources" : "";
    const met = statement.conditions.map((condition) => describeMetCondition(condition, requested.keys));
    const why = met.length > 0 ? `: ${met.join("; ")}` : "";
    return `matches${part}${isDelegation ? ", and leaves it to the identity policies" : ""}${why}`;
  }
  const verb = outcome === "unknown" ? "may match" : "doesn't match";
  if (!because) return verb;
  const why =
    because.part === "condition"
      ? describeUnmetCondition(because, outcome)
      : formatBecause(because.part, statement, outcome);
  return `${verb}: ${why}`;
}

/** Whether the requested resource is a pattern and no value of the statement covers all of it. */
function isPartialMatch({ resource }: Statement, requested: string): boolean {
  if (!/[*?]/.test(requested) || !resource || resource.isNegated) return false;
  return !resource.values.some(
    (value) =>
      value.includes("${") || compareArnGlobs(parseArnGlob(value), parseArnGlob(requested)) === "within",
  );
}

function formatBecause(
  part: Exclude<Because["part"], "condition">,
  { resource, principal }: Statement,
  outcome: Reason["outcome"],
): string {
  const is = outcome === "unknown" ? "may be" : "is";
  switch (part) {
    case "resource":
      return `it ${is} about ${resource?.isNegated ? "all but " : ""}${formatList(resource?.values ?? [], "and", 5)}`;
    case "principal":
      return `it ${is} for ${principal?.isNegated ? "all but " : ""}${formatList(listPrincipalNames(principal), "and", 5)}`;
    case "faulty":
      return "it can't be understood";
    case "action":
      return "it is about other actions";
  }
}

const listPrincipalNames = (principal: Statement["principal"]): string[] =>
  principal
    ? [...principal.aws, ...principal.service, ...principal.federated, ...principal.canonicalUser]
    : [];

function formatPolicyFault({ policy, path, at, severity, message, help }: FaultOfPolicy): string {
  const place = policy.place?.(path, at);
  const where = place ? `${escapeHarmful(place.file)}:${place.place.line}:${place.place.column}: ` : "";
  return `  ${where}${severity}: ${escapeHarmful(message)}\n${help ? `    help: ${escapeHarmful(help)}\n` : ""}`;
}

function formatDecision(trace: Trace): string {
  const { decision, missingKeys: keys, missingFacts: gaps, suggestions, question } = trace;
  const lines = [
    formatHeadline(decision),
    ...(decision.partial ? formatPartialCoverage(decision) : []),
    ...(decision.notes ?? []).map((note) => `  ${note}`),
    ...(decision.decision === "unknown" ? formatDoubts(decision, question.request) : []),
    ...gaps.flatMap(({ message, help }) => [`  ${message}`, `    help: ${help}`]),
    ...keys.flatMap((key) => [
      `  the value of ${quoted(key)} decides, and is not known`,
      `    help: give it with \`--key ${key}=VALUE\`, or \`--key ${key}\` where the request doesn't have it`,
    ]),
    ...suggestions.flatMap(({ layer, statement }) => [
      `  help: ${ADVICE[layer.split(" ")[0]!] ?? "add"}:`,
      ...formatSafeJson(statement)
        .split("\n")
        .map((line) => `    ${line}`),
    ]),
  ];
  return `${lines.map((line) => escapeHarmful(line)).join("\n")}\n`;
}

/** Statements that affect the decision and may or may not match, for reasons other than a condition key. */
const formatDoubts = ({ decidedBy }: Decision, request: AccessRequest): string[] => [
  ...new Set(
    decidedBy
      .filter(({ because }) => because && because.part !== "condition")
      .map((reason) => `  this depends on ${formatReason(reason, request)}`),
  ),
];

const ADVICE: Readonly<Record<string, string>> = {
  identity: "add this statement to an identity policy of the principal",
  boundary: "add this statement to the permissions boundary",
  session: "add this statement to the session policy",
  scp: "add this statement to a service control policy of that level",
  resource: "add this statement to the resource's policy",
  trust: "add this statement to the role's trust policy",
  key: "add this statement to the key's policy",
};

function formatHeadline({ decision, partial, lackingLayers, decidedBy }: Decision): string {
  if (decision === "allowed") return "allowed";
  if (decision === "unknown") return "not known";
  if (decision === "explicitDeny") {
    const names = decidedBy.map(
      ({ statement, policy }) => `${formatStatementName(statement)} of ${policy.name}`,
    );
    return `denied by ${[...new Set(names)].join(" and by ")}`;
  }
  const lacking = lackingLayers.map(formatLayerTitle).join(" and by ");
  return `${partial ? "granted in part only" : "denied"}${lacking ? `: not allowed by ${lacking}` : ""}`;
}

const formatPartialCoverage = ({ covered, uncovered }: Decision): string[] => [
  ...(covered.length > 0 ? [`  granted is ${formatList(covered, "and", 5)}`] : []),
  ...(uncovered === undefined ? [] : [`  not granted is, for example, ${quoted(uncovered, 300)}`]),
];

export const findMissingFact = ({ because }: Reason): PolicyGap | undefined =>
  because?.part === "condition" ? unknownPartFromKey(because.key) : undefined;
