import type { Span } from "../../../diagnostics/lines.ts";
import { copyOf, mayChange, mayLeak } from "./leaks.ts";
import type { MentionRules, NameUse } from "./mentions.ts";
import { mentionOf } from "./mentions.ts";
import type { CallExpression, FlowNode, NameNode, ProgramNode, ScopeNode } from "./node.ts";
import { enclosing, lastName } from "./node.ts";
import type { KnownFunction, SourceOfNode } from "./results.ts";
import { argumentOf, functionCalled } from "./results.ts";
import type { Binding, Scopes } from "./scopes.ts";

/** Where values are used: what comes after doesn't count. */
export interface Use {
  node: ProgramNode;
  /** The values are looked at later: what comes after counts, too. */
  isKept?: boolean;
  /** Where they were copied or looked at before: what comes after that doesn't count, and isn't known. */
  copiedAt?: ProgramNode | undefined;
  /** The function that they are returned by: what is kept outside, other callers may change. */
  within?: ScopeNode;
}

/** What happens to an object after it was made. */
export type LaterChange = (
  | { kind: "set" | "default"; key: string; keySpan: Span; value: ProgramNode }
  | { kind: "merge"; sources: readonly ProgramNode[]; at: ProgramNode }
) & {
  /** It happens in every run that comes to the use. */
  isCertain: boolean;
};

export interface KnownConstant {
  value: ProgramNode;
  sets: readonly LaterChange[];
}

/** Which names have one value that is written down, and nothing that changes it before it is used. */
export class ConstantFinder {
  readonly #scopes: Scopes;
  readonly #rules: MentionRules;

