import { findNearest } from "../../diagnostics/nearest.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Node } from "../cel/index.ts";
import { listSignatures } from "../cel/index.ts";
import { FUNCTIONS } from "../functions/table.ts";
import type { Type } from "../types.ts";
import {
  BOOL,
  DYN,
  describeType,
  INT,
  isAssignable,
  isNumberType,
  STRING,
  toListType,
  typeFromName,
  unifyTypes,
} from "../types.ts";
import { checkEquality, checkMembership } from "./compare.ts";
import { collectPresentWhen } from "./presence.ts";
import type { ExpressionInfo, TypeScope } from "./scope.ts";
import { withPresent } from "./scope.ts";
import type { Call } from "./special-forms.ts";
import {
  checkKnown,
  checkOrElse,
  checkPlaceholders,
  checkUndecided,
  reportWrongForm,
} from "./special-forms.ts";
import type { TypeChecker } from "./type-checker.ts";

type Check = (checker: TypeChecker, call: Call, scope: TypeScope) => ExpressionInfo;

/** Calls whose types can't be expressed by a signature. */
const CALL_CHECKS: Record<string, Check> = {
  "_&&_": (checker, call, scope) => checkLogic(checker, call, scope, true),
  "_||_": (checker, call, scope) => checkLogic(checker, call, scope, false),
  "_?_:_": checkChoice,
  "_==_": checkEqualityCall,
  "_!=_": checkEqualityCall,
  "@in": checkMembershipCall,
  "_[_]": checkIndex,
  "_+_": checkSum,
  known: checkKnown,
  placeholders: checkPlaceholders,
  orElse: checkOrElse,
  undecided: checkUndecided,
  has: (checker, call) => reportWrongForm(checker, call, "`has` takes a member, as in `has(request.Paths)`"),
};

export function checkCall(checker: TypeChecker, call: Call, scope: TypeScope): ExpressionInfo {
  const special = Object.hasOwn(CALL_CHECKS, call.name) ? CALL_CHECKS[call.name] : undefined;
  return special && !call.target ? special(checker, call, scope) : checkNamedCall(checker, call, scope);
}

/** Checks `&&` and `||`: each operand may rely on the presence that the other one establishes. */
function checkLogic(
  checker: TypeChecker,
  { args }: Call,
  scope: TypeScope,
  outcome: boolean,
): ExpressionInfo {
  const [left, right] = args as [Node, Node];
  const what = `\`${outcome ? "&&" : "||"}\` joins conditions`;
  checker.checkCondition(left, withPresent(scope, collectPresentWhen(outcome, right, scope)), what);
  checker.checkCondition(right, withPresent(scope, collectPresentWhen(outcome, left, scope)), what);
  return { type: BOOL };
}

function checkChoice(checker: TypeChecker, { args }: Call, scope: TypeScope): ExpressionInfo {
  const [test, yes, no] = args as [Node, Node, Node];
  checker.checkCondition(test, scope, "before `?` stands a condition");
  const type = unifyTypes(
    checker.checkValue(yes, withPresent(scope, collectPresentWhen(true, test, scope))),
    checker.checkValue(no, withPresent(scope, collectPresentWhen(false, test, scope))),
  );
  return { type };
}

function checkEqualityCall(checker: TypeChecker, call: Call, scope: TypeScope): ExpressionInfo {
  const [left, right] = call.args as [Node, Node];
  const [leftType, rightType] = [checker.checkValue(left, scope), checker.checkValue(right, scope)];
  checkEquality(checker, call.at, { node: left, type: leftType }, { node: right, type: rightType });
  return { type: BOOL };
}

function checkMembershipCall(checker: TypeChecker, call: Call, scope: TypeScope): ExpressionInfo {
  const [value, range] = call.args as [Node, Node];
  const [valueType, rangeType] = [checker.checkValue(value, scope), checker.checkValue(range, scope)];
  checkMembership(checker, call.at, { node: value, type: valueType }, { node: range, type: rangeType });
  return { type: BOOL };
}

function checkIndex(checker: TypeChecker, { args, at }: Call, scope: TypeScope): ExpressionInfo {
  const [operand, key] = args as [Node, Node];
  const { type, place, required = [], key: name } = checker.inferInfo(operand, scope);
  const keyType = checker.checkValue(key, scope);
  const below = place && { ...place, path: [...place.path, "*"] };
  const rest = {
    ...(below && { place: below, required: [...required, false] }),
    ...(name !== undefined && { key: `${name}[]` }),
  };
  if (type.kind === "list") {
    if (!isAssignable(keyType, INT))
      checker.addFault(at, `a list is indexed by whole numbers, not by ${describeType(keyType)}`);
    return { type: type.item, ...rest };
  }
  if (type.kind === "dyn") return { type: DYN, ...rest };
  if (type.kind === "map") return { type: type.value, ...rest };
  if (type.kind === "object")
    return reportWrongForm(checker, { at }, "an object's member is written with a dot");
  return reportWrongForm(checker, { at }, `${describeType(type)} can't be indexed`);
}

