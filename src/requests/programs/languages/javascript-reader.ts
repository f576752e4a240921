import type { ProgramNode } from "../model/node.ts";
import type { ReadNode } from "../model/reader.ts";
import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../tree/syntax-tree.ts";
import { JavascriptBindings } from "./javascript-bindings.ts";
import { readJavascriptImports, readRenamedExports, readRequire } from "./javascript-imports.ts";
import { javascriptEscape, templateEscape } from "./javascript-text.ts";

/** JavaScript and TypeScript, by the types of tree-sitter's grammars. */
export class JavascriptReader extends JavascriptBindings {
  protected readonly types: Readonly<Record<string, ReadNode>> = {
    identifier: this.name,
    this: this.name,
    property_identifier: (node) => this.literal(node, this.sourceOf(node)),
    shorthand_property_identifier: (node) => this.shorthand(node),
    true: (node) => this.literal(node, true),
    false: (node) => this.literal(node, false),
    null: (node) => this.literal(node, null),
    undefined: (node) => this.literal(node, undefined),
    number: (node) => this.number(node),
    string: (node) => this.string(node),
    template_string: (node) => this.templateString(node),
    binary_expression: (node) => this.operation(node),
    ternary_expression: (node) => this.ternary(node),
    unary_expression: (node) => this.unary(node),
    update_expression: (node) => this.replaced(node, childAs(node, "argument")),
    parenthesized_expression: this.inner,
    expression_statement: this.inner,
    await_expression: this.inner,
    as_expression: (node) => this.first(node),
    satisfies_expression: (node) => this.first(node),
    non_null_expression: (node) => this.first(node),
    type_assertion: (node) => this.last(node),
    array: (node) => this.array(node),
    spread_element: (node) => this.spread(node),
    object: (node) => this.objectLiteral(node),
    pair: (node) => this.pair(node),
    computed_property_name: this.inner,
    member_expression: (node) => this.member(node, "object", "property"),
    subscript_expression: (node) => this.index(node, "object", "index"),
    call_expression: (node) => this.callOf(node, "function"),
    new_expression: (node) => this.callOf(node, "constructor"),
    variable_declaration: (node) => this.otherOf(node, this.declarators(node, "function")),
    lexical_declaration: (node) => this.otherOf(node, this.declarators(node, "block")),
    assignment_expression: (node) => this.assignment(node),
    augmented_assignment_expression: (node) => this.replaced(node, childAs(node, "left")),
    import_statement: (node) => this.otherOf(node, readJavascriptImports(node, this.text)),
    export_statement: (node) =>
      childAs(node, "source") ? this.otherOf(node, readRenamedExports(node, this.text)) : this.other(node),
    function_declaration: (node) => this.functionDeclaration(node),
    generator_function_declaration: (node) => this.functionDeclaration(node),
    function_expression: (node) => this.function(node),
    generator_function: (node) => this.function(node),
    arrow_function: (node) => this.function(node),
    method_definition: (node) => this.method(node),
    class_declaration: (node) => this.classOf(node),
    class: (node) => this.classOf(node),
    field_definition: (node) => this.classField(node, childAs(node, "property")),
    public_field_definition: (node) => this.classField(node, childAs(node, "name")),
    enum_declaration: (node) => this.bound(node, childAs(node, "name")),
    return_statement: this.returned,
    statement_block: this.block,
    for_statement: (node) => this.flow(node, "loop", [this.block(node)]),
    for_in_statement: (node) => this.forIn(node),
    while_statement: this.loop,
    do_statement: this.loop,
    if_statement: (node) => this.branches(node, ["consequence"]),
    else_clause: this.branch,
    switch_case: this.branch,
    switch_default: this.branch,
    try_statement: this.branch,
    catch_clause: (node) => this.catchClause(node),
    type_annotation: (node) => this.otherOf(node, []),
    type_arguments: (node) => this.otherOf(node, []),
    type_alias_declaration: (node) => this.otherOf(node, []),
    interface_declaration: (node) => this.otherOf(node, []),
  };

  first(node: TreeNode): ProgramNode {
    const [value] = namedChildren(node);
    return value ? this.node(value) : this.other(node);
  }

  last(node: TreeNode): ProgramNode {
    const value = namedChildren(node).at(-1);
    return value ? this.node(value) : this.other(node);
  }

  number(node: TreeNode): ProgramNode {
    const digits = this.sourceOf(node).replaceAll("_", "");
    const value = /^\d+n$/.test(digits) ? BigInt(digits.slice(0, -1)) : Number(digits);
    // A leading zero may make it octal.
    return Number.isNaN(value) || /^0\d/.test(digits) ? this.other(node) : this.literal(node, value);
  }

  string(node: TreeNode): ProgramNode {
    const text = node.hasError ? undefined : this.written(node.start + 1, node.end - 1, javascriptEscape);
    return text ? this.textLiteral(node, text) : this.other(node);
  }

  templateString(node: TreeNode): ProgramNode {
    if (node.hasError) return this.other(node);
    return this.textWithHoles(
      node,
      { start: node.start + 1, end: node.end - 1 },
      { isHole: (type) => type === "template_substitution", read: this.inner, escapeAt: templateEscape },
    );
  }

