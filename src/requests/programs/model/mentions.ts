import type { CallExpression, ImportNode, MemberNode, NameNode, ProgramNode } from "./node.ts";
import { lastName, textOfLiteral } from "./node.ts";

/** What one mention of a name does to the object or list that the name holds. */
export type NameUse =
  | { kind: "read" }
  /** Looks at one member, which others may change if it is an object or a list itself. */
  | { kind: "readMember"; key: string | undefined }
  | { kind: "set"; key: string; keyNode: ProgramNode; value: ProgramNode; at: ProgramNode }
  /** Takes over the members of other objects, or is given members by name. */
  | { kind: "merge"; sources: readonly ProgramNode[]; at: ProgramNode }
  /** Is given a member unless it has one of the name. */
  | { kind: "default"; key: string; keyNode: ProgramNode; value: ProgramNode; at: ProgramNode }
  /** Anything may happen to it. */
  | { kind: "escape" };

/** What is known of a language, and of the calls in a program, besides its grammar. */
export interface MentionRules {
  /** Names have their values wherever they stand, and nothing changes. */
  isDeclarative?: boolean;
  /** Another file may give the name another value. */
  isGivenElsewhere?(name: string): boolean;
  /** Functions see the variables of their callers, as in PowerShell: above a value, and outside of its function, there may be another. */
  isDynamic?: boolean;
  /** A function that is called by its name is the one that the program declares, and returns what it says. */
  hasPlainFunctions?: boolean;
  /** What is put into an object or given to a name is copied, as in PHP and Go. */
  copiesValues?: boolean;
  /** A list of what a table is put into holds the table itself: `@($table)` of PowerShell. */
  keepsTables?: boolean;
  /** `a.b` is a member of the value, as in JavaScript and Go, and no attribute beside it, as in Python. */
  membersAreKeys: boolean;
  /** Texts may be changed where they are: all, those that are put together, or by what their name is followed by: `$text[0] = …`. */
  textsChange?: "always" | "templates" | "items";
  /** Calls that only look at their arguments. */
  isHarmlessCall(call: CallExpression): boolean;
  /** Calls that return their argument's items, or the argument with no way to give it others: `sorted`, `Object.freeze`. */
  isCopyingCall?(call: CallExpression): boolean;
  /** A call of a function of the language that may give any name another value: `exec`, `eval`. */
  isRebinding?(name: string, call: CallExpression): boolean;
  /** What holds the names of programs: `sys.modules`. */
  holdsNames?(node: MemberNode | ImportNode): boolean;
  /** Methods that don't change what they are called on. */
  harmlessMethods: ReadonlySet<string>;
  /** Those of them that return a copy, whose members are the same. */
  copyingMethods?: ReadonlySet<string>;
  /** Methods that take over the members of what they are given, such as `update`. */
  mergingMethods?: ReadonlySet<string>;
  /** Such a method returns what it is called on, which then has another name. */
  mergingReturns?: boolean;
  /** Methods that are given a name and a value for a member: `Add`, `store`. */
  settingMethods?: ReadonlySet<string>;
  /** The method that does so only where there is no such member. */
  defaultingMethod?: string;
  /** Does a call take over members of its other arguments into the first one, which it returns? */
  isMergingCall?(call: CallExpression): boolean;
}

const READ: NameUse = { kind: "read" };
/** Whoever gets the items may change what is inside of them. */
const ITEMS: NameUse = { kind: "readMember", key: undefined };
const ESCAPE: NameUse = { kind: "escape" };

export function mentionOf(name: NameNode, rules: MentionRules): NameUse {
  const { parent } = name;
  switch (parent?.kind) {
    case "template":
      return READ;
    case "spread":
      if (isHarmlessArgument(parent, rules)) return READ;
      return rules.keepsTables && parent.parent?.kind === "list" ? ESCAPE : ITEMS;
    // What a loop goes through may be changed item by item.
    case "flow":
      return ITEMS;
    case "entry":
    case "list":
      return isHarmlessArgument(parent, rules) ? READ : ESCAPE;
    case "other":
      return parent.isRead ? READ : ESCAPE;
    case "argument":
      return parent.parent?.kind === "call" ? argumentUse(parent.parent, rules) : ESCAPE;
    case "call":
      return parent.callee === name ? ESCAPE : argumentUse(parent, rules, name);
    case "assign":
      return parent.merged && parent.target === name ? mergeOf([parent.merged], parent) : ESCAPE;
    case "index":
      return parent.of === name ? memberMention(parent, textOfLiteral(parent.key), parent.key) : READ;
    case "member":
      return ofMember(parent, rules);
    default:
      return ESCAPE;
  }
}

