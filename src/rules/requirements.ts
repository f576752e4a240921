import type { Path } from "../diagnostics/pointer.ts";
import { fromPointer } from "../diagnostics/pointer.ts";
import { harmless, quoted } from "../diagnostics/text.ts";
import { Unknown } from "../documents/document.ts";
import type { Budget, Program, Result } from "./cel/index.ts";
import { programOf } from "./cel/index.ts";
import type { Subject } from "./evaluate.ts";
import { MAX_STEPS } from "./limits.ts";
import type { GivenTag, Holder, Known, Permission, Requirement } from "./permission.ts";
import { dependsOnFaulty } from "./references.ts";
import type { Expression } from "./rule.ts";
import { lacking } from "./undecided.ts";

/** A permission with its expressions planned. */
export interface Planned {
  permission: Permission;
  programs: Readonly<Partial<Record<Part, Program>>>;
  keys: readonly (readonly [string, Program])[];
  path: Path | undefined;
  references: Permission["references"];
}

const PARTS = ["when", "principal", "resource", "resourceAccount", "resourcePolicy", "tags"] as const;
type Part = (typeof PARTS)[number];

export function plannedOf(permission: Permission): Planned {
  const path = permission.at === undefined ? undefined : fromPointer(permission.at);
  const programs = PARTS.flatMap((part) => {
    const expression: Expression | undefined = permission[part];
    return expression ? [[part, programOf(expression.node)] as const] : [];
  });
  return {
    permission,
    programs: Object.fromEntries(programs),
    keys: Object.entries(permission.keys).map(([name, { node }]) => [name, programOf(node)] as const),
    path,
    references: [
      ...permission.references,
      ...(path ? [{ path: path.map(String), required: [] } as never] : []),
    ],
  };
}

/** Evaluates a permission for a request; undefined if it doesn't apply, or depends on a faulty value. */
export function requirementOf(planned: Planned, subject: Subject): Requirement | undefined {
  const { permission, programs, path, references } = planned;
  const { faulty, request } = subject;
  if (faulty.length > 0 && dependsOnFaulty(references, faulty, request)) return undefined;
  const asking = new Asking(permission, subject);
  const applies = programs.when ? asking.ask(programs.when, isTrue) : { value: true as const };
  if ("value" in applies && !applies.value) return undefined;
  const { id, file, service, isCallers, actions, absentKeys } = permission;
  const { principal, resource, resourceAccount, resourcePolicy, tags } = programs;
  return {
    id,
    file,
    ...(path && { path }),
    applies: applies as Known<true>,
    principal: service === undefined ? asking.ask(principal!, arnOf) : { service },
    isCallers,
    actions,
    resources: asking.ask(resource!, textsOf),
    ...(resourceAccount && { resourceAccount: asking.ask(resourceAccount, textOf) }),
    ...(resourcePolicy && { resourcePolicy: asking.ask(resourcePolicy, policyOf) }),
    tags: tags ? asking.ask(tags, tagsOf) : { value: [] },
    keys: Object.fromEntries(planned.keys.map(([name, program]) => [name, asking.ask(program, textsOf)])),
    absentKeys,
  };
}

/**
 * The distinct principals whose policies matter for a request. Enough to report that their policies are
 * missing, at a fraction of the cost of evaluating all requirements.
 */
export function holdersOf(planned: readonly Planned[], subject: Subject): Holder[] {
  const found = new Map<string, Holder>();
  const { faulty, request } = subject;
  for (const { permission, programs, path, references } of planned) {
    if (faulty.length > 0 && dependsOnFaulty(references, faulty, request)) continue;
    const asking = new Asking(permission, subject);
    const arns =
      permission.service === undefined
        ? asking.ask(programs.principal!, (value) => asList(arnOf(value)))
        : asking.ask(programs.resource!, textsOf);
    const arn: Known<string> = "lacks" in arns ? arns : { value: arns.value[0]! };
    const key = "lacks" in arn ? arn.lacks.message : arn.value;
    if (found.has(key)) continue;
    const applies = programs.when ? asking.ask(programs.when, isTrue) : { value: true };
    if ("value" in applies && !applies.value) continue;
    found.set(key, { arn, isCallers: permission.isCallers, ...(path && { path }) });
  }
  return [...found.values()];
}

/** Evaluates the expressions of one permission for one request. */
class Asking {
  readonly #permission: Permission;
  readonly #subject: Subject;
  readonly #budget: Budget = { left: MAX_STEPS };

  constructor(permission: Permission, subject: Subject) {
    this.#permission = permission;
    this.#subject = subject;
  }

  /** Evaluates an expression. A value that `read` rejects is reported as unknown. */
  ask<T>(program: Program, read: (value: unknown) => T | undefined): Known<T> {
    const result = program(this.#subject.variables, this.#budget);
    const value = result.kind === "value" ? read(result.value) : undefined;
    return value === undefined ? { lacks: this.#lacking(result) } : { value };
  }

  #lacking(result: Result) {
    if (result.kind === "unknown") return lacking(result.missing, this.#subject.request);
    const { id, file } = this.#permission;
    const why = result.kind === "failed" ? `: ${harmless(result.reason).slice(0, 200)}` : "";
    return {
      message: `can't be checked: the permission ${quoted(id)} has no usable value here${why}`,
      help: `mend the permission in ${quoted(file)}`,
    };
  }
}

const isTrue = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);

/** The string isn't validated here: the lookup of the principal reports a malformed ARN. */
const arnOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const asList = (text: string | undefined): string[] | undefined => (text === undefined ? undefined : [text]);

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

function textsOf(value: unknown): string[] | undefined {
  const texts = [value].flat();
  return texts.length > 0 && texts.every((text) => typeof text === "string" && text !== "")
    ? (texts as string[])
    : undefined;
}

const policyOf = (value: unknown): unknown => (value instanceof Unknown ? undefined : value);

/** A tag whose key or value is a placeholder still counts as a tag. */
function tagsOf(value: unknown): GivenTag[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((tag) => {
    const { Key, Value } = (typeof tag === "object" && tag !== null ? tag : {}) as Record<string, unknown>;
    return {
      ...(typeof Key === "string" && { key: Key }),
      ...(typeof Value === "string" && { value: Value }),
    };
  });
}
