import { nearest } from "../../diagnostics/nearest.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Node } from "../cel/index.ts";
import { signatures } from "../cel/index.ts";
import { FUNCTIONS } from "../functions/table.ts";
import type { Type } from "../types.ts";
import {
  BOOL,
  DYN,
  describe,
  either,
  INT,
  isAssignable,
  isNumber,
  listOf,
  STRING,
  typeNamed,
} from "../types.ts";
import { checkEquality, checkMembership } from "./compare.ts";
import { keyOf, pathText, presentWhen } from "./presence.ts";
import type { Info, Scope } from "./scope.ts";
import { withPresent } from "./scope.ts";
import type { TypeChecker } from "./type-checker.ts";

type Call = Node & { kind: "call" };
type Check = (checker: TypeChecker, call: Call, scope: Scope) => Info;

/** Calls whose types can't be expressed by a signature. */
const SPECIAL: Record<string, Check> = {
  "_&&_": (checker, call, scope) => logic(checker, call, scope, true),
  "_||_": (checker, call, scope) => logic(checker, call, scope, false),
  "_?_:_": choice,
  "_==_": equality,
  "_!=_": equality,
  "@in": membership,
  "_[_]": index,
  "_+_": sum,
  known,
  orElse,
  undecided,
  has: (checker, call) => wrongForm(checker, call, "`has` takes a member, as in `has(request.Paths)`"),
};

export function checkCall(checker: TypeChecker, call: Call, scope: Scope): Info {
  const special = Object.hasOwn(SPECIAL, call.name) ? SPECIAL[call.name] : undefined;
  return special && !call.target ? special(checker, call, scope) : byName(checker, call, scope);
}

function wrongForm(checker: TypeChecker, { at }: Pick<Call, "at">, message: string): Info {
  checker.fault(at, message);
  return { type: DYN };
}

/** Checks `&&` and `||`: each operand may rely on the presence that the other one establishes. */
function logic(checker: TypeChecker, { args }: Call, scope: Scope, outcome: boolean): Info {
  const [left, right] = args as [Node, Node];
  const what = `\`${outcome ? "&&" : "||"}\` joins conditions`;
  checker.condition(left, withPresent(scope, presentWhen(outcome, right, scope)), what);
  checker.condition(right, withPresent(scope, presentWhen(outcome, left, scope)), what);
  return { type: BOOL };
}

function choice(checker: TypeChecker, { args }: Call, scope: Scope): Info {
  const [test, yes, no] = args as [Node, Node, Node];
  checker.condition(test, scope, "before `?` stands a condition");
  const type = either(
    checker.value(yes, withPresent(scope, presentWhen(true, test, scope))),
    checker.value(no, withPresent(scope, presentWhen(false, test, scope))),
  );
  return { type };
}

function equality(checker: TypeChecker, call: Call, scope: Scope): Info {
  const [left, right] = call.args as [Node, Node];
  const [leftType, rightType] = [checker.value(left, scope), checker.value(right, scope)];
  checkEquality(checker, call.at, { node: left, type: leftType }, { node: right, type: rightType });
  return { type: BOOL };
}

function membership(checker: TypeChecker, call: Call, scope: Scope): Info {
  const [value, range] = call.args as [Node, Node];
  const [valueType, rangeType] = [checker.value(value, scope), checker.value(range, scope)];
  checkMembership(checker, call.at, { node: value, type: valueType }, { node: range, type: rangeType });
  return { type: BOOL };
}

function index(checker: TypeChecker, { args, at }: Call, scope: Scope): Info {
  const [operand, key] = args as [Node, Node];
  const { type, place, required = [], key: name } = checker.info(operand, scope);
  const keyType = checker.value(key, scope);
  const below = place && { ...place, path: [...place.path, "*"] };
  const rest = {
    ...(below && { place: below, required: [...required, false] }),
    ...(name !== undefined && { key: `${name}[]` }),
  };
  if (type.kind === "list") {
    if (!isAssignable(keyType, INT))
      checker.fault(at, `a list is indexed by whole numbers, not by ${describe(keyType)}`);
    return { type: type.item, ...rest };
  }
  if (type.kind === "dyn") return { type: DYN, ...rest };
  if (type.kind === "map") return { type: type.value, ...rest };
  if (type.kind === "object") return wrongForm(checker, { at }, "an object's member is written with a dot");
  return wrongForm(checker, { at }, `${describe(type)} can't be indexed`);
}

/** Lists of different item types can be concatenated. Numbers from JSON may be ints or doubles. */
function sum(checker: TypeChecker, call: Call, scope: Scope): Info {
  const [left, right] = call.args.map((argument) => checker.value(argument, scope)) as [Type, Type];
  if (left.kind === "list" && right.kind === "list") return { type: either(left, right) };
  if (left.kind === "string" && right.kind === "string") return { type: STRING };
  return { type: resultOf(checker, call, undefined, [left, right]) };
}

function known(checker: TypeChecker, call: Call, scope: Scope): Info {
  const [path] = call.args;
  const text = path && pathText(path);
  if (call.args.length !== 1 || !path || !text?.startsWith("context.")) {
    return wrongForm(checker, call, "`known` takes a part of the context, as in `known(context.mountPoint)`");
  }
  checker.info(path, scope);
  const name = text.split(".")[1];
  if (name !== undefined) checker.optional.add(name);
  return { type: BOOL };
}

