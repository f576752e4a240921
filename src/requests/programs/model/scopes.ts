import type {
  AssignNode,
  CallExpression,
  ImportNode,
  MemberNode,
  NameNode,
  ProgramNode,
  ScopeNode,
} from "./node.ts";
import { childrenOf, enclosing, lastName } from "./node.ts";

/** A name that is given a value, or that stands for something that is not written down: a parameter, a loop's item. */
export interface Binding {
  name: NameNode;
  by: AssignNode | ImportNode;
  /** Absent where the value is a part of what is written, or nothing that is written. */
  value: ProgramNode | undefined;
}

interface ScopeRules {
  /** The names of a class are none to the functions in it, as in Python. */
  hidesClasses: boolean;
  mentions: {
    isRebinding?(name: string, call: CallExpression): boolean;
    holdsNames?(node: MemberNode | ImportNode): boolean;
  };
}

/** Which names of a program belong together, and what gives them values. */
export class Scopes {
  readonly calls: CallExpression[] = [];
  readonly members: MemberNode[] = [];
  readonly imports: ImportNode[] = [];
  readonly assigns: AssignNode[] = [];
  readonly functions: ScopeNode[] = [];
  readonly #rules: ScopeRules;
  readonly #bindings = new Map<ScopeNode, Map<string, Binding[]>>();
  readonly #mentions = new Map<string, NameNode[]>();
  /** The mentions of each name of a scope, once they were asked for. */
  readonly #grouped = new Map<string, Map<ScopeNode | undefined, NameNode[]>>();
  readonly #addressed = new Set<string>();
  #byTarget: Map<string, AssignNode[]> | undefined;
  #mayRebind: boolean | undefined;
  #jumps = false;
  /** What is bound where it was declared, which may be below. */
  readonly #later: Binding[] = [];

