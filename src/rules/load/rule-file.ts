import { isCode } from "../../diagnostics/codes.ts";
import { findNearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { formatCount, quoted } from "../../diagnostics/text.ts";
import { parseExpression } from "../cel/index.ts";
import type { Comparison } from "../pairs/comparison.ts";
import { recogniseComparison } from "../pairs/comparison.ts";
import type { Permission } from "../permission.ts";
import type { Rule } from "../rule.ts";
import { ANY_OPERATION, isParsed } from "../rule.ts";
import { formatPath } from "../typecheck/presence.ts";
import type { ExpressionInfo, TypeScope } from "../typecheck/scope.ts";
import type { Type } from "../types.ts";
import {
  BOOL,
  DYN,
  INT,
  STRING,
  TIME,
  toListType,
  toRecordType,
  typeFromSchema,
  typeFromValue,
} from "../types.ts";
import type { FileScope, LoadState, RequestSchemas } from "./environment.ts";
import { readExamples } from "./examples.ts";
import type { RuleExpressions } from "./expressions.ts";
import { ExpressionReader } from "./expressions.ts";
import { catchSyntaxError } from "./parsing.ts";
import { checkActionForms, readPermission } from "./permissions.ts";
import { findPointerFault } from "./pointers.ts";
import type { KeySpecs, Mapping, RuleSourceFile } from "./source-file.ts";
import { SOURCE } from "./source-file.ts";

const FILE_KEYS: KeySpecs = {
  operation: { kind: "text", isRequired: true },
  operations: { kind: "texts" },
  source: SOURCE,
  define: { kind: "mapping" },
  rules: { kind: "list" },
  permissions: { kind: "list" },
  newActions: { kind: "texts" },
};

const RULE_KEYS: KeySpecs = {
  id: { kind: "text", isRequired: true },
  severity: { kind: "text", isRequired: true, values: ["error", "warning", "info"] },
  at: { kind: "texts", isRequired: true },
  when: { kind: "text" },
  each: { kind: "texts" },
  assert: { kind: "text", isRequired: true },
  scope: { kind: "text", values: ["request", "changeset"] },
  among: { kind: "text" },
  params: { kind: "mapping" },
  paramsOf: { kind: "text" },
  message: { kind: "text", isRequired: true },
  help: { kind: "text" },
  fix: { kind: "text" },
  why: { kind: "text" },
  source: SOURCE,
  examples: { kind: "mapping", isRequired: true },
};

export interface RuleFile {
  rules: Rule[];
  permissions: Permission[];
}

/** Reads and checks one rule file; errors are added to `file.faults`. */
export function readRuleFile(file: RuleSourceFile, value: unknown, around: LoadState): RuleFile {
  const given = file.checkMapping(value, [], FILE_KEYS, "a rule file");
  const operation = given?.operation;
  if (!given || typeof operation !== "string") return { rules: [], permissions: [] };
  const request = resolveRequestType(file, operation, around.schemas);
  const operations = readOperations(file, operation, given.operations, around.schemas);
  const home: FileScope = {
    file,
    operation,
    request,
    state: around,
    params: new Map(),
    ...(typeof given.source === "string" && { source: given.source }),
  };
  readDefinitions(file, (given.define as Mapping | undefined) ?? {});
  checkActionForms(file, given.newActions, ["newActions"]);
  const rules = ((given.rules as unknown[] | undefined) ?? []).flatMap((rule, index) =>
    readRule(home, rule, ["rules", index]).map((read) => ({ ...read, ...operations })),
  );
  const scope = createScope(home, "request", {});
  const permissions = ((given.permissions as unknown[] | undefined) ?? []).flatMap((entry, index) =>
    readPermission(home, scope, entry, ["permissions", index]),
  );
  // A faulty expression may have been the one that uses it.
  const unused = file.faults.length === 0 ? file.definitions.listUnused() : [];
  for (const signature of unused)
    file.addFault(["define", signature], `the definition ${quoted(signature)} is not used`, undefined, "key");
  return { rules, permissions };
}

/** The operations that rules of `*` are limited to. */
function readOperations(
  file: RuleSourceFile,
  operation: string,
  given: unknown,
  schemas: RequestSchemas,
): Pick<Rule, "operations"> {
  if (given === undefined) return {};
  if (operation !== ANY_OPERATION)
    file.addFault(["operations"], "`operations` limits the rules of `*`", 'write `operation: "*"`', "key");
  const names = [given].flat() as string[];
  for (const [index, name] of names.entries())
    if (!schemas.request(name))
      file.addFault(["operations", index], `there is no schema for the operation ${quoted(name)}`);
  return { operations: names };
}

/** Definitions may use those before them. They are checked where they are used. */
function readDefinitions(file: RuleSourceFile, given: Mapping): void {
  for (const [signature, text] of Object.entries(given)) {
    const path = ["define", signature];
    if (typeof text !== "string") {
      file.addFault(path, `${quoted(signature)} stands for an expression, which is a text`);
      continue;
    }
    const fault = catchSyntaxError(file, path, text, () =>
      file.definitions.add(signature, text, () => parseExpression(text)),
    );
    if (fault !== undefined) file.addFault(path, fault, undefined, "key");
  }
}

function resolveRequestType(file: RuleSourceFile, operation: string, schemas: RequestSchemas): Type {
  if (operation === ANY_OPERATION) return DYN;
  const schema = schemas.request(operation);
  if (schema) return typeFromSchema(schema, "the request");
  const near = findNearest(operation, schemas.operations());
  const help = near
    ? `did you mean ${quoted(near)}?`
    : "an operation is written `service:Operation`, or `*` for all of them";
  file.addFault(["operation"], `there is no schema for the operation ${quoted(operation)}`, help);
  return DYN;
}

function readRule(home: FileScope, value: unknown, path: Path): Rule[] {
  const { file, operation } = home;
  const before = file.faults.length;
  const given = file.checkMapping(value, path, RULE_KEYS, "a rule");
  if (!given) return [];
  checkId(home, given.id, path);
  file.definitions.takeUsed();
  const scope = given.scope === "changeset" ? "changeset" : "request";
  const { params, paramsOf } = readParams(home, given, path);
  if (scope === "changeset" && given.each !== undefined) {
    file.addFault(
      [...path, "each"],
      "a rule over the run has no `each`",
      "go through the list in `assert`",
      "key",
    );
  }
  const read = new ExpressionReader(file, given, path, createScope(home, scope, params)).read();
  const { usedParams, ...expressions } = read;
  for (const name of Object.keys(params)) {
    if (usedParams.has(name) || usedParams.has("*") || paramsOf !== undefined) continue;
    file.addFault([...path, "params", name], `the parameter ${quoted(name)} is not used`, undefined, "key");
  }
  const at = readPointers(home, given, path, expressions);
  checkAmong(home, given.among, scope, path);
  const rule = { operation, scope, needs: expressions.needs } as const;
  const examples = given.examples ? readExamples(file, given.examples, [...path, "examples"], rule) : [];
  if (file.faults.length > before) return [];
  const { id, severity, why, among, source = home.source } = given as unknown as Rule;
  const define = file.definitions.rowsOf(file.definitions.takeUsed());
  const texts = {
    ...(define.length > 0 && { define }),
    ...(paramsOf !== undefined && { paramsOf }),
    ...(among !== undefined && { among }),
    ...(why !== undefined && { why }),
    ...(source !== undefined && { source }),
  };
  const place = file.place([...path, "id"]);
  const comparison = findComparison(scope, expressions);
  const rest = { ...texts, ...(comparison && { comparison }), examples, file: file.file, place };
  return [{ id, severity, ...rule, at, params, ...expressions, ...rest }];
}

/** How a rule over the run compares requests, if it has nothing but a comparison. */
function findComparison(
  scope: Rule["scope"],
  { when, each, assert, message, help = [] }: Omit<RuleExpressions, "usedParams">,
): Comparison | undefined {
  if (scope !== "changeset" || each) return undefined;
  const shown = [...message, ...help].filter((part) => typeof part !== "string").filter(isParsed);
  const nodes = shown.map(({ node }) => node);
  return recogniseComparison(assert.node, nodes, when?.node);
}

/** The rule's own parameters, or those of an earlier rule of the file. */
function readParams(
  { file, params: declared }: FileScope,
  given: Mapping,
  path: Path,
): { params: Mapping; paramsOf?: string } {
  const params = (given.params as Mapping | undefined) ?? {};
  const { id, paramsOf } = given;
  if (typeof id === "string") declared.set(id, params);
  if (typeof paramsOf !== "string") return { params };
  const found = declared.get(paramsOf);
  const at = [...path, "paramsOf"];
  if (given.params !== undefined)
    file.addFault(at, "a rule has `params` or `paramsOf`, not both", undefined, "key");
  else if (!found || paramsOf === id)
    file.addFault(at, `no rule ${quoted(paramsOf)} comes before this one in the file`);
  return { params: found ?? {}, paramsOf };
}

function checkId({ file, state: around }: FileScope, id: unknown, path: Path): void {
  if (typeof id !== "string") return;
  const at = [...path, "id"];
  const other = around.usedIds.get(id);
  if (!/^[a-z][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)+$/.test(id)) {
    file.addFault(at, `${quoted(id)} is no id`, "write it as `family/what-must-hold`, in lower case");
  } else if (isCode(id) || id.startsWith("iam/"))
    file.addFault(at, `${quoted(id)} is a code of Countersign's own`);
  else if (other !== undefined) file.addFault(at, `there is another rule ${quoted(id)}`, `it is in ${other}`);
  else around.usedIds.set(id, `${quoted(file.file)}, line ${file.place(at).line}`);
}

function checkAmong({ file, request }: FileScope, among: unknown, scope: Rule["scope"], path: Path): void {
  if (typeof among !== "string") return;
  const at = [...path, "among"];
  const fault = findPointerFault(among, request, undefined);
  if (scope !== "changeset")
    file.addFault(at, "`among` is for rules over the run", "add `scope: changeset`", "key");
  else if (fault) file.addFault(at, fault.message, fault.help);
}

function readPointers(
  { file, request }: FileScope,
  given: Mapping,
  path: Path,
  { each }: Pick<RuleExpressions, "each">,
): string[] {
  if (given.at === undefined) return [];
  const pointers = [given.at].flat() as string[];
  const wanted = given.each === undefined ? pointers.length : [given.each].flat().length;
  if (pointers.length !== wanted) {
    file.addFault(
      [...path, "at"],
      `\`at\` has ${formatCount(pointers.length, "pointer")} for ${formatCount(wanted, "list")} of \`each\``,
      undefined,
      "key",
    );
    return pointers;
  }
  for (const [index, pointer] of pointers.entries()) {
    const list = each?.[index];
    const items = list && formatPath(list.node);
    const fault = findPointerFault(pointer, request, items?.startsWith("request.") ? items : undefined);
    const at = [...path, "at", ...(Array.isArray(given.at) ? [index] : [])];
    if (fault) file.addFault(at, fault.message, fault.help);
  }
  return pointers;
}

const createRootInfo = (root: string, type: Type): ExpressionInfo => ({
  type,
  place: { root, path: [] },
  required: [],
  key: root,
});

/** The variables available to a rule's expressions. */
function createScope(
  { request, state: around }: FileScope,
  scope: Rule["scope"],
  params: Mapping,
): TypeScope {
  const paramTypes = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeFromValue(value)]),
  );
  const variables = new Map<string, ExpressionInfo>([
    ["request", createRootInfo("request", request)],
    ["context", createRootInfo("context", around.context)],
    ["justification", createRootInfo("justification", STRING)],
    ["caller", createRootInfo("caller", STRING)],
    ["operation", { type: STRING }],
    ["container", { type: STRING }],
    ["repeats", { type: BOOL }],
    ["now", { type: TIME }],
    ["params", createRootInfo("params", toRecordType("params", paramTypes))],
  ]);
  if (scope === "changeset") {
    const each = toRecordType("a request", { operation: STRING, request, justification: STRING, index: INT });
    variables.set("requests", createRootInfo("requests", toListType(each))).set("index", { type: INT });
  }
  return { variables, present: new Set() };
}
