import { findNearest } from "../../diagnostics/nearest.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { MacroNode, Node, SelectNode } from "../cel/index.ts";
import { MAX_LOOP_NESTING } from "../limits.ts";
import { CEL_TYPE_NAMES } from "../runtime/index.ts";
import type { Type, TypeMember } from "../types.ts";
import { BOOL, DYN, describeType, isAssignable, NOTHING, STRING, toListType, unifyTypes } from "../types.ts";
import { checkCall } from "./calls.ts";
import { collectPresentWhen, formatPath, toPresenceKey } from "./presence.ts";
import type { DataReference, ExpressionInfo, TypeScope } from "./scope.ts";
import { withPresent, withVariable } from "./scope.ts";
import type { TypeChecker } from "./type-checker.ts";

/** An error in an expression; `at` is an offset into its text (UTF-16 code units). */
export interface ExpressionFault {
  message: string;
  help?: string;
  at: number;
}

/** Infers the types of expressions, and collects their dependencies and faults. */
export class ExpressionChecker implements TypeChecker {
  readonly faults: ExpressionFault[] = [];
  readonly references: DataReference[] = [];
  /** Names of the variables used. */
  readonly used = new Set<string>();
  /** Context records, and possibly `caller`, without which the expression is undecided. */
  readonly needs = new Set<string>();
  /** Context records that the expression tests with `known`. */
  readonly optional = new Set<string>();
  /** Members already reported as possibly absent: each is reported once. */
  readonly #absent = new Set<string>();
  #loops = 0;
  #depth = 0;

  addFault(at: number, message: string, help?: string): void {
    this.faults.push({ at, message, ...(help !== undefined && { help }) });
  }

  /** Infers the type of an expression whose value is used, and records what it refers to. */
  checkValue(node: Node, scope: TypeScope, isWhole = true): Type {
    const info = this.inferInfo(node, scope);
    this.addReference(info, isWhole && !isScalar(info.type));
    if (info.place?.root === "context" && info.place.path.length === 0) {
      this.addFault(
        node.at,
        "`context` has to be followed by one of its parts",
        "write for example `context.fileShare`",
      );
    }
    return info.type;
  }

  addReference({ place, required = [] }: ExpressionInfo, isWhole: boolean): void {
    if (!place) return;
    const { root, path } = place;
    this.references.push({ root, path: [...path], required: [...required], ...(isWhole && { isWhole }) });
    if (root === "context" && path[0] !== undefined) this.needs.add(path[0]);
    if (root === "caller") this.needs.add("caller");
  }

  inferInfo(node: Node, scope: TypeScope): ExpressionInfo {
    switch (node.kind) {
      case "constant":
        return { type: node.type === "null" ? { kind: "null_type" } : { kind: node.type } };
      case "identifier":
        return this.#variable(node.name, node.at, scope);
      case "select":
        return this.#select(node, scope);
      case "call":
        return checkCall(this, node, scope);
      case "list":
        return {
          type: toListType(
            node.items.map((item) => this.checkValue(item, scope)).reduce(unifyTypes, NOTHING),
          ),
        };
      case "map":
        return {
          type: {
            kind: "map",
            value: node.entries.map((entry) => this.#entry(entry, scope)).reduce(unifyTypes, NOTHING),
          },
        };
      case "macro":
        return this.#macro(node, scope);
    }
  }

  #entry([key, value]: [Node, Node], scope: TypeScope): Type {
    const type = this.checkValue(key, scope);
    if (!isAssignable(type, STRING))
      this.addFault(key.at, `a map's keys are strings, and this is ${describeType(type)}`);
    return this.checkValue(value, scope);
  }

