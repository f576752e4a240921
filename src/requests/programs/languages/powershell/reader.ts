import type { ProgramNode, ScopeNode } from "../../model/node.ts";
import type { ReadNode } from "../../model/reader.ts";
import type { TreeNode } from "../../tree/syntax-tree.ts";
import { childAs, namedChildren } from "../../tree/syntax-tree.ts";
import { isPlainWord } from "./text.ts";
import { isVariable, PowershellValueReader } from "./values.ts";

/**
 * PowerShell, by the types of tree-sitter's grammar. Functions see the variables of their callers, so that all variables
 * are taken for variables of the script: one that is given two values anywhere is none that is known. Names of variables,
 * keys and commands are in small letters: their case doesn't matter.
 */
export class PowershellReader extends PowershellValueReader {
  protected readonly types: Readonly<Record<string, ReadNode>> = {
    ...this.values,
    command: (node) => this.command(node),
    invokation_expression: (node) => this.invocation(node),
    member_access: (node) => this.memberAccess(node),
    element_access: (node) => this.elementAccess(node),
    assignment_expression: (node) => this.assignment(node),
    pre_increment_expression: (node) => this.changed(node, namedChildren(node)),
    post_increment_expression: (node) => this.changed(node, namedChildren(node)),
    pre_decrement_expression: (node) => this.changed(node, namedChildren(node)),
    post_decrement_expression: (node) => this.changed(node, namedChildren(node)),
    script_parameter: (node) => this.changed(node, namedChildren(node).filter(isVariable)),
    class_property_definition: (node) => this.otherOf(node, []),
    function_statement: (node) => this.functionOf(node),
    class_method_definition: (node) => this.scope(node, "function", this.all(node)),
    script_block_expression: this.loop,
    if_statement: (node) => this.flow(node, "branch"),
    switch_statement: this.loop,
    try_statement: this.branch,
    trap_statement: this.branch,
    while_statement: this.loop,
    do_statement: this.loop,
    for_statement: this.loop,
    foreach_statement: (node) =>
      this.flow(node, "loop", [
        this.changed(node, namedChildren(node).filter(isVariable).slice(0, 1)),
        ...this.all(node),
      ]),
    flow_control_statement: this.returned,
    ERROR: (node) => this.otherOf(node, this.all(node).map(withError)),
  };

  /** The grammar loses its way after what it doesn't know: then any variable may have been given another value. */
  override module(root: TreeNode): ScopeNode {
    const lost = this.call(root, { ...this.name({ ...root, end: root.start }), name: "." }, []);
    const isBroken = isLost(root);
    const read = this.all(root).map((node) => (root.type === "ERROR" ? withError(node) : node));
    return this.scope(root, "module", [...read, isBroken ? lost : undefined]);
  }

