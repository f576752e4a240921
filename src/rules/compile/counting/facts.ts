/**
 * Works out which facts a rule waits for whenever it is undecided, for requests as counting code takes them. Many rules always
 * wait for the same facts, so that counting them says all that a report needs.
 */
import { findSchemaAt, type JsonSchema } from "../../../schema/json-schema.ts";
import { FUNCTIONS } from "../../functions/table.ts";
import { getTypeNamed } from "../../runtime/types.ts";
import type { GraphNode, Shape } from "../graph.ts";
import { RESULT_KINDS } from "./parts.ts";
import type { ItemPath, RuleNodes } from "./rule.ts";

/** Names of records of the context, or `caller`, in the order of evaluation. */
type Facts = readonly string[];

/** When a value is open, and what is missing then: one of the alternatives. A value that is faulty lacks no facts. */
interface Openness {
  /** Whether it is open for every request. */
  isAlways: boolean;
  alternatives: readonly Facts[];
  /** What it always is; `empty` is a list without items. */
  constant?: boolean | "empty";
}

const KNOWN: Openness = { isAlways: false, alternatives: [] };
const FAULTY: Openness = { isAlways: false, alternatives: [[]] };

const createConstant = (constant: boolean | "empty"): Openness => ({ ...KNOWN, constant });

const lacking = (name: string): Openness => ({ isAlways: true, alternatives: [[name]] });

/** The facts that a rule waits for whenever it is undecided; undefined if they depend on the request. */
export function findFactsOfRule(rule: RuleNodes, schema: JsonSchema | undefined): Facts | undefined {
  const found = rule.each
    ? rule.each.map((list) => openOfItems(rule, list, schema))
    : [openOfDecision(rule, schema)];
  const alternatives = found.every((each) => each !== undefined) ? unite(...found).alternatives : [];
  const [only, ...others] = alternatives;
  return only && only.length > 0 && others.length === 0 ? only : undefined;
}

function openOfItems(
  rule: RuleNodes,
  list: ItemPath | GraphNode,
  schema: JsonSchema | undefined,
): Openness | undefined {
  const path = "root" in list ? list : undefined;
  if (path?.root === "request") return openOfDecision(rule, schema, KNOWN);
  const given = path ? lacking(path.path[0]!) : new OpennessReader(schema).read(list as GraphNode);
  const ofItems = given?.alternatives.map((facts) => {
    const [first] = facts;
    if (first === undefined) return FAULTY;
    const own = openOfDecision(rule, schema, lacking(first));
    return own && unite(own, { isAlways: true, alternatives: [facts] });
  });
  return ofItems?.every((each) => each !== undefined) ? unite(...ofItems) : undefined;
}

/** An undecided rule waits for what its condition lacks, what its assertion lacks, or both. */
function openOfDecision(
  { when, isWhenOfItem, assert }: RuleNodes,
  schema: JsonSchema | undefined,
  item?: Openness,
): Openness | undefined {
  const applies = when ? new OpennessReader(schema, isWhenOfItem ? item : undefined).readTest(when) : KNOWN;
  const holds = new OpennessReader(schema, item).assuming(when ? [when] : []).readTest(assert);
  if (applies?.constant === false || holds?.constant === true) return KNOWN;
  return applies && holds && join([applies, holds]);
}

const unite = (...all: readonly Openness[]): Openness => ({
  isAlways: all.every(({ isAlways }) => isAlways),
  alternatives: distinct(all.flatMap(({ alternatives }) => alternatives)),
});

const distinct = (lists: readonly Facts[]): Facts[] => [
  ...new Map(lists.map((facts) => [facts.join(), facts])).values(),
];

const MAX_ALTERNATIVES = 16;