  constructor(scopes: Scopes, rules: MentionRules) {
    this.#scopes = scopes;
    this.#rules = {
      ...rules,
      isCopyingCall: (call) => rules.isCopyingCall?.(call) === true || this.#isTakenOver(call),
    };
  }

  get copiesValues(): boolean {
    return this.#rules.copiesValues === true;
  }

  /** What a call of a function of the program returns, if the language's functions are what their names say. */
  functionCalled(call: CallExpression, sourceOf: SourceOfNode): KnownFunction | undefined {
    return this.#rules.hasPlainFunctions ? functionCalled(call, this.#scopes, sourceOf) : undefined;
  }

  /** What a call of such a function gives one of its parameters. */
  argumentOf(name: NameNode, known: KnownFunction, call: CallExpression, sourceOf: SourceOfNode) {
    return argumentOf(name, known, call, this.#scopes, sourceOf);
  }

  /** Does a name stand for what the language brings, or for an import, which may have to be of the same name? */
  isForeign(name: NameNode, { isRenamed }: { isRenamed: boolean }): boolean {
    return this.#scopes
      .bindings(name)
      .every(
        ({ by }) =>
          by.kind === "import" &&
          (isRenamed || (by.imported ?? by.module).split(/[./]/).at(-1) === name.name),
      );
  }

  valueOf(name: NameNode, use: Use): KnownConstant | undefined {
    const all = this.#scopes.bindings(name);
    const [binding, ...others] = all.filter(({ by }) => by.kind !== "assign" || !by.merged);
    if (!binding?.value || others.length > 0) return undefined;
    const { value, by } = binding;
    // `k |= 2` gives another number.
    if (all.length > 1 && !mayChange(value)) return undefined;
    if (this.#rules.isGivenElsewhere?.(name.name)) return undefined;
    if (this.#rules.isDeclarative) return { value, sets: [] };
    const isShared = by.kind === "assign" && by.isShared;
    if (isShared || this.#scopes.mayRebind || !this.#isBoundBefore(binding, name)) return undefined;
    if (this.#isReplaced(name)) return undefined;
    if (!mayChange(value))
      return this.#isPointedTo(name) || this.#isHandedOn(name, value) ? undefined : { value, sets: [] };
    const isOutside = use.within !== undefined && !isInside(by, use.within);
    if (isOutside && (!use.copiedAt || mayLeak(value, undefined))) return undefined;
    const sets = this.#changes(binding, name, use);
    return sets && { value, sets };
  }

  /** `const copy = { ...name }`, `copy = name.copy()`, where nothing that is inside of the copy gets away. */
  #isKeptCopy(name: NameNode): boolean {
    const copy = copyOf(name, this.#rules);
    const assign = copy?.parent;
    if (assign?.kind !== "assign" || assign.value !== copy || assign.target.kind !== "name") return false;
    const mentions = this.#scopes.mentions(assign.target);
    return (
      mentions.length <= MAX_MENTIONS &&
      mentions.every((mention) => KEEPING.has(mentionOf(mention, this.#rules).kind))
    );
  }

  /** Somebody but a request knows where the value is. */
  #isPointedTo(name: NameNode): boolean {
    const addresses = this.#scopes.addresses(name);
    return addresses.some((mention) => mention !== name && !isInRequest(mention));
  }

  /** A function got it that may give it another value. */
  #isReplaced(name: NameNode): boolean {
    if (name.isGlobal) return false;
    return this.#scopes
      .mentions(name)
      .slice(0, MAX_MENTIONS)
      .some(
        ({ parent: call }) => call?.kind === "call" && call.mayReplace && !this.#rules.isHarmlessCall(call),
      );
  }

  /** A text that has a second name, or that a function of the program gets, may be changed where it is. */
  #isHandedOn(name: NameNode, value: ProgramNode): boolean {
    const isText = value.kind === "template" || (value.kind === "literal" && typeof value.value === "string");
    const { textsChange } = this.#rules;
    if (!isText || !textsChange || (textsChange === "templates" && value.kind === "literal")) return false;
    return this.#scopes
      .mentions(name)
      .slice(0, MAX_MENTIONS)
      .some(({ parent: use, ...mention }) => {
        if (textsChange === "items")
          return use?.kind === "index" && use.parent?.kind === "assign" && use.parent.target === use;
        const call = use?.kind === "argument" ? use.parent : use;
        if (call?.kind === "call") return call.callee.kind === "name" && !this.#rules.isHarmlessCall(call);
        return use?.kind === "assign" && use.value?.span.start === mention.span.start;
      });
  }

  /** Whenever the name is used, it has been given its value. */
  #isBoundBefore({ by, name: bound }: Binding, name: NameNode): boolean {
    // A block may stand in a branch, and the name outside of both: `if (x) { var kind = "A"; }`.
    for (let outer = by.parent; outer && !isOuterScope(outer); outer = outer.parent)
      if (outer.kind === "flow" && !contains(outer.span, name.span)) return false;
    const stars = this.#scopes.imports.filter(({ imported }) => imported === "*");
    if (stars.some(({ span }) => span.start > by.span.start)) return false;
    const isAbove = by.span.end <= name.span.start;
    if (this.#rules.isDynamic) return isAbove && isInside(name, functionOf(bound));
    if (functionOf(bound) === functionOf(name)) return isAbove;
    // What is declared in another file, or by another class, has other values until some function gives it this one.
    return by.kind !== "assign" || by.declares !== undefined;
  }

  /** What happens to the value before the use, in order; undefined where anything may have. */
  #changes(binding: Binding, name: NameNode, use: Use): LaterChange[] | undefined {
    const limit =
      functionOf(use.node) === functionOf(binding.name) ? limitOf(use, binding) : Number.POSITIVE_INFINITY;
    const changes: LaterChange[] = [];
    const looked: (string | undefined)[] = [];
    const mentions = this.#mentionsOf(name);
    if (mentions.length > MAX_MENTIONS) return undefined;
    for (const mention of mentions) {
      const isLater = functionOf(mention) === functionOf(binding.name) && mention.span.start >= limit;
      if (mention === name || isLater) continue;
      const done = mentionOf(mention, this.#rules);
      if (this.#isLost(done, mention, binding)) return undefined;
      if (done.kind === "readMember" && !this.#isKeptCopy(mention)) looked.push(done.key);
      if (done.kind === "read" || done.kind === "readMember" || done.kind === "escape") continue;
      if (use.copiedAt && !isAbove(mention, use.copiedAt, binding)) return undefined;
      changes.push(changeOf(done, isUnconditional(done.at, binding, use)));
    }
    const isLeaked = looked.some((key) => changes.some((change) => this.#mayHandOn(change, key)));
    return isLeaked ? undefined : changes;
  }

  /** May who looks at a member change what is inside of it, since this was put there? */
  #mayHandOn(change: LaterChange, key: string | undefined): boolean {
    if (change.kind !== "merge")
      return (key ?? change.key) === change.key && this.#isKnownInside(change.value);
    return change.sources.some((source) => {
      if (source.kind !== "argument") return source.kind === "object" ? mayLeak(source, key) : true;
      return (key ?? source.name) === source.name && this.#isKnownInside(source.value);
    });
  }

  /** Is something known of what is inside of a value? Of what isn't, nothing can be wrong. */
  #isKnownInside(node: ProgramNode, steps = 5): boolean {
    if (node.kind !== "name") return mayChange(node) && node.kind !== "other" && node.kind !== "scope";
    const [binding, ...others] = steps > 0 ? this.#scopes.bindings(node) : [];
    return (
      others.length === 0 && binding?.value !== undefined && this.#isKnownInside(binding.value, steps - 1)
    );
  }

  /** Also those that put something into what the name has. */
  #mentionsOf(name: NameNode): readonly NameNode[] {
    const mentions = this.#scopes.mentions(name);
    const merged = this.#scopes
      .bindings(name)
      .flatMap(({ name: target, by }) => (by.kind === "assign" && by.merged ? [target] : []));
    if (merged.length === 0) return mentions;
    return [...mentions, ...merged].sort((a, b) => a.span.start - b.span.start);
  }

  /** Does nobody know what becomes of the value, or of what is inside of it? */
  #isLost(done: NameUse, mention: NameNode, { value }: Binding): boolean {
    if (done.kind === "escape") return true;
    if (done.kind === "readMember") return mayLeak(value!, done.key) && !this.#isKeptCopy(mention);
    // What returns the member that is there hands it on.
    return done.kind === "default" && mayLeak(value!, done.key);
  }

  /** Is something taken over into an object that the program makes itself? `d.update(more)`. */
  #isTakenOver({ callee }: CallExpression): boolean {
    if (callee.kind !== "member" || !this.#rules.mergingMethods?.has(callee.name)) return false;
    const [binding, ...others] =
      callee.of.kind === "name"
        ? this.#scopes.bindings(callee.of).filter(({ by }) => by.kind !== "assign" || !by.merged)
        : [];
    return others.length === 0 && binding?.value?.kind === "object";
  }
}

const changeOf = (done: Extract<NameUse, { at: ProgramNode }>, isCertain: boolean): LaterChange =>
  done.kind === "merge" ? { ...done, isCertain } : { ...done, keySpan: nameSpanOf(done.keyNode), isCertain };

const KEEPING: ReadonlySet<string> = new Set(["read", "set", "merge"]);

/** What is mentioned more often than this takes too long to follow to every call. */
const MAX_MENTIONS = 300;

/** `&fsx.CreateDataRepositoryTaskInput{FileSystemId: &id}`: a request leaves alone what it points to. */
function isInRequest(mention: ProgramNode): boolean {
  const made = enclosing(mention, (node): node is CallExpression => node.kind === "call");
  const outer =
    made?.isNew && enclosing(made, (node): node is CallExpression => node.kind === "call" && node.isNew);
  if (outer) return isInRequest(made);
  return made?.isNew === true && /Input$/.test(lastName(made.callee) ?? "");
}

const nameSpanOf = (node: ProgramNode): Span => (node.kind === "member" ? node.nameSpan : node.span);

const contains = (outer: Span, inner: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

const isFunction = (node: ProgramNode): node is ScopeNode =>
  node.kind === "scope" && (node.what === "function" || node.what === "module");

const functionOf = (node: ProgramNode): ScopeNode | undefined => enclosing(node, isFunction);

const isOuterScope = (node: ProgramNode): boolean => node.kind === "scope" && node.what !== "block";

const isInside = (node: ProgramNode, outer: ProgramNode | undefined): boolean =>
  enclosing(node, (each): each is ProgramNode => each === outer) !== undefined;

/** Does a change come before a copy, whenever both are made? */
const isAbove = (change: ProgramNode, copy: ProgramNode, { name }: Binding): boolean =>
  functionOf(change) === functionOf(name) && change.span.end <= copy.span.start;

const isLoop = (node: ProgramNode): node is FlowNode => node.kind === "flow" && node.how === "loop";

/** What comes later in a loop around the use comes before it the next time. */
function limitOf({ node, isKept }: Use, { by }: Binding): number {
  if (isKept) return Number.POSITIVE_INFINITY;
  let limit = node.span.end;
  for (let loop = enclosing(node, isLoop); loop; loop = enclosing(loop, isLoop))
    if (!contains(loop.span, by.span)) limit = Math.max(limit, loop.span.end);
  return limit;
}

function isUnconditional(assign: ProgramNode, { by }: Binding, { node }: Use): boolean {
  if (!isMadeBefore(assign, node)) return false;
  for (let outer = assign.parent; outer && !contains(outer.span, by.span); outer = outer.parent) {
    if (isFunction(outer)) return false;
    const isAround = contains(outer.span, node.span) && assign.span.end <= node.span.start;
    if (outer.kind === "flow" && !isAround) return false;
  }
  return true;
}

/** Neither is the use reached before the assignment, nor can a function that it stands in be called before. */
function isMadeBefore(assign: ProgramNode, use: ProgramNode): boolean {
  const outer = functionOf(assign);
  let made: ScopeNode | undefined;
  for (let around = functionOf(use); around && around !== outer; around = functionOf(around)) made = around;
  if (made?.isHoisted) return false;
  return assign.span.end <= (made ?? use).span.start;
}
