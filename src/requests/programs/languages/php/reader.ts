import type { AssignNode, CallExpression, NameNode, ProgramNode, ScopeNode } from "../../model/node.ts";
import type { ReadNode } from "../../model/reader.ts";
import type { TreeNode } from "../../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../../tree/syntax-tree.ts";
import type { ProgramFunctions } from "./names.ts";
import { functionsIn, usedNames } from "./names.ts";
import { PhpValueReader } from "./values.ts";

/** PHP, by the types of tree-sitter's grammar. */
export class PhpReader extends PhpValueReader {
  protected readonly types: Readonly<Record<string, ReadNode>> = {
    ...this.values,
    function_call_expression: (node) => this.functionCall(node),
    member_call_expression: (node) => this.methodCall(node),
    nullsafe_member_call_expression: (node) => this.methodCall(node),
    scoped_call_expression: (node) => this.scopedCall(node),
    object_creation_expression: (node) => this.creation(node),
    argument: (node) => this.argumentOf(node),
    assignment_expression: (node) => this.assignment(node),
    reference_assignment_expression: (node) => this.reference(node),
    by_ref: (node) => this.otherOf(node, this.bound(namedChildren(node)[0])),
    augmented_assignment_expression: (node) => this.augmented(node),
    update_expression: (node) => this.changed(node, namedChildren(node).slice(0, 1), "nearest"),
    unset_statement: (node) => this.changed(node, namedChildren(node), "nearest"),
    global_declaration: (node) => this.changed(node, namedChildren(node), "everywhere"),
    static_variable_declaration: (node) => this.changed(node, namedChildren(node).slice(0, 1), "nearest"),
    const_declaration: (node) => this.otherOf(node, this.constants(node, "")),
    namespace_use_declaration: (node) => this.uses(node),
    include_expression: (node) => this.included(node),
    include_once_expression: (node) => this.included(node),
    require_expression: (node) => this.included(node),
    require_once_expression: (node) => this.included(node),
    class_declaration: (node) => this.classOf(node),
    trait_declaration: (node) => this.classOf(node),
    interface_declaration: (node) => this.classOf(node),
    enum_declaration: (node) => this.classOf(node),
    anonymous_class: (node) => this.classOf(node),
    property_declaration: (node) => this.properties(node),
    function_definition: (node) => this.named(node, this.closed(node)),
    method_declaration: (node) => this.method(node),
    anonymous_function: (node) => this.closure(node),
    arrow_function: (node) => this.closure(node),
    return_statement: this.returned,
    if_statement: (node) => this.branches(node, ["body", "alternative"]),
    else_if_clause: this.branch,
    else_clause: this.branch,
    case_statement: this.branch,
    default_statement: this.branch,
    match_conditional_expression: this.branch,
    try_statement: this.branch,
    catch_clause: (node) =>
      this.flow(node, "branch", [...this.bound(childAs(node, "name")), ...this.all(node)]),
    goto_statement: this.jump,
    while_statement: this.loop,
    do_statement: this.loop,
    for_statement: this.loop,
    foreach_statement: (node) => this.forEach(node),
    list_literal: (node) => this.pattern(node),
  };

  #functions: ProgramFunctions = { changing: new Set(), harmless: new Set() };

  override module(root: TreeNode): ScopeNode {
    this.#functions = functionsIn(root, this.text);
    return super.module(root);
  }

  functionCall(node: TreeNode): ProgramNode {
    const [callee, args] = [childAs(node, "function"), this.argumentsOf(node)];
    if (!callee || !args) return this.other(node);
    const name = this.sourceOf(callee).replace(/^\\/, "");
    const isShell = SHELL.has(name);
    const call = this.call(node, isShell ? this.memberOf(callee, "php", name) : this.node(callee), args);
    const defined = name === "define" ? this.defined(node, args) : undefined;
    return defined ?? this.withChanges(node, name, call);
  }

  /** `define("NAME", "value")`. */
  defined(node: TreeNode, [name, value]: readonly ProgramNode[]): ProgramNode | undefined {
    if (name?.kind !== "literal" || typeof name.value !== "string" || !value) return undefined;
    const target: NameNode = {
      kind: "name",
      span: name.span,
      hasError: false,
      name: name.value,
      isGlobal: true,
    };
    return this.assign(node, target, value, "block");
  }

