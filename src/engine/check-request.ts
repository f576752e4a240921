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

/** The input of a check: an operation, its payload, and what accompanies them. */
export interface Proposed {
  operation: string;
  payload: unknown;
  justification?: string;
  caller?: string;
  context?: Record<string, unknown>;
}

export interface CheckedRequest {
  /** Paths are relative to the payload. */
  findings: Finding[];
  /** Paths are relative to the context that the request carries. */
  contextFindings: Finding[];
  /** Policies that were evaluated. Their own problems are reported once per run. */
  consulted?: readonly Policy[];
  /**
   * Input of the rules that compare all requests of a run; undefined if the operation or the payload is
   * unknown.
   */
  input?: RuleInput;
}

/** Checks one request on its own: schema, context, rules, and permissions, in that order. */
export function checkRequest(proposed: Proposed, engine: Engine): CheckedRequest {
  const { operation, payload } = proposed;
  const schema = engine.schemas.find(operation);
  if (!schema) return { findings: [unknownOperation(operation, engine.schemas)], contextFindings: [] };
  const findings = checkPayload(payload, schema, requestOf(operation));
  // A payload that is unknown as a whole yields one undecided finding, not one from each rule.
  if (payload instanceof Unknown) return { findings, contextFindings: [] };
  const context = withUnknowns(proposed.context ?? {}) as Record<string, unknown>;
  const subject = { operation, request: payload, context };
  const contextFindings = engine.contextSchemas ? checkContext(subject, engine.contextSchemas) : [];
  if (!engine.rules) return { findings, contextFindings };
  const sound = soundContext(context, proposed.context, contextFindings);
  const input = ruleInputOf(proposed, engine, {
    findings,
    records: engine.context.recordsFor({ ...subject, context: sound }),
  });
  const { findings: denials, consulted } = permissionsOf(input, engine.rules, engine);
  return {
    findings: [...findings, ...engine.rules.evaluate(input, engine.ruleOptions), ...denials],
    contextFindings,
    consulted,
    input,
  };
}

/** Assembles the input of the rules. */
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
    // The request's own caller takes precedence over the configured one.
    caller: withUnknowns(caller ?? engine.caller) as RuleInput["caller"],
    context: records,
    faulty,
    sound: new Set([...faulty].filter((pointer) => !unsound.has(pointer))),
  };
}

/**
 * Checks that the principals involved have the permissions that the request needs. Applies the user's
 * severities.
 */
function permissionsOf(input: RuleInput, rules: RuleSet, { judge, ruleOptions }: Engine): PermissionCheck {
  const { findings, consulted } = checkPermissions(input, { rules, judge });
  return { findings: atSeverity(findings, ruleOptions), consulted };
}

/** Applies the severities that the user configured by code. Rules apply theirs themselves. */
export const atSeverity = <T extends Pick<Finding, "code" | "severity">>(
  findings: readonly T[],
  { severities = {} }: NonNullable<Engine["ruleOptions"]> = {},
): T[] =>
  findings.flatMap((finding) => {
    const severity = severities[finding.code];
    if (severity === "off") return [];
    return severity === undefined ? [finding] : [{ ...finding, severity }];
  });

/**
 * Whether a faulty value still has the right type, so that rules may look at it. A placeholder may turn out
 * to be of any type.
 */
const isSound = ({ code, path }: Finding, payload: unknown): boolean =>
  code !== "schema/type" && !(valueAt(payload, path) instanceof Unknown);

const pointersOf = (findings: readonly Finding[]): Set<string> =>
  new Set(findings.map(({ path }) => toPointer(path)));

/**
 * Drops the invalid records of the request's context: they are reported, and then count as not given.
 * Policies are restored to their original text, since `${…}` in them is a policy variable, not a placeholder.
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

/** Warnings and undecided findings do not keep rules from evaluating a value. */
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
