import { FUNCTIONS } from "../../functions/table.ts";
import { getTypeNamed } from "../../runtime/types.ts";
import { type ModuleConstants, quote, readPattern } from "../emit.ts";
import type { GraphNode, Shape } from "../graph.ts";
import { COMPARISONS, writeComparison, writeEquality, writeMembership } from "./comparisons.ts";
import { writeLogical, writeNegation } from "./logic.ts";
import { RESULT_KINDS, TEXT_CALLS, writeConstant, writeMember, writeSize } from "./parts.ts";
import type { Value } from "./values.ts";
import {
  constantFromBool,
  createBool,
  createConstant,
  EMPTY_CONTEXT,
  FALSE,
  isConstant,
  isDecided,
  isOpen,
  OPEN,
  sumCosts,
  TRUE,
  UNCOUNTED,
} from "./values.ts";

/** What the counting code of one operation has in common. */
export interface CountingModule {
  constants: ModuleConstants;
  /** Undefined for code that all operations share. */
  operation: string | undefined;
  /** The value of a node that several expressions have in common; undefined to write it in place. */
  share(node: GraphNode): Value | undefined;
}

/** The item that a rule is evaluated for. */
export interface ItemScope {
  item: Value;
  index: Value;
}

const KNOWN: Omit<Value, "code" | "kind"> = { isKnown: true, cost: 0 };

/** Writes the code of one function, whose temporary variables are its own. */
export class CountingWriter {
  readonly #module: CountingModule;
  readonly #scope: ItemScope | undefined;
  #temporaries = 0;

  constructor(module: CountingModule, scope?: ItemScope) {
    this.#module = module;
    this.#scope = scope;
  }

  /** A function of these parameters, and its statements. */
  writeFunction(head: string, statements: string): string {
    const names = Array.from({ length: this.#temporaries }, (_, index) => `t${index}`);
    const variables = names.length > 0 ? `let ${names.join(", ")}; ` : "";
    return `(${head}) => { ${variables}${statements} }`;
  }

  takeTemporary(): string {
    return `t${this.#temporaries++}`;
  }

  write(node: GraphNode): Value {
    return this.#module.share(node) ?? this.writeOwn(node);
  }

  /** An operand. As a whole, the context is a value, even if it is empty. */
  #writeOperand(node: GraphNode): Value {
    const value = this.write(node);
    return value === EMPTY_CONTEXT ? UNCOUNTED : value;
  }

  writeOwn({ shape, children }: GraphNode): Value {
    switch (shape.kind) {
      case "constant":
        return writeConstant(shape);
      case "variable":
        return this.#writeVariable(shape.name);
      case "item":
        return { code: `i${shape.height}`, kind: "any", ...KNOWN };
      case "select":
        return this.#writeMember(this.write(children[0]!), shape.field);
      case "presence":
        return this.#writePresence(this.write(children[0]!), shape.field);
      case "list":
        return this.#writeList(children.map((child) => this.#writeOperand(child)));
      case "map":
        return UNCOUNTED;
      case "loop":
        return this.#writeLoop(shape, children);
      default:
        return this.#writeCall(shape, children);
    }
  }

  #writeVariable(name: string): Value {
    const { operation } = this.#module;
    switch (name) {
      case "request":
      case "params":
        return { code: name === "request" ? "v.request" : "p", kind: "record", ...KNOWN };
      case "context":
        return EMPTY_CONTEXT;
      case "operation":
        return operation === undefined
          ? { code: "v.operation", kind: "text", ...KNOWN }
          : createConstant(operation, quote(operation));
      case "container":
        return createConstant("", '""');
      case "repeats":
        return FALSE;
      case "justification":
        return { code: "v.justification", kind: "text", ...KNOWN };
      case "caller":
        return { code: "v.caller", kind: "text", isKnown: false, cost: 1 };
      case "item":
      case "index":
        if (this.#scope) return this.#scope[name];
    }
    return UNCOUNTED;
  }

  /** `value.field`. A value of another kind than an object has no members, and so is open. */
  #writeMember(value: Value, field: string): Value {
    if (isOpen(value) || value === EMPTY_CONTEXT) return OPEN;
    return { code: writeMember(value, field), kind: "any", isKnown: false, cost: value.cost + 1 };
  }

