import { checkContext } from "../context/envelope.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { toPointer } from "../diagnostics/pointer.ts";
import { Unknown } from "../documents/document.ts";
import { OpenObject, PartialText, readKnown } from "../documents/partial.ts";
import type { Policy } from "../iam/policy.ts";
import type { PermissionCheck, PermissionDependencies } from "../permissions/check.ts";
import { checkPermissions } from "../permissions/check.ts";
import type { DefinedBucket } from "../permissions/defined-bucket.ts";
import type { TemplatePrincipal } from "../permissions/template-principal.ts";
import { replacePlaceholders } from "../requests/placeholders.ts";
import type { Choices, Container, RequestDialect } from "../requests/request.ts";
import type { PendingFinding } from "../rules/findings/pending-finding.ts";
import type { RuleInput } from "../rules/input.ts";
import { checkPayload } from "../schema/check.ts";
import { convertTypes } from "../schema/conversions.ts";
import { renameMembersInText } from "../schema/member-names.ts";
import { describeRequest } from "../schema/names.ts";
import type { RequestSchema } from "../schema/store.ts";
import { conversionsOf } from "./container-types.ts";
import type { Engine } from "./engine.ts";
import { addRecordedKeys } from "./trail/recorded-keys.ts";
import { createUnknownOperationFinding } from "./unknown-operation.ts";

/** The input of a check: an operation, its payload, and what accompanies them. */
export interface ProposedRequest {
  operation: string;
  payload: unknown;
  justification?: string | Unknown;
  /** The time that rules go by, where it is not that of the run. */
  now?: Date;
  caller?: string | Unknown;
  /** The caller, if a template of the run defines it. */
  callerIdentity?: TemplatePrincipal | undefined;
  /** The roles that the payload hands over, by member, of those that templates of the run define. */
  roles?: ReadonlyMap<string, TemplatePrincipal> | undefined;
  /** The bucket that the payload names, if a template of the run defines it. */
  bucket?: DefinedBucket | undefined;
  /** Records of the context that the template around the request defines. All others take precedence. */
  defined?: Readonly<Record<string, unknown>>;
  context?: Record<string, unknown>;
  /** Where the request was found; absent if a program hands it over. */
  container?: Container;
  /** Whether the container makes the request again and again. */
  repeats?: boolean;
  /** Set if the request is one of several of which only one is made. */
  choices?: Choices;
  /** Of a past call: the condition keys that are known of it. */
  recorded?: { readConditionKeys(): Readonly<Record<string, unknown>> };
  /** Present if the container of the request names members in its own way. */
  dialect?: Pick<RequestDialect, "toContainerName">;
}

