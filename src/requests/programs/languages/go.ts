import type { LanguageReader } from "../language.ts";
import type { KnownCall } from "../model/evaluator.ts";
import { isCallOf } from "../model/mentions.ts";
import type { CallExpression } from "../model/node.ts";
import { lastName } from "../model/node.ts";
import { findGoSdkCalls } from "../sdks/aws-sdk-go.ts";
import { GoReader } from "./go-reader.ts";

/** `aws.String("x")` and the like: what makes pointers of values. */
const POINTERS = /^(?:String|Bool|Int|Int32|Int64|Float32|Float64|ToPtr|Ptr|To)$/;
const POINTER_PACKAGES = new Set(["aws", "ptr", "pointer", "to", "lo"]);

const goCall: KnownCall = ({ callee, args, isNew }: CallExpression, evaluator) => {
  const [first, ...others] = args;
  if (!first || others.length > 0) return undefined;
  if (isNew) return evaluator.valueOf(first);
  if (callee.kind === "name")
    return callee.name === "string" && first.kind === "literal" ? evaluator.valueOf(first) : undefined;
  if (callee.kind !== "member") return undefined;
  const of = lastName(callee.of) ?? "";
  if (POINTER_PACKAGES.has(of) && POINTERS.test(callee.name)) return evaluator.valueOf(first);
  // A text as a value of an enumeration: `types.DataRepositoryTaskType("…")`.
  const isConversion = of === "types" && first.kind === "literal" && typeof first.value === "string";
  return isConversion ? evaluator.valueOf(first) : undefined;
};

const FUNCTIONS = new Set(["len", "print", "println"]);
const LOGGERS = new Set(["fmt", "log", "slog", "logger"]);

export const go: LanguageReader = {
  name: "go",
  names: ["go", "golang"],
  isOf: (path) => /\.go$/i.test(path),
  grammar: "go",
  read: (root, text) => new GoReader(text).module(root),
  hidesClasses: false,
  mentions: {
    membersAreKeys: true,
    isHarmlessCall: (call) => isCallOf(call, FUNCTIONS, LOGGERS),
    harmlessMethods: new Set(),
  },
  knownCall: goCall,
  finders: [findGoSdkCalls],
};
