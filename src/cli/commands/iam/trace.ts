import { counted, escapedJson, harmless, listed, quoted } from "../../../diagnostics/text.ts";
import { actionFaults } from "../../../iam/actions/index.ts";
import type { AccessRequest, Because, Decision, KeyState, Reason } from "../../../iam/evaluation/decision.ts";
import type { Layer } from "../../../iam/evaluation/layers.ts";
import { layersOf } from "../../../iam/evaluation/layers.ts";
import { askerOf } from "../../../iam/evaluation/principal.ts";
import { scopeOf } from "../../../iam/evaluation/scope.ts";
import { arnGlob } from "../../../iam/match/arn.ts";
import { arnRelationOf } from "../../../iam/match/regions.ts";
import type { Policy, PolicyFault, PolicyPlace, Statement } from "../../../iam/policy.ts";
import type { GrantingStatement } from "../../../iam/statement.ts";
import { smallestStatement } from "../../../iam/statement.ts";
import type { Gap } from "../../../permissions/unknown-policy.ts";
import { gapOf } from "../../../permissions/unknown-policy.ts";
import { metText, unmetText } from "./condition-text.ts";
import type { Question } from "./query.ts";

/** A decision with everything that led to it. */
export interface Trace {
  question: Question;
  decision: Decision;
  layers: readonly Layer[];
  /** Unknown policies, and how to provide them. */
  gaps: readonly Gap[];
  /** Condition keys that affect the decision and are unknown. */
  keys: readonly string[];
  faults: readonly PlacedFault[];
  /** By layer, statements that would grant what is missing. */
  suggestions: readonly Suggestion[];
}

interface PlacedFault extends PolicyFault {
  policy: Policy;
}

interface Suggestion {
  layer: string;
  statement: GrantingStatement;
}

export function traceOf(question: Question, decision: Decision): Trace {
  const { request, policies } = question;
  const asker = askerOf(request.principal);
  const layers = "fault" in asker ? [] : layersOf(policies, scopeOf(request, asker));
  const gaps = decision.missing.flatMap((key) => gapOf(key) ?? []);
  const all = layers.flatMap((layer) => layer.policies);
  return {
    question,
    decision,
    layers,
    gaps: [...new Map(gaps.map((gap) => [gap.message, gap])).values()],
    keys: decision.missing.filter((key) => !gapOf(key)),
    faults: all.flatMap((policy) =>
      [...policy.faults, ...actionFaults(policy)].map((fault) => ({ ...fault, policy })),
    ),
    suggestions:
      decision.decision === "implicitDeny"
        ? decision.lackingLayers.map((layer) => ({ layer, statement: grant(layer, question) }))
        : [],
  };
}

/** Builds the smallest statement that would grant the request. */
function grant(layer: string, { request, policies }: Question): GrantingStatement {
  const { principal, action, resource, keys } = request;
  const isKey = policies.resource?.kind === "key";
  // A policy on the resource's side names the principal. A service that acts for a resource is trusted only
  // for that one.
  const [sourceArn, sourceAccount] = ["aws:SourceArn", "aws:SourceAccount"].map((key) =>
    oneOf(keys.get(key)),
  );
  return smallestStatement({
    actions: [action],
    ...(layer !== "trust" && {
      resources: [layer === "key" || (isKey && layer === "resource") ? "*" : resource],
    }),
    ...(OF_RESOURCES.has(layer) && { principal }),
    ...(layer === "trust" && sourceArn !== undefined && { sourceArn }),
    ...(layer === "trust" && sourceAccount !== undefined && { sourceAccount }),
  });
}

const OF_RESOURCES = new Set(["resource", "trust", "key"]);

const oneOf = (state: KeyState): string | undefined =>
  Array.isArray(state) && state.length === 1 ? state[0] : undefined;

export function traceText(trace: Trace): string {
  const { request } = trace.question;
  const who = typeof request.principal === "string" ? request.principal : request.principal.service;
  const sections = [
    `${harmless(who)}\n  asks for ${harmless(request.action)}\n  on ${harmless(request.resource)}\n`,
    ...trace.layers.map((layer) => layerText(layer, trace.decision.considered, request)),
    ...(trace.faults.length > 0 ? [`faults in these policies\n${trace.faults.map(faultText).join("")}`] : []),
    verdictText(trace),
  ];
  return sections.join("\n");
}

const TITLES: Readonly<Record<string, string>> = {
  identity: "identity policies",
  boundary: "permissions boundary",
  session: "session policies",
  resource: "the resource's policy",
  trust: "the role's trust policy",
  key: "the key's policy",
};

/** Expands a layer's name, such as "scp 2" to "service control policies, level 2". */
function titleOf(layer: string): string {
  const [kind, level] = layer.split(" ");
  if (kind === "scp") return `service control policies, level ${level}`;
  if (kind === "rcp") return `resource control policies, level ${level}`;
  return TITLES[layer] ?? layer;
}

function layerText(layer: Layer, considered: readonly Reason[], requested: AccessRequest): string {
  const reasons = considered.filter((reason) => reason.layer === layer.name);
  const lines = [...new Set(reasons.map((reason) => reasonText(reason, requested)))];
  const count = layer.policies.flatMap(({ statements }) => statements).length;
  const none =
    layer.policies.length === 0 ? "there are none" : `${counted(count, "statement")}, none about this action`;
  const kind = layer.policies[0]?.kind;
  const title = titleOf(layer.name === "resource" && kind !== undefined ? kind : layer.name);
  return `${title}\n${(lines.length > 0 ? lines : [none]).map((line) => `  ${line}\n`).join("")}`;
}

