import { checkContext } from "../context/envelope.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import { nearestFew } from "../diagnostics/nearest.ts";
import { toPointer, valueAt } from "../diagnostics/pointer.ts";
import { listed, quoted } from "../diagnostics/text.ts";
import { Unknown } from "../documents/document.ts";
import type { Policy } from "../iam/policy.ts";
import type { PermissionCheck } from "../permissions/check.ts";
import { checkPermissions } from "../permissions/check.ts";
import { withUnknowns } from "../requests/placeholders.ts";
import type { RuleInput, RuleSet } from "../rules/rule-set.ts";
import { checkPayload } from "../schema/check.ts";
import { requestOf } from "../schema/names.ts";
import type { SchemaStore } from "../schema/store.ts";
import type { Engine } from "./engine.ts";

/** What is checked: an operation, its payload, and what came with them. */
export interface Proposed {
  operation: string;
  payload: unknown;
  justification?: string;
  caller?: string;
  context?: Record<string, unknown>;
}

export interface CheckedRequest {
  /** Paths lead into the payload. */
  findings: Finding[];
  /** Paths lead into the context that came with the request. */
  contextFindings: Finding[];
  /** Policies that were looked at: what is wrong with them is told once a run. */
  consulted?: readonly Policy[];
  /** What rules about the whole run are asked with; undefined where there is no telling what the request is. */
  input?: RuleInput;
}

/** Everything there is to say of one request by itself: the pipeline, top to bottom. */
export function checkRequest(proposed: Proposed, engine: Engine): CheckedRequest {
  const { operation, payload } = proposed;
  const schema = engine.schemas.find(operation);
  if (!schema) return { findings: [unknownOperation(operation, engine.schemas)], contextFindings: [] };
  const findings = checkPayload(payload, schema, requestOf(operation));
  // One question about all of it, not one from each rule.
  if (payload instanceof Unknown) return { findings, contextFindings: [] };
  const context = withUnknowns(proposed.context ?? {}) as Record<string, unknown>;
  const asked = { operation, request: payload, context };
  const contextFindings = engine.contextSchemas ? checkContext(asked, engine.contextSchemas) : [];
  if (!engine.rules) return { findings, contextFindings };
  const sound = soundContext(context, proposed.context, contextFindings);
  const input = ruleInputOf(proposed, engine, {
    findings,
    records: engine.context.recordsFor({ ...asked, context: sound }),
  });
  const { findings: denials, consulted } = permissionsOf(input, engine.rules, engine);
  return {
    findings: [...findings, ...engine.rules.evaluate(input, engine.ruleOptions), ...denials],
    contextFindings,
    consulted,
    input,
  };
}

/** What rules are asked with. */
function ruleInputOf(
  { operation, payload, justification, caller }: Proposed,
  engine: Engine,
  { findings, records }: { findings: readonly Finding[]; records: Record<string, unknown> },
): RuleInput {
  const faults = findings.filter(isFault);
  const faulty = pointersOf(faults);
  const unsound = pointersOf(faults.filter((fault) => !isSound(fault, payload)));
  return {
    operation,
    request: payload,
    justification,
    // The nearest wins.
    caller: withUnknowns(caller ?? engine.caller) as RuleInput["caller"],
    context: records,
    faulty,
    sound: new Set([...faulty].filter((pointer) => !unsound.has(pointer))),
  };
}

/** Whether those who need permissions for the request have them, as loudly as users want it. */
function permissionsOf(input: RuleInput, rules: RuleSet, { judge, ruleOptions }: Engine): PermissionCheck {
  const { findings, consulted } = checkPermissions(input, { rules, judge });
  return { findings: atSeverity(findings, ruleOptions), consulted };
}

/** Findings that no rule made, with the severities that users gave their codes. */
export const atSeverity = <T extends Pick<Finding, "code" | "severity">>(
  findings: readonly T[],
  { severities = {} }: NonNullable<Engine["ruleOptions"]> = {},
): T[] =>
  findings.flatMap((finding) => {
    const severity = severities[finding.code];
    if (severity === "off") return [];
    return severity === undefined ? [finding] : [{ ...finding, severity }];
  });

/** Of the right kind, and wrong only in form, length or place; a placeholder might turn out to be of any kind. */
const isSound = ({ code, path }: Finding, payload: unknown): boolean =>
  code !== "schema/type" && !(valueAt(payload, path) instanceof Unknown);

const pointersOf = (findings: readonly Finding[]): Set<string> =>
  new Set(findings.map(({ path }) => toPointer(path)));

/**
 * The context that came with a request, as far as it is right: a record that is wrong says so itself, and counts as not
 * given. In policies `${…}` is a variable, and no placeholder.
 */
function soundContext(
  context: Record<string, unknown>,
  given: Proposed["context"],
  findings: readonly Finding[],
): Record<string, unknown> {
  const wrong = new Set(findings.filter(({ severity }) => severity !== "warning").map(({ path }) => path[0]));
  const sound = Object.entries(context).filter(([name]) => !wrong.has(name));
  return Object.fromEntries(
    sound.map(([name, value]) => [name, name === "bucket" ? withPolicies(value, given?.[name]) : value]),
  );
}

function withPolicies(bucket: unknown, given: unknown): unknown {
  if (typeof bucket !== "object" || bucket === null || bucket instanceof Unknown) return bucket;
  const { policy, kmsKeyPolicy } = given as Record<string, unknown>;
  return {
    ...bucket,
    ...(policy !== undefined && { policy }),
    ...(kmsKeyPolicy !== undefined && { kmsKeyPolicy }),
  };
}

/** A warning or an open question is no reason for a rule to be silent. */
const isFault = ({ code, status }: Finding): boolean =>
  status === undefined && code !== "schema/documented-value";

function unknownOperation(operation: string, schemas: SchemaStore): Finding {
  if (withUnknowns(operation) instanceof Unknown) return openOperation(operation);
  const near = nearestFew(operation, schemas.operations());
  return {
    code: "document/unknown-operation",
    path: [],
    at: "operation",
    message: `there is no schema for the operation ${quoted(operation)}`,
    help: `${near.length > 0 ? `did you mean ${listed(near)}? otherwise ` : ""}${unknownHelp(operation)}`,
  };
}

const openOperation = (operation: string): Finding => ({
  code: "document/unknown-operation",
  path: [],
  at: "operation",
  status: "undecided",
  message: `${quoted(operation)} is a placeholder: which operation to check is not known`,
  help: "check the request again with the value filled in",
});

const unknownHelp = (operation: string): string =>
  /^[\w-]+:\w+$/.test(operation)
    ? "make one with `countersign schema generate` from its documentation page, and name its directory with `--schemas`"
    : "an operation is written `service:Operation`, for example `fsx:CreateDataRepositoryTask`";
