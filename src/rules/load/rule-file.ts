import { isCode } from "../../diagnostics/codes.ts";
import { nearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { counted, quoted } from "../../diagnostics/text.ts";
import type { Permission } from "../permission.ts";
import type { Rule } from "../rule.ts";
import { ANY_OPERATION } from "../rule.ts";
import { pathText } from "../typecheck/presence.ts";
import type { Info, Scope } from "../typecheck/scope.ts";
import type { Type } from "../types.ts";
import { DYN, INT, listOf, recordOf, STRING, typeOfSchema, typeOfValue } from "../types.ts";
import type { Home, RequestSchemas, Surroundings } from "./environment.ts";
import { readExamples } from "./examples.ts";
import type { Expressions } from "./expressions.ts";
import { ExpressionReader } from "./expressions.ts";
import { readPermission } from "./permissions.ts";
import { pointerFault } from "./pointers.ts";
import type { Keys, Mapping, SourceFile } from "./source-file.ts";

const FILE: Keys = {
  operation: { kind: "text", isRequired: true },
  source: { kind: "text" },
  rules: { kind: "list" },
  permissions: { kind: "list" },
};

const RULE: Keys = {
  id: { kind: "text", isRequired: true },
  severity: { kind: "text", isRequired: true, values: ["error", "warning", "info"] },
  at: { kind: "texts", isRequired: true },
  when: { kind: "text" },
  each: { kind: "texts" },
  assert: { kind: "text", isRequired: true },
  scope: { kind: "text", values: ["request", "changeset"] },
  among: { kind: "text" },
  params: { kind: "mapping" },
  message: { kind: "text", isRequired: true },
  help: { kind: "text" },
  why: { kind: "text" },
  source: { kind: "text" },
  examples: { kind: "mapping", isRequired: true },
};

export interface RuleFile {
  rules: Rule[];
  permissions: Permission[];
}

/** Reads and checks one rule file; errors are added to `file.faults`. */
export function readRuleFile(file: SourceFile, value: unknown, around: Surroundings): RuleFile {
  const given = file.mapping(value, [], FILE, "a rule file");
  const operation = given?.operation;
  if (!given || typeof operation !== "string") return { rules: [], permissions: [] };
  const request = requestType(file, operation, around.schemas);
  const source = typeof given.source === "string" ? given.source : undefined;
  const home: Home = { file, operation, request, around, ...(source !== undefined && { source }) };
  const rules = ((given.rules as unknown[] | undefined) ?? []).flatMap((rule, index) =>
    readRule(home, rule, ["rules", index]),
  );
  const scope = scopeOf(home, "request", {});
  const permissions = ((given.permissions as unknown[] | undefined) ?? []).flatMap((entry, index) =>
    readPermission(home, scope, entry, ["permissions", index]),
  );
  return { rules, permissions };
}

function requestType(file: SourceFile, operation: string, schemas: RequestSchemas): Type {
  if (operation === ANY_OPERATION) return DYN;
  const schema = schemas.request(operation);
  if (schema) return typeOfSchema(schema, "the request");
  const near = nearest(operation, schemas.operations());
  const help = near
    ? `did you mean ${quoted(near)}?`
    : "an operation is written `service:Operation`, or `*` for all of them";
  file.fault(["operation"], `there is no schema for the operation ${quoted(operation)}`, help);
  return DYN;
}

function readRule(home: Home, value: unknown, path: Path): Rule[] {
  const { file, operation } = home;
  const before = file.faults.length;
  const given = file.mapping(value, path, RULE, "a rule");
  if (!given) return [];
  checkId(home, given.id, path);
  const scope = given.scope === "changeset" ? "changeset" : "request";
  const params = (given.params as Mapping | undefined) ?? {};
  if (scope === "changeset" && given.each !== undefined) {
    file.fault(
      [...path, "each"],
      "a rule over the run has no `each`",
      "go through the list in `assert`",
      "key",
    );
  }
  const read = new ExpressionReader(file, given, path, scopeOf(home, scope, params)).read();
  const { usedParams, ...expressions } = read;
  for (const name of Object.keys(params)) {
    if (usedParams.has(name) || usedParams.has("*")) continue;
    file.fault([...path, "params", name], `the parameter ${quoted(name)} is not used`, undefined, "key");
  }
  const at = readAt(home, given, path, expressions);
  checkAmong(home, given.among, scope, path);
  const rule = { operation, scope, needs: expressions.needs } as const;
  const examples = given.examples ? readExamples(file, given.examples, [...path, "examples"], rule) : [];
  if (file.faults.length > before) return [];
  const { id, severity, why, among, source = home.source } = given as unknown as Rule;
  const texts = {
    ...(among !== undefined && { among }),
    ...(why !== undefined && { why }),
    ...(source !== undefined && { source }),
  };
  const place = file.place([...path, "id"]);
  return [{ id, severity, ...rule, at, params, ...expressions, ...texts, examples, file: file.file, place }];
}

function checkId({ file, around }: Home, id: unknown, path: Path): void {
  if (typeof id !== "string") return;
  const at = [...path, "id"];
  const other = around.ids.get(id);
  if (!/^[a-z][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)+$/.test(id)) {
    file.fault(at, `${quoted(id)} is no id`, "write it as `family/what-must-hold`, in lower case");
  } else if (isCode(id) || id.startsWith("iam/"))
    file.fault(at, `${quoted(id)} is a code of Countersign's own`);
  else if (other !== undefined) file.fault(at, `there is another rule ${quoted(id)}`, `it is in ${other}`);
  else around.ids.set(id, `${quoted(file.file)}, line ${file.place(at).line}`);
}

function checkAmong({ file, request }: Home, among: unknown, scope: Rule["scope"], path: Path): void {
  if (typeof among !== "string") return;
  const at = [...path, "among"];
  const fault = pointerFault(among, request, undefined);
  if (scope !== "changeset")
    file.fault(at, "`among` is for rules over the run", "add `scope: changeset`", "key");
  else if (fault) file.fault(at, fault.message, fault.help);
}

function readAt(
  { file, request }: Home,
  given: Mapping,
  path: Path,
  { each }: Pick<Expressions, "each">,
): string[] {
  if (given.at === undefined) return [];
  const pointers = [given.at].flat() as string[];
  const wanted = given.each === undefined ? 1 : [given.each].flat().length;
  if (pointers.length !== wanted) {
    file.fault(
      [...path, "at"],
      `\`at\` has ${counted(pointers.length, "pointer")} for ${counted(wanted, "list")} of \`each\``,
      undefined,
      "key",
    );
    return pointers;
  }
  for (const [index, pointer] of pointers.entries()) {
    const list = each?.[index];
    const items = list && pathText(list.node);
    const fault = pointerFault(pointer, request, items?.startsWith("request.") ? items : undefined);
    const at = [...path, "at", ...(Array.isArray(given.at) ? [index] : [])];
    if (fault) file.fault(at, fault.message, fault.help);
  }
  return pointers;
}

const rooted = (root: string, type: Type): Info => ({
  type,
  place: { root, path: [] },
  required: [],
  key: root,
});

/** The variables available to a rule's expressions. */
function scopeOf({ request, around }: Home, scope: Rule["scope"], params: Mapping): Scope {
  const paramTypes = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeOfValue(value)]),
  );
  const variables = new Map<string, Info>([
    ["request", rooted("request", request)],
    ["context", rooted("context", around.context)],
    ["justification", rooted("justification", STRING)],
    ["caller", rooted("caller", STRING)],
    ["operation", { type: STRING }],
    ["params", rooted("params", recordOf("params", paramTypes))],
  ]);
  if (scope === "changeset") {
    const each = recordOf("a request", { operation: STRING, request, justification: STRING, index: INT });
    variables.set("requests", rooted("requests", listOf(each))).set("index", { type: INT });
  }
  return { variables, present: new Set() };
}
