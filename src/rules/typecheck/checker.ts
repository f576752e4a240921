import { nearest } from "../../diagnostics/nearest.ts";
import { listed, quoted } from "../../diagnostics/text.ts";
import type { Macro, Node, Select } from "../cel/index.ts";
import { TYPES } from "../cel/index.ts";
import { MAX_NESTING } from "../limits.ts";
import type { Member, Type } from "../types.ts";
import { BOOL, DYN, describe, either, isAssignable, listOf, NOTHING, STRING } from "../types.ts";
import { checkCall } from "./calls.ts";
import { keyOf, pathText, presentWhen } from "./presence.ts";
import type { Info, Reference, Scope } from "./scope.ts";
import { withPresent, withVariable } from "./scope.ts";
import type { TypeChecker } from "./type-checker.ts";

/** An error in an expression; `at` is an offset into its text (UTF-16 code units). */
export interface ExpressionFault {
  message: string;
  help?: string;
  at: number;
}

/** Infers the types of expressions, and collects their dependencies and faults. */
export class Checker implements TypeChecker {
  readonly faults: ExpressionFault[] = [];
  readonly references: Reference[] = [];
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

  fault(at: number, message: string, help?: string): void {
    this.faults.push({ at, message, ...(help !== undefined && { help }) });
  }

  /** Infers the type of an expression whose value is used, and records what it refers to. */
  value(node: Node, scope: Scope, isWhole = true): Type {
    const info = this.info(node, scope);
    this.refer(info, isWhole && !isScalar(info.type));
    if (info.place?.root === "context" && info.place.path.length === 0) {
      this.fault(
        node.at,
        "`context` has to be followed by one of its parts",
        "write for example `context.fileShare`",
      );
    }
    return info.type;
  }

  refer({ place, required = [] }: Info, isWhole: boolean): void {
    if (!place) return;
    const { root, path } = place;
    this.references.push({ root, path: [...path], required: [...required], ...(isWhole && { isWhole }) });
    if (root === "context" && path[0] !== undefined) this.needs.add(path[0]);
    if (root === "caller") this.needs.add("caller");
  }

  info(node: Node, scope: Scope): Info {
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
        return { type: listOf(node.items.map((item) => this.value(item, scope)).reduce(either, NOTHING)) };
      case "map":
        return {
          type: {
            kind: "map",
            value: node.entries.map((entry) => this.#entry(entry, scope)).reduce(either, NOTHING),
          },
        };
      case "macro":
        return this.#macro(node, scope);
    }
  }

  #entry([key, value]: [Node, Node], scope: Scope): Type {
    const type = this.value(key, scope);
    if (!isAssignable(type, STRING))
      this.fault(key.at, `a map's keys are strings, and this is ${describe(type)}`);
    return this.value(value, scope);
  }

  #variable(name: string, at: number, scope: Scope): Info {
    const found = scope.variables.get(name);
    if (found) {
      this.used.add(name);
      return found;
    }
    if (TYPES.has(name)) return { type: { kind: "type" } };
    const near = nearest(name, scope.variables.keys());
    const names = listed([...scope.variables.keys()], "and");
    this.fault(
      at,
      `there is no variable ${quoted(name)}`,
      near ? `did you mean ${quoted(near)}?` : `the variables are ${names}; a text needs quotes`,
    );
    return { type: DYN };
  }

  #select(node: Select, scope: Scope): Info {
    const operand = this.info(node.operand, scope);
    if (operand.place === undefined) this.refer(operand, true);
    const member = this.#member(operand, node);
    const info = below(operand, node.field, member);
    if (node.isTest) {
      this.refer(info, false);
      return { type: BOOL };
    }
    if (!member.isRequired) this.#demandPresence(node, info, scope);
    return info;
  }

  #member(operand: Info, { field, at, operand: of }: Select): Member {
    const { type } = operand;
    if (type.kind === "dyn") return { type: DYN, isRequired: true };
    if (type.kind === "map") return { type: type.value, isRequired: false };
    if (type.kind !== "object") {
      this.fault(
        at,
        `${describe(type)} has no members, and so no ${quoted(field)}`,
        memberHelp(type, pathText(of)),
      );
      return { type: DYN, isRequired: true };
    }
    const member = type.member(field);
    if (member) return operand.place?.root === "context" ? { ...member, isRequired: true } : member;
    const names = type.names();
    const near = nearest(field, names);
    const help = near ? `did you mean ${quoted(near)}?` : `its members are ${listed(names, "and")}`;
    this.fault(at, `${quoted(pathText(of) ?? type.name)} has no member ${quoted(field)}`, help);
    return { type: DYN, isRequired: true };
  }

  #demandPresence(node: Select, { place }: Info, scope: Scope): void {
    const key = keyOf(node, scope);
    if (place?.root === "context" || (key !== undefined && scope.present.has(key))) return;
    if (key !== undefined && this.#absent.has(key)) return;
    if (key !== undefined) this.#absent.add(key);
    const text = pathText(node);
    const help =
      text === undefined
        ? "compare with `has(…)` first"
        : `guard it with \`has(${text}) && …\`, or write \`orElse(${text}, …)\``;
    this.fault(node.at, `${quoted(text ?? node.field)} may be absent`, help);
  }

  #macro(node: Macro, scope: Scope): Info {
    const range = this.info(node.range, scope);
    this.refer(range, false);
    if (++this.#depth > MAX_NESTING) {
      this.fault(
        node.at,
        `more than ${MAX_NESTING} loops inside each other`,
        "use a function such as `common`",
      );
    }
    const item = this.#itemOf(range, node);
    const key = item.key ?? "";
    const had = new Set((range.itemsHave ?? []).map((name) => key + name));
    const inner = withPresent(withVariable(scope, node.variable, item), had);
    if (node.test) this.condition(node.test, inner, `\`${node.macro}\` takes a condition`);
    const found = node.test ? presentWhen(true, node.test, inner) : had;
    const step = node.step && this.value(node.step, withPresent(inner, found));
    this.#depth--;
    if (node.macro === "map") return { type: listOf(step ?? DYN) };
    if (node.macro !== "filter") return { type: BOOL };
    const have = [...had, ...found]
      .filter((name) => name.startsWith(`${key}.`))
      .map((name) => name.slice(key.length));
    return { ...range, type: listOf(item.type), itemsHave: have };
  }

  #itemOf({ type, place, required = [] }: Info, { macro, variable, at }: Macro): Info {
    const key = `${variable}#${++this.#loops}`;
    const isList = type.kind === "list";
    if (!isList && !["dyn", "map", "object"].includes(type.kind)) {
      this.fault(at, `\`${macro}\` goes through a list, and this is ${describe(type)}`);
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

  /** Like `value`, for an expression that must be a condition. */
  condition(node: Node, scope: Scope, what: string): void {
    const type = this.value(node, scope);
    if (!isAssignable(type, BOOL)) this.fault(node.at, `${what}, and this is ${describe(type)}`);
  }
}

/** The static information on a member, derived from that on its object. */
function below({ place, required = [], key }: Info, field: string, { type, isRequired }: Member): Info {
  const under = place && { root: place.root, path: [...place.path, field] };
  return {
    type,
    ...(under && { place: under, required: [...required, isRequired] }),
    ...(key !== undefined && { key: `${key}.${field}` }),
  };
}

const isScalar = ({ kind }: Type): boolean => !["list", "map", "object", "dyn"].includes(kind);

function memberHelp({ kind }: Type, text: string | undefined): string | undefined {
  if (kind !== "list" || text === undefined) return undefined;
  return `go through the list: \`${text}.all(item, …)\``;
}
