import type { KnownCall } from "../model/evaluator.ts";
import { jsonText } from "../model/json-text.ts";
import type { MentionRules } from "../model/mentions.ts";
import { isCallOf } from "../model/mentions.ts";
import { lastName, positional } from "../model/node.ts";
import { parsedJson } from "../model/parsed-json.ts";
import type { ProgramValue } from "../model/value.ts";
import { joinedText, mergedObject } from "../model/value.ts";

/** Calls of the language's own library whose results are known from their arguments. */
export const javascriptCall: KnownCall = (call, evaluator) => {
  const { callee, span } = call;
  const [first] = positional(call);
  if (!first) return undefined;
  if (callee.kind === "name")
    return callee.name === "structuredClone" && evaluator.isForeign(callee)
      ? evaluator.valueOf(first)
      : undefined;
  if (callee.kind !== "member") return undefined;
  if (callee.name === "join" && call.args.length === 1)
    return joinedText(evaluator.valueOf(first), evaluator.valueOf(callee.of), span, evaluator.sourceOf);
  const style = { ...COMPACT, isExact: false };
  if (callee.name === "toJsonString")
    return jsonText(evaluator.valueOf(first), span, evaluator.sourceOf(span), style);
  if (!evaluator.isForeign(callee)) return undefined;
  switch (`${lastName(callee.of)}.${callee.name}`) {
    case "Object.assign":
      return mergedBy(call, evaluator);
    case "Object.freeze":
    case "DefinitionBody.fromString":
    case "ScheduleTargetInput.fromText":
      return evaluator.valueOf(first);
    case "JSON.parse":
      return call.args.length === 1 ? readJson(evaluator.valueOf(first)) : undefined;
    case "JSON.stringify":
      return jsonText(evaluator.valueOf(first), span, evaluator.sourceOf(span), {
        ...COMPACT,
        // Indented, or with some members left out.
        isExact: call.args.length === 1,
      });
    case "ScheduleTargetInput.fromObject":
      return jsonText(evaluator.valueOf(first), span, evaluator.sourceOf(span), style);
    default:
      return undefined;
  }
};

/** `Object.assign({}, a, { … })`: an object that is made for it takes over the members of the others. */
const mergedBy: KnownCall = (call, evaluator) => {
  const [target] = call.args;
  if (target?.kind !== "object" || call.args.some(({ kind }) => kind === "spread")) return undefined;
  const values = call.args.map((arg) => evaluator.valueOf(arg));
  return mergedObject(values, call.span, evaluator.sourceOf);
};

/** Also of what `JSON.stringify` was given, as far as JSON has it: then it is a copy. */
const readJson = (text: ProgramValue): ProgramValue | undefined =>
  text.json && typeof text.value === "string" ? text.json : parsedJson(text);

const COMPACT = { comma: ",", colon: ":", isAscii: false };

const FUNCTIONS = new Set([
  "JSON.stringify",
  "Object.keys",
  "Array.isArray",
  "String",
  "Boolean",
  "structuredClone",
]);
const COPYING = new Set(["Object.freeze", "Object.values", "Object.entries", "Array.from"]);
const NO_OBJECTS: ReadonlySet<string> = new Set();
const LOGGERS = new Set(["console", "logger", "log"]);

/** What mentions of a name do in JavaScript. */
export const JAVASCRIPT_MENTIONS: MentionRules = {
  hasPlainFunctions: true,
  membersAreKeys: true,
  isHarmlessCall: (call) => isCallOf(call, FUNCTIONS, LOGGERS),
  isCopyingCall: (call) => isCallOf(call, COPYING, NO_OBJECTS),
  harmlessMethods: new Set(["hasOwnProperty", "toString", "join"]),
  isRebinding: (name) => name === "eval",
  isMergingCall: ({ callee }) =>
    callee.kind === "member" && callee.name === "assign" && lastName(callee.of) === "Object",
};
