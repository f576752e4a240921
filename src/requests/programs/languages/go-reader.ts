import { CodeReader } from "../model/code-reader.ts";
import { codedEscape } from "../model/escapes.ts";
import type { AssignNode, ProgramNode, ScopeNode } from "../model/node.ts";
import type { Escape, ReadNode } from "../model/reader.ts";
import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs, childrenAs, namedChildren } from "../tree/syntax-tree.ts";

/** Go, by the types of tree-sitter's grammar. */
export class GoReader extends CodeReader {
  protected readonly types: Readonly<Record<string, ReadNode>> = {
    identifier: this.name,
    package_identifier: this.name,
    true: (node) => this.literal(node, true),
    false: (node) => this.literal(node, false),
    // A member that is nil is not there.
    nil: (node) => this.literal(node, undefined),
    int_literal: (node) => this.number(node),
    float_literal: (node) => this.number(node),
    interpreted_string_literal: (node) => this.string(node, goEscape),
    raw_string_literal: (node) => this.string(node, rawEscape),
    parenthesized_expression: this.inner,
    expression_statement: this.inner,
    expression_list: this.inner,
    literal_element: this.inner,
    unary_expression: (node) => this.unary(node),
    binary_expression: (node) => this.operation(node),
    selector_expression: (node) => this.member(node, "operand", "field"),
    index_expression: (node) => this.index(node, "operand", "index"),
    call_expression: (node) => this.callOf(node),
    composite_literal: (node) => this.composite(node),
    literal_value: (node) => this.literalValue(node, false),
    import_spec: (node) => this.importSpec(node),
    short_var_declaration: (node) => this.assigned(node, "left", "right", "block"),
    assignment_statement: (node) => this.assignment(node),
    var_declaration: (node) => this.variables(node),
    var_spec: (node) => this.variable(node),
    const_spec: (node) => this.assigned(node, "name", "value", "block"),
    inc_statement: (node) => this.changed(node, namedChildren(node)),
    dec_statement: (node) => this.changed(node, namedChildren(node)),
    range_clause: (node) => this.range(node),
    receive_statement: (node) => this.received(node),
    function_declaration: (node) => this.named(node, this.function(node)),
    method_declaration: (node) => this.function(node),
    func_literal: (node) => this.function(node),
    parameter_declaration: (node) => this.parameters(node),
    variadic_parameter_declaration: (node) => this.parameters(node),
    return_statement: this.returned,
    block: this.block,
    goto_statement: this.jump,
    for_statement: (node) => this.flow(node, "loop", [this.block(node)]),
    if_statement: (node) => this.scope(node, "block", [this.branches(node, ["consequence", "alternative"])]),
    expression_case: this.branch,
    default_case: this.branch,
    type_case: this.branch,
    communication_case: this.branch,
    type_switch_statement: (node) => this.typeSwitch(node),
  };

  /** Where the declarations of the file itself begin. */
  readonly outermost = new Set<number>();

  override module(root: TreeNode): ScopeNode {
    for (const child of namedChildren(root)) this.outermost.add(child.start);
    return super.module(root);
  }

  number(node: TreeNode): ProgramNode {
    const digits = this.sourceOf(node).replaceAll("_", "");
    const value = Number(digits);
    return Number.isNaN(value) || /^0\d/.test(digits) ? this.other(node) : this.literal(node, value);
  }

  string(node: TreeNode, escapeAt: typeof goEscape): ProgramNode {
    const text = node.hasError ? undefined : this.written(node.start + 1, node.end - 1, escapeAt);
    return text ? this.textLiteral(node, text) : this.other(node);
  }

  /** A pointer to a value is as good as the value. */
  unary(node: TreeNode): ProgramNode {
    const operator = this.text[node.start];
    const operand = this.field(node, "operand");
    if (operator === "&" && operand)
      return operand.kind === "name" ? { ...operand, isAddress: true } : operand;
    // What a pointer points to may be changed by anybody.
    const isPointer = operator === "*";
    return this.negated(node, operand) ?? { ...this.readOf(node, operand), isRead: !isPointer };
  }