  constructor(root: ScopeNode, rules: ScopeRules) {
    this.#rules = rules;
    this.#visit(root, undefined);
    // What a scope gives a name decides whether the scopes in it have one of their own.
    const depths = new Map(this.#later.map((binding) => [binding, depthOf(binding.by)]));
    const later = this.#later.toSorted((a, b) => depths.get(a)! - depths.get(b)!);
    for (const binding of later) this.#bindLater(binding, root);
  }

  /** Everything that gives a name its values, in the scope that the name belongs to. */
  bindings(name: NameNode): readonly Binding[] {
    const scope = this.#scopeOf(name);
    return (scope && this.#bindings.get(scope)?.get(name.name)) ?? [];
  }

  /** All places that use the value of the same name. */
  mentions(name: NameNode): readonly NameNode[] {
    let groups = this.#grouped.get(name.name);
    if (!groups) {
      groups = new Map();
      for (const mention of this.#mentions.get(name.name) ?? [])
        pushTo(groups, this.#scopeOf(mention), mention);
      this.#grouped.set(name.name, groups);
    }
    return groups.get(this.#scopeOf(name)) ?? [];
  }

  /** The places that take the address of what a name holds. */
  addresses(name: NameNode): readonly NameNode[] {
    return this.#addressed.has(name.name) ? this.mentions(name).filter(({ isAddress }) => isAddress) : [];
  }

  /** What gives a value to a name, or to a member of this name of whatever. */
  assignsTo(name: string): readonly AssignNode[] {
    if (!this.#byTarget) {
      this.#byTarget = new Map();
      for (const assign of this.assigns) pushTo(this.#byTarget, lastName(assign.target) ?? "", assign);
    }
    return this.#byTarget.get(name) ?? [];
  }

  /** Is there something that may give any name any value, or that leaves the order of the text? */
  get mayRebind(): boolean {
    const { mentions } = this.#rules;
    this.#mayRebind ??=
      this.#jumps ||
      [...this.members, ...this.imports].some((node) => mentions.holdsNames?.(node)) ||
      this.calls.some((call) => {
        const { callee } = call;
        if (callee.kind !== "name" || !mentions.isRebinding?.(callee.name, call)) return false;
        return this.bindings(callee).length === 0;
      });
    return this.#mayRebind;
  }

  #visit(node: ProgramNode, parent: ProgramNode | undefined): void {
    if (parent) node.parent = parent;
    if (node.kind === "name") {
      pushTo(this.#mentions, node.name, node);
      if (node.isAddress) this.#addressed.add(node.name);
    }
    if (node.kind === "call") this.calls.push(node);
    if (node.kind === "member") this.members.push(node);
    if (node.kind === "flow" && node.how === "jump") this.#jumps = true;
    if (node.kind === "scope" && node.what === "function") this.functions.push(node);
    if (node.kind === "import") {
      this.imports.push(node);
      if (!node.local) return;
      node.local.parent = node;
      this.#bind({ name: node.local, by: node, value: undefined }, "block");
      return;
    }
    if (node.kind === "assign") {
      this.assigns.push(node);
      this.#target(node.target, node, node);
      const value = node.value ?? node.merged;
      if (value) this.#visit(value, node);
      return;
    }
    for (const child of childrenOf(node)) if (child) this.#visit(child, node);
  }

  /** Names in a pattern are bound; what stands before a dot or a bracket is used. */
  #target(target: ProgramNode, parent: ProgramNode, by: AssignNode): void {
    target.parent = parent;
    // Also deep in a pattern, it is the assignment that changes it.
    if (target.kind === "member" || target.kind === "index") this.#visit(target, by);
    else if (target.kind === "name") {
      const binding = { name: target, by, value: target === by.target ? by.value : undefined };
      if (by.declares === "block" || by.declares === "function") this.#bind(binding, by.declares);
      else this.#later.push(binding);
    } else if (target.kind === "entry") this.#target(target.value, target, by);
    else for (const child of childrenOf(target)) if (child) this.#target(child, target, by);
  }

  #bind(binding: Binding, declares: "block" | "function"): void {
    for (let outer = binding.by.parent; outer; outer = outer.parent) {
      if (outer.kind !== "scope" || (declares === "function" && outer.what === "block")) continue;
      this.#add(outer, binding);
      return;
    }
  }

  #add(scope: ScopeNode, binding: Binding): void {
    const bindings = this.#bindings.get(scope) ?? new Map<string, Binding[]>();
    this.#bindings.set(scope, bindings);
    pushTo(bindings, binding.name.name, binding);
  }

  #bindLater(binding: Binding, root: ScopeNode): void {
    const { name, by } = binding;
    if (by.kind === "assign" && by.declares === "everywhere") {
      for (const [scope, bindings] of this.#bindings) if (bindings.has(name.name)) this.#add(scope, binding);
    } else {
      const nearest = by.kind === "assign" && by.declares === "nearest" ? enclosing(by, isScope) : undefined;
      this.#add(this.#scopeOf(name) ?? nearest ?? root, binding);
    }
  }

  /** The scope that declares a name, seen from where the name stands. */
  #scopeOf(name: NameNode): ScopeNode | undefined {
    let isInside = false;
    for (let outer = name.parent; outer; outer = outer.parent) {
      if (outer.kind !== "scope") continue;
      const isHidden = this.#rules.hidesClasses && isInside && outer.what === "class";
      if (!isHidden && this.#bindings.get(outer)?.has(name.name)) return outer;
      if (outer.isClosed && !name.isGlobal) return undefined;
      // Nor do classes see the names of the classes around them.
      isInside ||= outer.what === "function" || outer.what === "class";
    }
    return undefined;
  }
}

const isScope = (node: ProgramNode): node is ScopeNode => node.kind === "scope";

function depthOf(node: ProgramNode): number {
  let depth = 0;
  for (let outer = node.parent; outer; outer = outer.parent) if (outer.kind === "scope") depth++;
  return depth;
}

function pushTo<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
