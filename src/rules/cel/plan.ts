import { plan as planCel } from "@bufbuild/cel";
import type { ConstantNode, MacroNode, Node, SelectNode } from "./ast.ts";
import { FALSE, guardedEnvironment, ITEM, ITERATION, RANGE, VARIABLE_PREFIX } from "./calls.ts";
import type { Budget, CelVariables } from "./run.ts";
import { runWith } from "./run.ts";
import type { MissingFact } from "./values.ts";
import { collectMissingFacts, isFailure, toPlainData } from "./values.ts";

type Expr = Exclude<
  Parameters<typeof planCel>[1],
  { $typeName: "cel.expr.ParsedExpr" | "cel.expr.CheckedExpr" }
>;

/** The result of an expression. */
export type Result =
  | { kind: "value"; value: unknown }
  /** The result depends on an unknown value. */
  | { kind: "unknown"; missing: readonly MissingFact[] }
  /** Evaluation failed: the rule itself is faulty. */
  | { kind: "failed"; reason: string };

export type Program = (variables: CelVariables, budget: Budget) => Result;

/** Creates a program for an expression. Planning is deferred to the first run. */
export function createProgram(node: Node): Program {
  let planned: (() => unknown) | undefined;
  return (variables, budget) => {
    planned ??= planCel(guardedEnvironment, new ExpressionWriter().write(node, []));
    return toEvaluationResult(runWith(variables, budget, planned));
  };
}

function toEvaluationResult(value: unknown): Result {
  if (!isFailure(value))
    return { kind: "value", value: typeof value === "object" ? toPlainData(value) : value };
  const missing = collectMissingFacts(value);
  return missing.length > 0 ? { kind: "unknown", missing } : { kind: "failed", reason: value.message };
}

/** Converts our tree into the library's, adding support for unknown values, limits and our special forms. */
class ExpressionWriter {
  #id = 0n;

  #expr(exprKind: unknown): Expr {
    return { $typeName: "cel.expr.Expr", id: ++this.#id, exprKind } as Expr;
  }

