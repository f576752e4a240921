import { CodeReader } from "../model/code-reader.ts";
import type { AssignNode, ProgramNode } from "../model/node.ts";
import type { Escape, ReadNode } from "../model/reader.ts";
import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../tree/syntax-tree.ts";

/** Java, by the types of tree-sitter's grammar. */
export class JavaReader extends CodeReader {
  protected readonly types: Readonly<Record<string, ReadNode>> = {
    identifier: this.name,
    this: this.name,
    true: (node) => this.literal(node, true),
    false: (node) => this.literal(node, false),
    // A member that is null is not there.
    null_literal: (node) => this.literal(node, undefined),
    decimal_integer_literal: (node) => this.number(node),
    decimal_floating_point_literal: (node) => this.number(node),
    string_literal: (node) => this.string(node),
    binary_expression: (node) => this.operation(node),
    unary_expression: (node) => this.unary(node),
    update_expression: (node) => this.changed(node, namedChildren(node).slice(0, 1)),
    parenthesized_expression: this.inner,
    expression_statement: this.inner,
    cast_expression: (node) => this.field(node, "value") ?? this.other(node),
    array_creation_expression: (node) => this.field(node, "value") ?? this.other(node),
    array_initializer: (node) => this.list(node),
    field_access: (node) => this.fieldAccess(node),
    method_reference: (node) => this.methodReference(node),
    array_access: (node) => this.index(node, "array", "index"),
    method_invocation: (node) => this.callOf(node),
    object_creation_expression: (node) => this.creation(node),
    import_declaration: (node) => this.importDeclaration(node),
    local_variable_declaration: (node) => this.declaration(node, true),
    field_declaration: (node) => this.declaration(node, this.isFinal(node)),
    assignment_expression: (node) => this.assignment(node),
    resource: (node) => this.variable(node, node, true),
    lambda_expression: (node) => this.lambda(node),
    class_declaration: (node) => this.classOf(node),
    record_declaration: (node) => this.classOf(node),
    interface_declaration: (node) => this.classOf(node),
    enum_declaration: (node) => this.classOf(node),
    method_declaration: (node) => this.function(node),
    constructor_declaration: (node) => this.function(node),
    formal_parameter: (node) => this.parameter(node),
    spread_parameter: (node) => this.parameter(node),
    catch_formal_parameter: (node) => this.parameter(node),
    instanceof_expression: (node) => this.tested(node, childAs(node, "name")),
    type_pattern: (node) => this.tested(node, namedChildren(node).at(-1)),
    record_pattern_component: (node) => this.tested(node, namedChildren(node).at(-1)),
    return_statement: this.returned,
    block: this.block,
    constructor_body: this.block,
    for_statement: (node) => this.flow(node, "loop", [this.block(node)]),
    enhanced_for_statement: (node) => this.forEach(node),
    while_statement: this.loop,
    do_statement: this.loop,
    if_statement: (node) => this.branches(node, ["consequence", "alternative"]),
    switch_block_statement_group: this.branch,
    switch_rule: this.branch,
    try_statement: (node) => this.flow(node, "branch", [this.block(node)]),
    try_with_resources_statement: (node) => this.flow(node, "branch", [this.block(node)]),
    catch_clause: (node) => this.flow(node, "branch", [this.block(node)]),
    finally_clause: this.branch,
  };

  /** What a pattern gives a name: where it holds goes by the flow of the program. */
  tested(node: TreeNode, name: TreeNode | undefined): ProgramNode {
    if (name?.type !== "identifier") return this.other(node);
    const rest = namedChildren(node).filter((child) => child.start !== name.start);
    return this.otherOf(node, [
      this.assign(node, this.name(name), undefined, "function"),
      ...rest.map(this.node),
    ]);
  }

  number(node: TreeNode): ProgramNode {
    const digits = this.sourceOf(node)
      .replaceAll("_", "")
      .replace(/[lLdDfF]$/, "");
    const value = Number(digits);
    if (Number.isNaN(value) || /^0\d/.test(digits)) return this.other(node);
    return node.type === "decimal_floating_point_literal"
      ? this.float(node, value)
      : this.literal(node, value);
  }

  string(node: TreeNode): ProgramNode {
    if (node.hasError) return this.other(node);
    const isBlock = this.text.startsWith('"""', node.start);
    const text = isBlock ? this.textBlock(node) : this.written(node.start + 1, node.end - 1, javaEscape);
    return text ? this.textLiteral(node, text) : this.other(node);
  }

  /** Of each line, the indentation that all lines have is left out, and spaces at its end. */
  textBlock(node: TreeNode) {
    const start = this.text.indexOf("\n", node.start) + 1;
    const end = node.end - 3;
    const lines = this.text.slice(start, end).split("\n");
    const counted = lines.filter((line, index) => line.trim() !== "" || index === lines.length - 1);
    const indented = Math.min(...counted.map((line) => /^[ \t]*/.exec(line)![0].length));
    return this.written(start, end, (source, at) => {
      const isLineStart = at === start || source[at - 1] === "\n";
      const blanks = isLineStart ? /^[ \t]*/.exec(source.slice(at, at + indented))![0].length : 0;
      if (blanks > 0) return { length: blanks, text: "" };
      const ending = /[ \t\r]/.test(source[at]!)
        ? /^[ \t]*\r?(?=\n)/.exec(source.slice(at, end))?.[0]
        : undefined;
      return ending ? { length: ending.length, text: "" } : javaEscape(source, at);
    });
  }

  unary(node: TreeNode): ProgramNode {
    const operand = this.field(node, "operand");
    return this.negated(node, operand) ?? this.readOf(node, operand);
  }

