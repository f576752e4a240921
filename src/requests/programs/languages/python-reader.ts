import { lineEnd, withDoubledBraces } from "../model/escapes.ts";
import type { ArgumentNode, ProgramNode } from "../model/node.ts";
import type { ReadNode } from "../model/reader.ts";
import type { TreeNode } from "../tree/syntax-tree.ts";
import { childAs, childrenAs, namedChildren } from "../tree/syntax-tree.ts";
import { PythonBindings, readPythonImports } from "./python-bindings.ts";
import { pythonEscape, pythonNumber } from "./python-text.ts";

/** Python, by the types of tree-sitter's grammar. */
export class PythonReader extends PythonBindings {
  protected readonly types: Readonly<Record<string, ReadNode>> = {
    identifier: this.name,
    true: (node) => this.literal(node, true),
    false: (node) => this.literal(node, false),
    none: (node) => this.literal(node, null),
    integer: (node) => this.number(node),
    float: (node) => this.number(node),
    string: (node) => this.string(node),
    concatenated_string: (node) => this.joined(node, this.all(node)),
    binary_operator: (node) => this.operation(node),
    unary_operator: (node) => this.negative(node),
    not_operator: (node) => this.negation(node),
    comparison_operator: this.read,
    boolean_operator: this.other,
    conditional_expression: (node) => this.conditional(node),
    parenthesized_expression: this.inner,
    expression_statement: this.inner,
    list: (node) => this.list(node),
    tuple: (node) => this.list(node),
    list_splat: (node) => this.spread(node),
    dictionary_splat: (node) => this.spread(node),
    dictionary: (node) => this.dictionary(node),
    pair: (node) => this.pair(node),
    attribute: (node) => this.member(node, "object", "attribute"),
    subscript: (node) => this.subscript(node),
    call: (node) => this.callOf(node),
    keyword_argument: (node) => this.keyword(node),
    await: this.inner,
    assignment: (node) => this.assignment(node),
    augmented_assignment: (node) => this.augmented(node),
    named_expression: (node) => this.walrus(node),
    type_alias_statement: (node) => this.bound(node, childAs(node, "left") ?? namedChildren(node)[0]),
    delete_statement: (node) => this.bound(node, namedChildren(node)[0]),
    global_statement: (node) => this.poisoned(node),
    nonlocal_statement: (node) => this.poisoned(node),
    function_definition: (node) => this.definition(node, "function"),
    class_definition: (node) => this.definition(node, "class"),
    lambda: (node) => this.lambda(node),
    return_statement: this.returned,
    import_statement: (node) => this.otherOf(node, readPythonImports(node, this.text)),
    import_from_statement: (node) => this.otherOf(node, readPythonImports(node, this.text)),
    with_item: (node) => this.withItem(node),
    except_clause: (node) => this.branch(node),
    as_pattern: (node) =>
      this.bound(node, childAs(node, "alias") ?? namedChildren(node).at(-1), namedChildren(node)[0]),
    for_statement: (node) => this.forLoop(node),
    while_statement: this.loop,
    if_statement: (node) => this.branches(node, ["consequence"]),
    elif_clause: this.branch,
    else_clause: this.branch,
    try_statement: this.branch,
    finally_clause: this.branch,
    case_clause: (node) => this.branch(node),
    case_pattern: (node) => this.bound(node, node),
    list_comprehension: (node) => this.comprehension(node),
    set_comprehension: (node) => this.comprehension(node),
    dictionary_comprehension: (node) => this.comprehension(node),
    generator_expression: (node) => this.comprehension(node),
    for_in_clause: (node) =>
      this.otherOf(node, [this.bound(node, childAs(node, "left")), this.field(node, "right")]),
  };

  number(node: TreeNode): ProgramNode {
    const value = pythonNumber(this.sourceOf(node));
    if (value === undefined) return this.other(node);
    return node.type === "float" && typeof value === "number"
      ? this.float(node, value)
      : this.literal(node, value);
  }

