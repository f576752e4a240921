import type { Evaluator, KnownCall } from "../model/evaluator.ts";
import { formattedText, percentText } from "../model/format-text.ts";
import { jsonText } from "../model/json-text.ts";
import type { MentionRules } from "../model/mentions.ts";
import { isCallOf } from "../model/mentions.ts";
import type { CallExpression, ImportNode, MemberNode, ScopeNode } from "../model/node.ts";
import { enclosing, lastName, positional } from "../model/node.ts";
import { parsedJson } from "../model/parsed-json.ts";
import type { ProgramValue } from "../model/value.ts";
import { joinedText, mergedObject } from "../model/value.ts";

/** Calls of Python's own library whose results are known from their arguments. */
export const pythonCall: KnownCall = (call, evaluator) => {
  const { callee, args } = call;
  const [first] = positional(call);
  const isOnly = first !== undefined && args.length === 1;
  const made = textCall(call, evaluator) ?? dictionaryCall(call, evaluator);
  if (made) return made;
  if (!evaluator.isForeign(callee)) return ofCdk(call, evaluator);
  switch (
    callee.kind === "name"
      ? callee.name
      : `${lastName(callee.kind === "member" ? callee.of : undefined)}.${lastName(callee)}`
  ) {
    case "dict":
      return dictionaryOf(call, evaluator);
    case "copy":
    case "deepcopy":
    case "copy.copy":
    case "copy.deepcopy":
      return isOnly ? copied(evaluator.valueOf(first)) : undefined;
    case "list":
    case "tuple": {
      const value = isOnly ? evaluator.valueOf(first) : undefined;
      return value?.items && value;
    }
    case "json.dumps":
    case "json.loads":
      return isOnly ? ofJson(lastName(callee)!, evaluator.valueOf(first), call, evaluator) : undefined;
    case "DefinitionBody.from_string":
    case "ScheduleTargetInput.from_text":
      return first && evaluator.valueOf(first);
    default:
      return ofCdk(call, evaluator);
  }
};

/** What is a dictionary or a list. */
const copied = (value: ProgramValue): ProgramValue | undefined =>
  value.members || value.items ? value : undefined;

/** `dict(a=1)`, `dict(d)`, `dict(d, a=1)`. */
const dictionaryOf: KnownCall = (call, evaluator) => {
  const { args, span } = call;
  const [first] = positional(call);
  if (!first) return evaluator.objectOf(args, { span, overrides: false });
  const base = evaluator.valueOf(first);
  if (!base.members || args.length === 1) return base.members && base;
  const more = evaluator.objectOf(args.slice(1), { span, overrides: false });
  return mergedObject([base, more], span, evaluator.sourceOf);
};

/** `d | e`, `d.copy()`. */
const dictionaryCall: KnownCall = ({ callee, args, span }, evaluator) => {
  if (callee.kind !== "member") return undefined;
  if (callee.name === "copy" && args.length === 0) return copied(evaluator.valueOf(callee.of));
  if (callee.name !== "|") return undefined;
  const values = [callee.of, ...args].map((operand) => evaluator.valueOf(operand));
  return values.some(({ members }) => members) ? mergedObject(values, span, evaluator.sourceOf) : undefined;
};

const ofJson = (name: string, value: ProgramValue, { span }: CallExpression, evaluator: Evaluator) =>
  name === "loads"
    ? parsedJson(value)
    : jsonText(value, span, evaluator.sourceOf(span), { ...PYTHON_JSON, isExact: true });

/** Methods of texts, and the operator that formats them. */
const textCall: KnownCall = (call, evaluator) => {
  const { callee, args, span } = call;
  const [first] = positional(call);
  if (callee.kind !== "member" || !first) return undefined;
  if (callee.name === "format") return formattedText(callee.of, call, evaluator);
  if (callee.name === "%") return percentText(callee.of, args, call, evaluator);
  return callee.name === "join" && args.length === 1
    ? joinedText(evaluator.valueOf(callee.of), evaluator.valueOf(first), span, evaluator.sourceOf)
    : undefined;
};