  /** A command with its words: parameters are texts that begin with a hyphen. */
  command(node: TreeNode): ProgramNode {
    const operator = node.children.find(({ type }) => type === "command_invokation_operator");
    const name = childAs(node, "command_name");
    const elements = childAs(node, "command_elements");
    if (!name) return this.other(node);
    const words = elements ? this.words(namedChildren(elements)) : [];
    const source = operator && this.sourceOf(operator).trim() === "." ? "." : this.sourceOf(name);
    const called = (source.split("\\").at(-1) ?? "").replace(/^["']|["']$/g, "").toLowerCase();
    const call = this.call(node, { ...this.name(name), name: called.replace(/\.exe$/, "") }, words);
    const whole = { ...call, hasError: isLost(node) || !this.isEnded(node.end) };
    // `& { … }`, `& (Get-Command …)`: what stands there runs, too.
    const isCode = name.type === "command_name_expr" && !isVariable(namedChildren(name)[0] ?? name);
    return isCode ? this.otherOf(node, [whole, ...this.all(name)]) : whole;
  }

  /** Else the grammar has lost the rest of the command. */
  isEnded(end: number): boolean {
    return /^[ \t]*(?:$|[\r\n;|)}&#\]<]|\d?>)/.test(this.text.slice(end, end + 80));
  }

  words(elements: readonly TreeNode[]): ProgramNode[] {
    const words = elements.filter(({ type }) => type !== "command_argument_sep");
    const read: ProgramNode[] = [];
    for (let index = 0; index < words.length; index++) {
      const first = words[index]!;
      let last = first;
      while (words[index + 1] && this.isOneWord(last, words[index + 1]!)) last = words[++index]!;
      read.push(last === first ? this.node(first) : this.commaWords({ ...first, end: last.end }));
    }
    return read;
  }

  /** `a,b`, `a, b`: the grammar takes it for several words. */
  isOneWord(left: TreeNode, right: TreeNode): boolean {
    const isAdjacent = left.end === right.start && left.type !== "command_parameter";
    return isAdjacent || this.text[left.end - 1] === "," || this.text[right.start] === ",";
  }

  commaWords(node: TreeNode): ProgramNode {
    const words = this.sourceOf(node).split(",");
    let at = node.start;
    const items = words.map((word) => {
      const start = at + (word.length - word.trimStart().length);
      at += word.length + 1;
      return isPlainWord(word.trim())
        ? this.word({ ...node, start, end: start + word.trim().length, children: [] })
        : undefined;
    });
    return items.every((item) => item !== undefined) && items.length > 1
      ? { kind: "list", ...this.base(node), items }
      : this.otherOf({ ...node, children: [] }, []);
  }

  /** `$table.Add("a", 1)`, `[Type]::Method(…)`. */
  invocation(node: TreeNode): ProgramNode {
    const [of, name, args] = namedChildren(node);
    if (!of || !name) return this.other(node);
    const callee = { ...this.memberNamed({ ...node, end: name.end }, this.node(of), name) };
    const given = args ? namedChildren(args).flatMap((list) => this.all(list)) : [];
    return this.call(node, { ...callee, name: callee.name.toLowerCase() }, given);
  }

  memberAccess(node: TreeNode): ProgramNode {
    const [of, name] = namedChildren(node);
    if (!of || name?.type !== "member_name") return this.other(node);
    // `$table.$key`, `$table."$key"`: which member it is, only the run knows.
    const [computed] = namedChildren(name).filter(({ type }) => type !== "simple_name");
    if (computed) return this.indexed(node, this.node(of), this.otherOf(computed, [this.node(computed)]));
    const member = this.memberNamed(node, this.node(of), name);
    return { ...member, name: member.name.toLowerCase() };
  }

  elementAccess(node: TreeNode): ProgramNode {
    const [of, key, ...more] = namedChildren(node);
    return of && key && more.length === 0
      ? this.indexed(node, this.node(of), this.lowered(this.node(key)))
      : this.other(node);
  }

  assignment(node: TreeNode): ProgramNode {
    const [left, operator, right] = namedChildren(node);
    if (!left || !operator || !right) return this.other(node);
    const targets = this.targets(left);
    const value = this.node(right);
    const [target] = targets;
    const isWhole = this.sourceOf(operator) === "=" && targets.length === 1 && target !== undefined;
    if (isWhole && value.kind !== "assign") return this.assign(node, target, value, undefined);
    const assigns = targets.map((each) => this.assign(node, each, undefined, undefined));
    return this.otherOf(node, [...assigns, value]);
  }

  /** `$a, $b`, `[string]$a`, `$script:a`: the variables that are given a value. */
  targets(node: TreeNode): ProgramNode[] {
    const place = this.placeIn(node);
    if (place.type === "array_literal_expression")
      return namedChildren(place).flatMap((each) => this.targets(each));
    if (place.type !== "variable") return [this.node(place)];
    const name = this.sourceOf(place).toLowerCase();
    const plain = /^\$\{?(?:(?:script|global|local|private):)?(\w+)\}?$/.exec(name)?.[1];
    return [plain === undefined ? this.otherOf(place, []) : this.variableNamed(place, `$${plain}`)];
  }

  /** The variable, member or list inside of what the grammar wraps it in. */
  placeIn(node: TreeNode): TreeNode {
    let place = node;
    for (;;) {
      const inside = namedChildren(place);
      const next = place.type === "cast_expression" ? inside[1] : inside.length === 1 ? inside[0] : undefined;
      if (!next || place.type === "variable") return place;
      place = next;
    }
  }

  protected override target(node: TreeNode): ProgramNode {
    return this.targets(node)[0] ?? this.other(node);
  }

  functionOf(node: TreeNode): ProgramNode {
    const name = namedChildren(node).find(({ type }) => type === "function_name");
    const source = name && this.sourceOf(name).split(":").at(-1)!.toLowerCase();
    return this.scope(node, "function", this.all(node), source);
  }
}

/** Nothing stands between the parts of `a,b`; in a block there is nothing but a comment. */
const HARMLESS_ERRORS: ReadonlySet<string> = new Set(["command_argument_sep", "empty_statement"]);

/** Does it hold an error that loses something? */
const isLost = ({ type, hasError, children }: TreeNode): boolean =>
  type === "ERROR" ||
  (hasError && !HARMLESS_ERRORS.has(type) && (children.length === 0 || children.some(isLost)));

const withError = (node: ProgramNode): ProgramNode => ({ ...node, hasError: true });
