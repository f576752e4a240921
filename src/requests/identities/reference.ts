import { joinPartSources, type TextPart } from "../../documents/parts.ts";

/** `${Role.Arn}`, `!GetAtt Role.Arn`, `!Ref Role`. */
const CLOUDFORMATION =
  /^(?:\$\{([A-Za-z0-9]+)(?:\.Arn)?\}|!(?:GetAtt|Ref)\s+["']?([A-Za-z0-9]+)(?:\.Arn)?["']?)$/;
/** `aws_iam_role.export.arn`, also inside of `${…}`, and with an index. */
const TERRAFORM =
  /^(?:\$\{\s*)?(aws(?:cc)?_\w+\.[\w-]+)(?:\[[^\]]*\])?\.(?:arn|bucket|id|key_id|name|unique_id)(?:\s*\})?$/;
/** The name at the end of a role's or a user's ARN. */
const ARN_NAME = /:(?:role|user)\/(?:[\w+=,.@/-]*\/)?([^/]+)$/;

/**
 * What a text refers to: the name of a resource in its template (`ExportRole`, `aws_iam_role.export`), or `name:NAME`, the
 * name of a role in IAM. Undefined for any other text.
 */
export function findReferredIdentity(parts: readonly TextPart[]): string | undefined {
  const [only] = parts;
  if (parts.length === 1 && typeof only === "object") return findReferredResource(only.source);
  const last = ARN_NAME.exec(joinPartSources(parts))?.[1];
  if (last === undefined) return undefined;
  return findReferredResource(last) ?? (/^[\w+=,.@-]+$/.test(last) ? `name:${last}` : undefined);
}

/** The resource of a template that a placeholder refers to. */
export function findReferredResource(source: string): string | undefined {
  const [, bracketed, tagged] = CLOUDFORMATION.exec(source.trim()) ?? [];
  return bracketed ?? tagged ?? TERRAFORM.exec(source.trim())?.[1];
}
