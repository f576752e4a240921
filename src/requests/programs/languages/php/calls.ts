import type { KnownCall } from "../../model/evaluator.ts";
import { percentText } from "../../model/format-text.ts";
import type { MentionRules } from "../../model/mentions.ts";
import { isCallOf } from "../../model/mentions.ts";
import { parsedJson } from "../../model/parsed-json.ts";
import { joinedText, mergedObject } from "../../model/value.ts";

/** What is known of calls of PHP's own functions. */
export const phpCall: KnownCall = (call, evaluator) => {
  const { callee, args, span } = call;
  const [first, second] = args;
  if (callee.kind !== "name" || !first || !evaluator.isForeign(callee)) return undefined;
  switch (callee.name) {
    case "sprintf":
      return percentText(first, args.slice(1), call, evaluator);
    case "implode":
    case "join":
      return (
        second && joinedText(evaluator.valueOf(first), evaluator.valueOf(second), span, evaluator.sourceOf)
      );
    case "json_decode":
      return second?.kind === "literal" && second.value === true && args.length === 2
        ? parsedJson(evaluator.valueOf(first))
        : undefined;
    case "array_merge":
    case "array_replace": {
      const values = args.map((arg) => evaluator.valueOf(arg));
      const isKnown = values[0]?.members && !args.some(({ kind }) => kind === "spread");
      return isKnown ? mergedObject(values, span, evaluator.sourceOf) : undefined;
    }
    default:
      return undefined;
  }
};

/** Functions that only look at their arguments, and take copies of arrays. */
const FUNCTIONS = new Set(
  (
    "count sizeof isset empty is_array is_string json_encode var_dump var_export print_r printf sprintf implode join " +
    "array_keys array_values array_merge array_replace array_key_exists in_array array_map array_filter strlen " +
    "error_log serialize http_build_query"
  ).split(" "),
);
const LOGGERS = new Set(["logger", "$logger", "log", "$log", "Log"]);

/** What mentions of a variable do in PHP. */
export const PHP_MENTIONS: MentionRules = {
  copiesValues: true,
  membersAreKeys: false,
  textsChange: "items",
  isHarmlessCall: (call) => isCallOf(call, FUNCTIONS, LOGGERS),
  harmlessMethods: new Set(),
  isRebinding: (name) => REBINDING.has(name),
};

const REBINDING = new Set(["eval", "extract", "parse_str"]);
