import type { NameNode, ProgramNode, ScopeNode } from "../../model/node.ts";
import type { ReadNode } from "../../model/reader.ts";
import type { TreeNode } from "../../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../../tree/syntax-tree.ts";
import { isSymbolPair, RubyValueReader } from "./values.ts";

/** Ruby, by the types of tree-sitter's grammar. */
export class RubyReader extends RubyValueReader {
  protected readonly types: Readonly<Record<string, ReadNode>> = {
    ...this.values,
    identifier: (node) => this.identifier(node),
    scope_resolution: (node) => this.resolution(node),
    call: (node) => this.callOf(node),
    binary: (node) => this.operation(node),
    assignment: (node) => this.assignment(node),
    operator_assignment: (node) => this.operatorAssignment(node),
    class: (node) => this.classOf(node),
    module: (node) => this.classOf(node),
    singleton_class: this.block,
    method: (node) => this.method(node),
    singleton_method: (node) => this.method(node),
    lambda: (node) => this.closure(node),
    block: (node) => this.flow(node, "loop", [this.closure(node)]),
    do_block: (node) => this.flow(node, "loop", [this.closure(node)]),
    body_statement: (node) => this.body(node),
    begin: (node) => this.body(node),
    return: (node) => this.returnOf(node),
    if: (node) => this.branches(node, ["consequence", "alternative"]),
    unless: (node) => this.branches(node, ["consequence", "alternative"]),
    elsif: (node) => this.branches(node, ["consequence", "alternative"]),
    if_modifier: (node) => this.branches(node, ["body"]),
    unless_modifier: (node) => this.branches(node, ["body"]),
    rescue_modifier: this.branch,
    when: this.branch,
    else: this.branch,
    match_pattern: (node) => this.matched(node),
    test_pattern: (node) => this.matched(node),
    in_clause: (node) =>
      this.flow(node, "branch", [...this.boundIn(childAs(node, "pattern")), ...this.all(node)]),
    rescue: (node) =>
      this.flow(node, "branch", [...this.boundIn(childAs(node, "variable")), ...this.all(node)]),
    ensure: this.branch,
    while: this.loop,
    until: this.loop,
    while_modifier: this.loop,
    until_modifier: this.loop,
    for: (node) => this.flow(node, "loop", [...this.boundIn(childAs(node, "pattern")), ...this.all(node)]),
  };

  protected override readonly choices = new Set(["||", "&&", "or", "and"]);

  /** A variable, or a call without arguments. */
  identifier(node: TreeNode): ProgramNode {
    const name = this.sourceOf(node);
    const { variables, methods, attributes } = this.names;
    if (variables.has(name)) return this.name(node);
    if (attributes.has(name)) return this.memberOf(node, "self", name);
    return methods.has(name) ? this.call(node, this.global(node), []) : this.name(node);
  }

  resolution(node: TreeNode): ProgramNode {
    const name = childAs(node, "name");
    if (childAs(node, "scope")) return this.member(node, "scope", "name");
    return name ? this.global(name) : this.other(node);
  }

  callOf(whole: TreeNode): ProgramNode {
    const method = childAs(whole, "method");
    if (!method) return this.other(whole);
    const node = childAs(whole, "arguments") ? whole : this.cutOff(whole, method.end, "(");
    const name = this.sourceOf(method);
    const receiver = childAs(node, "receiver");
    const args = [...this.argumentsOf(childAs(node, "arguments")), this.field(node, "block")];
    const given = args.filter((arg) => arg !== undefined);
    if (!receiver || (receiver.type === "self" && given.length === 0 && !this.names.variables.has(name)))
      return given.length > 0 || !receiver
        ? this.callOfFunction(node, method, given)
        : this.identifier(method);
    const callee = this.member({ ...node, end: method.end, hasError: false }, "receiver", "method");
    const call = this.call(node, REBINDING.has(name) ? this.rebinding(method) : callee, given);
    // Texts change where they are.
    // What `merge!` changes is no text.
    const isChange =
      receiver.type !== "self" && name !== "merge!" && (isMutator(name) || this.sendsChange(node, name));
    return isChange ? this.otherOf(node, [this.changedBy(receiver), call]) : call;
  }

  /** `text.send(:<<, "x")` */
  sendsChange(node: TreeNode, name: string): boolean {
    const [first] = SENDS.has(name) ? namedChildren(childAs(node, "arguments") ?? node) : [];
    const sent = first?.type === "simple_symbol" ? this.sourceOf(first).slice(1) : "";
    return sent === "<<" || sent === "[]=" || isMutator(sent);
  }

