import { quoted } from "../../diagnostics/text.ts";
import type { Node } from "../cel/index.ts";
import { BOOL, DYN, describeType, isAssignable, STRING, toListType, unifyTypes } from "../types.ts";
import { formatPath, toPresenceKey } from "./presence.ts";
import type { ExpressionInfo, TypeScope } from "./scope.ts";
import { withPresent } from "./scope.ts";
import type { TypeChecker } from "./type-checker.ts";

export type Call = Node & { kind: "call" };

export function reportWrongForm(
  checker: TypeChecker,
  { at }: Pick<Call, "at">,
  message: string,
): ExpressionInfo {
  checker.addFault(at, message);
  return { type: DYN };
}

export function checkKnown(checker: TypeChecker, call: Call, scope: TypeScope): ExpressionInfo {
  const [path] = call.args;
  const text = path && formatPath(path);
  if (call.args.length !== 1 || !path || !text?.startsWith("context.")) {
    return reportWrongForm(
      checker,
      call,
      "`known` takes a part of the context, as in `known(context.mountPoint)`",
    );
  }
  checker.inferInfo(path, scope);
  const name = text.split(".")[1];
  if (name !== undefined) checker.optional.add(name);
  return { type: BOOL };
}

export function checkPlaceholders(checker: TypeChecker, call: Call, scope: TypeScope): ExpressionInfo {
  const [value] = call.args;
  if (call.args.length !== 1 || !value)
    return reportWrongForm(checker, call, "`placeholders` takes a value, as in `placeholders(request.Role)`");
  const before = checker.references.length;
  checker.checkValue(value, scope);
  // Which placeholders a value has doesn't depend on its form.
  for (const reference of checker.references.slice(before)) delete reference.isWhole;
  return { type: toListType(STRING) };
}

export function checkOrElse(checker: TypeChecker, call: Call, scope: TypeScope): ExpressionInfo {
  const [path, value] = call.args;
  if (call.args.length !== 2 || !path || !value || path.kind !== "select" || formatPath(path) === undefined) {
    return reportWrongForm(
      checker,
      call,
      "`orElse` takes a path and a value, as in `orElse(request.Paths, [])`",
    );
  }
  const there = new Set<string>();
  for (let part: Node = path; part.kind === "select"; part = part.operand) {
    const key = toPresenceKey(part, scope);
    if (key !== undefined) there.add(key);
  }
  const [type, other] = [
    checker.checkValue(path, withPresent(scope, there)),
    checker.checkValue(value, scope),
  ];
  if (!isAssignable(other, type) && !isAssignable(type, other)) {
    checker.addFault(
      value.at,
      `${quoted(formatPath(path) ?? "")} is ${describeType(type)}, and this is ${describeType(other)}`,
    );
  }
  return { type: unifyTypes(type, other) };
}

export function checkUndecided(checker: TypeChecker, call: Call, scope: TypeScope): ExpressionInfo {
  const types = call.args.map((text) => checker.checkValue(text, scope));
  if (types.length < 1 || types.length > 2 || !types.every((type) => isAssignable(type, STRING))) {
    return reportWrongForm(checker, call, "`undecided` takes a text that says why");
  }
  return { type: BOOL };
}
