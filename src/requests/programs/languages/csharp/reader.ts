import type { AssignNode, ProgramNode, ScopeNode } from "../../model/node.ts";
import type { ReadNode } from "../../model/reader.ts";
import type { TreeNode } from "../../tree/syntax-tree.ts";
import { childAs, childrenAs, namedChildren } from "../../tree/syntax-tree.ts";
import { namesInQuery } from "./queries.ts";
import { CsharpValueReader } from "./values.ts";

/** C#, by the types of tree-sitter's grammar. */
export class CsharpReader extends CsharpValueReader {
  protected readonly types: Readonly<Record<string, ReadNode>> = {
    ...this.values,
    identifier: this.name,
    this: this.name,
    qualified_name: this.name,
    generic_name: this.name,
    predefined_type: this.name,
    member_access_expression: (node) => this.access(node),
    element_access_expression: (node) => this.elementOf(node),
    invocation_expression: (node) => this.callOf(node),
    object_creation_expression: (node) => this.creation(node, childAs(node, "type")),
    implicit_object_creation_expression: (node) => this.creation(node, undefined),
    argument: (node) => this.argumentOf(node),
    using_directive: (node) => this.usingDirective(node),
    local_declaration_statement: this.other,
    variable_declaration: (node) => this.declaration(node, true),
    field_declaration: (node) => this.fieldDeclaration(node),
    property_declaration: (node) => this.property(node),
    assignment_expression: (node) => this.assignment(node),
    declaration_expression: (node) => this.bound(node),
    declaration_pattern: (node) => this.bound(node),
    var_pattern: (node) => this.bound(node),
    class_declaration: (node) => this.classOf(node),
    record_declaration: (node) => this.classOf(node),
    struct_declaration: (node) => this.classOf(node),
    interface_declaration: (node) => this.classOf(node),
    method_declaration: (node) => this.function(node),
    constructor_declaration: (node) => this.function(node),
    local_function_statement: (node) => this.function(node),
    lambda_expression: (node) => this.function(node),
    anonymous_method_expression: (node) => this.function(node),
    accessor_declaration: (node) => this.function(node),
    return_statement: (node) => this.returnOf(node),
    arrow_expression_clause: (node) => this.returnOf(node),
    block: this.block,
    if_statement: (node) => this.branches(node, ["consequence", "alternative"]),
    switch_section: this.branch,
    switch_expression_arm: this.branch,
    for_statement: (node) => this.flow(node, "loop", [this.block(node)]),
    foreach_statement: (node) => this.forEach(node),
    while_statement: this.loop,
    do_statement: this.loop,
    try_statement: this.branch,
    catch_clause: (node) => this.flow(node, "branch", [this.block(node)]),
    catch_declaration: (node) => this.bound(node),
    finally_clause: this.branch,
    using_statement: this.block,
    query_expression: (node) => this.query(node),
    attribute_list: (node) => this.otherOf(node, []),
  };

  #returns: TreeNode | undefined;

  access(node: TreeNode): ProgramNode {
    const object = childAs(node, "expression");
    // In this grammar, `this` is no node by a name.
    if (object && !object.isNamed && object.type === "this")
      return this.member(
        { ...node, children: node.children.map((child) => ({ ...child, isNamed: true })) },
        "expression",
        "name",
      );
    return this.member(node, "expression", "name");
  }

  elementOf(node: TreeNode): ProgramNode {
    const [object, list] = [this.field(node, "expression"), childAs(node, "subscript")];
    const [key, ...more] = list ? namedChildren(list) : [];
    if (!object || !key || more.length > 0) return this.other(node);
    return this.indexed(node, object, this.node(key));
  }

  callOf(node: TreeNode): ProgramNode {
    const [callee, args] = [this.field(node, "function"), childAs(node, "arguments")];
    return callee && args
      ? this.withChanges(node, args, this.call(node, callee, this.all(args)))
      : this.other(node);
  }

  /** What is given by `ref` or `out` has another value afterwards. */
  withChanges(node: TreeNode, args: TreeNode, call: ProgramNode): ProgramNode {
    const given = namedChildren(args).filter(({ children }) =>
      children.some(({ type }) => type === "ref" || type === "out"),
    );
    const targets = given.flatMap((arg) =>
      namedChildren(arg).filter(({ type }) => type !== "declaration_expression"),
    );
    return targets.length > 0 ? this.otherOf(node, [this.changed(node, targets), call]) : call;
  }