  /** A text, with what an f-string puts in. Bytes and templates (`t"…"`) are no text. */
  string(node: TreeNode): ProgramNode {
    const start = node.children.find(({ type }) => type === "string_start");
    const prefix = (start ? this.sourceOf(start) : "").replace(/["'].*/, "").toLowerCase();
    if (!start || /[bt]/.test(prefix) || node.hasError) return this.other(node);
    const plain = prefix.includes("r") ? lineEnd : pythonEscape;
    const escapeAt = prefix.includes("f") ? withDoubledBraces(plain) : plain;
    // In the grammar, backslashes before the end of a raw text may belong to its end.
    const quote = /["'].*/.exec(this.sourceOf(start))?.[0];
    // Where something is missing, the grammar puts in what isn't there.
    if (quote === undefined) return this.other(node);
    const end = node.end - quote.length;
    return this.textWithHoles(
      node,
      { start: start.end, end },
      { isHole: (type) => type === "interpolation", read: (hole) => this.interpolation(hole), escapeAt },
    );
  }

  /** What is formatted or converted on the way reads otherwise than it is. */
  interpolation(node: TreeNode): ProgramNode {
    const [expression, ...more] = namedChildren(node);
    const isPlain = more.length === 0 && !this.sourceOf(node).trimEnd().endsWith("=}");
    return expression && isPlain ? this.node(expression) : this.read(node);
  }

  /** Texts beside each other, or with `+` in between. */
  joined(node: TreeNode, parts: readonly ProgramNode[]): ProgramNode {
    return this.template(
      node,
      parts.flatMap((part) => (part.kind === "template" ? part.parts : [part])),
    );
  }

  protected override operate(node: TreeNode, left: ProgramNode, right: ProgramNode): ProgramNode {
    const isFormat = this.operator(node) === "%" && left.kind === "literal";
    if (isFormat) return this.formatting(node, left, right);
    return this.operator(node) === "|"
      ? this.method(node, left, "|", [right])
      : super.operate(node, left, right);
  }

  /** `"%s" % values` is like a call of a method. */
  formatting(node: TreeNode, format: ProgramNode, values: ProgramNode): ProgramNode {
    return this.method(node, format, "%", values.kind === "list" ? values.items : [values]);
  }

  /** An operator, as a call of a method. */
  method(node: TreeNode, of: ProgramNode, name: string, args: readonly ProgramNode[]): ProgramNode {
    const { span, hasError } = of;
    return this.call(node, { kind: "member", span, hasError, of, name, nameSpan: span }, args);
  }

  /** One of two values; the condition is only looked at. */
  conditional(node: TreeNode): ProgramNode {
    const parts = this.all(node);
    const [value, , other] = parts;
    return parts.length === 3 ? { ...this.otherOf(node, parts), choices: [value, other] } : this.other(node);
  }

  negative(node: TreeNode): ProgramNode {
    const argument = this.field(node, "argument");
    return this.negated(node, argument) ?? this.readOf(node, argument);
  }

  negation(node: TreeNode): ProgramNode {
    const argument = this.field(node, "argument");
    return argument?.kind === "literal"
      ? this.literal(node, isFalse(argument.value))
      : this.readOf(node, argument);
  }

  dictionary(node: TreeNode): ProgramNode {
    const isMember = (entry: ProgramNode) => entry.kind === "entry" || entry.kind === "spread";
    return this.object(node, this.all(node).filter(isMember));
  }

  pair(node: TreeNode): ProgramNode {
    const [key, value] = [this.field(node, "key"), this.field(node, "value")];
    return key && value ? this.entry(node, key, value) : this.other(node);
  }

  /** With several subscripts or a slice, none is a key. */
  subscript(node: TreeNode): ProgramNode {
    return childrenAs(node, "subscript").length === 1
      ? this.index(node, "value", "subscript")
      : this.other(node);
  }

  callOf(node: TreeNode): ProgramNode {
    const callee = this.field(node, "function");
    const args = childAs(node, "arguments");
    if (!callee || !args) return this.other(node);
    // A generator is an argument by itself.
    return this.call(node, callee, args.type === "argument_list" ? this.all(args) : [this.node(args)]);
  }

  keyword(node: TreeNode): ArgumentNode | ProgramNode {
    const [name, value] = [childAs(node, "name"), this.field(node, "value")];
    return name && value ? this.argument(node, name, value) : this.other(node);
  }

  assignment(node: TreeNode): ProgramNode {
    const right = childAs(node, "right");
    const left = this.field(node, "left");
    const annotation = childAs(node, "type");
    if (!left) return this.other(node);
    if (annotation && this.isMatch(left)) return this.changed(node, [annotation], "function");
    // `a = b = 3` gives both the same value; the second assignment is the value of the first.
    const inner = right && this.node(right);
    const value = inner?.kind === "assign" ? undefined : inner;
    const assign = { ...this.assign(node, left, value, "function"), ...this.annotated(annotation) };
    if (!right && annotation) return this.otherOf(node, [this.annotatedOnly(node, left, annotation)]);
    return inner?.kind === "assign" ? this.otherOf(node, [assign, inner]) : assign;
  }

  /** The grammar takes `match [a, b]:` for a name that is annotated with the cases below, which may bind any name. */
  isMatch(left: ProgramNode): boolean {
    return left.kind !== "name" && /^match\b(?!\.)/.test(this.text.slice(left.span.start));
  }

  protected override target(node: TreeNode): ProgramNode {
    return this.pattern(node);
  }

  /** `x: int` by itself gives no value. */
  annotatedOnly(node: TreeNode, left: ProgramNode, annotation: TreeNode): ProgramNode {
    return { ...this.assign(node, left, undefined, "function"), ...this.annotated(annotation) };
  }
}

const isFalse = (value: unknown): boolean =>
  value === false || value === null || value === 0 || value === "" || value === 0n;