function reasonText(reason: Reason, requested: AccessRequest): string {
  const { policy, statement } = reason;
  const gap = gapIn(reason);
  if (gap) return `not known: ${gap.message}`;
  const place = placeOf(policy, statement);
  const at = place ? `${harmless(place.file)}:${place.place.line}:${place.place.column}: ` : "";
  return `${at}${statement.effect} ${nameOf(statement)} of ${policy.name} ${outcomeText(reason, requested)}`;
}

export const placeOf = ({ place }: Policy, { path }: Statement): PolicyPlace | undefined =>
  path && place?.(path);

const nameOf = ({ sid, index }: Statement): string => (sid ? quoted(sid) : `statement ${index + 1}`);

function outcomeText(
  { outcome, because, isDelegation, statement }: Reason,
  requested: AccessRequest,
): string {
  if (outcome === "matched") {
    const part = isAboutPart(statement, requested.resource) ? " some of the resources" : "";
    const met = statement.conditions.map((condition) => metText(condition, requested.keys));
    const why = met.length > 0 ? `: ${met.join("; ")}` : "";
    return `matches${part}${isDelegation ? ", and leaves it to the identity policies" : ""}${why}`;
  }
  const verb = outcome === "unknown" ? "may match" : "doesn't match";
  if (!because) return verb;
  const why =
    because.part === "condition"
      ? unmetText(because, outcome)
      : becauseText(because.part, statement, outcome);
  return `${verb}: ${why}`;
}

/** Whether the requested resource is a pattern and no value of the statement covers all of it. */
function isAboutPart({ resource }: Statement, requested: string): boolean {
  if (!/[*?]/.test(requested) || !resource || resource.isNegated) return false;
  return !resource.values.some(
    (value) => value.includes("${") || arnRelationOf(arnGlob(value), arnGlob(requested)) === "within",
  );
}

function becauseText(
  part: Exclude<Because["part"], "condition">,
  { resource, principal }: Statement,
  outcome: Reason["outcome"],
): string {
  const is = outcome === "unknown" ? "may be" : "is";
  switch (part) {
    case "resource":
      return `it ${is} about ${resource?.isNegated ? "all but " : ""}${listed(resource?.values ?? [], "and", 5)}`;
    case "principal":
      return `it ${is} for ${principal?.isNegated ? "all but " : ""}${listed(namesIn(principal), "and", 5)}`;
    case "faulty":
      return "it can't be understood";
    case "action":
      return "it is about other actions";
  }
}

const namesIn = (principal: Statement["principal"]): string[] =>
  principal
    ? [...principal.aws, ...principal.service, ...principal.federated, ...principal.canonicalUser]
    : [];

function faultText({ policy, path, at, severity, message, help }: PlacedFault): string {
  const place = policy.place?.(path, at);
  const where = place ? `${harmless(place.file)}:${place.place.line}:${place.place.column}: ` : "";
  return `  ${where}${severity}: ${harmless(message)}\n${help ? `    help: ${harmless(help)}\n` : ""}`;
}

function verdictText(trace: Trace): string {
  const { decision, keys, gaps, suggestions, question } = trace;
  const lines = [
    headline(decision),
    ...(decision.partial ? partialLines(decision) : []),
    ...(decision.notes ?? []).map((note) => `  ${note}`),
    ...(decision.decision === "unknown" ? doubtful(decision, question.request) : []),
    ...gaps.flatMap(({ message, help }) => [`  ${message}`, `    help: ${help}`]),
    ...keys.flatMap((key) => [
      `  the value of ${quoted(key)} decides, and is not known`,
      `    help: give it with \`--key ${key}=VALUE\`, or \`--key ${key}\` where the request doesn't have it`,
    ]),
    ...suggestions.flatMap(({ layer, statement }) => [
      `  help: ${ADVICE[layer.split(" ")[0]!] ?? "add"}:`,
      ...escapedJson(statement)
        .split("\n")
        .map((line) => `    ${line}`),
    ]),
  ];
  return `${lines.map((line) => harmless(line)).join("\n")}\n`;
}

/** Statements that affect the decision and may or may not match, for reasons other than a condition key. */
const doubtful = ({ decidedBy }: Decision, request: AccessRequest): string[] => [
  ...new Set(
    decidedBy
      .filter(({ because }) => because && because.part !== "condition")
      .map((reason) => `  this depends on ${reasonText(reason, request)}`),
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

function headline({ decision, partial, lackingLayers, decidedBy }: Decision): string {
  if (decision === "allowed") return "allowed";
  if (decision === "unknown") return "not known";
  if (decision === "explicitDeny") {
    const names = decidedBy.map(({ statement, policy }) => `${nameOf(statement)} of ${policy.name}`);
    return `denied by ${[...new Set(names)].join(" and by ")}`;
  }
  const lacking = lackingLayers.map(titleOf).join(" and by ");
  return `${partial ? "granted in part only" : "denied"}${lacking ? `: not allowed by ${lacking}` : ""}`;
}

const partialLines = ({ covered, uncovered }: Decision): string[] => [
  ...(covered.length > 0 ? [`  granted is ${listed(covered, "and", 5)}`] : []),
  ...(uncovered === undefined ? [] : [`  not granted is, for example, ${quoted(uncovered, 300)}`]),
];

export const gapIn = ({ because }: Reason): Gap | undefined =>
  because?.part === "condition" ? gapOf(because.key) : undefined;
