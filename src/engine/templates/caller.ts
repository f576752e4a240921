import type { IamDetails } from "../../context/load/policies.ts";
import { Unknown } from "../../documents/document.ts";
import type { HoleDomain } from "../../documents/partial.ts";
import { PartialText } from "../../documents/partial.ts";
import { getKnownMembers, getReferenceParts, mapChildren } from "../../documents/parts.ts";
import { isTerraformFile } from "../../files/file-kinds.ts";
import { type DefinedBucket, toBucketRecord } from "../../permissions/defined-bucket.ts";
import { IamRecordIndex } from "../../permissions/details.ts";
import type { TemplatePrincipal } from "../../permissions/template-principal.ts";
import type { LocatedRequest } from "../../requests/find.ts";
import { isCodeOfFunctions } from "../../requests/identities/functions.ts";
import { findReferredIdentity } from "../../requests/identities/reference.ts";
import type { CodeRole, Engine, FoundBucket } from "../engine.ts";
import { fillRequest } from "../fill-request.ts";

/** A request with its placeholders filled in, and who makes it. */
export interface PreparedRequest extends LocatedRequest {
  callerIdentity?: TemplatePrincipal | undefined;
  /** The roles that the payload hands over, by member, of those that templates define. */
  roles?: ReadonlyMap<string, TemplatePrincipal>;
  /** Records of the context that the bucket and other files of the request's directory define. */
  defined?: Record<string, unknown>;
  /** The bucket that the payload names, if a template defines it. */
  bucket?: DefinedBucket;
}

export async function prepareRequest(
  found: LocatedRequest,
  file: string,
  engine: Engine,
): Promise<PreparedRequest> {
  const code = await findRoleOfCode(found, file, engine);
  const request = fillRequest(code ? { ...found, caller: code.role } : found, engine);
  const caller = request.caller ?? engine.caller;
  const callerIdentity = await findPrincipal(caller, code?.template ?? file, engine);
  const roles = await findHandedRoles(request, file, engine);
  const bucket = await findBucket(request, file, engine);
  const defined = await findRecords(request, file, engine);
  if ((callerIdentity || roles.size > 0) && !engine.templateEvaluator) {
    const { PermissionEvaluator } = await import("../../permissions/evaluator.ts");
    engine.templateEvaluator = engine.permissionEvaluator ?? new PermissionEvaluator(engine.context);
  }
  return {
    ...request,
    callerIdentity,
    ...(roles.size > 0 && { roles }),
    ...(bucket && { bucket }),
    defined: { ...defined, ...toBucketRecord(bucket) },
    payload: nameResources(request.payload, bucket?.location),
  };
}

/** What the other files of a directory in Terraform's language say of the resources that a payload refers to. */
const findRecords = async (
  { payload }: LocatedRequest,
  file: string,
  { templates }: Engine,
): Promise<Record<string, unknown> | undefined> =>
  isTerraformFile(file) ? templates?.findRecords(file, payload) : undefined;

/** The bucket that a payload names, if a template of the run defines it. */
async function findBucket(
  { payload }: LocatedRequest,
  file: string,
  { templates }: Engine,
): Promise<FoundBucket | undefined> {
  const { LocationARN: location } = getKnownMembers(payload) ?? {};
  return templates && location !== undefined ? templates.findBucket(file, location) : undefined;
}

/** The payload with what is known of the names of resources that it refers to. */
const nameResources = (payload: unknown, location: unknown): unknown =>
  mapChildren(payload, (value, name) => {
    if (name === "LocationARN") return location ?? value;
    const isFileSystem = value instanceof Unknown && FILE_SYSTEM.test(value.source);
    return isFileSystem && !(value instanceof PartialText)
      ? new PartialText(value.source, [{ source: value.source, domain: FILE_SYSTEM_ID }])
      : value;
  });

const FILE_SYSTEM = /^(?:\$\{ ?)?aws_fsx_lustre_file_system\.[\w-]+(?:\[[^\]]*\])?\.id(?: ?\})?$/;
const FILE_SYSTEM_ID: HoleDomain = { pattern: "fs-[0-9a-f]{8}(?:[0-9a-f]{9})?" };

/** The role of a program's calls, if a template of the run says that it is the code of a function. */
async function findRoleOfCode(
  { caller, callSpan }: LocatedRequest,
  file: string,
  { templates }: Engine,
): Promise<CodeRole | undefined> {
  if (!templates || caller !== undefined || !callSpan || !isCodeOfFunctions(file)) return undefined;
  return templates.findRoleOfCode(file);
}

/** The roles that a payload hands over, if a template of the run defines them and no context describes them. */
async function findHandedRoles(
  { payload }: LocatedRequest,
  file: string,
  engine: Engine,
): Promise<Map<string, TemplatePrincipal>> {
  const roles = new Map<string, TemplatePrincipal>();
  for (const [name, value] of Object.entries(getKnownMembers(payload) ?? {})) {
    const isRole = /role/i.test(name) && (typeof value === "string" || value instanceof Unknown);
    const found = isRole ? await findPrincipal(value, file, engine) : undefined;
    if (found?.identity.kind === "role") roles.set(name, found);
  }
  return roles;
}

/** The principal that a text names, if a template of the run defines it and no context describes it. */
async function findPrincipal(
  named: string | Unknown | undefined,
  file: string,
  { templates, context }: Engine,
): Promise<TemplatePrincipal | undefined> {
  if (!templates || named === undefined) return undefined;
  const reference = findReferredIdentity(getReferenceParts(named));
  if (reference === undefined || isDescribed(named, context)) return undefined;
  const found = await templates.find(file, reference);
  return found && typeof named === "string" ? { ...found, arn: named } : found;
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