  callOfFunction(node: TreeNode, method: TreeNode, args: readonly ProgramNode[]): ProgramNode {
    const name = this.global(method);
    if (!KERNEL.has(name.name) || this.names.methods.has(name.name)) return this.call(node, name, args);
    const kernel: NameNode = { ...name, name: "Kernel" };
    return this.call(node, { ...name, kind: "member", of: kernel, nameSpan: name.span }, args);
  }

  /** What may give any name another value. */
  rebinding(method: TreeNode): NameNode {
    return this.global(method, "eval");
  }

  changedBy(receiver: TreeNode): ProgramNode {
    const object = receiver.type === "element_reference" ? childAs(receiver, "object") : undefined;
    if (object) return this.changedBy(object);
    const isName = receiver.type === "identifier" || receiver.type === "constant";
    return isName ? this.bind(receiver) : this.otherOf(receiver, []);
  }

  /** `f(a: 1)` gives an argument by name, `f("a" => 1)` an object. */
  argumentsOf(list: TreeNode | undefined): ProgramNode[] {
    const children = list ? namedChildren(list) : [];
    const pairs = children.filter(({ type }) => type === "pair" || type === "hash_splat_argument");
    const isObject = pairs.some((pair) => pair.type === "pair" && !isSymbolPair(pair));
    const args = children.filter((child) => !isObject || !pairs.includes(child)).map(this.argumentOf);
    const [first] = pairs;
    const whole = first && {
      ...first,
      end: pairs.at(-1)!.end,
      hasError: pairs.some(({ hasError }) => hasError),
    };
    return isObject && whole ? [...args, this.object(whole, this.entriesOf(pairs))] : args;
  }

  readonly argumentOf = (node: TreeNode): ProgramNode => {
    const read = this.node(node);
    if (read.kind !== "entry" || read.name === undefined) return read;
    const { name, key, value, span, hasError } = read;
    return { kind: "argument", span, hasError, name, nameSpan: key.span, value };
  };

  protected override operate(node: TreeNode, left: ProgramNode, right: ProgramNode): ProgramNode {
    const operator = this.operator(node);
    const target = childAs(node, "left");
    if (operator === "=~" && target?.type === "regex")
      return this.otherOf(node, [...this.captured(node, target), left, right]);
    if (operator === "<<" && target) return this.otherOf(node, [this.changedBy(target), left, right]);
    if (operator !== "%" || (left.kind !== "literal" && left.kind !== "template"))
      return super.operate(node, left, right);
    const { span, hasError } = left;
    const callee: ProgramNode = { kind: "member", span, hasError, of: left, name: "%", nameSpan: span };
    return this.call(node, callee, right.kind === "list" ? right.items : [right]);
  }

  assignment(node: TreeNode): ProgramNode {
    const [left, right] = [childAs(node, "left"), this.field(node, "right")];
    if (!left || !right) return this.other(node);
    return this.given(node, left, right);
  }

  given(node: TreeNode, left: TreeNode, right: ProgramNode): ProgramNode {
    // `a = b = 3`: the second assignment is the value of the first.
    const value = right.kind === "assign" ? undefined : right;
    const target = this.target(left);
    const declares = target.kind === "name" && left.type === "constant" ? "block" : "nearest";
    const isPlain = left.type !== "left_assignment_list";
    const assign = this.assign(node, target, isPlain ? value : undefined, declares);
    const shared =
      left.type === "global_variable" ? { ...assign, declares: undefined, isShared: true } : assign;
    const isString =
      left.type === "element_reference" && target.kind === "index" && target.key.kind !== "literal";
    const object = isString ? childAs(left, "object") : undefined;
    const others = [object && this.changedBy(object), value && isPlain ? undefined : right];
    return others.some((other) => other) ? this.otherOf(node, [shared, ...others]) : shared;
  }

  /** `x ||= y` gives `x` its value where it has none. */
  operatorAssignment(node: TreeNode): ProgramNode {
    const [left, right] = [childAs(node, "left"), this.field(node, "right")];
    if (!left || !right) return this.other(node);
    const isDefault = this.operator(node) === "||=" && (right.kind === "literal" || right.kind === "call");
    const given = this.given(node, left, isDefault ? right : this.otherOf(node, [right]));
    return given.kind === "assign" && left.type === "constant" ? { ...given, isShared: true } : given;
  }

  protected override target(node: TreeNode): ProgramNode {
    if (node.type === "identifier") return this.name(node);
    if (node.type === "call") return this.member(node, "receiver", "method");
    if (!/list|rest|destructured/.test(node.type)) return this.node(node);
    return this.otherOf(
      node,
      namedChildren(node).map((child) => this.target(child)),
    );
  }

