import { findRunCommands } from "../commands/run-calls.ts";
import type { LanguageReader } from "../language.ts";
import type { Evaluator, KnownCall } from "../model/evaluator.ts";
import { percentText } from "../model/format-text.ts";
import { isCallOf } from "../model/mentions.ts";
import type { CallExpression, ProgramNode } from "../model/node.ts";
import { lastName } from "../model/node.ts";
import { ObjectBuilder } from "../model/value.ts";
import { findGoSdkCalls } from "../sdks/aws-sdk-go.ts";
import { GoReader } from "./go-reader.ts";

/** `aws.String("x")` and the like: what makes pointers of values. */
const POINTERS = /^(?:String|Bool|Int|Int32|Int64|Float32|Float64|ToPtr|Ptr|To)$/;
/** The same for each item of a list. */
const SLICES = /^(?:String|Bool|Int32|Int64)Slice$/;
const POINTER_PACKAGES = /^(?:aws(?:v?\d|sdk|core)?|ptr|pointer|to|lo)$/;

const goCall: KnownCall = (call: CallExpression, evaluator) => {
  const { callee, args, isNew } = call;
  const [first, ...others] = args;
  if (first && callee.kind === "member" && callee.name === "Sprintf" && lastName(callee.of) === "fmt")
    return percentText(first, others, call, evaluator);
  if (!first || others.length > 0) return undefined;
  if (isSetter(call)) return withMember(call, first, evaluator);
  if (isNew) return evaluator.valueOf(first);
  if (callee.kind === "name")
    return callee.name === "string" && first.kind === "literal" ? evaluator.valueOf(first) : undefined;
  if (callee.kind !== "member") return undefined;
  const of = lastName(callee.of) ?? "";
  // A variable may have the name of a package.
  if (!evaluator.isForeign(callee, { isRenamed: true })) return undefined;
  if (POINTER_PACKAGES.test(of) && POINTERS.test(callee.name)) return evaluator.valueOf(first);
  if (of.startsWith("aws") && SLICES.test(callee.name) && first.kind === "list")
    return evaluator.valueOf(first);
  // A text as a value of an enumeration: `types.DataRepositoryTaskType("…")`.
  const isConversion = /types$/i.test(of) && first.kind === "literal" && typeof first.value === "string";
  return isConversion ? evaluator.valueOf(first) : undefined;
};

/** Version 1 of the SDK: `(&fsx.CreateDataRepositoryTaskInput{}).SetType("…")`. */
const isSetter = ({ callee }: CallExpression): boolean =>
  callee.kind === "member" && /^Set[A-Z]/.test(callee.name) && callee.of.kind === "call";

function withMember({ callee, span }: CallExpression, value: ProgramNode, evaluator: Evaluator) {
  if (callee.kind !== "member") return undefined;
  const builder = new ObjectBuilder(evaluator.sourceOf);
  builder.spread(evaluator.valueOf(callee.of));
  builder.set(callee.name.slice("Set".length), { ...evaluator.valueOf(value), key: callee.nameSpan });
  return builder.done(span, evaluator.sourceOf(span));
}

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
    copiesValues: true,
    membersAreKeys: true,
    isHarmlessCall: (call) => isCallOf(call, FUNCTIONS, LOGGERS),
    harmlessMethods: new Set(),
  },
  knownCall: goCall,
  finders: [findGoSdkCalls, findRunCommands],
};
