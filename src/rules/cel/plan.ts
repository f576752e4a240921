import { CelScalar, celMap, celUint, isCelUint, listType, mapType } from "@bufbuild/cel";
import { Unknown } from "../../documents/document.ts";
import type { CallNode, ConstantNode, MacroNode, MapNode, Node, SelectNode } from "./ast.ts";
import { planCall } from "./calls.ts";
import {
  Failure,
  failureFromOperand,
  failureFromPlaceholder,
  joinAllFailures,
  joinFailures,
  type MissingFact,
} from "./failure.ts";
import { planLoop } from "./macros.ts";
import type { Budget, CelVariables } from "./run.ts";
import { readVariable, runWith } from "./run.ts";
import type { Evaluate, Scope } from "./scope.ts";
import {
  DataList,
  GrowingList,
  isCelList,
  isCelMap,
  missingRestOf,
  toFailure,
  toPlainData,
} from "./values.ts";

/** The result of an expression. */
export type Result =
  | { kind: "value"; value: unknown }
  /** The result depends on an unknown value. `partial` is what is known of it, where it is a text. */
  | { kind: "unknown"; missing: readonly MissingFact[]; partial?: Unknown }
  /** Evaluation failed: the rule itself is faulty. */
  | { kind: "failed"; reason: string };

export type Program = (variables: CelVariables, budget: Budget) => Result;

/** Creates a program for an expression. Planning is deferred to the first run. */
export function createProgram(node: Node): Program {
  let planned: Evaluate | undefined;
  return (variables, budget) => {
    planned ??= planNode(node, { names: [], slots: [] });
    try {
      return toResult(runWith(variables, budget, planned));
    } catch (error) {
      return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
    }
  };
}

function toResult(value: unknown): Result {
  if (typeof value !== "object" || value === null) return { kind: "value", value };
  if (value instanceof Unknown)
    return { kind: "unknown", missing: failureFromPlaceholder(value).listMissing(), partial: value };
  const failure = value instanceof Failure ? value : missingRestOf(value);
  if (!failure) return { kind: "value", value: toPlainData(value) };
  const missing = failure.listMissing();
  return missing.length > 0 ? { kind: "unknown", missing } : { kind: "failed", reason: failure.message };
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

/** Names of types, for comparison with `type(x)`. */
const CEL_TYPES = new Map<string, unknown>([
  ["bool", CelScalar.BOOL],
  ["bytes", CelScalar.BYTES],
  ["double", CelScalar.DOUBLE],
  ["int", CelScalar.INT],
  ["list", listType(CelScalar.DYN)],
  ["map", mapType(CelScalar.DYN as never, CelScalar.DYN)],
  ["null_type", CelScalar.NULL],
  ["string", CelScalar.STRING],
  ["type", CelScalar.TYPE],
  ["uint", CelScalar.UINT],
]);

export const CEL_TYPE_NAMES: ReadonlySet<string> = new Set(CEL_TYPES.keys());

function planIdentifier(name: string, { names, slots }: Scope): Evaluate {
  const slot = names.lastIndexOf(name);
  if (slot >= 0) return () => toFailure(slots[slot]);
  const type = CEL_TYPES.get(name);
  if (type !== undefined) return () => type;
  return () => readVariable(name) ?? missingVariable(name);
}

/** A variable that is null has a value. */
const missingVariable = (name: string): unknown =>
  readVariable(name) === null ? null : new Failure(`unresolved attribute: ${name}`);

function planSelect({ operand, field }: SelectNode, scope: Scope): Evaluate {
  const evaluate = planNode(operand, scope);
  return () => readMember(evaluate(), field);
}

function readMember(value: unknown, field: string): unknown {
  if (value instanceof Failure) return value;
  if (isCelMap(value)) return value.get(field) ?? missingMember(value, field);
  return value instanceof Unknown ? failureFromPlaceholder(value) : createFieldFailure(field);
}

const missingMember = (map: { get(key: string): unknown }, field: string): unknown =>
  map.get(field) === null ? null : createFieldFailure(field);

const createFieldFailure = (field: string): Failure => new Failure(`field not found: ${field}`);

function planPresence({ operand, field }: SelectNode, scope: Scope): Evaluate {
  const evaluate = planNode(operand, scope);
  return () => hasMember(evaluate(), field);
}

/** A boolean or a failure. A value that is not an object has no members. */
function hasMember(value: unknown, field: string): unknown {
  if (value instanceof Failure) return value;
  if (isCelMap(value)) return value.has(field);
  return value instanceof Unknown ? failureFromPlaceholder(value) : false;
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

/** A failure for any other reason than a placeholder remains one. */
function listPlaceholders(value: unknown): unknown {
  const failure = value instanceof Unknown ? failureFromPlaceholder(value) : value;
  if (!(failure instanceof Failure)) return new DataList([]);
  const missing = failure.listMissing();
  const sources = missing.flatMap((fact) => (fact.kind === "placeholder" ? fact.values : []));
  return sources.length > 0 ? new DataList(sources) : failure;
}

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
    let failure: Failure | undefined;
    for (const evaluate of operands) {
      const value = evaluate();
      if (value === deciding) return deciding;
      if (typeof value !== "boolean") failure = joinFailures(failure, failureFromOperand(value));
    }
    return failure ?? !deciding;
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
  return () => {
    const [value, at] = [whole(), index()];
    return joinFailures(value, at) ?? readPart(value, at);
  };
}

function readPart(value: unknown, key: unknown): unknown {
  const unknown = [value, key].find((each) => each instanceof Unknown);
  if (unknown) return failureFromPlaceholder(unknown);
  const at = isCelUint(key) ? key.value : key;
  if (typeof at === "string") return readMember(value, at);
  if (typeof at === "object") return new Failure("unsupported key type");
  const part = isCelMap(value) ? value.get(at) : isCelList(value) ? value.get(Number(at)) : undefined;
  return part === undefined ? new Failure(`index ${String(at)} out of bounds`) : part;
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
      const isThere = hasMember(value, field);
      if (isThere !== true) return isThere === false ? otherwise() : isThere;
      value = readMember(value, field);
    }
    return value;
  };
}

function planMacro({ macro, variable, range, test, step }: MacroNode, { names, slots }: Scope): Evaluate {
  const inner: Scope = { names: [...names, variable], slots };
  return planLoop(macro, {
    range: planNode(range, { names, slots }),
    test: test && planNode(test, inner),
    step: step && planNode(step, inner),
    setItem: (item) => {
      slots[names.length] = item;
    },
  });
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
  return () => {
    const values = items.map((item) => item());
    return joinAllFailures(values) ?? new GrowingList(values);
  };
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