/** What is evaluated of several values, all of which may be open. Undefined if there is too much to keep track of. */
function join(all: readonly Openness[]): Openness | undefined {
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

class OpennessReader {
  /** That of the operation's requests; undefined for several operations. */
  readonly #schema: JsonSchema | undefined;
  /** That of the item that a rule is evaluated for. */
  readonly #item: Openness | undefined;
  readonly #read = new Map<GraphNode, Openness | undefined>();

  /** Paths in the request of members that are there where these values matter. */
  readonly #given: ReadonlySet<string>;

  constructor(schema: JsonSchema | undefined, item?: Openness, given: ReadonlySet<string> = NOTHING_GIVEN) {
    this.#schema = schema;
    this.#item = item;
    this.#given = given;
  }

  /** What reads values that matter only where tests hold. */
  assuming(tests: readonly GraphNode[]): OpennessReader {
    const given = tests.flatMap(listGiven).filter((path) => !this.#given.has(path));
    return given.length === 0
      ? this
      : new OpennessReader(this.#schema, this.#item, new Set([...this.#given, ...given]));
  }

  /** Undefined where it can't be told. */
  read(node: GraphNode): Openness | undefined {
    if (!this.#read.has(node)) this.#read.set(node, this.#readNode(node));
    return this.#read.get(node);
  }

  /** What is true or false: any other value is faulty. */
  readTest(node: GraphNode): Openness | undefined {
    const own = this.read(node);
    return !own || own.isAlways || isTest(node) || this.#isGiven(node) ? own : unite(own, FAULTY);
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
        return isContext(children[0]!) ? lacking(shape.field) : this.read(children[0]!);
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
    if (isContext(of)) return lacking(field);
    const whole = this.read(of);
    if (!whole || whole.isAlways) return whole;
    return this.#isRequired(pathInRequest(of), field) ? whole : unite(whole, FAULTY);
  }

  /** Whether all objects at a path that the schema accepts have a member. */
  #isRequired(path: readonly string[] | undefined, field: string): boolean {
    if (path && this.#given.has([...path, field].join("/"))) return true;
    const schema = path && this.#schema && findSchemaAt(this.#schema, path);
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
    return all.every((each) => each !== undefined) ? join(all) : undefined;
  }

  #readLoop(shape: Extract<Shape, { kind: "loop" }>, [range, ...parts]: readonly GraphNode[]) {
    const list = this.read(range!);
    if (!list || list.isAlways) return list;
    if (list.constant === "empty") return isTest({ shape }) ? createConstant(shape.macro === "all") : list;
    const isMapOnly = !shape.hasTest;
    const ofParts = parts.map((part, at) => (isMapOnly || at > 0 ? this.read(part) : this.readTest(part)));
    if (!ofParts.every((each) => each !== undefined)) return undefined;
    const ofItem = { ...unite(...ofParts), isAlways: false };
    // What is missing for one item may be joined by what is missing for another.
    const ofItems = join(ofItem.alternatives.map((facts) => ({ isAlways: false, alternatives: [facts] })));
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
    const all = this.#readAll(args);
    // A reason that can't be worded is no reason.
    if (name === "undecided") return all?.isAlways ? all : undefined;
    const isTotal = TOTAL.has(name) || (name === "matches" && args[1]?.shape.kind === "constant");
    if (!all || isTotal) return all;
    const own = FUNCTIONS.find((each) => each.name === name);
    if (!own && name !== "_[_]" && name !== "matches") return undefined;
    return own && SURE_RESULTS.has(RESULT_KINDS[own.result] ?? "list") ? all : joinFaulty(all);
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
    const joined = join(rest);
    // One that isn't open may decide, whatever the others are.
    return joined && { ...joined, isAlways: rest.every(({ isAlways }) => isAlways) };
  }

  #readOrElse([path, other]: readonly GraphNode[]): Openness | undefined {
    let root = path!;
    let field: string | undefined;
    for (; root.shape.kind === "select"; root = root.children[0]!) field = root.shape.field;
    if (field === undefined) return this.read(root);
    if (isContext(root)) return lacking(field);
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

const isContext = ({ shape }: GraphNode): boolean => shape.kind === "variable" && shape.name === "context";

const ALWAYS_GIVEN: ReadonlySet<string> = new Set(
  "request params operation container repeats justification".split(" "),
);

const NOTHING_GIVEN: ReadonlySet<string> = new Set();

/** The members of a request that are there if a test holds. */
function listGiven({ shape, children }: GraphNode): string[] {
  if (shape.kind === "function" && shape.name === "_&&_") return children.flatMap(listGiven);
  const path = shape.kind === "presence" ? pathInRequest(children[0]!) : undefined;
  return path && shape.kind === "presence" ? [[...path, shape.field].join("/")] : [];
}

/** Undefined for what is no member of the request. */
function pathInRequest({ shape, children }: GraphNode): string[] | undefined {
  if (shape.kind === "variable") return shape.name === "request" ? [] : undefined;
  const whole = shape.kind === "select" ? pathInRequest(children[0]!) : undefined;
  return whole && shape.kind === "select" ? [...whole, shape.field] : undefined;
}

/** Calls that have a result for all values that counting code doesn't give up at. */
const TESTS = "_==_ _!=_ @in _<_ _<=_ _>_ _>=_ startsWith endsWith contains".split(" ");
const TOTAL: ReadonlySet<string> = new Set([
  ...TESTS,
  ..."_+_ size lowerAscii upperAscii trim type".split(" "),
]);
const SURE_RESULTS: ReadonlySet<string> = new Set(["bool", "text", "number", "list"]);

/** Whether a value is true or false, if it is known. */
function isTest({ shape, children = [] }: Pick<GraphNode, "shape"> & Partial<GraphNode>): boolean {
  switch (shape.kind) {
    case "presence":
      return true;
    case "constant":
      return shape.type === "bool";
    case "variable":
      return shape.name === "repeats";
    case "loop":
      return shape.macro !== "map" && shape.macro !== "filter";
    case "function":
    case "method":
      if (shape.name === "_?_:_") return children.slice(1).every(isTest);
      return (
        IS_TEST.has(shape.name) ||
        FUNCTIONS.some(({ name, result }) => name === shape.name && result === "bool")
      );
    default:
      return false;
  }
}

const IS_TEST: ReadonlySet<string> = new Set([...TESTS, ..."_&&_ _||_ !_ known matches".split(" ")]);
