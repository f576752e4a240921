import { parse as parseCel } from "@bufbuild/cel";
import { MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_LENGTH } from "../limits.ts";
import type { CallNode, ConstantNode, MacroName, Node } from "./ast.ts";
import { childNodesOf } from "./ast.ts";

type Parsed = ReturnType<typeof parseCel>;
type Expr = Parsed["expr"];
type SourceInfo = NonNullable<Parsed["sourceInfo"]>;
type Kinds = Extract<Expr["exprKind"], { value: unknown }>;
type Kind<Case extends Kinds["case"]> = Extract<Kinds, { case: Case }>["value"];

/** The text is not an expression that rules can use. */
export class CelSyntaxError extends Error {
  /** Offset in the text (UTF-16 code units). */
  readonly at: number;
  readonly help: string | undefined;

  constructor(message: string, at: number, help?: string) {
    super(message);
    this.at = at;
    this.help = help;
  }
}

/** Parses an expression. Throws `CelSyntaxError`. */
export function parseExpression(text: string): Node {
  if (text.length > MAX_EXPRESSION_LENGTH) {
    throw new CelSyntaxError(
      `the expression is longer than ${MAX_EXPRESSION_LENGTH} characters`,
      0,
      "split the rule",
    );
  }
  if (text.trim() === "") throw new CelSyntaxError("the expression is empty", 0);
  const { expr, sourceInfo } = parseSource(text);
  const node = new NodeReader(sourceInfo as SourceInfo, text).read(expr);
  if (measureDepth(node) > MAX_EXPRESSION_DEPTH) throw createDepthError();
  return node;
}

function parseSource(text: string): Parsed {
  try {
    return parseCel(text);
  } catch (error) {
    if (error instanceof RangeError) throw createDepthError();
    const { location } = error as { location?: { start: { offset: number } } };
    throw toSyntaxError(text, location?.start.offset ?? 0);
  }
}

