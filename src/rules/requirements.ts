import type { Path } from "../diagnostics/pointer.ts";
import { pathFromPointer } from "../diagnostics/pointer.ts";
import { escapeHarmful, quoted } from "../diagnostics/text.ts";
import { Unknown } from "../documents/document.ts";
import { PartialText } from "../documents/partial.ts";
import { prefixOf } from "../texts/compare.ts";
import type { UndecidedExplanation } from "./findings/undecided.ts";
import { explainUndecided } from "./findings/undecided.ts";
import { hasKnownFields } from "./functions/partial-aws.ts";
import { MAX_STEPS } from "./limits.ts";
import type {
  MaybeKnown,
  Permission,
  PermissionHolder,
  PermissionRequirement,
  RequestTag,
} from "./permission.ts";
import type { RuleSubject } from "./planned-rule.ts";
import { dependsOnFaulty } from "./references.ts";
import type { Expression } from "./rule.ts";
import type { Budget, Program, Result } from "./runtime/index.ts";
import { missingFactFromPlaceholder } from "./runtime/index.ts";

/** A permission with its expressions planned. */
export interface PlannedPermission {
  permission: Permission;
  programs: Readonly<Partial<Record<ExpressionKey, Program>>>;
  keys: readonly (readonly [string, Program])[];
  path: Path | undefined;
  references: Permission["references"];
}

const EXPRESSION_KEYS = [
  "when",
  "principal",
  "resource",
  "resourceAccount",
  "resourcePolicy",
  "tags",
] as const;
type ExpressionKey = (typeof EXPRESSION_KEYS)[number];

export function planPermission(permission: Permission): PlannedPermission {
  const path = permission.at === undefined ? undefined : pathFromPointer(permission.at);
  const programs = EXPRESSION_KEYS.flatMap((part) => {
    const expression: Expression | undefined = permission[part];
    return expression ? [[part, expression.program] as const] : [];
  });
  return {
    permission,
    programs: Object.fromEntries(programs),
    keys: Object.entries(permission.keys).map(([name, { program }]) => [name, program] as const),
    path,
    references: [
      ...permission.references,
      ...(path ? [{ path: path.map(String), required: [] } as never] : []),
    ],
  };
}

/** Evaluates a permission for a request; undefined if it doesn't apply, or depends on a faulty value. */
export function evaluateRequirement(
  planned: PlannedPermission,
  subject: RuleSubject,
): PermissionRequirement | undefined {
  const { permission, programs, path, references } = planned;
  const { faulty, request } = subject;
  if (faulty.length > 0 && dependsOnFaulty(references, faulty, request)) return undefined;
  const asking = new PermissionEvaluation(permission, subject);
  const applies = programs.when ? asking.evaluate(programs.when, toBoolean) : { value: true as const };
  if ("value" in applies && !applies.value) return undefined;
  const { id, file, service, isCallers, isByName, actions, absentKeys } = permission;
  const { principal, resource, resourceAccount, resourcePolicy, tags } = programs;
  return {
    id,
    file,
    ...(path && { path }),
    applies: applies as MaybeKnown<true>,
    principal: service === undefined ? asking.evaluate(principal!, toArnText) : { service },
    isCallers,
    ...(isByName && { isByName }),
    members: permission.members,
    actions,
    ...asking.evaluateResources(resource!),
    ...(resourceAccount && { resourceAccount: asking.evaluate(resourceAccount, toText) }),
    ...(resourcePolicy && { resourcePolicy: asking.evaluate(resourcePolicy, toPolicy) }),
    tags: tags ? asking.evaluate(tags, toTags) : { value: [] },
    keys: Object.fromEntries(
      planned.keys.map(([name, program]) => [name, asking.evaluate(program, toTexts)]),
    ),
    absentKeys,
  };
}

/**
 * The distinct principals whose policies matter for a request. Enough to report that their policies are
 * missing, at a fraction of the cost of evaluating all requirements.
 */