function orElse(checker: TypeChecker, call: Call, scope: Scope): Info {
  const [path, value] = call.args;
  if (call.args.length !== 2 || !path || !value || path.kind !== "select" || pathText(path) === undefined) {
    return wrongForm(checker, call, "`orElse` takes a path and a value, as in `orElse(request.Paths, [])`");
  }
  const there = new Set<string>();
  for (let part: Node = path; part.kind === "select"; part = part.operand) {
    const key = keyOf(part, scope);
    if (key !== undefined) there.add(key);
  }
  const [type, other] = [checker.value(path, withPresent(scope, there)), checker.value(value, scope)];
  if (!isAssignable(other, type) && !isAssignable(type, other)) {
    checker.fault(
      value.at,
      `${quoted(pathText(path) ?? "")} is ${describe(type)}, and this is ${describe(other)}`,
    );
  }
  return { type: either(type, other) };
}

function undecided(checker: TypeChecker, call: Call, scope: Scope): Info {
  const [reason] = call.args;
  const type = reason && checker.value(reason, scope);
  if (call.args.length !== 1 || !type || !isAssignable(type, STRING)) {
    return wrongForm(checker, call, "`undecided` takes a text that says why");
  }
  return { type: BOOL };
}

interface Overload {
  target?: Type;
  parameters: Type[];
  result: Type;
}

let table: Map<string, Overload[]> | undefined;

/** Overloads by function name. */
function overloads(): Map<string, Overload[]> {
  if (table) return table;
  table = new Map();
  const own = FUNCTIONS.map(({ name, parameters, result }) => ({
    name,
    parameters: parameters.map(([, type]) => type as string),
    result: result as string,
    target: undefined,
  }));
  for (const { name, target, parameters, result } of [...signatures(), ...own]) {
    const overload = { parameters: parameters.map(typeNamed), result: typeNamed(result) };
    const all = table.get(name) ?? [];
    all.push(target === undefined ? overload : { ...overload, target: typeNamed(target) });
    table.set(name, all);
  }
  return table;
}

function byName(checker: TypeChecker, call: Call, scope: Scope): Info {
  const isSize = call.name === "size";
  const target = call.target && checker.value(call.target, scope, !isSize);
  const args = call.args.map((argument) => checker.value(argument, scope, !isSize));
  return { type: resultOf(checker, call, target, args) };
}

function resultOf(checker: TypeChecker, call: Call, target: Type | undefined, args: readonly Type[]): Type {
  const named = overloads().get(call.name) ?? [];
  const forms = named.filter((form) => (form.target === undefined) === (target === undefined));
  if (forms.length === 0) {
    unknownFunction(checker, call, named.length > 0);
    return DYN;
  }
  const fitting = forms.filter((form) => fits(form, call.name, target, args));
  if (fitting.length === 0) wrongTypes(checker, call, forms, target, args);
  else return itemTyped(call.name, args, fitting.map((form) => form.result).reduce(either));
  return forms.map((form) => form.result).reduce(either);
}

/** Functions that return items of their argument keep the item type. */
const KEEPING = new Set(["distinct", "duplicates", "common"]);

const itemTyped = (name: string, args: readonly Type[], result: Type): Type =>
  KEEPING.has(name) && args[0]?.kind === "list" ? listOf(args[0].item) : result;

const COMPARISONS = /^_[<>]=?_$/;

function fits(form: Overload, name: string, target: Type | undefined, args: readonly Type[]): boolean {
  if (form.parameters.length !== args.length) return false;
  if (form.target && target && !isFitting(target, form.target, name)) return false;
  return form.parameters.every((parameter, at) => isFitting(args[at] as Type, parameter, name));
}

/** A JSON number may be compared whether it is an int or a double; arithmetic needs `double(…)` around it. */
function isFitting(from: Type, to: Type, name: string): boolean {
  if (from.kind !== "number") return isAssignable(from, to);
  return to.kind === "dyn" || (isNumber(to) && (COMPARISONS.test(name) || CONVERSIONS.has(name)));
}

const CONVERSIONS = new Set(["int", "uint", "double", "string"]);

const FORM_NAMES = ["known", "orElse", "undecided", "has", "all", "exists", "exists_one", "filter", "map"];

function unknownFunction(checker: TypeChecker, { name, at }: Call, isOtherKind: boolean): void {
  if (isOtherKind) {
    checker.fault(
      at,
      `${quoted(name)} is written the other way`,
      `write \`${name}(x)\` for \`x.${name}()\`, or the reverse`,
    );
    return;
  }
  const names = [...overloads().keys()].filter((each) => /^[a-z]\w*$/i.test(each));
  const near = nearest(name, [...names, ...FORM_NAMES]);
  const help = near ? `did you mean ${quoted(near)}?` : "`docs/writing-rules.md` lists the functions";
  checker.fault(at, `there is no function ${quoted(name)}`, help);
}

function wrongTypes(
  checker: TypeChecker,
  call: Call,
  forms: readonly Overload[],
  target: Type | undefined,
  args: readonly Type[],
): void {
  const operator = /^_?([^\w\s]+)_?$|^_(.+)_$/.exec(call.name)?.slice(1).find(Boolean);
  const shown = quoted(operator ?? call.name);
  const given = [...(target ? [target] : []), ...args];
  const [only] = forms;
  const wanted = only ? [...(only.target ? [only.target] : []), ...only.parameters] : [];
  if (forms.length === 1 && wanted.length !== given.length) {
    checker.fault(call.at, `${shown} takes ${only?.parameters.length} values, not ${args.length}`);
    return;
  }
  const wrong = given.findIndex((type, at) => !isFitting(type, wanted[at] ?? DYN, call.name));
  const message =
    forms.length === 1
      ? `${shown} takes ${describe(wanted[wrong] ?? DYN)}, and this is ${describe(given[wrong] ?? DYN)}`
      : `${shown} doesn't take ${given.map(describe).join(" and ")}`;
  const help = given.some(({ kind }) => kind === "number")
    ? "write `double(…)` around the number"
    : undefined;
  checker.fault(call.at, message, help);
}