  callOf(node: TreeNode): ProgramNode {
    const [callee, args] = [this.field(node, "function"), childAs(node, "arguments")];
    const [type] = args ? namedChildren(args) : [];
    // `new(pkg.Type)` is the same as `&pkg.Type{}`.
    if (callee?.kind === "name" && callee.name === "new" && type?.type === "qualified_type")
      return this.emptyOf(type);
    return callee && args ? this.call(node, callee, this.all(args)) : this.other(node);
  }

  /** `pkg.Type{…}` is like a call of the type; lists and maps stand for themselves. */
  composite(node: TreeNode): ProgramNode {
    const [type, body] = [childAs(node, "type"), childAs(node, "body")];
    if (!type || !body) return this.other(node);
    const isIndexed = /slice|array/.test(type.type) && hasKeys(body);
    if (isIndexed) return this.other(node);
    const value = { ...this.literalValue(body, type.type === "map_type"), ...this.base(node) };
    if (type.type !== "qualified_type") return value;
    const callee = this.member({ ...type, field: undefined }, "package", "name");
    return this.call(node, callee, [value], true);
  }

  /** Keys are fields' names, but in a map they are values. */
  literalValue(node: TreeNode, isMap: boolean): ProgramNode {
    const elements = namedChildren(node);
    if (!hasKeys(node) && elements.length > 0)
      return { kind: "list", ...this.base(node), items: elements.map(this.node) };
    const entries = elements.flatMap((element) => {
      const [key, value] = [childAs(element, "key"), this.field(element, "value")];
      return key && value ? [this.entry(element, this.keyOf(key, isMap), value)] : [];
    });
    return this.object(node, entries);
  }

  keyOf(node: TreeNode, isMap: boolean): ProgramNode {
    const isField = !isMap && namedChildren(node)[0]?.type === "identifier";
    return isField ? this.literal(node, this.sourceOf(node)) : this.node(node);
  }

  importSpec(node: TreeNode): ProgramNode {
    const [alias, path] = [childAs(node, "name"), childAs(node, "path")];
    if (!path) return this.other(node);
    const module = this.sourceOf(path).slice(1, -1);
    const name = alias ? this.sourceOf(alias) : (module.split("/").at(-1) ?? module);
    const local = { ...this.name(alias ?? path), name };
    return this.importOf(node, { module, imported: undefined, local });
  }

  assignment(node: TreeNode): ProgramNode {
    if (this.operator(node) === "=") return this.assigned(node, "left", "right", undefined);
    const left = childAs(node, "left");
    return this.otherOf(node, [
      this.changed(node, left ? namedChildren(left) : []),
      this.field(node, "right"),
    ]);
  }

  assigned(node: TreeNode, left: string, right: string, declares: AssignNode["declares"]): ProgramNode {
    const targets = listed(childrenAs(node, left).filter(({ isNamed }) => isNamed));
    const values = listed(childrenAs(node, right));
    const isPaired = targets.length === values.length;
    const assigns = targets.map((target, index) => {
      const value = isPaired ? values[index] : undefined;
      return this.assign(node, this.node(target), value && this.node(value), declares);
    });
    const type = this.annotated(childAs(node, "type"));
    const rest = isPaired ? [] : values.map(this.node);
    return this.otherOf(node, [...assigns.map((assign) => ({ ...assign, ...type })), ...rest]);
  }

  /** Without a value it is empty, as far as it is a structure of a package. */
  variable(node: TreeNode): ProgramNode {
    const type = childAs(node, "type");
    const [name, ...others] = childrenAs(node, "name").filter(({ isNamed }) => isNamed);
    if (childAs(node, "value") || type?.type !== "qualified_type" || !name || others.length > 0)
      return this.assigned(node, "name", "value", "block");
    const assign = this.assign(node, this.name(name), this.emptyOf(type), "block");
    return { ...assign, ...this.annotated(type) };
  }