export function findHolders(planned: readonly PlannedPermission[], subject: RuleSubject): PermissionHolder[] {
  const found = new Map<string, PermissionHolder>();
  const { faulty, request } = subject;
  for (const { permission, programs, path, references } of planned) {
    if (faulty.length > 0 && dependsOnFaulty(references, faulty, request)) continue;
    const asking = new PermissionEvaluation(permission, subject);
    const arns =
      permission.service === undefined
        ? asking.evaluate(programs.principal!, (value) => toList(toArnText(value)))
        : asking.evaluate(programs.resource!, toTexts);
    const arn: MaybeKnown<string> = "lacks" in arns ? arns : { value: arns.value[0]! };
    const key = "lacks" in arn ? arn.lacks.message : arn.value;
    if (found.has(key)) continue;
    const applies = programs.when ? asking.evaluate(programs.when, toBoolean) : { value: true };
    if ("value" in applies && !applies.value) continue;
    found.set(key, { arn, isCallers: permission.isCallers, ...(path && { path }) });
  }
  return [...found.values()];
}

/** Evaluates the expressions of one permission for one request. */
class PermissionEvaluation {
  readonly #permission: Permission;
  readonly #subject: RuleSubject;
  readonly #budget: Budget = { left: MAX_STEPS };

  constructor(permission: Permission, subject: RuleSubject) {
    this.#permission = permission;
    this.#subject = subject;
  }

  /** Evaluates an expression. A value that `read` rejects is reported as unknown. */
  evaluate<T>(program: Program, read: (value: unknown) => T | undefined): MaybeKnown<T> {
    const result = program(this.#subject.variables, this.#budget);
    const value = result.kind === "value" ? read(result.value) : undefined;
    return value === undefined ? { lacks: this.#lacking(result) } : { value };
  }

  /** An ARN with holes becomes the pattern of what it may turn out to be. */
  evaluateResources(program: Program): Pick<PermissionRequirement, "resources" | "inexact"> {
    const result = program(this.#subject.variables, this.#budget);
    const value =
      result.kind === "value" ? result.value : result.kind === "unknown" ? result.partial : undefined;
    const inexact: Record<string, UndecidedExplanation> = {};
    const texts = [value].flat().map((text) => {
      const pattern = text instanceof PartialText ? toResourcePattern(text) : undefined;
      if (pattern === undefined) return text;
      inexact[pattern] = explainUndecided(
        [missingFactFromPlaceholder(text as PartialText)],
        this.#subject.request,
      );
      return pattern;
    });
    const resources = toTexts(texts);
    if (!resources) return { resources: { lacks: this.#lacking(result) } };
    return { resources: { value: resources }, ...(Object.keys(inexact).length > 0 && { inexact }) };
  }

  #lacking(result: Result) {
    if (result.kind === "unknown") return explainUndecided(result.missing, this.#subject.request);
    const { id, file } = this.#permission;
    const why = result.kind === "failed" ? `: ${escapeHarmful(result.reason).slice(0, 200)}` : "";
    return {
      message: `can't be checked: the permission ${quoted(id)} has no usable value here${why}`,
      help: `fix the permission in ${quoted(file)}`,
    };
  }
}

const toBoolean = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);

/** The string isn't validated here: the lookup of the principal reports a malformed ARN. */
const toArnText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const toList = (text: string | undefined): string[] | undefined => (text === undefined ? undefined : [text]);

const toText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

function toTexts(value: unknown): string[] | undefined {
  const texts = [value].flat();
  return texts.length > 0 && texts.every((text) => typeof text === "string" && text !== "")
    ? (texts as string[])
    : undefined;
}

/** Holes in the first fields of the ARN must keep to their field. A `*` in known text stands for an unknown part, too. */
function toResourcePattern(text: PartialText): string | undefined {
  const { parts } = text;
  if (!prefixOf(text).startsWith("arn:") || !hasKnownFields(text)) return undefined;
  return parts.map((part) => (typeof part === "string" ? part : "*")).join("");
}

const toPolicy = (value: unknown): unknown => (value instanceof Unknown ? undefined : value);

/** A tag whose key or value is a placeholder still counts as a tag. */
function toTags(value: unknown): RequestTag[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((tag) => {
    const { Key, Value } = (typeof tag === "object" && tag !== null ? tag : {}) as Record<string, unknown>;
    return {
      ...(typeof Key === "string" && { key: Key }),
      ...(typeof Value === "string" && { value: Value }),
    };
  });
}
