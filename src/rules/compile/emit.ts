import { isCallable } from "../runtime/compiled.ts";
import { getTypeNamed } from "../runtime/types.ts";
import type { GraphNode, Shape } from "./graph.ts";
import { isSimplePattern } from "./patterns.ts";

/** The compiler doesn't know a construct. */
export class CompileError extends Error {}

/** Constants of a module, by the code that makes them. Each has a name of its own. */
export class ModuleConstants {
  readonly #names = new Map<string, string>();

  nameOf(code: string): string {
    const known = this.#names.get(code);
    if (known !== undefined) return known;
    const name = `c${this.#names.size}`;
    this.#names.set(code, name);
    return name;
  }

  write(): string {
    return [...this.#names].map(([code, name]) => `const ${name} = ${code};\n`).join("");
  }
}

/** What the code of one operation has in common. */
export interface ModuleContext {
  constants: ModuleConstants;
  /** The name of the function that has a node's value for all of the request; undefined for one without. */
  nameShared(node: GraphNode): string | undefined;
}

/** Writes a function that evaluates a node; `head` are its parameters, and `wrap` completes the code of its value. */
export function writeFunction(
  head: string,
  node: GraphNode,
  module: ModuleContext,
  wrap = (code: string): string => code,
): string {
  return new FunctionWriter(module).write(head, node, wrap);
}

/** Writes the code of one function. Its temporary variables are its own. */
class FunctionWriter {
  readonly #module: ModuleContext;
  #temporaries = 0;

  constructor(module: ModuleContext) {
    this.#module = module;
  }

  write(head: string, node: GraphNode, wrap: (code: string) => string): string {
    const code = wrap(this.#writeOwn(node));
    if (this.#temporaries === 0) return `(${head}) => ${code}`;
    const names = Array.from({ length: this.#temporaries }, (_, index) => `t${index}`);
    return `(${head}) => { let ${names.join(", ")}; return ${code}; }`;
  }

  /** The value of a node: what all of the request shares, or the node's own code. */
  #write(node: GraphNode): string {
    const name = this.#module.nameShared(node);
    return name === undefined ? this.#writeOwn(node) : `${name}(v)`;
  }

  #writeOwn({ shape, children }: GraphNode): string {
    switch (shape.kind) {
      case "constant":
        return writeConstant(shape);
      case "variable":
        return this.#writeVariable(shape.name);
      case "item":
        return `i${shape.height}`;
      case "select":
        return `R.get(${this.#write(children[0]!)}, ${quote(shape.field)})`;
      case "presence":
        return `R.has(${this.#write(children[0]!)}, ${quote(shape.field)})`;
      case "list":
        return this.#writeList(children);
      case "map":
        throw new CompileError("a map can't be compiled");
      case "loop":
        return this.#writeLoop(shape, children);
      default:
        return this.#writeCall(shape, children);
    }
  }

  #writeVariable(name: string): string {
    if (getTypeNamed(name)) return this.#module.constants.nameOf(`R.type(${quote(name)})`);
    return ALWAYS_SET.has(name) ? `v.${name}` : `R.v(v.${name}, ${quote(name)})`;
  }

  /** A list of constants is made once. */
  #writeList(items: readonly GraphNode[]): string {
    const codes = items.map((item) => this.#write(item)).join(", ");
    return items.every(({ shape }) => shape.kind === "constant")
      ? this.#module.constants.nameOf(`R.fixed([${codes}])`)
      : `R.list([${codes}])`;
  }

  #writeLoop(shape: Extract<Shape, { kind: "loop" }>, [range, ...parts]: readonly GraphNode[]): string {
    const name = LOOPS[shape.macro];
    const [first, second] = parts.map((part) => writeFunction(`i${shape.height}`, part, this.#module));
    const test = shape.hasTest ? first : "undefined";
    const step = shape.hasTest ? second : first;
    const args = [this.#write(range!), test, ...(shape.hasStep ? [step] : [])];
    return `R.${name}(${args.join(", ")})`;
  }

  #writeCall(shape: Extract<Shape, { name: string }>, args: readonly GraphNode[]): string {
    const { kind, name } = shape;
    const form = kind === "function" && Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
    if (form) return this.#writeForm(form, args);
    if (!isCallable(name)) throw new CompileError(`\`${name}\` can't be compiled`);
    const callee = this.#module.constants.nameOf(`R.${kind === "method" ? "method" : "fn"}(${quote(name)})`);
    const [left, right] = args;
    const constant = name === "_==_" || name === "_!=_" ? readText(right) : undefined;
    if (constant !== undefined) return this.#writeTextComparison(callee, name, left!, constant);
    const pattern = name === "matches" && kind === "method" ? readPattern(right) : undefined;
    if (pattern !== undefined)
      return `${this.#module.constants.nameOf(`R.pattern(${quote(pattern)})`)}(${this.#write(left!)})`;
    const values = name === "@in" ? this.#writeTextMembership(callee, left!, right!) : undefined;
    return values ?? `${callee}(${args.map((arg) => this.#write(arg)).join(", ")})`;
  }

  /** `value == 'text'` */
  #writeTextComparison(callee: string, name: string, left: GraphNode, text: string): string {
    const value = this.#temporary();
    const operator = name === "_==_" ? "===" : "!==";
    return `(typeof (${value} = ${this.#write(left)}) === "string" ? ${value} ${operator} ${text} : ${callee}(${value}, ${text}))`;
  }

  /** `value in ['a', 'b']` */
  #writeTextMembership(callee: string, left: GraphNode, range: GraphNode): string | undefined {
    const texts = range.shape.kind === "list" ? range.children.map(readText) : [];
    if (texts.length === 0 || texts.includes(undefined)) return undefined;
    const value = this.#temporary();
    const tests = texts.map((text) => `${value} === ${text}`).join(" || ");
    return `(typeof (${value} = ${this.#write(left)}) === "string" ? ${tests} : ${callee}(${value}, ${this.#write(range)}))`;
  }