  argumentOf(node: TreeNode): ProgramNode {
    const name = childAs(node, "name");
    const value = namedChildren(node).find((child) => child !== name);
    if (!value) return this.other(node);
    return name ? this.argument(node, name, this.node(value)) : this.node(value);
  }

  /**
   * `new Type { … }` is like a call of the type with what is in braces; collections stand for themselves. Where no type is
   * written, `type` is that of what the value is given to.
   */
  creation(whole: TreeNode, type: TreeNode | undefined): ProgramNode {
    const initializer =
      childAs(whole, "initializer") ??
      namedChildren(whole).find((child) => child.type === "initializer_expression");
    const node = initializer ? whole : this.cutOff(whole, whole.end, "{");
    const list =
      childAs(node, "arguments") ?? namedChildren(node).find((child) => child.type === "argument_list");
    const args = list ? this.all(list) : [];
    const isCollection = type?.type === "generic_name" && args.length === 0;
    const given = initializer ? this.initializer(initializer) : undefined;
    if (isCollection) return given ? { ...given, ...this.base(node) } : this.list({ ...node, children: [] });
    const callee: ProgramNode = type ? this.node(type) : { kind: "name", ...this.base(node), name: "" };
    const empty = this.object(node, []);
    const members = given ?? (args.length === 0 ? empty : undefined);
    return this.call(node, callee, [...args, ...(members ? [members] : [])], true);
  }

  usingDirective(node: TreeNode): ProgramNode {
    const alias = childAs(node, "name");
    const path = namedChildren(node).find((child) => child !== alias);
    if (!path || node.children.some(({ type }) => type === "static")) return this.otherOf(node, []);
    const name = this.sourceOf(path);
    if (!alias) return this.importOf(node, { module: name, imported: "*", local: undefined });
    const dot = name.lastIndexOf(".");
    const imported = { module: name.slice(0, Math.max(0, dot)), imported: name.slice(dot + 1) };
    return this.importOf(node, { ...imported, local: this.name(alias) });
  }

  /** A field that isn't constant may be given another value by anybody. */
  fieldDeclaration(node: TreeNode): ProgramNode {
    const words = childrenOfType(node, "modifier").map((modifier) => this.sourceOf(modifier));
    const isKnown = words.includes("const") || (words.includes("readonly") && words.includes("static"));
    const [declaration] = childrenOfType(node, "variable_declaration");
    return declaration ? this.declaration(declaration, isKnown) : this.other(node);
  }

  property(node: TreeNode): ProgramNode {
    const [name, value] = [childAs(node, "name"), this.field(node, "value")];
    if (!name) return this.other(node);
    return this.otherOf(node, [this.typed(node, name), value, this.field(node, "accessors")]);
  }

  protected override annotated(type: TreeNode | undefined): Pick<AssignNode, "annotation"> {
    return type ? { annotation: this.sourceOf(type).replace(/\?$/, "") } : {};
  }

  /** A name without a written value, with the type that stands beside it. */
  typed(node: TreeNode, name: TreeNode): AssignNode {
    return { ...this.unwritten(node, name), ...this.annotated(childAs(node, "type")) };
  }

  unwritten(node: TreeNode, name: TreeNode): AssignNode {
    return this.assign(node, this.name(name), undefined, "block");
  }

  declaration(node: TreeNode, isKnown: boolean): ProgramNode {
    const type = childAs(node, "type");
    const declarators = childrenOfType(node, "variable_declarator");
    return this.otherOf(
      node,
      declarators.map((declarator) => this.declarator(declarator, type, isKnown)),
    );
  }

  declarator(node: TreeNode, type: TreeNode | undefined, isKnown: boolean): ProgramNode {
    const name = childAs(node, "name");
    const value = namedChildren(node).find(
      (child) => child !== name && child.type !== "bracketed_argument_list",
    );
    if (!name) return this.otherOf(node, [...this.namesIn(node), ...this.all(node)]);
    const read =
      value?.type === "implicit_object_creation_expression"
        ? this.creation(value, type)
        : value && this.node(value);
    const assign = this.assign(node, this.name(name), isKnown ? read : undefined, "block");
    const typed = { ...assign, ...this.annotated(type) };
    return isKnown || !read ? typed : this.otherOf(node, [typed, read]);
  }

