import type { Evaluator, KnownCall } from "../model/evaluator.ts";
import { percentText } from "../model/format-text.ts";
import type { CallExpression, MemberNode, ProgramNode, ScopeNode } from "../model/node.ts";
import { lastName } from "../model/node.ts";
import type { ProgramValue } from "../model/value.ts";
import { holeAt, listValue, ObjectBuilder } from "../model/value.ts";

/** A method of a builder, with what it is given. */
interface Setter {
  method: MemberNode;
  args: readonly ProgramNode[];
}

/** Methods of builders that say nothing of the request. */
const NOT_MEMBERS = new Set(["overrideConfiguration", "build"]);

/** What is known of calls in Java: builders of the SDK, and collections of known values. */
export const javaCall: KnownCall = (call, evaluator) => {
  const { callee, args, span } = call;
  if (callee.kind !== "member") return undefined;
  switch (`${lastName(callee.of)}.${callee.name}`) {
    case "List.of":
    case "Set.of":
    case "Arrays.asList":
    case "Collections.singletonList":
    case "ImmutableList.of":
      return listValue(
        args.map((arg) => evaluator.valueOf(arg)),
        {
          span,
          source: evaluator.sourceOf(span),
          // One argument may be an array of them.
          isOpen: args.length === 1 && args[0]!.kind === "name",
        },
      );
    case "String.format":
      return args[0] && percentText(args[0], args.slice(1), call, evaluator);
    case "Map.of":
      return mapOf(call, evaluator);
    default:
      return ofValue(call, callee, evaluator) ?? builtBy(call, evaluator);
  }
};

const BOXES = new Set(["Boolean", "Integer", "Long", "Short", "Double", "Float"]);

/** `Boolean.valueOf(true)`, and values of enumerations by their names: `Type.valueOf("EXPORT")`, `Type.fromValue("EXPORT")`. */
function ofValue(
  { args: [first, ...others], span }: CallExpression,
  { of, name, nameSpan }: MemberNode,
  evaluator: Evaluator,
): ProgramValue | undefined {
  if (!first || others.length > 0 || of.kind !== "name" || !/^[A-Z]/.test(of.name)) return undefined;
  const given = evaluator.valueOf(first);
  if (BOXES.has(of.name)) {
    const isBoxed =
      name === "valueOf" && (typeof given.value === "boolean" || typeof given.value === "number");
    return isBoxed ? given : undefined;
  }
  if (typeof given.value !== "string" || of.name === "String") return undefined;
  if (name === "fromValue") return given;
  const constant: MemberNode = {
    kind: "member",
    of,
    name: given.value,
    nameSpan,
    span: first.span,
    hasError: false,
  };
  return name === "valueOf" ? { ...holeAt(span, evaluator.sourceOf), constant } : undefined;
}

function mapOf({ args, span }: CallExpression, evaluator: Evaluator): ProgramValue {
  const builder = new ObjectBuilder(evaluator.sourceOf);
  for (let index = 0; index + 1 < args.length; index += 2) {
    const key = evaluator.valueOf(args[index]!);
    if (typeof key.value === "string")
      builder.set(key.value, { ...evaluator.valueOf(args[index + 1]!), key: key.span });
    else builder.more(true);
  }
  return builder.done(span, evaluator.sourceOf(span));
}

/** `Type.builder().a(…).b(…).build()`; undefined for any other call. */
function builtBy(call: CallExpression, evaluator: Evaluator): ProgramValue | undefined {
  const { setters, base } = chainOf(call);
  const isBuilder = base?.kind === "call" && base.callee.kind === "member" && base.callee.name === "builder";
  if (!isBuilder || base.args.length > 0) return undefined;
  // A builder that isn't finished here is changed somewhere else.
  if (lastName(call.callee) !== "build") return holeAt(call.span, evaluator.sourceOf);
  return objectOf(setters, call, evaluator);
}

