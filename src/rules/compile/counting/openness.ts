import { findSchemaAt, type JsonSchema } from "../../../schema/json-schema.ts";
import { FUNCTIONS } from "../../functions/table.ts";
import { getTypeNamed } from "../../runtime/types.ts";
import type { GraphNode, Shape } from "../graph.ts";
import {
  isContextNode,
  isTestNode,
  isTextNode,
  listGivenMembers,
  pathInRequest,
  TEST_CALLS,
} from "./nodes.ts";
import { RESULT_KINDS } from "./parts.ts";

/** Names of records of the context, or `caller`, in the order of evaluation. */
export type Facts = readonly string[];

/** When a value is open, and what is missing then: one of the alternatives. A value that is faulty lacks no facts. */
export interface Openness {
  /** Whether it is open for every request. */
  isAlways: boolean;
  alternatives: readonly Facts[];
  /** What it always is; `empty` is a list without items. */
  constant?: boolean | "empty";
}

export const KNOWN: Openness = { isAlways: false, alternatives: [] };
export const FAULTY: Openness = { isAlways: false, alternatives: [[]] };

const createConstant = (constant: boolean | "empty"): Openness => ({ ...KNOWN, constant });

export const lacking = (name: string): Openness => ({ isAlways: true, alternatives: [[name]] });

/** The requests that are looked at. */
export interface Requests {
  /** That of the operation; undefined for several operations. */
  schema: JsonSchema | undefined;
  /** The value that a member has in all of them. */
  chosen?: { member: string; value: string };
}

export const unite = (...all: readonly Openness[]): Openness => ({
  isAlways: all.every(({ isAlways }) => isAlways),
  alternatives: distinct(all.flatMap(({ alternatives }) => alternatives)),
});

const distinct = (lists: readonly Facts[]): Facts[] => [
  ...new Map(lists.map((facts) => [facts.join(), facts])).values(),
];

const MAX_ALTERNATIVES = 16;

/** What is evaluated of several values, all of which may be open. Undefined if there is too much to keep track of. */
export function joinOpen(all: readonly Openness[]): Openness | undefined {
  let isAlways = false;
  let joined: Facts[] = [];
  for (const { isAlways: isNext, alternatives } of all) {
    const both = joined.flatMap((facts) => alternatives.map((next) => [...new Set([...facts, ...next])]));
    joined = distinct([...both, ...(isNext ? [] : joined), ...(isAlways ? [] : alternatives)]);
    isAlways ||= isNext;
    if (joined.length > MAX_ALTERNATIVES) return undefined;
  }
  return { isAlways, alternatives: joined };
}

/** Works out when values of expressions are open. */
export class OpennessReader {
  readonly #requests: Requests;
  /** That of the item that a rule is evaluated for. */
  readonly #item: Openness | undefined;
  readonly #read = new Map<GraphNode, Openness | undefined>();

  /** Paths in the request of members that are there where these values matter. */
  readonly #given: ReadonlySet<string>;

  constructor(requests: Requests, item?: Openness, given: ReadonlySet<string> = NOTHING_GIVEN) {
    this.#requests = requests;
    this.#item = item;
    this.#given = given;
  }