/** Lists of different item types can be concatenated. Numbers from JSON may be ints or doubles. */
function checkSum(checker: TypeChecker, call: Call, scope: TypeScope): ExpressionInfo {
  const [left, right] = call.args.map((argument) => checker.checkValue(argument, scope)) as [Type, Type];
  if (left.kind === "list" && right.kind === "list") return { type: unifyTypes(left, right) };
  if (left.kind === "string" && right.kind === "string") return { type: STRING };
  return { type: resolveResultType(checker, call, undefined, [left, right]) };
}

interface Overload {
  target?: Type;
  parameters: Type[];
  result: Type;
}

let table: Map<string, Overload[]> | undefined;

/** Overloads by function name. */
function listOverloads(): Map<string, Overload[]> {
  if (table) return table;
  table = new Map();
  const own = FUNCTIONS.map(({ name, parameters, result }) => ({
    name,
    parameters: parameters.map(([, type]) => type as string),
    result: result as string,
    target: undefined,
  }));
  for (const { name, target, parameters, result } of [...listSignatures(), ...own]) {
    const overload = { parameters: parameters.map(typeFromName), result: typeFromName(result) };
    const all = table.get(name) ?? [];
    all.push(target === undefined ? overload : { ...overload, target: typeFromName(target) });
    table.set(name, all);
  }
  return table;
}

function checkNamedCall(checker: TypeChecker, call: Call, scope: TypeScope): ExpressionInfo {
  const isSize = call.name === "size";
  const target = call.target && checker.checkValue(call.target, scope, !isSize);
  const args = call.args.map((argument) => checker.checkValue(argument, scope, !isSize));
  return { type: resolveResultType(checker, call, target, args) };
}

function resolveResultType(
  checker: TypeChecker,
  call: Call,
  target: Type | undefined,
  args: readonly Type[],
): Type {
  const named = listOverloads().get(call.name) ?? [];
  const forms = named.filter((form) => (form.target === undefined) === (target === undefined));
  if (forms.length === 0) {
    reportUnknownFunction(checker, call, named.length > 0);
    return DYN;
  }
  const fitting = forms.filter((form) => isApplicable(form, call.name, target, args));
  if (fitting.length === 0) reportWrongTypes(checker, call, forms, target, args);
  else return refineItemType(call.name, args, fitting.map((form) => form.result).reduce(unifyTypes));
  return forms.map((form) => form.result).reduce(unifyTypes);
}

/** Functions that return items of their argument keep the item type. */
const ITEM_PRESERVING = new Set(["distinct", "duplicates", "common"]);

const refineItemType = (name: string, args: readonly Type[], result: Type): Type =>
  ITEM_PRESERVING.has(name) && args[0]?.kind === "list" ? toListType(args[0].item) : result;

const COMPARISONS = /^_[<>]=?_$/;

function isApplicable(
  form: Overload,
  name: string,
  target: Type | undefined,
  args: readonly Type[],
): boolean {
  if (form.parameters.length !== args.length) return false;
  if (form.target && target && !isFitting(target, form.target, name)) return false;
  return form.parameters.every((parameter, at) => isFitting(args[at] as Type, parameter, name));
}

/** A JSON number may be compared whether it is an int or a double; arithmetic needs `double(…)` around it. */
function isFitting(from: Type, to: Type, name: string): boolean {
  if (from.kind !== "number") return isAssignable(from, to);
  return to.kind === "dyn" || (isNumberType(to) && (COMPARISONS.test(name) || CONVERSIONS.has(name)));
}

const CONVERSIONS = new Set(["int", "uint", "double", "string"]);

const FORM_NAMES = [
  "known",
  "orElse",
  "placeholders",
  "undecided",
  "has",
  "all",
  "exists",
  "exists_one",
  "filter",
  "map",
];

function reportUnknownFunction(checker: TypeChecker, { name, at }: Call, isOtherKind: boolean): void {
  if (isOtherKind) {
    checker.addFault(
      at,
      `${quoted(name)} is written the other way`,
      `write \`${name}(x)\` for \`x.${name}()\`, or the reverse`,
    );
    return;
  }
  const names = [...listOverloads().keys()].filter((each) => /^[a-z]\w*$/i.test(each));
  const near = findNearest(name, [...names, ...FORM_NAMES]);
  const help = near ? `did you mean ${quoted(near)}?` : "`docs/writing-rules.md` lists the functions";
  checker.addFault(at, `there is no function ${quoted(name)}`, help);
}

function reportWrongTypes(
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
    checker.addFault(call.at, `${shown} takes ${only?.parameters.length} values, not ${args.length}`);
    return;
  }
  const wrong = given.findIndex((type, at) => !isFitting(type, wanted[at] ?? DYN, call.name));
  const message =
    forms.length === 1
      ? `${shown} takes ${describeType(wanted[wrong] ?? DYN)}, and this is ${describeType(given[wrong] ?? DYN)}`
      : `${shown} doesn't take ${given.map(describeType).join(" and ")}`;
  const help = given.some(({ kind }) => kind === "number")
    ? "write `double(…)` around the number"
    : undefined;
  checker.addFault(call.at, message, help);
}
