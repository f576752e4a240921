import type { IamDetails } from "../../context/load/policies.ts";
import type { Unknown } from "../../documents/document.ts";
import { getTextParts } from "../../documents/parts.ts";
import { IamRecordIndex } from "../../permissions/details.ts";
import type { TemplatePrincipal } from "../../permissions/template-principal.ts";
import type { LocatedRequest } from "../../requests/find.ts";
import { findReferredIdentity } from "../../requests/identities/reference.ts";
import type { Engine } from "../engine.ts";
import { fillRequest } from "../fill-request.ts";

/** A request with its placeholders filled in, and who makes it. */
export interface PreparedRequest extends LocatedRequest {
  callerIdentity?: TemplatePrincipal | undefined;
}

export async function prepareRequest(
  found: LocatedRequest,
  file: string,
  engine: Engine,
): Promise<PreparedRequest> {
  const request = fillRequest(found, engine);
  return { ...request, callerIdentity: await findTemplateCaller(request, file, engine) };
}

/**
 * The caller of a request, if a template of the run defines it and no context describes it. Then its policies are
 * evaluated, also if the context has none.
 */
async function findTemplateCaller(
  { caller }: Pick<LocatedRequest, "caller">,
  file: string,
  engine: Engine,
): Promise<TemplatePrincipal | undefined> {
  const found = await findCaller(caller ?? engine.caller, file, engine);
  if (found && !engine.templateEvaluator) {
    const { PermissionEvaluator } = await import("../../permissions/evaluator.ts");
    engine.templateEvaluator = engine.permissionEvaluator ?? new PermissionEvaluator(engine.context);
  }
  return found;
}

async function findCaller(
  caller: string | Unknown | undefined,
  file: string,
  { templates, context }: Engine,
): Promise<TemplatePrincipal | undefined> {
  if (!templates || caller === undefined) return undefined;
  const reference = findReferredIdentity(getTextParts(caller) ?? []);
  if (reference === undefined || isDescribed(caller, context)) return undefined;
  const found = await templates.find(file, reference);
  return found && typeof caller === "string" ? { ...found, arn: caller } : found;
}

const isDescribed = (arn: string | Unknown, { iam }: Engine["context"]): boolean =>
  typeof arn === "string" && iam.length > 0 && indexOf(iam).findByArn(arn) !== undefined;

const INDEXES = new WeakMap<readonly IamDetails[], IamRecordIndex>();

/** Made once for a context. */
function indexOf(iam: readonly IamDetails[]): IamRecordIndex {
  const index = INDEXES.get(iam) ?? new IamRecordIndex(iam);
  INDEXES.set(iam, index);
  return index;
}
