import { readContextSync } from "../context/load/files-sync.ts";
import { loadContextSchemas } from "../context/load/schemas.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import { findNearest } from "../diagnostics/nearest.ts";
import type { FailurePolicy } from "../diagnostics/report.ts";
import { formatList, quoted } from "../diagnostics/text.ts";
import type { ProposedRequest } from "../engine/check-request.ts";
import { applySeverities, decideRequest } from "../engine/check-request.ts";
import { countRequestFindings } from "../engine/count-request-findings.ts";
import type { Engine } from "../engine/engine.ts";
import { createEngine } from "../engine/load.ts";
import { loadRulesWithPacks } from "../engine/rule-packs.ts";
import { PermissionEvaluator } from "../permissions/evaluator.ts";
import { replacePlaceholders } from "../requests/placeholders.ts";
import type { RuleSetting } from "../rules/settings.ts";
import { builtinSchemas } from "../schema/builtin.ts";
import { createDirectoryStore } from "../schema/directory.ts";
import { combineStores } from "../schema/store.ts";
import { countInputFindings, type InputFindings, toResult, type ValidateResult } from "./result.ts";
import { SnapshotError, takeSnapshot } from "./snapshot.ts";

/** One proposed API call. */
export interface ValidateInput {
  /** `service:Operation`, with the service as boto3 and the AWS CLI name it. */
  operation: string;
  /** The exact API payload. */
  request: unknown;
  /** Why the call is made. */
  justification?: string | undefined;
  /** ARN of the user or role that will make the call. */
  caller?: string | undefined;
  /** Facts about the resources that the payload refers to, by record name (`fileShare`, `fileSystem`, …). */
  context?: Record<string, unknown> | undefined;
}

export interface ValidatorOptions {
  /** Directories of additional schemas, as written by `countersign schema generate`. */
  schemas?: string | readonly string[];
  /** Directories of additional rule files. */
  rulePacks?: string | readonly string[];
  /** Context: files with output of the AWS CLI, or directories of them. */
  context?: string | readonly string[];
  /** ARN of the user, role or role session that makes the calls, for inputs without a `caller`. */
  caller?: string;
  /** Settings by rule id: a severity, `off`, or an object with severity and parameters. */
  rules?: Readonly<Record<string, "off" | "error" | "warning" | RuleSetting>>;
  /** The lowest severity that makes the outcome `fail`. Default: `error`. */
  failOn?: "error" | "warning";
  /** Whether undecided checks make the outcome `fail`. Default: false. */
  strict?: boolean;
  /** The time that rules go by. Default: that of each validation. */
  now?: Date;
}

export interface Validator {
  /** Never throws because of the input: everything wrong with it is a diagnostic. */
  validate(input: ValidateInput): ValidateResult;
  /** The operations that have a schema, as `service:Operation`. */
  readonly operations: readonly string[];
}

/**
 * Loads schemas, rules and context once, for any number of requests. Throws what is wrong with the options: an
 * unusable schema, rule file or context file (with all faults and places), a setting that names no rule.
 */
export function createValidator(options: ValidatorOptions = {}): Validator {
  rejectUnknownOptions(options);
  const own = [options.schemas ?? []].flat().map(createDirectoryStore);
  for (const store of own) store.checkFormats();
  const schemas = combineStores([...own, builtinSchemas]);
  const { engine, settingFaults } = createEngine({
    schemas,
    rules: loadRulesWithPacks([options.rulePacks ?? []].flat(), schemas),
    context: readContextSync([options.context ?? []].flat()),
    contextSchemas: loadContextSchemas,
    settings: toRuleSettings(options.rules ?? {}),
    caller: options.caller,
  });
  engine.ruleOptions = { ...engine.ruleOptions, now: readNow(options.now) };
  if (engine.context.iam.length > 0) engine.permissionEvaluator = new PermissionEvaluator(engine.context);
  const [wrong] = settingFaults;
  if (wrong) throw new TypeError(`${wrong.message}; ${wrong.help}`);
  return {
    validate: (input) => validateWithEngine(input, engine, options),
    operations: engine.schemas.operations(),
  };
}

const OPTIONS = ["schemas", "rulePacks", "context", "caller", "rules", "failOn", "strict", "now"];

