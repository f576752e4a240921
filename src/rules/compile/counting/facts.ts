/**
 * Works out which facts a rule waits for whenever it is undecided, for requests as counting code takes them. Many rules always
 * wait for the same facts, so that counting them says all that a report needs.
 */
import { findSchemaAt, type JsonSchema } from "../../../schema/json-schema.ts";
import type { GraphNode } from "../graph.ts";
import type { Facts, Openness, Requests } from "./openness.ts";
import { FAULTY, joinOpen, KNOWN, lacking, OpennessReader, unite } from "./openness.ts";
import type { ItemPath, RuleNodes } from "./rule.ts";

/** The facts that a rule waits for; by the value of a member of the request, where they depend on it alone. */
export type FactsOfRule = Facts | { member: string; of: Readonly<Record<string, Facts>> };

/** What a rule waits for whenever it is undecided; undefined if that depends on more of the request. */
export function findFactsOfRule(rule: RuleNodes, schema: JsonSchema | undefined): FactsOfRule | undefined {
  const facts = findFacts(rule, { schema });
  if (facts || !schema) return facts;
  const [member, values] = Object.entries(schema.properties ?? {}).flatMap(([name, own]) => {
    const choices = schema.required?.includes(name) ? resolveEnum(own, schema) : undefined;
    return choices ? [[name, choices] as const] : [];
  })[0] ?? [undefined, []];
  if (member === undefined) return undefined;
  const of = values.flatMap((value) => {
    const found = findFacts(rule, { schema, chosen: { member, value } });
    return found ? [[value, found] as const] : [];
  });
  return of.length > 0 ? { member, of: Object.fromEntries(of) } : undefined;
}

function resolveEnum(schema: JsonSchema, root: JsonSchema): readonly string[] | undefined {
  const values = schema.$ref === undefined ? schema.enum : findSchemaAt({ ...root, ...schema }, [])?.enum;
  return values?.every((value) => typeof value === "string") ? values : undefined;
}

function findFacts(rule: RuleNodes, requests: Requests): Facts | undefined {
  const found = rule.each
    ? rule.each.map((list) => openOfItems(rule, list, requests))
    : [openOfDecision(rule, requests)];
  const alternatives = found.every((each) => each !== undefined) ? unite(...found).alternatives : [];
  const [only, ...others] = alternatives;
  return only && only.length > 0 && others.length === 0 ? only : undefined;
}

function openOfItems(rule: RuleNodes, list: ItemPath | GraphNode, requests: Requests): Openness | undefined {
  const path = "root" in list ? list : undefined;
  if (path?.root === "request") return openOfDecision(rule, requests, KNOWN);
  const given = path ? lacking(path.path[0]!) : new OpennessReader(requests).read(list as GraphNode);
  const ofItems = given?.alternatives.map((facts) => {
    const [first] = facts;
    if (first === undefined) return FAULTY;
    const own = openOfDecision(rule, requests, lacking(first));
    return own && unite(own, { isAlways: true, alternatives: [facts] });
  });
  return ofItems?.every((each) => each !== undefined) ? unite(...ofItems) : undefined;
}

/** An undecided rule waits for what its condition lacks, what its assertion lacks, or both. */
function openOfDecision(
  { when, isWhenOfItem, assert }: RuleNodes,
  requests: Requests,
  item?: Openness,
): Openness | undefined {
  const applies = when ? new OpennessReader(requests, isWhenOfItem ? item : undefined).readTest(when) : KNOWN;
  const holds = new OpennessReader(requests, item).assuming(when ? [when] : []).readTest(assert);
  if (applies?.constant === false || holds?.constant === true) return KNOWN;
  return applies && holds && joinOpen([applies, holds]);
}
