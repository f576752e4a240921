import { IamRecordIndex } from "../permissions/details.ts";
import type { TemplatePrincipal } from "../permissions/template-principal.ts";
import type { LocatedRequest } from "../requests/find.ts";
import type { Engine } from "./engine.ts";

type GivenCaller = Pick<LocatedRequest, "callerReference" | "caller">;

/**
 * The caller of a request, if a template of the run defines it and no context describes it. Then its policies are
 * evaluated, also if the context has none.
 */
export async function findTemplateCaller(
  given: GivenCaller,
  file: string,
  engine: Engine,
): Promise<TemplatePrincipal | undefined> {
  const found = await findCaller(given, file, engine);
  if (found && !engine.templateEvaluator) {
    const { PermissionEvaluator } = await import("../permissions/evaluator.ts");
    engine.templateEvaluator = engine.permissionEvaluator ?? new PermissionEvaluator(engine.context);
  }
  return found;
}

async function findCaller(
  { callerReference, caller }: GivenCaller,
  file: string,
  { templates, context, caller: configured }: Engine,
): Promise<TemplatePrincipal | undefined> {
  if (!templates) return undefined;
  if (callerReference !== undefined) return templates.find(file, callerReference);
  const arn = caller ?? configured;
  const name = /^arn:[\w-]+:iam::\d{12}:(?:role|user)\/(?:[^/]+\/)*([^/*?]+)$/.exec(arn ?? "")?.[1];
  if (arn === undefined || name === undefined || isDescribed(arn, context)) return undefined;
  const found = await templates.find(file, `name:${name}`);
  return found && { ...found, arn };
}

const isDescribed = (arn: string, { iam }: Engine["context"]): boolean =>
  iam.length > 0 && new IamRecordIndex(iam).findByArn(arn) !== undefined;