/** The parser's message is in terms of its grammar, so only the position of the error is used. */
function toSyntaxError(text: string, offset: number): CelSyntaxError {
  let at = Math.min(offset, text.length);
  while (/\s/.test(text[at] ?? "")) at++;
  const rest = text.slice(at);
  const help = HINTS.find(([pattern]) => pattern.test(rest))?.[1];
  if (/^[^\w\s'"()[\]{}]*$/.test(rest.trimEnd()))
    return new CelSyntaxError("the expression ends too early", text.length);
  const [word = ""] = /^(?:\w+|[^\w\s])/u.exec(rest) ?? [];
  return new CelSyntaxError(`the expression can't be read from \`${word.replace("`", "'")}\` on`, at, help);
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^=[^=]/, "write `==` to compare"],
  [/^&[^&]|^and\b/, "write `&&`"],
  [/^\|[^|]|^or\b/, "write `||`"],
  [/^not\b/, "write `!`"],
  [/^['"]/, "this text has no end"],
];

const createDepthError = (): CelSyntaxError =>
  new CelSyntaxError(`the expression nests deeper than ${MAX_EXPRESSION_DEPTH}`, 0, "split the rule");

function measureDepth(node: Node): number {
  let depth = 0;
  for (let level: Node[] = [node]; level.length > 0; depth++) level = level.flatMap(childNodesOf);
  return depth;
}

const BOOL_MACROS = new Set(["all", "exists"]);

/** Converts the parser's tree into ours, turning expanded comprehensions back into macros. */
class NodeReader {
  readonly #info: SourceInfo;
  readonly #text: string;

  constructor(info: SourceInfo, text: string) {
    this.#info = info;
    this.#text = text;
  }

  read(expr: Expr | undefined): Node {
    const { case: kind, value } = (expr as Expr).exprKind as Kinds;
    const at = this.#at(expr as Expr);
    switch (kind) {
      case "constExpr":
        return toConstantNode(value, at);
      case "identExpr":
        return { kind: "identifier", name: value.name, at };
      case "selectExpr":
        return this.#select(value, at);
      case "callExpr":
        return this.#call(value, at);
      case "listExpr":
        return { kind: "list", items: value.elements.map((item) => this.read(item)), at };
      case "structExpr":
        return this.#map(value, at);
      case "comprehensionExpr":
        return this.#macro(expr as Expr, value, at);
      default:
        throw new CelSyntaxError("this can't be used in a rule", at);
    }
  }

  /** Some of the parser's positions point at the white space before a node. */
  #at(expr: Expr): number {
    let at = this.#info.positions[String(expr.id)] ?? 0;
    while (/\s/.test(this.#text[at] ?? "")) at++;
    return at;
  }

  #select(value: Kind<"selectExpr">, at: number): Node {
    const { operand, field, testOnly } = value;
    const dot = testOnly ? at : this.#fieldAt(at, field);
    return { kind: "select", operand: this.read(operand), field, isTest: testOnly, at: dot };
  }

  /** The parser positions a selection at its dot; errors should point at the field. */
  #fieldAt(dot: number, field: string): number {
    const found = this.#text.indexOf(field, dot);
    return found < 0 ? dot : found;
  }

  #call(value: Kind<"callExpr">, at: number): CallNode {
    const { function: name, target, args } = value;
    return {
      kind: "call",
      name,
      ...(target && { target: this.read(target) }),
      args: args.map((argument) => this.read(argument)),
      at: target ? this.#fieldAt(at, name) : at,
    };
  }

  #map(value: Kind<"structExpr">, at: number): Node {
    if (value.messageName !== "") {
      throw new CelSyntaxError("messages can't be made in a rule", at, "write a map: `{'name': value}`");
    }
    const entries = value.entries.map((entry): [Node, Node] => [
      this.read(entry.keyKind.value as Expr),
      this.read(entry.value),
    ]);
    return { kind: "map", entries, at };
  }

  #macro(expr: Expr, loop: Kind<"comprehensionExpr">, at: number): Node {
    const called = this.#info.macroCalls[String(expr.id)]?.exprKind.value as Kind<"callExpr"> | undefined;
    const macro = (called?.function === "existsOne" ? "exists_one" : called?.function) as MacroName;
    const range = this.read(loop.iterRange);
    const begun = {
      kind: "macro",
      macro,
      variable: loop.iterVar,
      range,
      at: this.#fieldAt(at, macro),
    } as const;
    const step = (loop.loopStep as Expr).exprKind.value as Kind<"callExpr">;
    if (BOOL_MACROS.has(macro)) return { ...begun, test: this.read(step.args[1]) };
    if (step.function === "_+_") return { ...begun, step: this.read(findAddedItem(step)) };
    const test = this.read(step.args[0]);
    if (macro !== "map") return { ...begun, test };
    return {
      ...begun,
      test,
      step: this.read(findAddedItem((step.args[1] as Expr).exprKind.value as Kind<"callExpr">)),
    };
  }
}

/** The single item of the list that a comprehension's step appends to its accumulator. */
const findAddedItem = (sum: Kind<"callExpr">): Expr | undefined =>
  ((sum.args[1] as Expr).exprKind.value as Kind<"listExpr">).elements[0];

function toConstantNode(value: Kind<"constExpr">, at: number): ConstantNode {
  const { constantKind } = value;
  switch (constantKind.case) {
    case "stringValue":
      return { kind: "constant", type: "string", value: constantKind.value, at };
    case "boolValue":
      return { kind: "constant", type: "bool", value: constantKind.value, at };
    case "doubleValue":
      return { kind: "constant", type: "double", value: constantKind.value, at };
    case "int64Value":
      return { kind: "constant", type: "int", value: String(constantKind.value), at };
    case "uint64Value":
      return { kind: "constant", type: "uint", value: String(constantKind.value), at };
    case "nullValue":
      return { kind: "constant", type: "null", value: null, at };
    default:
      throw new CelSyntaxError("bytes can't be written in a rule", at, "write a string");
  }
}