  #writePresence(value: Value, field: string): Value {
    if (isOpen(value) || value === EMPTY_CONTEXT) return OPEN;
    if (value.isKnown) return createBool(`(${writeMember(value, field)} != null)`, value.cost + 1, true);
    const [name, found] = this.bind(value);
    return createBool(`(${name} == null ? undefined : ${writeMember(found, field)} != null)`, value.cost + 2);
  }

  /** An expression that keeps a value, and the value as it can be written after that. */
  bind(value: Value): [assigned: string, value: Value] {
    const name = this.takeTemporary();
    return [`(${name} = ${value.code})`, { ...value, code: name, cost: 0 }];
  }

  #writeList(items: readonly Value[]): Value {
    if (items.some(isOpen)) return OPEN;
    const code = `[${items.map((item) => item.code).join(", ")}]`;
    if (items.every((item) => isConstant(item) && typeof item.constant !== "object")) {
      const constants = items.map(({ constant }) => constant as string);
      return createConstant(constants, this.#module.constants.nameOf(code));
    }
    const cost = sumCosts(items) + 2;
    if (items.every(({ isKnown }) => isKnown)) return { code, kind: "list", isKnown: true, cost };
    return { code: `R.list(${code})`, kind: "list", isKnown: false, cost };
  }

  #writeLoop(shape: Extract<Shape, { kind: "loop" }>, [range, ...parts]: readonly GraphNode[]): Value {
    const list = this.#writeOperand(range!);
    if (isOpen(list)) return OPEN;
    const isCollecting = shape.macro === "map" || shape.macro === "filter";
    if (isConstant(list) && Array.isArray(list.constant) && list.constant.length === 0)
      return isCollecting ? list : constantFromBool(shape.macro === "all");
    const written = parts.map((part) => this.#writePart(`i${shape.height}`, part));
    const [test, step] = shape.hasTest ? written : [{ code: "undefined", cost: 0 }, ...written];
    const args = [list.code, test!.code, ...(step ? [step.code] : [])].join(", ");
    return {
      code: `R.${LOOPS[shape.macro]}(${args})`,
      kind: isCollecting ? "list" : "bool",
      isKnown: false,
      cost: 20 + list.cost + 3 * sumCosts(written),
    };
  }

  /** The test or the step of a loop. */
  #writePart(head: string, node: GraphNode): Value {
    const writer = new CountingWriter(this.#module, this.#scope);
    const value = writer.write(node);
    return { ...value, code: writer.writeFunction(head, `return ${value.code};`) };
  }

  #writeCall(shape: Extract<Shape, { name: string }>, nodes: readonly GraphNode[]): Value {
    const { name } = shape;
    if (name === "orElse") return this.#writeOrElse(nodes);
    if (name === "_==_" || name === "_!=_") {
      const type = nodes[1]?.shape.kind === "variable" ? getTypeNamed(nodes[1].shape.name) : undefined;
      if (type) return this.#writeTypeTest(name, nodes[0]!, type.name);
    }
    const args = nodes.map((node) => this.#writeOperand(node));
    if (name === "_&&_" || name === "_||_") return writeLogical(args, name === "_||_", this);
    if (name === "_?_:_") return this.#writeConditional(args);
    if (name === "known") return this.#writeKnown(args[0]!);
    if (args.some(isOpen) || name === "undecided") return OPEN;
    if (name === "!_") return writeNegation(args[0]!, this);
    if (name === "placeholders") return this.#writePlaceholders(args[0]!);
    return this.#writeStrict(name, args, nodes);
  }

  /** A call that is open if one of its arguments is. */
  #writeStrict(name: string, args: readonly Value[], nodes: readonly GraphNode[]): Value {
    const [left, right] = args as [Value, Value];
    if (name === "_==_" || name === "_!=_") return writeEquality(left, right, name === "_!=_", this);
    if (name === "@in") return writeMembership(left, right, this);
    if (name === "_[_]")
      return {
        code: `R.at(${left.code}, ${right.code})`,
        kind: "any",
        isKnown: false,
        cost: left.cost + right.cost + 3,
      };
    if (Object.hasOwn(COMPARISONS, name)) return writeComparison(name, left, right);
    const cost = sumCosts(args) + 3;
    const list = args.map(({ code }) => code).join(", ");
    const isKnown = args.every((arg) => arg.isKnown);
    if (name === "_+_") return { code: `R.add(${list})`, kind: "any", isKnown, cost };
    if (name === "size") return writeSize(left, cost);
    if (name === "matches") {
      const pattern = readPattern(nodes[1]);
      const callee =
        pattern === undefined ? "R.matches" : this.#module.constants.nameOf(`R.pattern(${quote(pattern)})`);
      return createBool(`${callee}(${pattern === undefined ? list : left.code})`, cost + 10, isKnown);
    }
    if (Object.hasOwn(TEXT_CALLS, name))
      return { code: `R.${name}(${list})`, kind: TEXT_CALLS[name]!, isKnown, cost };
    const own = FUNCTIONS.find((each) => each.name === name);
    if (!own) return UNCOUNTED;
    const callee = this.#module.constants.nameOf(`R.fn(${quote(name)})`);
    const kind = RESULT_KINDS[own.result] ?? "list";
    return { code: `${callee}(${list})`, kind, isKnown, cost: cost + 20 };
  }

  #writeTypeTest(operator: string, node: GraphNode, type: string): Value {
    const isTypeCall = node.shape.kind === "function" && node.shape.name === "type";
    if (!isTypeCall || operator !== "_==_") return UNCOUNTED;
    const value = this.#writeOperand(node.children[0]!);
    if (isOpen(value)) return OPEN;
    return createBool(`R.is(${value.code}, ${quote(type)})`, value.cost + 3, value.isKnown);
  }

  #writeConditional([test, yes, no]: readonly Value[]): Value {
    if (isOpen(test!) || (isOpen(yes!) && isOpen(no!))) return OPEN;
    if (isConstant(test!)) return test.constant === true ? yes! : test.constant === false ? no! : OPEN;
    const isKnown = test!.isKnown && yes!.isKnown && no!.isKnown;
    const kind = yes!.kind === no!.kind ? yes!.kind : "any";
    const cost = 1 + sumCosts([test!, yes!, no!]);
    if (isDecided(test!))
      return { code: `(${test!.code} ? ${yes!.code} : ${no!.code})`, kind, isKnown, cost };
    const [bound, value] = this.bind(test!);
    const code = `(${bound} === true ? ${yes!.code} : ${value.code} === false ? ${no!.code} : undefined)`;
    return { code, kind, isKnown: false, cost };
  }

  #writeKnown(value: Value): Value {
    if (isOpen(value)) return FALSE;
    return value.isKnown ? TRUE : createBool(`(${value.code} != null)`, value.cost + 1, true);
  }

  /** Nothing that is counted has placeholders. */
  #writePlaceholders(value: Value): Value {
    const none = createConstant([], this.#module.constants.nameOf("[]"));
    if (value.isKnown) return none;
    const code = `(${value.code} == null ? undefined : ${none.code})`;
    return { code, kind: "list", isKnown: false, cost: value.cost + 1 };
  }

  #writeOrElse([path, other]: readonly GraphNode[]): Value {
    const fields: string[] = [];
    let root = path!;
    for (; root.shape.kind === "select"; root = root.children[0]!) fields.unshift(root.shape.field);
    const base = this.write(root);
    if (isOpen(base)) return OPEN;
    if (fields.length === 0) return base;
    if (base === EMPTY_CONTEXT) return OPEN;
    const fallback = this.write(other!);
    const [bound, start] = base.isKnown ? [undefined, base] : this.bind(base);
    const name = this.takeTemporary();
    const steps = fields.map((field, depth) => {
      const from: Value = depth === 0 ? { ...start, isKnown: true } : { ...OPEN, code: name, isKnown: true };
      return `(${name} = ${writeMember(from, field)}) == null`;
    });
    const code = `(${steps.join(" || ")} ? ${fallback.code} : ${name})`;
    const cost = base.cost + fallback.cost + fields.length + 1;
    if (bound === undefined) return { code, kind: "any", isKnown: fallback.isKnown, cost };
    return { code: `(${bound} == null ? undefined : ${code})`, kind: "any", isKnown: false, cost };
  }
}

const LOOPS = { all: "all", exists: "any", exists_one: "one", filter: "each", map: "each" };