  /** What no function declares, other files of the package see, too. */
  variables(node: TreeNode): ProgramNode {
    const declaration = this.otherOf(node, this.all(node));
    if (!this.isOutermost(node)) return declaration;
    const shared = (child: ProgramNode): ProgramNode => {
      if (child.kind === "assign") return { ...child, isShared: true };
      return child.kind === "other" ? { ...child, children: child.children.map(shared) } : child;
    };
    return shared(declaration);
  }

  isOutermost({ start }: TreeNode): boolean {
    return this.outermost.has(start);
  }

  /** `pkg.Type{}`. */
  emptyOf(type: TreeNode): ProgramNode {
    const callee = this.member({ ...type, field: undefined }, "package", "name");
    return this.call(type, callee, [this.object(type, [])], true);
  }

  range(node: TreeNode): ProgramNode {
    const left = childAs(node, "left");
    const isDeclared = node.children.some(({ type }) => type === ":=");
    const bound = this.changed(node, left ? namedChildren(left) : [], isDeclared ? "block" : undefined);
    const items = this.field(node, "right");
    return this.otherOf(node, [bound, items && this.flow(node, "loop", [items])]);
  }

  /** `case x, ok := <-channel:` */
  received(node: TreeNode): ProgramNode {
    const left = childAs(node, "left");
    const isDeclared = node.children.some(({ type }) => type === ":=");
    const bound = this.changed(node, left ? namedChildren(left) : [], isDeclared ? "block" : undefined);
    return this.otherOf(node, [bound, this.field(node, "right")]);
  }

  function(node: TreeNode): ScopeNode {
    const lists = ["receiver", "parameters", "result"].flatMap((field) => childrenAs(node, field));
    const parameters = lists.flatMap((list) => (list.type === "parameter_list" ? this.all(list) : []));
    const name = childAs(node, "name");
    return this.scope(
      node,
      "function",
      [...parameters, this.field(node, "body")],
      name && this.sourceOf(name),
    );
  }

  parameters(node: TreeNode): ProgramNode {
    const type = this.annotated(childAs(node, "type"));
    const assigns = childrenAs(node, "name").filter(({ isNamed }) => isNamed);
    return this.otherOf(
      node,
      assigns.map((name) => ({ ...this.assign(node, this.name(name), undefined, "block"), ...type })),
    );
  }

  typeSwitch(node: TreeNode): ProgramNode {
    const alias = childAs(node, "alias");
    const bound = alias && this.changed(alias, namedChildren(alias), "block");
    const rest = namedChildren(node).filter((child) => child !== alias);
    return this.scope(node, "block", [bound, ...rest.map(this.node)]);
  }
}

const hasKeys = (node: TreeNode): boolean => namedChildren(node).some(({ type }) => type === "keyed_element");

const listed = (nodes: readonly TreeNode[]): TreeNode[] =>
  nodes.flatMap((node) => (node.type === "expression_list" ? namedChildren(node) : [node]));

const NAMED: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

const CODED = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3}))/y;

/** The escape at a place of an interpreted string (Go specification, "String literals"). */
function goEscape(source: string, at: number): Escape | "unknown" | undefined {
  if (source[at] !== "\\") return undefined;
  const named = NAMED[source[at + 1] ?? ""];
  if (named !== undefined) return { length: 2, text: named };
  CODED.lastIndex = at;
  const [whole, byte, short, long, octal] = CODED.exec(source) ?? [];
  if (whole === undefined) return "unknown";
  const code =
    octal === undefined ? Number.parseInt((byte ?? short ?? long)!, 16) : Number.parseInt(octal, 8);
  return codedEscape(whole, code, byte !== undefined || octal !== undefined);
}

/** Carriage returns are no part of a raw string. */
const rawEscape = (source: string, at: number): Escape | "unknown" | undefined =>
  source[at] === "\r" ? { length: 1, text: "" } : undefined;
