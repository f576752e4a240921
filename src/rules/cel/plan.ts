import { celMap, celUint } from "@bufbuild/cel";
import { Unknown } from "../../documents/document.ts";
import { Failure, failureFromOperand, failureFromPlaceholder, joinAllFailures } from "../runtime/failure.ts";
import type { EvaluateItem } from "../runtime/loops.ts";
import { collectItems, countItems, decideItems } from "../runtime/loops.ts";
import { hasMember, listPlaceholders, readIndex, readPresent, selectMember } from "../runtime/members.ts";
import { createListValue, joinOperands } from "../runtime/operators.ts";
import type { Program } from "../runtime/program.ts";
import { evaluateProgram } from "../runtime/program.ts";
import { readVariable } from "../runtime/run.ts";
import { getTypeNamed, isCelUint } from "../runtime/types.ts";
import { DataList, GrowingList } from "../runtime/values.ts";
import type { CallNode, ConstantNode, MacroNode, MapNode, Node, SelectNode } from "./ast.ts";
import { planCall } from "./calls.ts";
import type { Evaluate, Scope } from "./scope.ts";
import { toLibraryTime } from "./time.ts";

/** Creates a program for an expression. Planning is deferred to the first run. */
export function createProgram(node: Node): Program {
  let planned: Evaluate | undefined;
  return (variables, budget) => {
    planned ??= planNode(node, { names: [], slots: [] });
    return evaluateProgram(planned, variables, budget);
  };
}

function planNode(node: Node, scope: Scope): Evaluate {
  switch (node.kind) {
    case "constant": {
      const value = toConstant(node);
      return () => value;
    }
    case "identifier":
      return planIdentifier(node.name, scope);
    case "select":
      return node.isTest ? planPresence(node, scope) : planSelect(node, scope);
    case "call":
      return planFunction(node, scope);
    case "list":
      return planList(node.items, scope);
    case "map":
      return planMap(node, scope);
    case "macro":
      return planMacro(node, scope);
  }
}

function planIdentifier(name: string, { names, slots }: Scope): Evaluate {
  const slot = names.lastIndexOf(name);
  if (slot >= 0) return () => slots[slot];
  const type = getTypeNamed(name);
  if (type !== undefined) return () => type;
  return () => toLibraryTime(readVariable(name)) ?? missingVariable(name);
}

/** A variable that is null has a value. */
const missingVariable = (name: string): unknown =>
  readVariable(name) === null ? null : new Failure(`unresolved attribute: ${name}`);

function planSelect({ operand, field }: SelectNode, scope: Scope): Evaluate {
  const evaluate = planNode(operand, scope);
  return () => selectMember(evaluate(), field);
}

function planPresence({ operand, field }: SelectNode, scope: Scope): Evaluate {
  const evaluate = planNode(operand, scope);
  return () => hasMember(evaluate(), field);
}

type PlanForm = (args: readonly Node[], scope: Scope) => Evaluate;

/** The operators and forms whose operands aren't all evaluated, or may fail. */
const FORMS: Readonly<Record<string, PlanForm>> = {
  "_&&_": (args, scope) => planLogical(args, scope, false),
  "_||_": (args, scope) => planLogical(args, scope, true),
  "_?_:_": planConditional,
  "_[_]": planIndex,
  known: ([operand], scope) => {
    const evaluate = planNode(operand!, scope);
    return () => !(evaluate() instanceof Failure);
  },
  orElse: planOrElse,
  placeholders: ([operand], scope) => {
    const evaluate = planNode(operand!, scope);
    return () => listPlaceholders(evaluate());
  },
};

function planFunction(node: CallNode, scope: Scope): Evaluate {
  const { name, target, args } = node;
  const form = !target && Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  if (form) return form(args, scope);
  return planCall(
    name,
    target && planNode(target, scope),
    args.map((arg) => planNode(arg, scope)),
  );
}