  /** `var (a, b) = …` */
  namesIn(node: TreeNode): ProgramNode[] {
    const patterns = childrenOfType(node, "tuple_pattern");
    return patterns.flatMap((pattern) =>
      childrenAs(pattern, "name").map((name) => this.unwritten(name, name)),
    );
  }

  /** A name that gets a value that is not written down. */
  bound(node: TreeNode): ProgramNode {
    const name = childAs(node, "name");
    return name ? this.typed(node, name) : this.other(node);
  }

  /** `from x in xs join y in ys on … let z = … select …` */
  query(node: TreeNode): ProgramNode {
    return this.scope(node, "block", [this.changed(node, namesInQuery(node), "block"), ...this.all(node)]);
  }

  assignment(node: TreeNode): ProgramNode {
    const [left, right] = [childAs(node, "left"), this.field(node, "right")];
    if (!left || !right) return this.other(node);
    const isPlain =
      this.operator(node) === "=" && left.type !== "tuple_expression" && right.kind !== "assign";
    const assign = this.assign(node, this.target(left), isPlain ? right : undefined, undefined);
    return isPlain ? assign : this.otherOf(node, [assign, right]);
  }

  protected override target(node: TreeNode): ProgramNode {
    if (node.type !== "tuple_expression") return this.node(node);
    return this.otherOf(
      node,
      namedChildren(node).flatMap((argument) => namedChildren(argument).map((child) => this.target(child))),
    );
  }

  classOf(node: TreeNode): ProgramNode {
    const [name, body] = [childAs(node, "name"), childAs(node, "body")];
    const parameters = childrenOfType(node, "parameter_list").flatMap((list) => this.parametersOf(list));
    const inner = [...parameters, ...(body ? this.all(body) : [])];
    const scope: ScopeNode = this.scope(node, "class", inner, name && this.sourceOf(name));
    return name ? this.assign(node, this.name(name), scope, "block") : scope;
  }

  /** `return new() { … }` makes what the function says that it returns. */
  returnOf(node: TreeNode): ProgramNode {
    const [value] = namedChildren(node);
    const isTyped = value?.type === "implicit_object_creation_expression";
    const read = isTyped ? this.creation(value, this.#returns) : value && this.node(value);
    return { kind: "return", ...this.base(node), value: read };
  }

  function(node: TreeNode): ProgramNode {
    const outer = this.#returns;
    this.#returns = resultOf(childAs(node, "returns") ?? childAs(node, "type"));
    const read = this.functionOf(node);
    this.#returns = outer;
    return read;
  }

  functionOf(node: TreeNode): ProgramNode {
    const parameters = childAs(node, "parameters");
    const body = childAs(node, "body") ?? namedChildren(node).find(({ type }) => type === "block");
    const bound =
      parameters?.type === "parameter_list" ? this.parametersOf(parameters) : this.nameOf(parameters);
    const name =
      node.type === "method_declaration" || node.type === "local_function_statement"
        ? childAs(node, "name")
        : undefined;
    const children = [...bound, body && this.node(body)];
    const scope = this.scope(node, "function", children, name && this.sourceOf(name));
    return name ? this.assign(node, this.name(name), scope, "block") : scope;
  }

  /** `x => …` */
  nameOf(node: TreeNode | undefined): ProgramNode[] {
    return node ? [this.unwritten(node, node)] : [];
  }

  /** The last of a list may stand in it without a node of its own. */
  parametersOf(list: TreeNode): ProgramNode[] {
    const parameters = childrenOfType(list, "parameter").flatMap((parameter) => {
      const name = childAs(parameter, "name");
      return name ? [this.typed(parameter, name)] : [];
    });
    return [...parameters, ...this.nameOf(childAs(list, "name"))];
  }

  forEach(node: TreeNode): ProgramNode {
    const left = childAs(node, "left");
    const bound =
      left?.type === "identifier"
        ? this.nameOf(left)
        : left
          ? this.namesIn({ ...node, children: [left] })
          : [];
    const inner = this.scope(node, "block", [...bound, this.field(node, "body")]);
    return this.flow(node, "loop", [this.field(node, "right"), inner]);
  }
}

/** What is waited for: `T` of `Task<T>`. */
function resultOf(type: TreeNode | undefined): TreeNode | undefined {
  const list = type?.type === "generic_name" ? childrenOfType(type, "type_argument_list")[0] : undefined;
  return list ? namedChildren(list)[0] : type;
}

const childrenOfType = (node: TreeNode, type: string): TreeNode[] =>
  node.children.filter((child) => child.type === type);