/** What the CDK makes of its arguments: JSON, or an object with a type. */
const ofCdk: KnownCall = ({ callee, args, span, ...call }, evaluator) => {
  const name = lastName(callee) ?? "";
  const [first] = positional({ ...call, callee, args, span });
  if (first && ["to_json_string", "from_object"].includes(name))
    return jsonText(evaluator.valueOf(first), span, evaluator.sourceOf(span), {
      ...PYTHON_JSON,
      isExact: false,
    });
  const isStruct = name === "AwsSdkCall" || name.endsWith("Property");
  return isStruct && !first ? evaluator.objectOf(args, { span, overrides: false }) : undefined;
};

/** `json.dumps` puts a space behind commas and colons, and writes what is not ASCII as escapes. */
const PYTHON_JSON = { comma: ", ", colon: ": ", isAscii: true };

const FUNCTIONS = new Set([
  "len",
  "print",
  "pprint",
  "str",
  "repr",
  "bool",
  "isinstance",
  "type",
  "json.dumps",
  "deepcopy",
  "copy.deepcopy",
]);
const NO_OBJECTS: ReadonlySet<string> = new Set();
const LOGGERS = new Set(["logger", "logging", "log", "LOG", "LOGGER", "_logger", "_LOGGER"]);

/** `" ".join(words)`, `"{}".format(x)`, `"%s" % x`: texts that are made of values. */
const isTextMethod = ({ callee }: CallExpression): boolean =>
  callee.kind === "member" &&
  ["join", "format", "%"].includes(callee.name) &&
  (callee.of.kind === "literal" || lastName(callee.of) === "shlex");

const COPYING = new Set([
  "sorted",
  "list",
  "tuple",
  "dict",
  "set",
  "enumerate",
  "zip",
  "reversed",
  "copy.copy",
  "any",
  "all",
]);

const isUnion = ({ callee }: CallExpression): boolean => callee.kind === "member" && callee.name === "|";

/** Code in a text, and the dictionaries that hold all names; that of a function is a copy. */
function isRebindingCall(name: string, call: CallExpression): boolean {
  if (name === "exec" || name === "eval") return true;
  if (name === "__import__" || name === "import_module") return lastName(call.args[0]) === "__name__";
  if (call.args.length > 0 || call.parent?.kind === "spread") return false;
  if (name !== "locals" && name !== "vars") return name === "globals";
  return enclosing(call, (node): node is ScopeNode => node.kind === "scope")?.what !== "function";
}

/** `sys.modules[__name__]`, `importlib.import_module(__name__)`, `f.__globals__`: the program itself, as an object. */
function holdsNamesOfProgram(node: MemberNode | ImportNode): boolean {
  if (node.kind === "import") return node.module === "sys" && node.imported === "modules";
  const { of, name, parent } = node;
  if (name === "modules") return parent?.kind === "index" || lastName(of) === "sys";
  if (name === "import_module") return parent?.kind === "call" && lastName(parent.args[0]) === "__name__";
  return name === "f_globals" || name === "__globals__";
}

/** What mentions of a name do in Python. */
export const PYTHON_MENTIONS: MentionRules = {
  hasPlainFunctions: true,
  membersAreKeys: false,
  isHarmlessCall: (call) => isTextMethod(call) || isCallOf(call, FUNCTIONS, LOGGERS),
  isCopyingCall: (call) => isCallOf(call, COPYING, NO_OBJECTS) || isUnion(call),
  harmlessMethods: new Set(["get", "items", "keys", "values", "copy", "|"]),
  copyingMethods: new Set(["copy", "|"]),
  mergingMethods: new Set(["update"]),
  defaultingMethod: "setdefault",
  isRebinding: isRebindingCall,
  holdsNames: holdsNamesOfProgram,
};