  #writeForm(form: Form, args: readonly GraphNode[]): string {
    switch (form) {
      case "and":
        return this.#writeLogical("_&&_", args, false);
      case "or":
        return this.#writeLogical("_||_", args, true);
      case "conditional":
        return this.#writeConditional(args);
      case "orElse":
        return this.#writeOrElse(args);
      default:
        return `R.${form}(${args.map((arg) => this.#write(arg)).join(", ")})`;
    }
  }

  /** Operands of nested operators are evaluated in the same order. */
  #writeLogical(name: string, args: readonly GraphNode[], deciding: boolean): string {
    const operands = args.flatMap((arg) => this.#listOperands(name, arg));
    const values = operands.map(() => this.#temporary());
    const decides = operands.map(
      (operand, index) => `(${values[index]} = ${this.#write(operand)}) === ${deciding}`,
    );
    const holds = values.map((value) => `${value} === ${!deciding}`).join(" && ");
    return `(${decides.join(" || ")} ? ${deciding} : ${holds} ? ${!deciding} : R.join([${values.join(", ")}]))`;
  }

  #listOperands(name: string, node: GraphNode): GraphNode[] {
    const isNested = node.shape.kind === "function" && node.shape.name === name;
    if (!isNested || this.#module.nameShared(node) !== undefined) return [node];
    return node.children.flatMap((child) => this.#listOperands(name, child));
  }

  #writeConditional([test, yes, no]: readonly GraphNode[]): string {
    const value = this.#temporary();
    return `((${value} = ${this.#write(test!)}) === true ? ${this.#write(yes!)} : ${value} === false ? ${this.#write(no!)} : R.bool(${value}))`;
  }

  #writeOrElse([path, other]: readonly GraphNode[]): string {
    const fields: string[] = [];
    let root = path!;
    for (; root.shape.kind === "select"; root = root.children[0]!) fields.unshift(root.shape.field);
    if (fields.length === 0) return this.#write(root);
    const value = this.#temporary();
    const steps = fields.map(
      (field, depth) =>
        `(${value} = R.opt(${depth === 0 ? this.#write(root) : value}, ${quote(field)})) === undefined`,
    );
    return `(${steps.join(" || ")} ? ${this.#write(other!)} : ${value})`;
  }

  #temporary(): string {
    return `t${this.#temporaries++}`;
  }
}

const ALWAYS_SET: ReadonlySet<string> = new Set(["request", "context", "operation", "container", "repeats"]);

const LOOPS = { all: "all", exists: "any", exists_one: "one", filter: "each", map: "each" };

type Form = "and" | "or" | "conditional" | "at" | "known" | "orElse" | "holes";

/** The operators and forms whose operands aren't all evaluated, or may fail. */
const FORMS: Readonly<Record<string, Form>> = {
  "_&&_": "and",
  "_||_": "or",
  "_?_:_": "conditional",
  "_[_]": "at",
  known: "known",
  orElse: "orElse",
  placeholders: "holes",
};

/** A constant pattern that needs no RE2. */
export function readPattern(node: GraphNode | undefined): string | undefined {
  if (node?.shape.kind !== "constant" || node.shape.type !== "string") return undefined;
  const pattern = String(node.shape.value);
  return isSimplePattern(pattern) ? pattern : undefined;
}

/** A text constant as code. */
const readText = (node: GraphNode | undefined): string | undefined =>
  node?.shape.kind === "constant" && node.shape.type === "string" ? writeConstant(node.shape) : undefined;

/** ASCII only, so that the code can be read in any encoding. */
export const quote = (text: string): string =>
  JSON.stringify(text).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

function writeConstant({ type, value }: Extract<Shape, { kind: "constant" }>): string {
  switch (type) {
    case "string":
      return quote(String(value));
    case "int":
      return `${value}n`;
    case "uint":
      throw new CompileError("an unsigned integer can't be compiled");
    default:
      return String(value);
  }
}