  #call(name: string, ...args: Expr[]): Expr {
    return this.#expr({ case: "callExpr", value: { $typeName: "cel.expr.Expr.Call", function: name, args } });
  }

  #name(name: string): Expr {
    return this.#expr({ case: "identExpr", value: { $typeName: "cel.expr.Expr.Ident", name } });
  }

  #constant(constantKind: unknown): Expr {
    return this.#expr({ case: "constExpr", value: { $typeName: "cel.expr.Constant", constantKind } });
  }

  #bool(value: boolean): Expr {
    return this.#constant({ case: "boolValue", value });
  }

  #list(elements: Expr[]): Expr {
    const value = { $typeName: "cel.expr.Expr.CreateList", elements, optionalIndices: [] };
    return this.#expr({ case: "listExpr", value });
  }

  /** `loops` are the variables of the enclosing loops. */
  write(node: Node, loops: readonly string[]): Expr {
    switch (node.kind) {
      case "constant":
        return this.#constant(toConstantKind(node));
      case "identifier":
        return this.#identifier(node.name, loops);
      case "select":
        return this.#select(node, loops);
      case "call":
        return this.#function(node, loops);
      case "list":
        return this.#list(node.items.map((item) => this.write(item, loops)));
      case "map":
        return this.#map(node.entries, loops);
      case "macro":
        return this.#macro(node, loops);
    }
  }

  #identifier(name: string, loops: readonly string[]): Expr {
    if (loops.includes(name)) return this.#call(ITEM, this.#name(name));
    return CEL_TYPE_NAMES.has(name) ? this.#name(name) : this.#call(VARIABLE_PREFIX + name);
  }

  #select(
    { operand, field, isTest }: Pick<SelectNode, "operand" | "field" | "isTest">,
    loops: readonly string[],
  ): Expr {
    const value = {
      $typeName: "cel.expr.Expr.Select",
      operand: this.write(operand, loops),
      field,
      testOnly: isTest,
    };
    return this.#expr({ case: "selectExpr", value });
  }

  #function({ name, target, args }: Node & { kind: "call" }, loops: readonly string[]): Expr {
    const [first, second] = args;
    if (!target && name === "known" && first) return this.#known(first, loops);
    if (!target && name === "orElse" && first && second) return this.#orElse(first, second, loops);
    const call = this.#call(name, ...args.map((argument) => this.write(argument, loops)));
    if (target) Object.assign(call.exprKind.value as object, { target: this.write(target, loops) });
    return call;
  }

  /** `@not_strictly_false` is the library's only operator that accepts an error as operand. */
  #known(operand: Node, loops: readonly string[]): Expr {
    const isUnknown = this.#call("@not_strictly_false", this.#call(FALSE, this.write(operand, loops)));
    return this.#call("!_", isUnknown);
  }

  /** `has(a.b) && has(a.b.c) ? a.b.c : value` */
  #orElse(path: Node, value: Node, loops: readonly string[]): Expr {
    let presence: Expr | undefined;
    for (let part = path; part.kind === "select"; part = part.operand) {
      const isThere = this.#select({ ...part, isTest: true }, loops);
      presence = presence ? this.#call("_&&_", isThere, presence) : isThere;
    }
    const found = this.write(path, loops);
    return presence ? this.#call("_?_:_", presence, found, this.write(value, loops)) : found;
  }

  #map(entries: readonly [Node, Node][], loops: readonly string[]): Expr {
    const written = entries.map(([key, value]) => ({
      $typeName: "cel.expr.Expr.CreateStruct.Entry",
      id: ++this.#id,
      keyKind: { case: "mapKey", value: this.write(key, loops) },
      value: this.write(value, loops),
      optionalEntry: false,
    }));
    const value = { $typeName: "cel.expr.Expr.CreateStruct", entries: written, messageName: "" };
    return this.#expr({ case: "structExpr", value });
  }

  #macro(node: MacroNode, loops: readonly string[]): Expr {
    const inside = [...loops, node.variable];
    const { start, condition, step, result } = this.#fold(node, inside);
    const value = {
      $typeName: "cel.expr.Expr.Comprehension",
      iterVar: node.variable,
      iterVar2: "",
      iterRange: this.#call(RANGE, this.write(node.range, loops)),
      accuVar: ACCUMULATOR,
      accuInit: start,
      loopCondition: condition ? this.#call("_&&_", this.#call(ITERATION), condition) : this.#call(ITERATION),
      loopStep: step,
      result: result ?? this.#name(ACCUMULATOR),
    };
    return this.#expr({ case: "comprehensionExpr", value });
  }

  #fold(node: MacroNode, loops: readonly string[]): Fold {
    const accumulator = () => this.#name(ACCUMULATOR);
    const test = node.test && this.write(node.test, loops);
    const whenTest = (step: Expr): Expr => (test ? this.#call("_?_:_", test, step, accumulator()) : step);
    switch (node.macro) {
      case "all":
        return {
          start: this.#bool(true),
          condition: this.#call("@not_strictly_false", accumulator()),
          step: this.#call("_&&_", accumulator(), test as Expr),
        };
      case "exists":
        return {
          start: this.#bool(false),
          condition: this.#call("@not_strictly_false", this.#call("!_", accumulator())),
          step: this.#call("_||_", accumulator(), test as Expr),
        };
      case "exists_one": {
        const one = () => this.#constant({ case: "int64Value", value: 1n });
        const start = this.#constant({ case: "int64Value", value: 0n });
        const result = this.#call("_==_", accumulator(), one());
        return { start, step: whenTest(this.#call("_+_", accumulator(), one())), result };
      }
      default: {
        const step = node.step ?? { kind: "identifier", name: node.variable, at: node.at };
        const sum = this.#call("_+_", accumulator(), this.#list([this.write(step, loops)]));
        return { start: this.#list([]), step: whenTest(sum) };
      }
    }
  }
}

interface Fold {
  start: Expr;
  condition?: Expr;
  step: Expr;
  result?: Expr;
}

const ACCUMULATOR = "@result";

/** Identifiers that denote types, for comparison with `type(x)`. */
export const CEL_TYPE_NAMES: ReadonlySet<string> = new Set([
  "bool",
  "bytes",
  "double",
  "int",
  "list",
  "map",
  "null_type",
  "string",
  "type",
  "uint",
]);

function toConstantKind({ type, value }: ConstantNode): unknown {
  switch (type) {
    case "string":
      return { case: "stringValue", value };
    case "bool":
      return { case: "boolValue", value };
    case "double":
      return { case: "doubleValue", value };
    case "int":
      return { case: "int64Value", value: BigInt(value as string) };
    case "uint":
      return { case: "uint64Value", value: BigInt(value as string) };
    default:
      return { case: "nullValue", value: 0 };
  }
}
