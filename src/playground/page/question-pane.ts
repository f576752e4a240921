import { formatLayerTitle } from "../../cli/commands/iam/layer-titles.ts";
import { escapeHarmful } from "../../diagnostics/text.ts";
import type { Answer, DecisionTrace, QuestionJob, TraceStatement } from "../protocol.ts";
import { createElement, formatMessage, showLines } from "./dom.ts";
import { inPageTerms } from "./page-terms.ts";
import type { Files } from "./state.ts";
import { listFilled } from "./state.ts";

interface QuestionPaneOptions {
  files: () => Files;
  ask: (job: QuestionJob) => Promise<Answer>;
}

const FIELDS = [
  { name: "principal", label: "Who calls (ARN)", value: "arn:aws:iam::123456789012:role/Reports" },
  { name: "action", label: "Action", value: "s3:PutObject" },
  { name: "resource", label: "Resource (ARN, or *)", value: "arn:aws:s3:::cache-reports/*" },
  { name: "account", label: "Account of the resource, if its ARN doesn't say", value: "" },
  { name: "keys", label: "Condition keys, as KEY=VALUE, separated by spaces", value: "" },
] as const;

type FieldName = (typeof FIELDS)[number]["name"];

const KINDS = ["identity", "boundary", "session", "scp", "rcp", "resource"];

/** The kind that a policy's file name begins with: identity, if with none. */
const toPolicyOption = (path: string): string => {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return `${KINDS.find((kind) => name.startsWith(kind)) ?? "identity"}=${path}`;
};

/** A permission question, and its answer as a chain of policies. */
export function fillQuestionPane(panel: HTMLElement, { files, ask }: QuestionPaneOptions): void {
  const inputs = new Map<FieldName, HTMLInputElement>();
  const labels = FIELDS.map(({ name, label, value }) => {
    const input = createElement("input", {
      id: `question-${name}`,
      spellcheck: "false",
      autocomplete: "off",
    });
    input.value = value;
    // What has a value to begin with can't be left out.
    input.required = value !== "";
    inputs.set(name, input);
    return createElement("label", {}, `${label} `, input);
  });
  const hasPolicy = createElement("input", { type: "checkbox", id: "question-policy" });
  const answer = createElement("div", {
    id: "answer",
    role: "region",
    "aria-label": "Answer",
    "aria-live": "polite",
  });
  const button = createElement("button", { type: "submit", id: "question-ask" }, "Ask");
  const form = createElement(
    "form",
    { id: "question" },
    createElement(
      "p",
      { class: "hint" },
      "May somebody do something? The policies are those of the tab Policies (a file's name begins with its kind: identity, boundary, session, scp, rcp or resource) and the IAM details of the tab Context.",
    ),
    ...labels,
    createElement("label", {}, hasPolicy, " the resource has no policy of its own"),
    button,
  );
  const read = (name: FieldName): string => inputs.get(name)!.value.trim();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const policies = listFilled(files(), "policies");
    const context = listFilled(files(), "context");
    const found = await ask({
      kind: "question",
      files: [...policies, ...context],
      principal: read("principal"),
      action: read("action"),
      resource: read("resource"),
      ...(read("account") !== "" && { resourceAccount: read("account") }),
      hasResourcePolicy: !hasPolicy.checked,
      context: context.map(({ path }) => path),
      policies: policies.map(({ path }) => toPolicyOption(path)),
      keys: read("keys")
        .split(/\s+/)
        .filter((key) => key !== ""),
    });
    answer.replaceChildren(...showAnswer(found));
  });
  panel.replaceChildren(form, answer);
}

function showAnswer(answer: Answer): HTMLElement[] {
  if (answer.kind === "problem") return [showLines(inPageTerms(answer.problem.text), { class: "error" })];
  if (answer.kind !== "question") return [];
  return [
    drawTrace(answer.trace),
    createElement(
      "details",
      { open: "" },
      createElement("summary", {}, "In words"),
      showLines(inPageTerms(answer.text)),
    ),
  ];
}

const DECISIONS: Record<string, string> = {
  allowed: "allowed",
  explicitDeny: "denied by a statement",
  implicitDeny: "denied: no statement allows it",
  unknown: "not known",
};

/** A chain: who asks, each kind of policy with what it says, and the decision. */
export function drawTrace({ request, decision, lacking, layers }: DecisionTrace): HTMLElement {
  const who = typeof request.principal === "string" ? request.principal : JSON.stringify(request.principal);
  const steps = layers.map(({ name, statements, unknown = [] }) => {
    const isLacking = lacking.includes(name);
    const state = stateOf(statements, { isLacking, isUnknown: unknown.length > 0 });
    return createElement(
      "li",
      { class: `step ${state}` },
      createElement("strong", {}, formatLayerTitle(name)),
      createElement("span", { class: "state" }, ` ${STATES[state]}`),
      createElement(
        "ul",
        {},
        ...statements.map((statement) => drawStatement(statement, isDeciding(statement, decision))),
        ...unknown.map((message) => createElement("li", {}, "not known: ", ...formatMessage(message))),
        ...(isLacking ? [createElement("li", {}, "nothing here allows it")] : []),
      ),
    );
  });
  return createElement(
    "ol",
    { class: "chain", "aria-label": "Chain of policies" },
    createElement(
      "li",
      { class: "step" },
      createElement("strong", {}, escapeHarmful(who)),
      ` asks for ${escapeHarmful(request.action)} on ${escapeHarmful(request.resource)}`,
    ),
    ...steps,
    createElement(
      "li",
      { class: `step end ${decision}` },
      createElement("strong", {}, DECISIONS[decision] ?? decision),
    ),
  );
}

type StepState = "denies" | "allows" | "lacks" | "open" | "silent";

const STATES: Record<StepState, string> = {
  denies: "✗ denies",
  allows: "✓ allows",
  lacks: "✗ doesn't allow",
  open: "? not known",
  silent: "says nothing",
};

function stateOf(
  statements: readonly TraceStatement[],
  { isLacking, isUnknown }: { isLacking: boolean; isUnknown: boolean },
): StepState {
  const holds = (effect: string): boolean =>
    statements.some((statement) => statement.effect === effect && statement.outcome === "matched");
  if (holds("Deny")) return "denies";
  if (isLacking) return "lacks";
  if (holds("Allow")) return "allows";
  return isUnknown || statements.some(({ outcome }) => outcome === "unknown") ? "open" : "silent";
}

/** Any matching `Deny` denies, every matching `Allow` of an allowed call is one of those that allow it. */
const isDeciding = ({ effect, outcome }: TraceStatement, decision: string): boolean =>
  (outcome === "matched" && effect === { explicitDeny: "Deny", allowed: "Allow" }[decision]) ||
  (outcome === "unknown" && decision === "unknown");

function drawStatement(statement: TraceStatement, decides: boolean): HTMLElement {
  const { policy, statement: number, sid, effect, outcome, file, line } = statement;
  const name = `statement ${number + 1}${sid === undefined ? "" : ` \`${sid}\``}`;
  const place = file === undefined ? "" : ` at ${file}:${line}`;
  return createElement(
    "li",
    { class: decides ? `statement deciding ${effect}` : "statement" },
    createElement("strong", {}, effect),
    ...formatMessage(` ${name} of ${policy}${place}: ${outcome}${decides ? ", decides" : ""}`),
  );
}
