import { quoted } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import { getTextParts, joinPartSources, mapChildren, textFromParts } from "../../documents/parts.ts";
import type { RequestCollector } from "../collector.ts";
import type { Payload } from "../payload.ts";
import { createUnknownPayload } from "../payload.ts";
import { isObject } from "../request.ts";
import { listAlternatives } from "../templates/intrinsics.ts";
import type { KnownReference } from "../templates/known-references.ts";
import type { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import { isOpenCall, readCallArn } from "./call-arn.ts";
import { payloadFromTemplate } from "./json-path-payload.ts";
import type { SdkCall } from "./sdk-arns.ts";

/** What is needed to read the states of a state machine. */
export interface StateMachineContext {
  collector: RequestCollector;
  /** The text of a value and the placeholders in it; undefined for a value that is no text. */
  readPieces: (part: DocumentPart) => TextPieces | undefined;
  /** What is known of a placeholder, given by its source. */
  describe: (source: string) => KnownReference;
  /** The values may contain CloudFormation's intrinsic functions. */
  hasIntrinsics?: boolean;
  justification?: string;
  /** What is known of the values of `${Name}` placeholders. */
  substitutions?: Substitutions;
  /** The same values in pieces, for ARNs of calls. */
  substitutedPieces?: ReadonlyMap<string, TextPieces>;
}

/** The values of variables, as far as they are known. */
type Substitutions = ReadonlyMap<string, unknown>;

/** A text, with an object for each placeholder in it. */
export type TextPieces = readonly (string | { source: string })[];

type QueryLanguage = "JSONPath" | "JSONata" | undefined;

/**
 * Adds the calls in the states of a machine, a branch, or the processor of a map (Amazon States Language).
 */
export function addStates(
  machine: DocumentPart,
  about: StateMachineContext,
  outer: QueryLanguage = "JSONPath",
): void {
  const language = resolveLanguage(machine, outer);
  const states = machine.member("States")?.members() ?? [];
  for (const state of states.flatMap(([, part]) => (about.hasIntrinsics ? listAlternatives(part) : [part]))) {
    addTask(state, about, resolveLanguage(state, language));
    // A map's own query language doesn't necessarily apply to the states of its processor.
    const inner = state.member("QueryLanguage") ? undefined : language;
    for (const key of ["ItemProcessor", "Iterator"]) {
      const processor = state.member(key);
      if (processor) addStates(processor, about, inner);
    }
    for (const branch of state.member("Branches")?.items() ?? []) addStates(branch, about, inner);
  }
}

function resolveLanguage(part: DocumentPart, outer: QueryLanguage): QueryLanguage {
  const own = part.member("QueryLanguage");
  if (!own) return outer;
  return own.value === "JSONPath" || own.value === "JSONata" ? own.value : undefined;
}

function addTask(state: DocumentPart, about: StateMachineContext, language: QueryLanguage): void {
  const given = state.member("Resource");
  const resources = given && about.hasIntrinsics ? listAlternatives(given) : [given];
  for (const resource of resources) addCall(state, resource, about, language);
}

function addCall(
  state: DocumentPart,
  resource: DocumentPart | undefined,
  about: StateMachineContext,
  language: QueryLanguage,
): void {
  const { collector } = about;
  const written = resource && about.readPieces(resource);
  if (!resource || !written) return;
  const pieces = written.flatMap((piece) =>
    typeof piece === "string" ? substitutePieces(piece, about.substitutedPieces) : [piece],
  );
  const call = readCallArn(pieces, "states", about.describe);
  if (!call) return;
  if (isOpenCall(call)) {
    const source = joinPieces(pieces);
    const payload = replaceExpression((state.member("Parameters") ?? state.member("Arguments"))?.value);
    if (!callsFunction(state, source) || holdsMember(payload, about))
      collector.addOpenCall(resource, source, call, payload);
    return;
  }
  const operation = collector.resolveOperation(call.service, call.action, () => resource.span());
  if (operation === undefined) return;
  checkSuffix(call, resource, collector);
  const justification = state.textMember("Comment") ?? about.justification;
  collector.add(
    {
      operation,
      path: state.path,
      span: () => state.span(),
      operationSpan: () => resource.span(),
      ...(justification !== undefined && { justification }),
    },
    collector.restoreCase(operation, readPayload(state, about, language)),
  );
}

const _toText = (value: unknown): string => joinPartSources(getTextParts(value) ?? []);

/**
 * SDK integrations can't wait for a job to complete (Step Functions developer guide, "Service integration
 * patterns").
 */
function checkSuffix({ action, suffix }: SdkCall, resource: DocumentPart, collector: RequestCollector): void {
  if (suffix === undefined || suffix === "waitForTaskToken") return;
  const message = `${quoted(`${action}.${suffix}`)}: a call of an SDK has no \`.${suffix.split(":")[0]}\``;
  collector.addFault(
    resource.span(),
    message,
    "leave it out, and wait for the result in states of their own",
  );
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
  const value = applySubstitutions(about.hasIntrinsics ? resolveIntrinsics(given) : given.value, about);
  return given.path.at(-1) === "Arguments"
    ? { value: replaceExpression(value), document: given.document, path: given.path }
    : payloadFromTemplate(given, value);
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

/** Applies the resource's `DefinitionSubstitutions`; variables without a known value remain placeholders. */
function applySubstitutions(value: unknown, about: Pick<StateMachineContext, "substitutions">): unknown {
  const { substitutions } = about;
  if (!substitutions || substitutions.size === 0) return value;
  if (typeof value === "string") return substitute(value, substitutions);
  return mapChildren(value, (child) => applySubstitutions(child, about));
}

function substitute(text: string, substitutions: Substitutions): unknown {
  // With one capturing group, every second piece is a name.
  const pieces = text.split(/\$\{(\w+)\}/);
  return textFromParts(
    pieces.flatMap((piece, at) =>
      at % 2 === 0 ? [piece] : (getTextParts(substitutions.get(piece)) ?? [`\${${piece}}`]),
    ),
    text,
  );
}

/** The pieces of a text, with those of its variables in place of them. */
function substitutePieces(
  text: string,
  substitutions: ReadonlyMap<string, TextPieces> = new Map(),
): TextPieces {
  const pieces: (string | { source: string })[] = [];
  let from = 0;
  for (const { 0: variable, 1: name, index } of text.matchAll(/\$\{(\w+)\}/g)) {
    const known = substitutions.get(name!);
    if (!known) continue;
    pieces.push(text.slice(from, index), ...known);
    from = index + variable.length;
  }
  return [...pieces, text.slice(from)];
}

const joinPieces = (pieces: TextPieces): string =>
  pieces.map((piece) => (typeof piece === "string" ? piece : piece.source)).join("");