const mergeOf = (sources: readonly ProgramNode[], at: ProgramNode): NameUse => ({
  kind: "merge",
  sources,
  at,
});

/** `Object.assign(x, …)`. */
function mergedInto(call: CallExpression, name: NameNode): NameUse {
  const [first, ...sources] = call.args;
  if (first !== name) return ITEMS;
  return isStatement(call) ? mergeOf(sources, call) : ESCAPE;
}

/** Nobody looks at what the call returns. */
const isStatement = ({ parent }: CallExpression): boolean =>
  (parent?.kind === "scope" && (parent.what === "block" || parent.what === "module")) ||
  (parent?.kind === "flow" && parent.how === "branch");

/** The same, where the last expression of a function or a block is what it returns. */
const isPassedBy = (call: CallExpression): boolean =>
  call.parent?.kind === "scope" && (call.parent.what === "module" || call.parent.children.at(-1) !== call);

function argumentUse(call: CallExpression, rules: MentionRules, name?: NameNode): NameUse {
  if (name && rules.isMergingCall?.(call)) return mergedInto(call, name);
  if (rules.isHarmlessCall(call)) return READ;
  return rules.isCopyingCall?.(call) ? ITEMS : ESCAPE;
}

/** `f(**x)`, `new Command({ ...x })`: nobody keeps what is spread there. */
function isHarmlessArgument(node: ProgramNode, rules: MentionRules): boolean {
  const { parent } = node;
  if (parent?.kind === "call") return parent.callee !== node && rules.isHarmlessCall(parent);
  const isInside = parent?.kind === "object" || parent?.kind === "list";
  return (
    parent !== undefined &&
    (isInside || parent.kind === "entry" || parent.kind === "argument" || parent.kind === "spread") &&
    isHarmlessArgument(parent, rules)
  );
}

function ofMember(member: MemberNode, rules: MentionRules): NameUse {
  const { parent } = member;
  if (parent?.kind === "call" && parent.callee === member)
    return rules.harmlessMethods.has(member.name)
      ? { kind: "readMember", key: undefined }
      : changingMethod(member.name, parent, rules);
  if (rules.membersAreKeys) return memberMention(member, member.name, member);
  return ESCAPE;
}

/** `d.update(…)`, `d.setdefault("k", v)`, `$d.Add("k", v)`. */
function changingMethod(name: string, call: CallExpression, rules: MentionRules): NameUse {
  if (rules.mergingMethods?.has(name))
    return !rules.mergingReturns || isPassedBy(call) ? mergeOf(call.args, call) : ESCAPE;
  const [keyNode, value, ...more] = call.args;
  const key = textOfLiteral(keyNode);
  if (key === undefined || !value || more.length > 0) return ESCAPE;
  if (rules.settingMethods?.has(name)) return { kind: "set", key, keyNode: keyNode!, value, at: call };
  // It returns the member: what may be changed is known by another name then.
  const isFixed = value.kind === "literal" || value.kind === "template";
  return name === rules.defaultingMethod && isFixed
    ? { kind: "default", key, keyNode: keyNode!, value, at: call }
    : ESCAPE;
}

/** `d["k"]`, whether it is looked at, assigned to, or more. */
function memberMention(
  node: ProgramNode & { kind: "member" | "index" },
  key: string | undefined,
  keyNode: ProgramNode,
): NameUse {
  const { parent } = node;
  if (parent?.kind === "assign" && parent.value !== node) {
    const isWhole = parent.target === node && parent.value !== undefined;
    return key !== undefined && isWhole
      ? { kind: "set", key, keyNode, value: parent.value!, at: parent }
      : ESCAPE;
  }
  // Deeper in, or a method of what the member holds.
  const isDeeper = (parent?.kind === "member" || parent?.kind === "index") && parent.of === node;
  return isDeeper ? ESCAPE : { kind: "readMember", key };
}

/** Is a call one of functions by their last names, or of methods of objects by theirs: `log.info`? */
export const isCallOf = (
  { callee }: CallExpression,
  functions: ReadonlySet<string>,
  objects: ReadonlySet<string>,
): boolean =>
  callee.kind === "member"
    ? objects.has(lastName(callee.of) ?? "") || functions.has(`${lastName(callee.of) ?? ""}.${callee.name}`)
    : callee.kind === "name" && functions.has(callee.name);