  callOf(node: TreeNode): ProgramNode {
    const [name, args] = [childAs(node, "name"), childAs(node, "arguments")];
    if (!name || !args) return this.other(node);
    // The method's own end is that of its name.
    const method = { ...node, end: name.end, hasError: false };
    const callee = childAs(node, "object") ? this.member(method, "object", "name") : this.name(name);
    return this.call(node, callee, this.all(args));
  }

  /** `Boolean.TRUE` is `true`. */
  fieldAccess(node: TreeNode): ProgramNode {
    const [, name] = /^Boolean\s*\.\s*(TRUE|FALSE)$/.exec(this.sourceOf(node)) ?? [];
    return name === undefined ? this.member(node, "object", "field") : this.literal(node, name === "TRUE");
  }

  /** `fsx::createDataRepositoryTask`. */
  methodReference(node: TreeNode): ProgramNode {
    const [of, name] = namedChildren(node);
    if (!of || name?.type !== "identifier") return this.other(node);
    return this.memberNamed(node, this.node(of), name);
  }

  creation(node: TreeNode): ProgramNode {
    const [type, args] = [childAs(node, "type"), childAs(node, "arguments")];
    const body = namedChildren(node).find((child) => child.type === "class_body");
    const call = type && this.call(node, this.name(type), args ? this.all(args) : [], true);
    if (!call) return this.other(node);
    return body ? this.otherOf(node, [call, this.scope(body, "class", this.all(body))]) : call;
  }

  importDeclaration(node: TreeNode): ProgramNode {
    const [path, star] = namedChildren(node);
    if (!path) return this.other(node);
    const name = this.sourceOf(path);
    if (star) return this.importOf(node, { module: name, imported: "*", local: undefined });
    const last = childAs(path, "name") ?? path;
    const module = name.slice(0, Math.max(0, last.start - path.start - 1));
    return this.importOf(node, { module, imported: this.sourceOf(last), local: this.name(last) });
  }

  isFinal(node: TreeNode): boolean {
    const modifiers = node.children.find(({ type }) => type === "modifiers");
    return modifiers !== undefined && /\bfinal\b/.test(this.sourceOf(modifiers));
  }

  /** A field that isn't final may be given another value by anybody. */
  declaration(node: TreeNode, isKnown: boolean): ProgramNode {
    const variables = namedChildren(node).filter(({ type }) => type === "variable_declarator");
    return this.otherOf(
      node,
      variables.map((variable) => this.variable(node, variable, isKnown)),
    );
  }

  variable(node: TreeNode, variable: TreeNode, isKnown: boolean): ProgramNode {
    const [name, type] = [childAs(variable, "name"), childAs(node, "type")];
    const value = this.field(variable, "value");
    if (!name) return this.other(node);
    const assign: AssignNode = {
      ...this.assign(variable, this.name(name), isKnown ? value : undefined, "block"),
      ...this.annotated(type),
    };
    return isKnown || !value ? assign : this.otherOf(variable, [assign, value]);
  }

  assignment(node: TreeNode): ProgramNode {
    const [left, right] = [this.field(node, "left"), this.field(node, "right")];
    if (!left || !right) return this.other(node);
    const isPlain = this.operator(node) === "=";
    const assign = this.assign(node, left, isPlain ? right : undefined, undefined);
    return isPlain ? assign : this.otherOf(node, [assign, right]);
  }

  lambda(node: TreeNode): ProgramNode {
    const parameters = childAs(node, "parameters");
    const names =
      parameters?.type === "identifier" ? [parameters] : parameters ? namedChildren(parameters) : [];
    const bound = names.map((name) =>
      name.type === "identifier" ? this.assign(name, this.name(name), undefined, "block") : this.node(name),
    );
    return this.scope(node, "function", [...bound, this.field(node, "body")]);
  }

  parameter(node: TreeNode): ProgramNode {
    const declarator = namedChildren(node).find(({ type }) => type === "variable_declarator");
    return this.variable(node, declarator ?? node, false);
  }

  classOf(node: TreeNode): ProgramNode {
    const [name, body] = [childAs(node, "name"), childAs(node, "body")];
    return this.scope(node, "class", body ? this.all(body) : [], name && this.sourceOf(name));
  }

  function(node: TreeNode): ProgramNode {
    const [name, parameters] = [childAs(node, "name"), childAs(node, "parameters")];
    const inside = [...(parameters ? this.all(parameters) : []), this.field(node, "body")];
    return this.scope(node, "function", inside, name && this.sourceOf(name));
  }

  forEach(node: TreeNode): ProgramNode {
    const inner = this.scope(node, "block", [
      this.variable(node, { ...node, children: withoutValue(node) }, false),
      this.field(node, "body"),
    ]);
    return this.flow(node, "loop", [this.field(node, "value"), inner]);
  }
}

const withoutValue = ({ children }: TreeNode): TreeNode[] =>
  children.filter(({ field }) => field !== "value");

const NAMED: Readonly<Record<string, string>> = {
  b: "\b",
  s: " ",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  '"': '"',
  "'": "'",
  "\\": "\\",
  "\n": "",
};

const CODED = /\\(?:u+([\da-fA-F]{4})|([0-3]?[0-7]{1,2}))/y;

/** The escape at a place of a string (Java language specification, 3.10.7). */
function javaEscape(source: string, at: number): Escape | "unknown" | undefined {
  if (source[at] !== "\\") return undefined;
  const named = NAMED[source[at + 1] ?? ""];
  if (named !== undefined) return { length: 2, text: named };
  CODED.lastIndex = at;
  const [whole, unit, octal] = CODED.exec(source) ?? [];
  if (whole === undefined) return "unknown";
  const code = unit === undefined ? Number.parseInt(octal!, 8) : Number.parseInt(unit, 16);
  return { length: whole.length, text: String.fromCharCode(code) };
}