  /** What reads values that matter only where tests hold. */
  assuming(tests: readonly GraphNode[]): OpennessReader {
    const given = tests.flatMap(listGivenMembers).filter((path) => !this.#given.has(path));
    return given.length === 0
      ? this
      : new OpennessReader(this.#requests, this.#item, new Set([...this.#given, ...given]));
  }

  /** Undefined where it can't be told. */
  read(node: GraphNode): Openness | undefined {
    if (!this.#read.has(node)) this.#read.set(node, this.#readNode(node));
    return this.#read.get(node);
  }

  /** What is true or false: any other value is faulty. */
  readTest(node: GraphNode): Openness | undefined {
    const own = this.read(node);
    return !own || own.isAlways || isTestNode(node) || this.#isGiven(node) ? own : unite(own, FAULTY);
  }

  #readNode({ shape, children }: GraphNode): Openness | undefined {
    switch (shape.kind) {
      case "constant":
        return typeof shape.value === "boolean" ? createConstant(shape.value) : KNOWN;
      case "item":
        return KNOWN;
      case "variable":
        return this.#readVariable(shape.name);
      case "select":
        return this.#readMember(shape.field, children[0]!);
      case "presence":
        return isContextNode(children[0]!) ? lacking(shape.field) : this.read(children[0]!);
      case "list":
        return children.length === 0 ? createConstant("empty") : this.#readAll(children);
      case "map":
        return undefined;
      case "loop":
        return this.#readLoop(shape, children);
      default:
        return this.#readCall(shape.name, children);
    }
  }

  #readVariable(name: string): Openness | undefined {
    if (name === "item" || name === "index") return this.#item;
    if (name === "caller") return { isAlways: false, alternatives: [["caller"]] };
    return ALWAYS_GIVEN.has(name) || getTypeNamed(name) ? KNOWN : undefined;
  }

  #readMember(field: string, of: GraphNode): Openness | undefined {
    if (isContextNode(of)) return lacking(field);
    const whole = this.read(of);
    if (!whole || whole.isAlways) return whole;
    return this.#isRequired(pathInRequest(of), field) ? whole : unite(whole, FAULTY);
  }

  /** Whether all objects at a path that the schema accepts have a member. */
  #isRequired(path: readonly string[] | undefined, field: string): boolean {
    if (path && this.#given.has([...path, field].join("/"))) return true;
    const { schema: root } = this.#requests;
    const schema = path && root && findSchemaAt(root, path);
    return schema?.required?.includes(field) === true && !schema.type?.includes("null");
  }