  /** What is given by reference has another value afterwards. */
  withChanges(node: TreeNode, name: string, call: CallExpression): ProgramNode {
    const { changing, harmless } = this.#functions;
    // What another file defines may take references, too.
    if (!changing.has(name)) return harmless.has(name) ? call : { ...call, mayReplace: true };
    const changes = call.args.flatMap((arg) => (arg.kind === "name" ? [this.changeOf(arg)] : []));
    return this.otherOf(node, [...changes, call]);
  }

  changeOf(name: NameNode): AssignNode {
    const { span, hasError } = name;
    return { kind: "assign", span, hasError, target: { ...name }, value: undefined, declares: "nearest" };
  }

  methodCall(node: TreeNode): ProgramNode {
    const [object, method, args] = [childAs(node, "object"), childAs(node, "name"), this.argumentsOf(node)];
    if (!object || !method || !args) return this.other(node);
    if (method.type !== "name")
      return this.call(node, this.indexed(method, this.node(object), this.node(method)), args);
    const name = this.sourceOf(method);
    const callee =
      this.sourceOf(object) === "$this" && args.length === 0
        ? this.global(method, `->${name}`)
        : this.member({ ...node, end: method.end, hasError: false }, "object", "name");
    return this.withChanges(node, name, this.call(node, callee, args));
  }

  scopedCall(node: TreeNode): ProgramNode {
    const args = this.argumentsOf(node);
    if (!args || childAs(node, "name")?.type !== "name") return this.other(node);
    const name = this.sourceOf(childAs(node, "name")!);
    return this.withChanges(node, name, this.call(node, this.member(node, "scope", "name"), args));
  }

  creation(node: TreeNode): ProgramNode {
    const [type, args] = namedChildren(node);
    if (!type || type.type === "anonymous_class") return this.other(node);
    return this.call(node, this.node(type), args?.type === "arguments" ? this.all(args) : [], true);
  }

  /** Undefined for `f(...)`, which calls nothing. */
  argumentsOf(node: TreeNode): ProgramNode[] | undefined {
    const args = childAs(node, "arguments");
    const isCall = args && !args.children.some(({ type }) => type === "variadic_placeholder");
    return isCall ? this.all(args) : undefined;
  }

  assignment(node: TreeNode): ProgramNode {
    const [left, right] = [childAs(node, "left"), this.field(node, "right")];
    if (!left || !right || left.type === "dynamic_variable_name") return this.other(node);
    // `$a = $b = 3`: the second assignment is the value of the first.
    const isValue =
      right.kind !== "assign" && left.type !== "list_literal" && left.type !== "array_creation_expression";
    const assign = this.assign(node, this.target(left), isValue ? right : undefined, "nearest");
    return isValue ? assign : this.otherOf(node, [assign, right]);
  }

  /** `$a = &$b`: from here on, either may change the other. */
  reference(node: TreeNode): ProgramNode {
    const names = namedChildren(node).map((child) =>
      this.assign(child, this.target(child), undefined, "nearest"),
    );
    return this.otherOf(node, [...names, ...this.all(node)]);
  }

  /** `$x ??= y` gives `$x` its value where it has none. */
  augmented(node: TreeNode): ProgramNode {
    const [left, right] = [childAs(node, "left"), this.field(node, "right")];
    if (!left || !right) return this.other(node);
    const isDefault = this.operator(node) === "??=" && right.kind === "call";
    const assign = this.assign(node, this.target(left), isDefault ? right : undefined, "nearest");
    return isDefault ? assign : this.otherOf(node, [assign, right]);
  }

  protected override target(node: TreeNode): ProgramNode {
    const isPattern = node.type === "list_literal" || node.type === "array_creation_expression";
    return isPattern ? this.pattern(node) : this.node(node);
  }

  /** Each variable that a pattern gives a value. */
  pattern(node: TreeNode): ProgramNode {
    if (/^(?:variable_name|member_access_expression|subscript_expression)$/.test(node.type))
      return this.node(node);
    return this.otherOf(
      node,
      namedChildren(node).map((child) => this.pattern(child)),
    );
  }

  bound(node: TreeNode | undefined): ProgramNode[] {
    return node ? [this.assign(node, this.pattern(node), undefined, "nearest")] : [];
  }