export interface RequestCheckResult {
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

/** A check of which the findings of rules have no texts and places yet. */
export interface RequestDecision extends RequestCheckResult {
  pending: readonly PendingFinding[];
}

/** Checks one request on its own: schema, context, rules, and permissions, in that order. */
export function decideRequest(proposed: ProposedRequest, engine: Engine): RequestDecision {
  const decision = decideAll(proposed, engine);
  return engine.past ? engine.past.selectDecided(decision) : decision;
}

function decideAll(proposed: ProposedRequest, engine: Engine): RequestDecision {
  const { operation } = proposed;
  const schema = engine.schemas.find(operation);
  if (!schema) {
    const findings = [createUnknownOperationFinding(operation, engine.schemas)];
    return { findings, contextFindings: [], pending: [] };
  }
  const { payload, findings, nulls } = checkContainerPayload(proposed, schema);
  // A payload that is unknown as a whole yields one undecided finding, not one from each rule.
  if (payload instanceof Unknown && !(payload instanceof OpenObject))
    return { findings, contextFindings: [], pending: [] };
  const context = replacePlaceholders(proposed.context ?? {}) as Record<string, unknown>;
  const subject = { operation, request: payload, context };
  const contextFindings = engine.contextSchemas ? checkContext(subject, engine.contextSchemas) : [];
  if (!engine.rules) return { findings, contextFindings, pending: [] };
  const sound = selectSoundContext(context, proposed.context, contextFindings);
  const about = { ...subject, context: sound };
  const { dialect } = proposed;
  // The schema's source is read only for a message.
  const renameInText =
    dialect && ((text: string) => renameMembersInText(text, schema.source, dialect.toContainerName));
  const input = buildRuleInput({ ...proposed, payload, renameInText }, engine, {
    faults: [
      ...findings.filter(isFault),
      ...nulls.map((path) => ({ code: "schema/type" as const, path })),
      ...listMisspelt(findings, payload),
    ],
    partialLists: engine.context.findPartialLists(about),
    records: addRecordedKeys({ ...proposed.defined, ...engine.context.findRecords(about) }, proposed, engine),
  });
  const { findings: denials, consulted } = checkRequestPermissions(
    input,
    { ...proposed, rules: engine.rules, caller: proposed.callerIdentity },
    engine,
  );
  return {
    findings: [...findings, ...denials],
    pending: engine.rules.decide(input, engine.ruleOptions),
    contextFindings,
    consulted,
    input,
  };
}

type PayloadFault = Pick<Finding, "code" | "path">;

/** Members that are there by another name: without them, rules would report the same mistake again. */
const listMisspelt = (findings: readonly Finding[], payload: unknown): PayloadFault[] =>
  findings.flatMap(({ code, path, replacement }) => {
    if (code !== "schema/unknown-field" || typeof replacement?.by !== "string") return [];
    const meant = [...path.slice(0, -1), replacement.by];
    const isGiven = meant.reduce<unknown>(readKnown, payload) !== undefined;
    return isGiven ? [] : [{ code: "schema/type", path: meant }];
  });

interface CheckedPayload {
  /** With values converted as the container's reader converts them. */
  payload: unknown;
  findings: Finding[];
  /** Required members that are null, of which a warning is among the findings. */
  nulls: readonly Path[];
}

/** Checks a payload as the container's reader hands it to the API. */
function checkContainerPayload(
  { operation, payload, container, dialect }: ProposedRequest,
  schema: RequestSchema,
): CheckedPayload {
  const check = (value: unknown) =>
    checkPayload(value, schema, describeRequest(operation), dialect?.toContainerName);
  const findings = check(payload);
  const conversions = conversionsOf(container);
  if (!conversions || !findings.some(({ code }) => code === "schema/type"))
    return { payload, findings, nulls: [] };
  const converted = convertTypes(payload, schema.source, conversions, dialect?.toContainerName);
  const isNull = new Set(converted.nulls.map(toPointer));
  const others = check(converted.value).filter(
    ({ code, path }) => code !== "schema/type" || !isNull.has(toPointer(path)),
  );
  return {
    payload: converted.value,
    findings: [...converted.findings, ...others],
    nulls: converted.nulls,
  };
}

const readCaller = (caller: unknown): RuleInput["caller"] =>
  replacePlaceholders(caller) as RuleInput["caller"];

/** Assembles the input of the rules. */
function buildRuleInput(
  {
    operation,
    payload,
    justification,
    now,
    caller,
    callerIdentity,
    container,
    repeats,
    choices,
    renameInText,
  }: ProposedRequest & Pick<RuleInput, "renameInText">,
  engine: Engine,
  {
    faults,
    records,
    partialLists,
  }: Pick<RuleInput, "partialLists"> & {
    faults: readonly PayloadFault[];
    records: Record<string, unknown>;
  },
): RuleInput {
  return {
    operation,
    request: payload,
    justification,
    now,
    // The request's own caller takes precedence over the configured one, also where only a part of it is known.
    caller: readCaller(callerIdentity?.arn ?? caller ?? engine.caller),
    container,
    repeats,
    choices,
    renameInText,
    context: records,
    partialLists,
    ...listFaulty(faults, payload),
  };
}

/** A run keeps the inputs of all its requests, most of which have no faults. */
function listFaulty(
  faults: readonly PayloadFault[],
  payload: unknown,
): Pick<RuleInput, "faulty" | "wellTyped"> {
  if (faults.length === 0) return NOTHING_FAULTY;
  const faulty = toPointers(faults);
  const unsound = toPointers(faults.filter((fault) => !hasSoundType(fault, payload)));
  return { faulty, wellTyped: new Set([...faulty].filter((pointer) => !unsound.has(pointer))) };
}

const NOTHING_FAULTY = { faulty: new Set<string>() };

/**
 * Checks that the principals involved have the permissions that the request needs. Applies the user's
 * severities.
 */
function checkRequestPermissions(
  input: RuleInput,
  { rules, caller, roles, bucket }: Omit<PermissionDependencies, "evaluator">,
  { permissionEvaluator, templateEvaluator, ruleOptions }: Engine,
): PermissionCheck {
  const evaluator = caller || roles ? templateEvaluator : permissionEvaluator;
  const { findings, consulted } = checkPermissions(input, { rules, evaluator, caller, roles, bucket });
  return { findings: applySeverities(findings, ruleOptions), consulted };
}

/** Applies the severities that the user configured by code. Rules apply theirs themselves. */
export const applySeverities = <T extends Pick<Finding, "code" | "severity">>(
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
const hasSoundType = ({ code, path }: PayloadFault, payload: unknown): boolean => {
  if (code === "schema/type") return false;
  const value = path.reduce<unknown>(readKnown, payload);
  return !(value instanceof Unknown) || value instanceof PartialText;
};

const toPointers = (findings: readonly PayloadFault[]): Set<string> =>
  new Set(findings.map(({ path }) => toPointer(path)));

/**
 * Drops the invalid records of the request's context: they are reported, and then count as not given.
 * Policies are restored to their original text, since `${…}` in them is a policy variable, not a placeholder.
 */
function selectSoundContext(
  context: Record<string, unknown>,
  given: ProposedRequest["context"],
  findings: readonly Finding[],
): Record<string, unknown> {
  const wrong = new Set(findings.filter(({ severity }) => severity !== "warning").map(({ path }) => path[0]));
  const sound = Object.entries(context).filter(([name]) => !wrong.has(name));
  return Object.fromEntries(
    sound.map(([name, value]) => [name, name === "bucket" ? restorePolicies(value, given?.[name]) : value]),
  );
}

function restorePolicies(bucket: unknown, given: unknown): unknown {
  if (typeof bucket !== "object" || bucket === null || bucket instanceof Unknown) return bucket;
  const { policy, kmsKeyPolicy } = given as Record<string, unknown>;
  return {
    ...bucket,
    ...(policy !== undefined && { policy }),
    ...(kmsKeyPolicy !== undefined && { kmsKeyPolicy }),
  };
}

/** Warnings and undecided findings do not keep rules from evaluating a value. */
const isFault = ({ code, status, severity }: Finding): boolean =>
  status === undefined && severity !== "warning" && code !== "schema/documented-value";