  #variable(name: string, at: number, scope: TypeScope): ExpressionInfo {
    const found = scope.variables.get(name);
    if (found) {
      this.used.add(name);
      return found;
    }
    if (CEL_TYPE_NAMES.has(name)) return { type: { kind: "type" } };
    const near = findNearest(name, scope.variables.keys());
    const names = formatList([...scope.variables.keys()], "and");
    this.addFault(
      at,
      `there is no variable ${quoted(name)}`,
      near ? `did you mean ${quoted(near)}?` : `the variables are ${names}; a text needs quotes`,
    );
    return { type: DYN };
  }

  #select(node: SelectNode, scope: TypeScope): ExpressionInfo {
    const operand = this.inferInfo(node.operand, scope);
    if (operand.place === undefined) this.addReference(operand, true);
    const member = this.#member(operand, node);
    const info = toMemberInfo(operand, node.field, member);
    if (node.isTest) {
      this.addReference(info, false);
      return { type: BOOL };
    }
    if (!member.isRequired) this.#demandPresence(node, info, scope);
    return info;
  }

  #member(operand: ExpressionInfo, { field, at, operand: of }: SelectNode): TypeMember {
    const { type } = operand;
    if (type.kind === "dyn") return { type: DYN, isRequired: true };
    if (type.kind === "map") return { type: type.value, isRequired: false };
    if (type.kind !== "object") {
      this.addFault(
        at,
        `${describeType(type)} has no members, and so no ${quoted(field)}`,
        suggestIteration(type, formatPath(of)),
      );
      return { type: DYN, isRequired: true };
    }
    const member = type.member(field);
    if (member) return operand.place?.root === "context" ? { ...member, isRequired: true } : member;
    const names = type.names();
    const near = findNearest(field, names);
    const help = near ? `did you mean ${quoted(near)}?` : `its members are ${formatList(names, "and")}`;
    this.addFault(at, `${quoted(formatPath(of) ?? type.name)} has no member ${quoted(field)}`, help);
    return { type: DYN, isRequired: true };
  }

  #demandPresence(node: SelectNode, { place }: ExpressionInfo, scope: TypeScope): void {
    const key = toPresenceKey(node, scope);
    if (place?.root === "context" || (key !== undefined && scope.present.has(key))) return;
    if (key !== undefined && this.#absent.has(key)) return;
    if (key !== undefined) this.#absent.add(key);
    const text = formatPath(node);
    const help =
      text === undefined
        ? "compare with `has(…)` first"
        : `guard it with \`has(${text}) && …\`, or write \`orElse(${text}, …)\``;
    this.addFault(node.at, `${quoted(text ?? node.field)} may be absent`, help);
  }

  #macro(node: MacroNode, scope: TypeScope): ExpressionInfo {
    const range = this.inferInfo(node.range, scope);
    this.addReference(range, false);
    if (++this.#depth > MAX_LOOP_NESTING) {
      this.addFault(
        node.at,
        `more than ${MAX_LOOP_NESTING} loops inside each other`,
        "use a function such as `common`",
      );
    }
    const item = this.#itemOf(range, node);
    const key = item.key ?? "";
    const had = new Set((range.itemsHave ?? []).map((name) => key + name));
    const inner = withPresent(withVariable(scope, node.variable, item), had);
    if (node.test) this.checkCondition(node.test, inner, `\`${node.macro}\` takes a condition`);
    const found = node.test ? collectPresentWhen(true, node.test, inner) : had;
    const step = node.step && this.checkValue(node.step, withPresent(inner, found));
    this.#depth--;
    if (node.macro === "map") return { type: toListType(step ?? DYN) };
    if (node.macro !== "filter") return { type: BOOL };
    const have = [...had, ...found]
      .filter((name) => name.startsWith(`${key}.`))
      .map((name) => name.slice(key.length));
    return { ...range, type: toListType(item.type), itemsHave: have };
  }

  #itemOf(
    { type, place, required = [] }: ExpressionInfo,
    { macro, variable, at }: MacroNode,
  ): ExpressionInfo {
    const key = `${variable}#${++this.#loops}`;
    const isList = type.kind === "list";
    if (!isList && !["dyn", "map", "object"].includes(type.kind)) {
      this.addFault(at, `\`${macro}\` goes through a list, and this is ${describeType(type)}`);
    }
    const itemType: Type = isList ? type.item : type.kind === "map" || type.kind === "object" ? STRING : DYN;
    if (!place || !isList) return { type: itemType, key };
    return {
      type: itemType,
      key,
      place: { ...place, path: [...place.path, "*"] },
      required: [...required, false],
    };
  }

  /** Like `checkValue`, for an expression that must be a condition. */
  checkCondition(node: Node, scope: TypeScope, what: string): void {
    const type = this.checkValue(node, scope);
    if (!isAssignable(type, BOOL)) this.addFault(node.at, `${what}, and this is ${describeType(type)}`);
  }
}

/** The static information on a member, derived from that on its object. */
function toMemberInfo(
  { place, required = [], key }: ExpressionInfo,
  field: string,
  { type, isRequired }: TypeMember,
): ExpressionInfo {
  const under = place && { root: place.root, path: [...place.path, field] };
  return {
    type,
    ...(under && { place: under, required: [...required, isRequired] }),
    ...(key !== undefined && { key: `${key}.${field}` }),
  };
}

const isScalar = ({ kind }: Type): boolean => !["list", "map", "object", "dyn"].includes(kind);

function suggestIteration({ kind }: Type, text: string | undefined): string | undefined {
  if (kind !== "list" || text === undefined) return undefined;
  return `go through the list: \`${text}.all(item, …)\``;
}