  /** A name that gets a value that is not written down. */
  bind(node: TreeNode): ProgramNode {
    const name = node.type === "constant" ? this.global(node) : this.name(node);
    return this.assign(node, name, undefined, "nearest");
  }

  /** `value => {name:}`, `value in [name]` */
  matched(node: TreeNode): ProgramNode {
    return this.otherOf(node, [...this.boundIn(childAs(node, "pattern")), ...this.all(node)]);
  }

  /** `/(?<name>…)/ =~ text` gives the names of its groups their values. */
  captured(node: TreeNode, regexp: TreeNode): ProgramNode[] {
    const names = this.sourceOf(regexp).matchAll(/\(\?<([a-z_]\w{0,100})>/g);
    return [...names].map(([, name]) =>
      this.assign(node, { ...this.name(regexp), name: name! }, undefined, "nearest"),
    );
  }

  /** Every name in a pattern, or in what takes an error. */
  boundIn(node: TreeNode | undefined): ProgramNode[] {
    if (!node) return [];
    if (node.type === "identifier") return [this.bind(node)];
    const key = node.type === "keyword_pattern" ? childAs(node, "key") : undefined;
    // `in {name:}` gives the name its value.
    if (key && !childAs(node, "value")) return [this.bind(key)];
    return namedChildren(node).flatMap((child) => this.boundIn(child));
  }

  classOf(node: TreeNode): ProgramNode {
    const [name, body] = [childAs(node, "name"), childAs(node, "body")];
    const inner = [this.field(node, "superclass"), ...(body ? this.all(body) : [])];
    return { ...this.scope(node, "class", inner, name && this.sourceOf(name)), isClosed: true };
  }

  /** The last expression of a method is what it returns. */
  method(node: TreeNode): ProgramNode {
    const [name, body] = [childAs(node, "name"), this.field(node, "body")];
    const parts = [...this.parametersOf(node), ...(body ? withReturn(body) : [])];
    const scope: ScopeNode = { ...this.scope(node, "function", parts), isClosed: true };
    return name ? this.assign(node, this.global(name), scope, "block") : scope;
  }

  /** A block or a lambda sees the names around it. */
  closure(node: TreeNode): ScopeNode {
    const body = childAs(node, "body");
    return this.scope(node, "function", [...this.parametersOf(node), body && this.node(body)]);
  }

  parametersOf(node: TreeNode): ProgramNode[] {
    const parameters = childAs(node, "parameters");
    return parameters ? namedChildren(parameters).flatMap((parameter) => this.parameter(parameter)) : [];
  }

  /** What a parameter is when nothing is given says what type it has. */
  parameter(node: TreeNode): ProgramNode[] {
    if (node.type === "destructured_parameter")
      return namedChildren(node).flatMap((part) => this.parameter(part));
    const name = node.type === "identifier" ? node : childAs(node, "name");
    const value = childAs(node, "value");
    if (!name) return [];
    const assign = this.assign(node, this.name(name), undefined, "block");
    return value ? [{ ...assign, annotation: this.sourceOf(value) }, this.node(value)] : [assign];
  }

  /** Statements; with a `rescue` among them, each may be left out, and with a `retry` run again. */
  body(node: TreeNode): ProgramNode {
    const rescues = node.children.filter(({ type }) => type === "rescue");
    if (rescues.some((rescue) => /\bretry\b/.test(this.sourceOf(rescue)))) return this.loop(node);
    return rescues.length > 0 ? this.branch(node) : this.other(node);
  }

  returnOf(node: TreeNode): ProgramNode {
    const [list] = namedChildren(node);
    const [value, ...more] = list ? namedChildren(list) : [];
    return {
      kind: "return",
      ...this.base(node),
      value: value && more.length === 0 ? this.node(value) : undefined,
    };
  }
}

function withReturn(body: ProgramNode): ProgramNode[] {
  const statements = body.kind === "other" ? body.children : [body];
  const last = statements.at(-1);
  if (!last || last.kind === "return" || last.kind === "flow") return [...statements];
  const value: ProgramNode = { kind: "return", span: last.span, hasError: last.hasError, value: last };
  return [...statements.slice(0, -1), value];
}

/** Methods that change a text. */
const MUTATORS = new Set(["replace", "concat", "insert", "prepend", "clear", "append_as_bytes", "setbyte"]);

const isMutator = (name: string): boolean => MUTATORS.has(name) || /\w!$/.test(name);

/** Methods that call another one by its name. */
const SENDS = new Set(["send", "public_send", "__send__"]);

/** Methods that give a name another value, whatever it is. */
const REBINDING = new Set(["const_set", "remove_const", "local_variable_set", "class_variable_set"]);

/** Functions that run commands. */
const KERNEL = new Set(["system", "exec", "spawn"]);