/** A mistyped option would otherwise silently have no effect. */
function rejectUnknownOptions(options: ValidatorOptions): void {
  for (const name of Object.keys(options)) {
    if (OPTIONS.includes(name)) continue;
    const near = findNearest(name, OPTIONS);
    throw new TypeError(
      `${quoted(name)} is not an option; ${near ? `did you mean \`${near}\`?` : `the options are ${formatList(OPTIONS, "and")}`}`,
    );
  }
}

function readNow(now: unknown): Date | undefined {
  if (now === undefined) return undefined;
  if (now instanceof Date && !Number.isNaN(now.getTime())) return new Date(now);
  throw new TypeError("`now` is not a valid `Date`");
}

const toRuleSettings = (rules: NonNullable<ValidatorOptions["rules"]>): Record<string, RuleSetting> =>
  Object.fromEntries(
    Object.entries(rules).map(([id, setting]) => [
      id,
      typeof setting === "string" ? { severity: setting } : setting,
    ]),
  );

let defaultValidator: Validator | undefined;

/** Validates one request. With options, prefer `createValidator`, which loads what they name only once. */
export function validate(input: ValidateInput, options?: ValidatorOptions): ValidateResult {
  if (options) return createValidator(options).validate(input);
  defaultValidator ??= createValidator();
  return defaultValidator.validate(input);
}

/** Validates one request with an engine that is loaded whole. */
export function validateWithEngine(input: unknown, engine: Engine, policy: FailurePolicy): ValidateResult {
  const read = readInput(input);
  if (Array.isArray(read)) {
    const found = { findings: read, pending: [], problems: [] };
    return toResult(countInputFindings(found), () => found, readOperation(input), policy);
  }
  // Rules go by the time of the call, also if the findings are asked for later.
  const now = engine.ruleOptions?.now ?? new Date();
  const counts = countRequestFindings(read, engine);
  const findAll = () => checkProposedRequest(toProposedRequest(read, now), engine);
  if (counts) return toResult(counts, findAll, read.operation, policy);
  const found = findAll();
  return toResult(countInputFindings(found), () => found, read.operation, policy);
}

function toProposedRequest({ request, ...about }: ValidateInput, now: Date): ProposedRequest {
  return { ...about, payload: replacePlaceholders(request), now } as ProposedRequest;
}

/** A copy of the input, or what is wrong with it. */
function readInput(input: unknown): ValidateInput | Finding[] {
  try {
    const read = takeSnapshot(input);
    if (isInput(read)) return read;
    return findInputFaults(read);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return [createInputFault(error.message, "hand in plain data")];
  }
}

/** Findings about the context are outside of the payload, so they get no pointer. */
function checkProposedRequest(request: ProposedRequest, engine: Engine): InputFindings {
  const { findings, pending, contextFindings, consulted = [] } = decideRequest(request, engine);
  const ofContext = contextFindings.map((finding) => ({ ...finding, at: "operation" as const }));
  const problems = applySeverities(
    engine.permissionEvaluator?.findProblems(consulted) ?? [],
    engine.ruleOptions,
  );
  return { findings: [...findings, ...ofContext], pending, problems };
}

const KEYS: Record<keyof ValidateInput, string> = {
  operation: "string",
  request: "any",
  justification: "string",
  caller: "string",
  context: "object",
};

function isInput(input: unknown): input is ValidateInput {
  if (typeof input !== "object" || input === null || !("operation" in input && "request" in input))
    return false;
  for (const key in input) {
    const type = Object.hasOwn(KEYS, key) ? KEYS[key as keyof ValidateInput] : undefined;
    if (type === undefined || !isOfType((input as Record<string, unknown>)[key], type)) return false;
  }
  return true;
}

/** What is wrong with what is no input. */
function findInputFaults(input: unknown): Finding[] {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return [createInputFault("the input is not an object", "hand in `{ operation, request }`")];
  }
  const given = input as Record<string, unknown>;
  const missing = ["operation", "request"].filter((key) => !(key in given));
  const faults = missing.map((key) =>
    createInputFault(`the input has no \`${key}\``, "hand in `{ operation, request }`"),
  );
  for (const [key, value] of Object.entries(given)) {
    const type = Object.hasOwn(KEYS, key) ? KEYS[key as keyof ValidateInput] : undefined;
    if (type === undefined) faults.push(createUnknownKeyFault(key, given));
    else if (!isOfType(value, type))
      faults.push(
        createInputFault(`\`${key}\` of the input is not ${type === "object" ? "an object" : "a string"}`),
      );
  }
  return faults;
}

/** A snapshot has only plain values and symbols, so a non-array object is a mapping. */
const isOfType = (value: unknown, type: string): boolean =>
  type === "any" || (typeof value === type && value !== null && !Array.isArray(value));

function createUnknownKeyFault(key: string, given: object): Finding {
  const near = findNearest(
    key,
    Object.keys(KEYS).filter((name) => !(name in given)),
  );
  const help = near ? `did you mean \`${near}\`?` : `the keys are ${formatList(Object.keys(KEYS), "and")}`;
  return createInputFault(`${quoted(key)} is not a key of the input`, help);
}

const createInputFault = (message: string, help?: string): Finding => ({
  code: "document/envelope",
  path: [],
  at: "operation",
  message,
  ...(help && { help }),
});

function readOperation(input: unknown): string | undefined {
  try {
    const { operation } = input as ValidateInput;
    return typeof operation === "string" ? operation : undefined;
  } catch {
    return undefined;
  }
}