  /** A member that all requests have is of the type that the rule was checked for. */
  #isGiven({ shape, children }: GraphNode): boolean {
    if (shape.kind !== "select") return false;
    const [whole] = children as [GraphNode];
    const path = pathInRequest(whole);
    return this.#isRequired(path, shape.field) && (path!.length === 0 || this.#isGiven(whole));
  }

  #readAll(nodes: readonly GraphNode[]): Openness | undefined {
    const all = nodes.map((node) => this.read(node));
    return all.every((each) => each !== undefined) ? joinOpen(all) : undefined;
  }

  #readLoop(shape: Extract<Shape, { kind: "loop" }>, [range, ...parts]: readonly GraphNode[]) {
    const list = this.read(range!);
    if (!list || list.isAlways) return list;
    if (list.constant === "empty")
      return isTestNode({ shape }) ? createConstant(shape.macro === "all") : list;
    const isMapOnly = !shape.hasTest;
    const ofParts = parts.map((part, at) => (isMapOnly || at > 0 ? this.read(part) : this.readTest(part)));
    if (!ofParts.every((each) => each !== undefined)) return undefined;
    const ofItem = { ...unite(...ofParts), isAlways: false };
    // What is missing for one item may be joined by what is missing for another.
    const ofItems = joinOpen(
      ofItem.alternatives.map((facts) => ({ isAlways: false, alternatives: [facts] })),
    );
    return ofItems && { ...unite(list, ofItems), isAlways: false };
  }

  #readCall(name: string, args: readonly GraphNode[]): Openness | undefined {
    switch (name) {
      case "known":
        return this.#readKnown(args[0]!);
      case "orElse":
        return this.#readOrElse(args);
      case "_&&_":
      case "_||_":
        return this.#readLogical(args, name === "_||_");
      case "!_":
        return negate(this.readTest(args[0]!));
      case "_?_:_":
        return this.#readConditional(args);
      case "placeholders":
        return this.read(args[0]!);
    }
    const chosen = this.#readChoice(name, args);
    if (chosen) return chosen;
    const all = this.#readAll(args);
    // A reason that can't be worded is no reason.
    if (name === "undecided") return all?.isAlways ? all : undefined;
    const isTotal = TOTAL.has(name) || (name === "matches" && args[1]?.shape.kind === "constant");
    if (!all || isTotal) return all;
    const own = FUNCTIONS.find((each) => each.name === name);
    if (!own && name !== "_[_]" && name !== "matches") return undefined;
    return own && SURE_RESULTS.has(RESULT_KINDS[own.result] ?? "list") ? all : joinFaulty(all);
  }

  /** A comparison of the member whose value is chosen. */
  #readChoice(name: string, [left, right]: readonly GraphNode[]): Openness | undefined {
    const { chosen } = this.#requests;
    const path = chosen && left && right && pathInRequest(left);
    if (path?.length !== 1 || path[0] !== chosen!.member) return undefined;
    if (name === "@in") {
      const isOfTexts = right!.shape.kind === "list" && right!.children.every((each) => isTextNode(each));
      return isOfTexts
        ? createConstant(right!.children.some((each) => isTextNode(each, chosen!.value)))
        : undefined;
    }
    const isEquality = name === "_==_" || name === "_!=_";
    if (!isEquality || !isTextNode(right!)) return undefined;
    return createConstant(isTextNode(right!, chosen!.value) === (name === "_==_"));
  }

  #readKnown(value: GraphNode): Openness {
    const own = this.read(value);
    return own?.isAlways ? createConstant(false) : KNOWN;
  }

  #readLogical(operands: readonly GraphNode[], deciding: boolean): Openness | undefined {
    // Where an operand of `&&` is false, the others don't matter.
    const reader = deciding ? this : this.assuming(operands);
    const all = operands.map((operand) => reader.readTest(operand));
    if (all.some((each) => each?.constant === deciding)) return createConstant(deciding);
    const rest = all.filter((each) => each?.constant !== !deciding);
    if (rest.length === 0) return createConstant(!deciding);
    if (!rest.every((each) => each !== undefined)) return undefined;
    const joined = joinOpen(rest);
    // One that isn't open may decide, whatever the others are.
    return joined && { ...joined, isAlways: rest.every(({ isAlways }) => isAlways) };
  }

  #readOrElse([path, other]: readonly GraphNode[]): Openness | undefined {
    let root = path!;
    let field: string | undefined;
    for (; root.shape.kind === "select"; root = root.children[0]!) field = root.shape.field;
    if (field === undefined) return this.read(root);
    if (isContextNode(root)) return lacking(field);
    const [whole, fallback] = [this.read(root), this.read(other!)];
    return whole && fallback && (whole.isAlways ? whole : { ...unite(whole, fallback), isAlways: false });
  }

  #readConditional([test, yes, no]: readonly GraphNode[]): Openness | undefined {
    const decides = this.readTest(test!);
    if (!decides || decides.isAlways) return decides;
    if (decides.constant === false) return this.read(no!);
    const result = this.assuming([test!]).read(yes!);
    if (decides.constant === true) return result;
    const results = [result, this.read(no!)];
    if (!results.every((each) => each !== undefined)) return undefined;
    const either = unite(...results);
    return { ...either, alternatives: unite(decides, either).alternatives };
  }
}

const negate = (value: Openness | undefined): Openness | undefined =>
  typeof value?.constant === "boolean" ? createConstant(!value.constant) : value;

/** The call itself may fail, where nothing is missing. */
const joinFaulty = (all: Openness): Openness => (all.isAlways ? all : unite(all, FAULTY));

const ALWAYS_GIVEN: ReadonlySet<string> = new Set(
  "request params operation container repeats justification".split(" "),
);

const NOTHING_GIVEN: ReadonlySet<string> = new Set();

const TOTAL: ReadonlySet<string> = new Set([
  ...TEST_CALLS,
  ..."_+_ size lowerAscii upperAscii trim type".split(" "),
]);
const SURE_RESULTS: ReadonlySet<string> = new Set(["bool", "text", "number", "list"]);