  protected override readonly choices = new Set(["&&", "||", "??"]);

  protected override operate(node: TreeNode, left: ProgramNode, right: ProgramNode): ProgramNode {
    const operator = this.operator(node);
    if (!this.choices.has(operator)) return super.operate(node, left, right);
    const whole = super.operate(node, left, this.maybe(node, right));
    // `...(x && { … })`: where `x` is false or nothing, it has no members.
    return whole.kind === "other" && operator === "&&" ? { ...whole, choices: [undefined, right] } : whole;
  }

  /** What is evaluated only sometimes, and whose value then is that of the whole. */
  maybe(node: TreeNode, value: ProgramNode): ProgramNode {
    return this.flow(node, "branch", [this.otherOf(node, [value])]);
  }

  ternary(node: TreeNode): ProgramNode {
    const [condition, ...values] = ["condition", "consequence", "alternative"].map((field) =>
      this.field(node, field),
    );
    const parts = [condition, ...values.map((value) => value && this.maybe(node, value))];
    return { ...this.otherOf(node, parts), ...(values.every((value) => value) && { choices: values }) };
  }

  unary(node: TreeNode): ProgramNode {
    const operator = this.operator(node);
    if (operator === "delete") return this.replaced(node, childAs(node, "argument"));
    const argument = this.field(node, "argument");
    if (argument?.kind !== "literal") return this.readOf(node, argument);
    if (operator === "!") return this.literal(node, !argument.value);
    if (operator === "void") return this.literal(node, undefined);
    return operator === "-" && typeof argument.value === "number"
      ? this.literal(node, -argument.value)
      : this.readOf(node, argument);
  }

  /** In `[, "a"]` the first item isn't there. */
  array(node: TreeNode): ProgramNode {
    const hasGap = node.children.some(({ type }, index) => {
      const before = node.children[index - 1]?.type ?? "";
      return type === "," && (before === "," || before === "[");
    });
    return hasGap ? this.other(node) : this.list(node);
  }

  objectLiteral(node: TreeNode): ProgramNode {
    const isMember = (entry: ProgramNode) => entry.kind === "entry" || entry.kind === "spread";
    return this.object(node, this.all(node).filter(isMember));
  }

  pair(node: TreeNode): ProgramNode {
    const [key, value] = [this.field(node, "key"), this.field(node, "value")];
    if (!key || !value) return this.other(node);
    // Written like this it is no member, but what further members are inherited from.
    const isPrototype = /^["']?__proto__["']?$/.test(this.sourceOf(childAs(node, "key")!));
    return isPrototype
      ? { kind: "spread", ...this.base(node), value: this.otherOf(node, [value]) }
      : this.entry(node, key, value);
  }

  /** `{ name }` is a mention of the name. */
  shorthand(node: TreeNode): ProgramNode {
    return this.entry(node, this.literal(node, this.sourceOf(node)), this.name(node));
  }

  callOf(node: TreeNode, field: "function" | "constructor"): ProgramNode {
    const callee = this.field(node, field);
    const args = childAs(node, "arguments");
    // What stands in a template goes to its tag as it is.
    const isShell = callee?.kind === "name" && callee.name === "$";
    if (callee && args && isShell && args.type === "template_string")
      return this.call(node, callee, [this.node(args)]);
    if (callee && args?.type === "template_string")
      return this.otherOf(node, [
        callee,
        ...namedChildren(args).map((part) => this.otherOf(part, this.all(part))),
      ]);
    if (!callee || (args && args.type !== "arguments")) return this.other(node);
    if (!args) return this.call(this.cutOff(node, node.end, "("), callee, [], field === "constructor");
    return this.call(node, callee, this.all(args), field === "constructor");
  }

  declarators(node: TreeNode, declares: "block" | "function"): ProgramNode[] {
    return namedChildren(node).map((child) =>
      child.type === "variable_declarator" ? this.declarator(child, declares) : this.node(child),
    );
  }

  declarator(node: TreeNode, declares: "block" | "function"): ProgramNode {
    const [name, value] = [childAs(node, "name"), childAs(node, "value")];
    if (!name) return this.other(node);
    const imports = value && readRequire(node, name, value, this.text);
    if (imports) return this.otherOf(node, imports);
    const assign = this.assign(node, this.pattern(name), value && this.node(value), declares);
    return { ...assign, ...this.annotated(childAs(node, "type")) };
  }

  assignment(node: TreeNode): ProgramNode {
    const [left, right] = [childAs(node, "left"), this.field(node, "right")];
    return left && right ? this.assign(node, this.pattern(left), right, undefined) : this.other(node);
  }

  protected override target(node: TreeNode): ProgramNode {
    return this.pattern(node);
  }

  /** What gets another value, beside what is looked at for it. */
  replaced(node: TreeNode, target: TreeNode | undefined): ProgramNode {
    if (!target) return this.other(node);
    const rest = namedChildren(node).filter((child) => child !== target);
    return this.otherOf(node, [this.changed(node, [target]), ...rest.map(this.node)]);
  }
}
