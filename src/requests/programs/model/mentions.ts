import type { AssignNode, CallExpression, ImportNode, MemberNode, NameNode, ProgramNode } from "./node.ts";
import { lastName, textOfLiteral } from "./node.ts";

/** What one mention of a name does to the object or list that the name holds. */
export type NameUse =
  | { kind: "read" }
  /** Looks at one member, which others may change if it is an object or a list itself. */
  | { kind: "readMember"; key: string | undefined }
  | { kind: "set"; key: string; keyNode: ProgramNode; assign: AssignNode }
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
      return parent.callee !== name ? argumentUse(parent, rules) : ESCAPE;
    case "index":
      return parent.of === name ? memberMention(parent, textOfLiteral(parent.key), parent.key) : READ;
    case "member":
      return ofMember(parent, rules);
    default:
      return ESCAPE;
  }
}

function argumentUse(call: CallExpression, rules: MentionRules): NameUse {
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
    return rules.harmlessMethods.has(member.name) ? { kind: "readMember", key: undefined } : ESCAPE;
  if (rules.membersAreKeys) return memberMention(member, member.name, member);
  return ESCAPE;
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
    return key !== undefined && isWhole ? { kind: "set", key, keyNode, assign: parent } : ESCAPE;
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