  constants(node: TreeNode, prefix: string): ProgramNode[] {
    return namedChildren(node).flatMap((element) => {
      const [name, value] = namedChildren(element);
      if (element.type !== "const_element" || !name || !value) return [];
      const target = this.global(name, `${prefix}${this.sourceOf(name)}`);
      return [this.assign(element, target, this.node(value), "block")];
    });
  }

  uses(node: TreeNode): ProgramNode {
    const imports = usedNames(node, this.text).map(({ path, local }) => {
      const at = path.lastIndexOf("\\");
      const imported = { module: path.slice(0, Math.max(0, at)), imported: path.slice(at + 1) };
      return this.importOf(node, { ...imported, local: this.global(local) });
    });
    return this.otherOf(node, imports);
  }

  /** Another file may give any variable another value. */
  included(node: TreeNode): ProgramNode {
    const star = this.importOf(node, { module: "", imported: "*", local: undefined });
    return this.otherOf(node, [star, ...this.all(node)]);
  }

  classOf(node: TreeNode): ProgramNode {
    const [name, body] = [childAs(node, "name"), childAs(node, "body")];
    const outer = this.className;
    this.className = name ? this.sourceOf(name) : "";
    const members = body ? namedChildren(body) : [];
    const inner = members.flatMap((member) =>
      member.type === "const_declaration"
        ? this.constants(member, `${this.className}::`)
        : [this.node(member)],
    );
    const scope: ScopeNode = { ...this.scope(node, "class", inner, this.className), isClosed: true };
    this.className = outer;
    return scope;
  }

  properties(node: TreeNode): ProgramNode {
    const type = childAs(node, "type");
    const elements = namedChildren(node).filter((child) => child.type === "property_element");
    return this.otherOf(
      node,
      elements.map((element) => {
        const name = childAs(element, "name");
        return name && this.fieldAssign(element, name, type);
      }),
    );
  }

  /** `$this->name`, of which a declaration says the type. */
  fieldAssign(node: TreeNode, name: TreeNode, type: TreeNode | undefined): ProgramNode {
    const target = this.memberOf(name, "this", this.sourceOf(name).slice(1));
    return { ...this.assign(node, target, undefined, undefined), ...this.annotated(type) };
  }

  protected override annotated(type: TreeNode | undefined): Pick<AssignNode, "annotation"> {
    return type ? { annotation: this.sourceOf(type).replace(/^\?|\|null$|^null\|/gi, "") } : {};
  }

  method(node: TreeNode): ProgramNode {
    const name = childAs(node, "name");
    const scope = this.closed(node);
    return name ? this.assign(node, this.global(name, `->${this.sourceOf(name)}`), scope, "block") : scope;
  }

  /** A function sees no variables but its own. */
  closed(node: TreeNode): ScopeNode {
    return { ...this.closure(node), isClosed: true };
  }

  closure(node: TreeNode): ScopeNode {
    const parameters = childAs(node, "parameters");
    const uses = namedChildren(node).find(({ type }) => type === "anonymous_function_use_clause");
    const shared = uses ? namedChildren(uses).filter(({ type }) => type === "by_ref") : [];
    return this.scope(node, "function", [
      ...(parameters ? namedChildren(parameters).flatMap((parameter) => this.parameter(parameter)) : []),
      ...shared.flatMap((reference) => this.bound(namedChildren(reference)[0])),
      this.field(node, "body"),
    ]);
  }

  parameter(node: TreeNode): (ProgramNode | undefined)[] {
    const [name, type] = [childAs(node, "name"), childAs(node, "type")];
    if (!name) return [];
    const assign = {
      ...this.assign(node, this.node(name), undefined, "block" as const),
      ...this.annotated(type),
    };
    const isField = node.type === "property_promotion_parameter";
    return [
      assign,
      isField ? this.fieldAssign(node, name, type) : undefined,
      this.field(node, "default_value"),
    ];
  }

  forEach(node: TreeNode): ProgramNode {
    const body = childAs(node, "body");
    const [of, item] = namedChildren(node).filter((child) => child !== body);
    const isReference = item && /&/.test(this.sourceOf(item));
    return this.flow(node, "loop", [
      of && this.node(of),
      ...this.bound(item),
      ...(isReference ? this.bound(of) : []),
      body && this.node(body),
    ]);
  }
}

/** Functions that run commands. */
const SHELL = new Set(["exec", "shell_exec", "system", "passthru", "popen", "proc_open"]);
