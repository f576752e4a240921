import type { KnownCall } from "../../model/evaluator.ts";
import { percentText } from "../../model/format-text.ts";
import type { MentionRules } from "../../model/mentions.ts";
import { isCallOf } from "../../model/mentions.ts";
import { lastName, namedArgument, positional } from "../../model/node.ts";
import { parsedJson } from "../../model/parsed-json.ts";
import { joinedText, mergedObject } from "../../model/value.ts";

/** Methods whose result is as good as what they are called on. */
const SAME = new Set([
  "freeze",
  "dup",
  "clone",
  "to_s",
  "to_sym",
  "to_str",
  "to_h",
  "to_a",
  "itself",
  "compact",
]);

/** What is known of calls of Ruby's own classes. */
export const rubyCall: KnownCall = (call, evaluator) => {
  const { callee, args, span } = call;
  const [first] = positional(call);
  if (callee.kind === "name") {
    const isFormat = callee.name === "format" || callee.name === "sprintf";
    return isFormat && first && evaluator.isForeign(callee)
      ? percentText(first, args.slice(1), call, evaluator)
      : undefined;
  }
  if (callee.kind !== "member") return undefined;
  if (callee.name === "%") return percentText(callee.of, args, call, evaluator);
  if (args.length === 0 && SAME.has(callee.name)) {
    const { isAlone: _, ...value } = evaluator.valueOf(callee.of);
    const isText = typeof value.value === "string" || value.pieces !== undefined;
    return isText || value.members || value.items ? value : undefined;
  }
  if (callee.name === "parse" && lastName(callee.of) === "JSON") return readJson(call, evaluator);
  if (callee.name === "join" && first && args.length === 1)
    return joinedText(evaluator.valueOf(first), evaluator.valueOf(callee.of), span, evaluator.sourceOf);
  if (callee.name !== "merge" || args.length === 0) return undefined;
  const base = evaluator.valueOf(callee.of);
  if (!base.members) return undefined;
  const named = args.filter(({ kind }) => kind === "argument" || kind === "spread");
  const others = positional(call).map((arg) => evaluator.valueOf(arg));
  const last = evaluator.objectOf(named, { span, overrides: true });
  return mergedObject([base, ...others, last], span, evaluator.sourceOf);
};

/** Members have symbols for their names: `JSON.parse(text, symbolize_names: true)`. */
const readJson: KnownCall = (call, evaluator) => {
  const [text] = positional(call);
  const given = namedArgument(call, "symbolize_names");
  const hasSymbols = given?.kind === "literal" && given.value === true && call.args.length === 2;
  return text && hasSymbols ? parsedJson(evaluator.valueOf(text)) : undefined;
};

const FUNCTIONS = new Set([
  "puts",
  "p",
  "pp",
  "print",
  "format",
  "sprintf",
  "String",
  "JSON.generate",
  "JSON.pretty_generate",
]);
const LOGGERS = new Set(["logger", "log", "LOG", "LOGGER", "Logger"]);

/** What mentions of a name do in Ruby. */
export const RUBY_MENTIONS: MentionRules = {
  membersAreKeys: false,
  textsChange: "always",
  isHarmlessCall: (call) => isCallOf(call, FUNCTIONS, LOGGERS),
  harmlessMethods: new Set(
    (
      "[] fetch dig key? has_key? include? keys values each each_pair map select reject any? all? empty? size length " +
      "count first last join merge except slice compact dup clone freeze to_h to_a to_s to_json inspect"
    ).split(" "),
  ),
  mergingMethods: new Set(["merge!", "update"]),
  mergingReturns: true,
  settingMethods: new Set(["store"]),
  isRebinding: (name) => REBINDING.has(name),
};

const REBINDING = new Set(["eval", "instance_eval", "class_eval", "binding"]);
