import { quoted } from "../diagnostics/text.ts";
import { Unknown } from "../documents/document.ts";
import type { Collector, Payload } from "./collector.ts";
import { openPayload } from "./collector.ts";
import { jsonPathPayload } from "./json-path-payload.ts";
import type { SdkCall } from "./sdk-arns.ts";
import { sdkCall } from "./sdk-arns.ts";
import { resolved } from "./templates/intrinsics.ts";
import type { Part } from "./templates/part.ts";

/** What is known of a state machine. */
export interface Machine {
  collector: Collector;
  textOf: (part: Part) => string | undefined;
  /** Its values hold CloudFormation's functions. */
  resolves?: boolean;
  justification?: string;
  /** Of the machine around; undefined where it is not sure. */
  language?: Language;
}

type Language = "JSONPath" | "JSONata" | undefined;

/** The states of a machine, of a branch, or of the processor of a map (Amazon States Language). */
export function addStates(machine: Part, about: Machine, outer: Language = "JSONPath"): void {
  const language = languageOf(machine, outer);
  for (const [, state] of machine.member("States")?.members() ?? []) {
    addTask(state, about, languageOf(state, language));
    // What a map says of itself need not hold for the states inside.
    const inner = state.member("QueryLanguage") ? undefined : language;
    for (const key of ["ItemProcessor", "Iterator"]) {
      const processor = state.member(key);
      if (processor) addStates(processor, about, inner);
    }
    for (const branch of state.member("Branches")?.items() ?? []) addStates(branch, about, inner);
  }
}

function languageOf(part: Part, outer: Language): Language {
  const own = part.member("QueryLanguage");
  if (!own) return outer;
  return own.value === "JSONPath" || own.value === "JSONata" ? own.value : undefined;
}

function addTask(state: Part, about: Machine, language: Language): void {
  const { collector } = about;
  const resource = state.member("Resource");
  const text = resource && about.textOf(resource);
  const call = text === undefined ? undefined : sdkCall(text, "states");
  if (!resource || !call) return;
  if (call === "open") {
    collector.open(
      resource.span(),
      `${quoted(text ?? "")} holds a placeholder: which operation is called is not known`,
    );
    return;
  }
  const operation = collector.operation(call.service, call.action, () => resource.span());
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
    collector.capitalised(operation, payloadOf(state, about, language)),
  );
}

/** SDK integrations can't wait for what they start (developer guide, "Service integration patterns"). */
function checkSuffix({ action, suffix }: SdkCall, resource: Part, collector: Collector): void {
  if (suffix === undefined || suffix === "waitForTaskToken") return;
  const message = `${quoted(`${action}.${suffix}`)}: a call of an SDK has no \`.${suffix.split(":")[0]}\``;
  collector.fault(resource.span(), message, "leave it out, and wait for the result in states of their own");
}

/** Which member holds the payload in which language, and which one the other language has. */
const MEMBERS = {
  JSONPath: ["Parameters", "Arguments"],
  JSONata: ["Arguments", "Parameters"],
} as const;

function payloadOf(state: Part, about: Machine, language: Language): Payload {
  const [own, other] = MEMBERS[language ?? "JSONPath"];
  const misplaced = state.member(other);
  if (misplaced && language) {
    const help = `write \`${own}\`, or set \`QueryLanguage\``;
    about.collector.fault(misplaced.span("key"), `\`${other}\` is not for states in ${language}`, help);
  }
  const given = state.member(own) ?? misplaced;
  // Without parameters, the call gets what the state gets.
  if (!given) return openPayload(state, language === "JSONata" ? "$states.input" : "$");
  const value = about.resolves ? resolved(given) : given.value;
  return given.path.at(-1) === "Arguments"
    ? { value: withExpressions(value), document: given.document, path: given.path }
    : jsonPathPayload(given, value);
}

/** The whole of the arguments may be one expression of JSONata. */
const withExpressions = (value: unknown): unknown =>
  typeof value === "string" && /^\s*\{%/.test(value) ? new Unknown(value) : value;