/** `&&`, which `false` decides, and `||`, which `true` decides, whatever the other operands are. */
function planLogical(args: readonly Node[], scope: Scope, deciding: boolean): Evaluate {
  const operands = args.map((arg) => planNode(arg, scope));
  return () => {
    const values: unknown[] = [];
    for (const evaluate of operands) {
      const value = evaluate();
      if (value === deciding) return deciding;
      values.push(value);
    }
    return joinOperands(values) ?? !deciding;
  };
}

function planConditional([condition, whenTrue, whenFalse]: readonly Node[], scope: Scope): Evaluate {
  const test = planNode(condition!, scope);
  const [yes, no] = [planNode(whenTrue!, scope), planNode(whenFalse!, scope)];
  return () => {
    const value = test();
    return value === true ? yes() : value === false ? no() : failureFromOperand(value);
  };
}

function planIndex([list, key]: readonly Node[], scope: Scope): Evaluate {
  const [whole, index] = [planNode(list!, scope), planNode(key!, scope)];
  return () => readIndex(whole(), index());
}

/** `has(a.b) && has(a.b.c) ? a.b.c : value` */
function planOrElse([path, other]: readonly Node[], scope: Scope): Evaluate {
  const fields: string[] = [];
  let root = path!;
  for (; root.kind === "select"; root = root.operand) fields.unshift(root.field);
  const [evaluate, otherwise] = [planNode(root, scope), planNode(other!, scope)];
  return () => {
    let value = evaluate();
    for (const field of fields) {
      value = readPresent(value, field);
      if (value === undefined) return otherwise();
    }
    return value;
  };
}

function planMacro({ macro, variable, range, test, step }: MacroNode, { names, slots }: Scope): Evaluate {
  const inner: Scope = { names: [...names, variable], slots };
  const planPart = (part: Node | undefined): EvaluateItem | undefined => {
    const evaluate = part && planNode(part, inner);
    return (
      evaluate &&
      ((item) => {
        slots[names.length] = item;
        return evaluate();
      })
    );
  };
  const evaluateRange = planNode(range, { names, slots });
  const [onTest, onStep] = [planPart(test), planPart(step)];
  switch (macro) {
    case "all":
      return () => decideItems(evaluateRange(), onTest!, false);
    case "exists":
      return () => decideItems(evaluateRange(), onTest!, true);
    case "exists_one":
      return () => countItems(evaluateRange(), onTest!);
    default:
      return () => collectItems(evaluateRange(), onTest, onStep);
  }
}

function planList(nodes: readonly Node[], scope: Scope): Evaluate {
  const items = nodes.map((item) => planNode(item, scope));
  if (nodes.every(({ kind }) => kind === "constant")) {
    const values = items.map((item) => item());
    // What CEL has of its own (unsigned, doubles, bytes) isn't data that is still to be converted.
    const isData = values.every((value) => value === null || !["number", "object"].includes(typeof value));
    const constant = isData ? new DataList(values) : new GrowingList(values);
    return () => constant;
  }
  return () => createListValue(items.map((item) => item()));
}

function planMap({ entries }: MapNode, scope: Scope): Evaluate {
  const planned = entries.map(([key, value]) => [planNode(key, scope), planNode(value, scope)] as const);
  return () => {
    const pairs = planned.map(([key, value]) => [key(), value()] as const);
    return joinAllFailures(pairs.flat()) ?? createMap(pairs);
  };
}

function createMap(pairs: readonly (readonly [unknown, unknown])[]): unknown {
  const unknown = pairs.flat().find((each) => each instanceof Unknown);
  if (unknown instanceof Unknown) return failureFromPlaceholder(unknown);
  const map = new Map<unknown, unknown>();
  for (const [key, value] of pairs) {
    if (!["string", "bigint", "boolean"].includes(typeof key) && !isCelUint(key))
      return new Failure("unsupported key type");
    if (map.has(key)) return new Failure(`map key conflict: ${String(key)}`);
    map.set(key, value);
  }
  return celMap(map as never);
}

function toConstant({ type, value }: ConstantNode): unknown {
  if (type === "int") return BigInt(value as string);
  return type === "uint" ? celUint(BigInt(value as string)) : value;
}
