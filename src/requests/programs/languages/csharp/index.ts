import type { LanguageReader } from "../../language.ts";
import type { KnownCall } from "../../model/evaluator.ts";
import { formattedText } from "../../model/format-text.ts";
import { isCallOf } from "../../model/mentions.ts";
import { lastName } from "../../model/node.ts";
import { joinedText } from "../../model/value.ts";
import { findNetSdkCalls } from "../../sdks/aws-sdk-net.ts";
import { CsharpReader } from "./reader.ts";

const csharpCall: KnownCall = (call, evaluator) => {
  const { callee, args, span, isNew } = call;
  const [first, second, ...more] = args;
  // What a constructor makes of its arguments isn't known.
  if (isNew) return first?.kind === "object" && !second ? evaluator.valueOf(first) : undefined;
  if (callee.kind !== "member" || !first) return undefined;
  const of = lastName(callee.of);
  const isString = of === "string" || of === "String";
  if (isString && callee.name === "Format")
    return formattedText(first, { ...call, args: args.slice(1) }, evaluator);
  if (isString && callee.name === "Join" && second && more.length === 0)
    return joinedText(evaluator.valueOf(first), evaluator.valueOf(second), span, evaluator.sourceOf);
  // A value of an enumeration, by its text.
  return callee.name === "FindValue" && !second ? evaluator.valueOf(first) : undefined;
};

const FUNCTIONS = new Set(["JsonSerializer.Serialize", "string.Join", "String.Join", "string.Format"]);
const LOGGERS = new Set(["Console", "Debug", "_logger", "logger", "Logger", "log", "Log", "_log"]);

export const csharp: LanguageReader = {
  name: "csharp",
  names: ["csharp", "cs", "c#"],
  isOf: (path) => /\.(?:cs|csx)$/i.test(path),
  grammar: "c_sharp",
  read: (root, text) => new CsharpReader(text).module(root),
  hidesClasses: false,
  mentions: {
    membersAreKeys: true,
    isHarmlessCall: (call) => isCallOf(call, FUNCTIONS, LOGGERS),
    harmlessMethods: new Set(["ToString", "GetType", "Equals", "Contains", "ContainsKey"]),
  },
  knownCall: csharpCall,
  finders: [findNetSdkCalls],
};
