import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import type { CollectedRequest } from "../collector.ts";
import { OPTIMIZED_NAMES } from "../dialects/member-names.ts";
import { MAP_INTEGRATIONS } from "../dialects/optimized.ts";
import type { IntegrationRequest } from "../dialects/optimized-call.ts";
import { findOtherMembers, parseOptimizedCall } from "../dialects/optimized-call.ts";
import { composeDialects, findReplacedNames, renameMembers } from "../dialects/rename-members.ts";
import type { Payload } from "../payload.ts";
import { createUnknownPayload } from "../payload.ts";
import type { Choices, RequestFault } from "../request.ts";
import { isObject } from "../request.ts";
import { listAlternatives } from "../templates/intrinsics.ts";
import type { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import { isOpenCall, readCallArn } from "./call-arn.ts";
import { payloadFromTemplate } from "./json-path-payload.ts";
import type { QueryLanguage, StateMachineContext } from "./state-machine.ts";
import { applySubstitutions, joinPieces, substitutePieces, type TextPieces } from "./substitutions.ts";

/** Adds the call that a task makes. */
export function addTask(state: DocumentPart, about: StateMachineContext, language: QueryLanguage): void {
  const given = state.member("Resource");
  const resources = given && about.hasIntrinsics ? listAlternatives(given) : [given];
  for (const [index, resource] of resources.entries()) {
    const choices = about.choices && resources.length > 1 && choose(about.choices, state, index);
    addCall(state, resource, choices ? { ...about, choices } : about, language);
  }
}

const choose = ({ document, taken }: Choices, { path }: DocumentPart, index: number): Choices => ({
  document,
  taken: new Map(taken).set(`state ${path.join("/")}`, index),
});

function addCall(
  state: DocumentPart,
  resource: DocumentPart | undefined,
  about: StateMachineContext,
  language: QueryLanguage,
): void {
  const { collector } = about;
  const pieces = readResource(resource, about);
  if (!resource || !pieces) return;
  const optimized = parseOptimizedCall(joinPieces(pieces));
  if (optimized) {
    const resolved = collector.resolveIntegration(optimized, () => resource.span());
    if (resolved) addIntegration(state, resource, resolved, about, language);
    return;
  }
  const call = readCallArn(pieces, "states", about.describe);
  if (!call) return;
  if (isOpenCall(call)) {
    const source = joinPieces(pieces);
    const payload = replaceExpression((state.member("Parameters") ?? state.member("Arguments"))?.value);
    if (!callsFunction(state, source) || holdsMember(payload, about))
      collector.addOpenCall(resource, source, call, payload);
    return;
  }
  const operation = collector.resolveCall(call, "states", () => resource.span());
  if (operation === undefined) return;
  const payload = readPayload(state, about, language);
  collector.addRestored(
    describeTask(operation, state, resource, about),
    collector.restoreSdkNames(operation, payload, "Step Functions"),
  );
}

/** Adds what the reader or the writer of a distributed map calls. */
export function addMapCall(part: DocumentPart, about: StateMachineContext, language: QueryLanguage): void {
  const resource = part.member("Resource");
  const pieces = readResource(resource, about);
  const call = pieces && parseOptimizedCall(joinPieces(pieces));
  if (!resource || !call) return;
  const resolved = about.collector.resolveIntegration(call, () => resource.span(), MAP_INTEGRATIONS);
  if (resolved) addIntegration(part, resource, resolved, about, language);
}

function readResource(
  resource: DocumentPart | undefined,
  about: StateMachineContext,
): TextPieces | undefined {
  const written = resource && about.readPieces(resource);
  return written?.flatMap((piece) =>
    typeof piece === "string" ? substitutePieces(piece, about.substitutedPieces) : [piece],
  );
}

function addIntegration(
  state: DocumentPart,
  resource: DocumentPart,
  { operation, integration: { members, renamed = {}, keepsNames } }: IntegrationRequest,
  about: StateMachineContext,
  language: QueryLanguage,
): void {
  const { collector } = about;
  const written = readPayload(state, about, language);
  const own = renameMembers(written, renamed);
  const restored = collector.restoreNames(operation, own.payload, OPTIMIZED_NAMES);
  const others = members ? findOtherMembers(written, members, collector.listMembers(operation)) : [];
  collector.addRestored(describeTask(operation, state, resource, about), {
    payload: restored.payload,
    dialect: composeDialects(own.dialect, restored.dialect),
    findings: [...(keepsNames ? [] : findReplacedNames(written, renamed)), ...restored.findings, ...others],
  });
}

function describeTask(
  operation: string,
  state: DocumentPart,
  resource: DocumentPart,
  about: StateMachineContext,
): CollectedRequest {
  const justification = state.textMember("Comment") ?? about.justification;
  const caller = readTaskCaller(state, about);
  return {
    operation,
    path: state.path,
    span: () => state.span(),
    operationSpan: () => resource.span(),
    repeats: true,
    ...(about.choices && { choices: about.choices }),
    ...(justification !== undefined && { justification }),
    ...(caller !== undefined && { caller }),
  };
}

/** The role that a task has credentials of, or else the machine's. */
function readTaskCaller(state: DocumentPart, about: StateMachineContext): string | Unknown | undefined {
  const credentials = state.member("Credentials");
  const role = credentials?.member("RoleArn") ?? credentials?.member("RoleArn.$");
  if (!credentials || !role) return credentials ? new Unknown("Credentials") : about.caller;
  const value = applySubstitutions(
    about.hasIntrinsics ? resolveIntrinsics(role) : role.value,
    about.substitutions,
  );
  if (role.path.at(-1) === "RoleArn.$") return new Unknown(String(role.value));
  return typeof value === "string" || value instanceof Unknown ? value : undefined;
}

/**
 * The member that holds the payload in each query language, and the one that belongs to the other language.
 */
const PAYLOAD_MEMBERS = {
  JSONPath: ["Parameters", "Arguments"],
  JSONata: ["Arguments", "Parameters"],
} as const;

function readPayload(state: DocumentPart, about: StateMachineContext, language: QueryLanguage): Payload {
  const [own, other] = PAYLOAD_MEMBERS[language ?? "JSONPath"];
  const misplaced = state.member(other);
  if (misplaced && language) {
    const help = `write \`${own}\`, or set \`QueryLanguage\``;
    about.collector.addFault(misplaced.span("key"), `\`${other}\` is not for states in ${language}`, help);
  }
  const given = state.member(own) ?? misplaced;
  // Without parameters, the state's input is passed to the call.
  if (!given) return createUnknownPayload(state, language === "JSONata" ? "$states.input" : "$");
  const value = applySubstitutions(
    about.hasIntrinsics ? resolveIntrinsics(given) : given.value,
    about.substitutions,
  );
  if (given.path.at(-1) === "Arguments")
    return { value: replaceExpression(value), document: given.document, path: given.path };
  const { payload, repeated, misplaced: plain } = payloadFromTemplate(given, value);
  for (const path of plain)
    about.collector.addFault(
      given.document.span(path, "value"),
      `${quoted(String(path.at(-1)))} takes a path or a function, and here is neither: Step Functions refuses the machine`,
      "begin it with `$` or `States.`, or leave the `.$` out of the name",
    );
  for (const path of repeated)
    about.collector.faults.push(createRepeatedFault(given.document.span(path, "key"), path));
  return payload;
}

function createRepeatedFault(span: Span, path: Path): RequestFault {
  const written = String(path.at(-1));
  const message = `${quoted(written)} stands beside ${quoted(written.slice(0, -2))}, which is the same member`;
  return {
    code: "document/duplicate-key",
    span,
    message,
    help: "keep one of them: which of the two counts is not documented",
  };
}

/** In JSONata, `Arguments` as a whole may be a single expression. */
const replaceExpression = (value: unknown): unknown =>
  typeof value === "string" && /^\s*\{%/.test(value) ? new Unknown(value) : value;

/**
 * Whether a task whose `Resource` is a placeholder is one that calls a function: it expects the errors of one, or the
 * placeholder says so.
 */
const callsFunction = (state: DocumentPart, source: string): boolean =>
  /lambda|function|activity/i.test(source) ||
  ["Retry", "Catch"].some((key) =>
    state
      .member(key)
      ?.items()
      .some((one) =>
        one
          .member("ErrorEquals")
          ?.items()
          .some(({ value }) => /^Lambda\./.test(String(value))),
      ),
  );

/** Whether a payload has a member of an operation with a schema, whatever its placeholder is called. */
const holdsMember = (payload: unknown, { collector }: StateMachineContext): boolean =>
  isObject(payload) && Object.keys(payload).some((name) => collector.isMember(name.replace(/\.\$$/, "")));
