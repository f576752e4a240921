import type { MentionRules } from "./mentions.ts";
import type { NameNode, ProgramNode } from "./node.ts";

/** Texts and numbers are what they are; what holds other values may hold others later. */
export const mayChange = ({ kind }: ProgramNode): boolean => kind !== "literal" && kind !== "template";

/** May what is inside of a member be changed by who looks at the member? */
export function mayLeak(value: ProgramNode, key: string | undefined): boolean {
  if (value.kind === "list") return value.items.some(mayChange);
  if (value.kind !== "object") return true;
  return value.entries.some(
    (entry) =>
      entry.kind === "spread" || ((key === undefined || entry.name === key) && mayChange(entry.value)),
  );
}

/** The copy that a mention of a name is made for: `{ ...x }`, `x.copy()`, `dict(x)`, `x | y`. */
export function copyOf(name: NameNode, { copyingMethods }: MentionRules): ProgramNode | undefined {
  const { parent } = name;
  if (parent?.kind === "spread") {
    const copy = parent.parent;
    return copy?.kind === "object" || copy?.kind === "list" ? copy : undefined;
  }
  if (parent?.kind === "call") return parent.callee === name ? undefined : parent;
  return parent?.kind === "member" && parent.parent?.kind === "call" && copyingMethods?.has(parent.name)
    ? parent.parent
    : undefined;
}