/** The methods that are called one on the result of the other, and what the first is called on. */
function chainOf(call: CallExpression): { setters: Setter[]; base: ProgramNode | undefined } {
  const setters: Setter[] = [];
  let base: ProgramNode = call;
  while (base.kind === "call" && base.callee.kind === "member" && base.callee.name !== "builder") {
    setters.unshift({ method: base.callee, args: base.args });
    base = base.callee.of;
  }
  return { setters, base };
}

function objectOf(setters: readonly Setter[], { span }: ProgramNode, evaluator: Evaluator): ProgramValue {
  const builder = new ObjectBuilder(evaluator.sourceOf);
  for (const { method, args } of setters) {
    if (method.name === "applyMutation") builder.more(true);
    else if (!NOT_MEMBERS.has(method.name)) set(builder, method, args, evaluator);
  }
  return builder.done(span, evaluator.sourceOf(span));
}

/** What is called on a builder that a variable keeps. */
export interface BuilderCall {
  call: CallExpression;
  /** In every run that comes to the end of the builder. */
  isCertain: boolean;
}

/** What a builder has been given by several chains of calls, one after the other. */
export function builtInSteps(steps: readonly BuilderCall[], { span }: ProgramNode, evaluator: Evaluator) {
  const builder = new ObjectBuilder(evaluator.sourceOf);
  for (const { call, isCertain } of steps) {
    const given = objectOf(chainOf(call).setters, call, evaluator);
    if (isCertain) builder.spread(given);
    else builder.spreadOne([given, undefined]);
  }
  return builder.done(span, evaluator.sourceOf(span));
}

/** Several arguments are the items of a list. */
function set(
  builder: ObjectBuilder,
  method: MemberNode,
  args: readonly ProgramNode[],
  evaluator: Evaluator,
): void {
  const key = method.nameSpan;
  const name = method.name.replace(/(?:AsString|WithStrings)s?$/, "");
  const values = args.map((arg) => builderValue(arg, evaluator));
  const [first, ...others] = values;
  if (!first || (args[0]?.kind === "literal" && args[0].value === undefined)) {
    builder.delete(name);
    return;
  }
  const span = { start: args[0]!.span.start, end: args.at(-1)!.span.end };
  const list = { span, source: evaluator.sourceOf(span), isOpen: false };
  builder.set(name, { ...(others.length > 0 ? listValue(values, list) : { ...first, isAlone: true }), key });
}

const builderValue = (arg: ProgramNode, evaluator: Evaluator): ProgramValue =>
  (arg.kind === "scope" && lambdaValue(arg, evaluator)) || evaluator.valueOf(arg);

/** `r -> r.enabled(true)`, `r -> { r.enabled(true); r.path(p); }`. */
export function lambdaValue(lambda: ScopeNode, evaluator: Evaluator): ProgramValue | undefined {
  const [parameter, body, ...more] = lambda.children;
  if (parameter?.kind !== "assign" || parameter.target.kind !== "name" || !body || more.length > 0)
    return undefined;
  const { name } = parameter.target;
  const statements = body.kind === "scope" ? body.children : [body];
  const chains = statements.map((statement) => {
    const call = statement.kind === "return" ? statement.value : statement;
    const { setters, base } = call?.kind === "call" ? chainOf(call) : { setters: [], base: call };
    return base?.kind === "name" && base.name === name ? setters : undefined;
  });
  // Anything else in the body may decide what is set.
  return chains.includes(undefined)
    ? undefined
    : objectOf(
        chains.flatMap((setters) => setters ?? []),
        lambda,
        evaluator,
      );
}

/** The whole chain of calls that a builder begins, up to its `build()`. */
export function wholeChain(builder: CallExpression): CallExpression {
  return chainFrom(builder) as CallExpression;
}

/** The same, of a variable that keeps a builder: the name itself where nothing is called on it. */
export function chainFrom(first: ProgramNode): ProgramNode {
  let whole = first;
  while (
    whole.parent?.kind === "member" &&
    whole.parent.parent?.kind === "call" &&
    whole.parent.parent.callee === whole.parent
  )
    whole = whole.parent.parent;
  return whole;
}
