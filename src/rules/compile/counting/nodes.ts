import { FUNCTIONS } from "../../functions/table.ts";
import type { GraphNode } from "../graph.ts";

export const isTextNode = ({ shape }: GraphNode, text?: unknown): boolean =>
  shape.kind === "constant" && shape.type === "string" && (typeof text !== "string" || shape.value === text);

export const isContextNode = ({ shape }: GraphNode): boolean =>
  shape.kind === "variable" && shape.name === "context";

/** The members of a request that are there if a test holds. */
export function listGivenMembers({ shape, children }: GraphNode): string[] {
  if (shape.kind === "function" && shape.name === "_&&_") return children.flatMap(listGivenMembers);
  const path = shape.kind === "presence" ? pathInRequest(children[0]!) : undefined;
  return path && shape.kind === "presence" ? [[...path, shape.field].join("/")] : [];
}

/** Undefined for what is no member of the request. */
export function pathInRequest({ shape, children }: GraphNode): string[] | undefined {
  if (shape.kind === "variable") return shape.name === "request" ? [] : undefined;
  const whole = shape.kind === "select" ? pathInRequest(children[0]!) : undefined;
  return whole && shape.kind === "select" ? [...whole, shape.field] : undefined;
}

/** Calls that have a result for all values that counting code doesn't give up at. */
export const TEST_CALLS: readonly string[] =
  "_==_ _!=_ @in _<_ _<=_ _>_ _>=_ startsWith endsWith contains".split(" ");
/** Whether a value is true or false, if it is known. */
export function isTestNode({ shape, children = [] }: Pick<GraphNode, "shape"> & Partial<GraphNode>): boolean {
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
      if (shape.name === "_?_:_") return children.slice(1).every(isTestNode);
      return (
        IS_TEST.has(shape.name) ||
        FUNCTIONS.some(({ name, result }) => name === shape.name && result === "bool")
      );
    default:
      return false;
  }
}

const IS_TEST: ReadonlySet<string> = new Set([...TEST_CALLS, ..."_&&_ _||_ !_ known matches".split(" ")]);
