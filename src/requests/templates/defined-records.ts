import type { Document } from "../../documents/document.ts";
import { getReferenceParts } from "../../documents/parts.ts";
import { isObject } from "../request.ts";
import { findReferencedName } from "./known-references.ts";
import { DocumentPart } from "./part.ts";
import type { DefinedKind } from "./record-kinds.ts";
import { DEFINED_KINDS } from "./record-kinds.ts";
import { resolveIntrinsics } from "./resolve.ts";
import { findResources, type TemplateResource } from "./resources.ts";

/** A record of the context that a template describes. */
interface DefinedRecord {
  kind: DefinedKind["kind"];
  /** Its logical ID, and what a plan or a state knows as its ID. */
  names: readonly string[];
  /** The names of what it belongs to; undefined if that is not known. */
  owners: readonly string[] | undefined;
  record: Record<string, unknown>;
  /** Whether it may not come to exist, or be another one. */
  isUncertain: boolean;
  /** Whether it is written in Terraform's language, which doesn't show all of a module. */
  isInProgram: boolean;
}

/** The records of documents, and of resources that belong together. */
const known = new WeakMap<object, readonly DefinedRecord[]>();

/**
 * What the template around a request says of the resources that the request refers to, as records of the context.
 * A resource that may not come to exist is left out, and so is the list that it would be in.
 */
export function findDefinedRecords(
  document: Document,
  text: string,
  payload: unknown,
): Record<string, unknown> {
  if (!isObject(document.value) || !isObject(payload)) return {};
  const read = () => readDefinedRecords(findResources(new DocumentPart(document, text)));
  return selectRecords(readOnce(document, read), payload);
}

/** The same of resources that belong together. */
export const findRecordsAmong = (
  resources: readonly TemplateResource[],
  payload: unknown,
): Record<string, unknown> =>
  isObject(payload)
    ? selectRecords(
        readOnce(resources, () => readDefinedRecords(resources)),
        payload,
      )
    : {};

function readOnce(of: object, read: () => readonly DefinedRecord[]): readonly DefinedRecord[] {
  const defined = known.get(of) ?? read();
  known.set(of, defined);
  return defined;
}

function selectRecords(
  defined: readonly DefinedRecord[],
  payload: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (defined.length === 0) return {};
  const fileSystem = findOne(defined, "fileSystem", namesOf(payload.FileSystemId));
  const fileShare = findOne(defined, "fileShare", namesOf(payload.FileShareARN));
  const gateway = findOne(defined, "gateway", namesOf(payload.GatewayARN ?? fileShare?.record.GatewayARN));
  const links = fileSystem && findLinks(defined, fileSystem);
  return {
    ...(fileSystem && { fileSystem: fileSystem.record }),
    ...(links && { dataRepositoryAssociations: links }),
    ...(fileShare && { fileShare: fileShare.record }),
    ...(gateway && { gateway: gateway.record }),
  };
}

function findOne(
  defined: readonly DefinedRecord[],
  kind: DefinedRecord["kind"],
  names: readonly string[],
): DefinedRecord | undefined {
  const [found, other] = defined.filter((one) => one.kind === kind && isNamed(one.names, names));
  return found && !other && !found.isUncertain ? found : undefined;
}

/** The associations of a file system that the template defines; undefined if there may be others among them. */
function findLinks(
  defined: readonly DefinedRecord[],
  fileSystem: DefinedRecord,
): Record<string, unknown>[] | undefined {
  const links = defined.filter(
    ({ kind, owners }) => kind === "association" && (!owners || isNamed(owners, fileSystem.names)),
  );
  if (links.some(({ owners, isUncertain }) => !owners || isUncertain)) return undefined;
  // A module of Terraform is a directory: the associations may be in another file of it.
  const isComplete = links.length > 0 || !fileSystem.isInProgram;
  return isComplete ? links.map(({ record }) => record) : undefined;
}

const isNamed = (names: readonly string[], wanted: readonly string[]): boolean =>
  names.some((name) => wanted.includes(name));

/** The ID itself, or the logical ID of the resource that a reference is to. */
function namesOf(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  const source = referenceIn(value);
  const name = source === undefined ? undefined : findReferencedName(source);
  return name === undefined ? [] : [name];
}

/** The text of a reference that is the whole value. */
function referenceIn(value: unknown): string | undefined {
  const [only, ...others] = getReferenceParts(value);
  return others.length === 0 && typeof only === "object" ? only.source : undefined;
}

function readDefinedRecords(resources: readonly TemplateResource[]): DefinedRecord[] {
  const counts = new Map<string, number>();
  for (const { name } of resources) counts.set(name, (counts.get(name) ?? 0) + 1);
  return resources.flatMap((resource) => {
    const kind = Object.hasOwn(DEFINED_KINDS, resource.type) ? DEFINED_KINDS[resource.type] : undefined;
    return kind ? [toRecord(resource, kind, (counts.get(resource.name) ?? 0) > 1)] : [];
  });
}

function toRecord(
  { name, properties, isConditional = false }: TemplateResource,
  { kind, read, id, owner }: DefinedKind,
  isRepeated: boolean,
): DefinedRecord {
  const resolved = resolveIntrinsics(properties);
  const values = isObject(resolved) ? resolved : {};
  // Only what Terraform itself writes has the version of its format.
  const root = properties.document.value;
  const owners = owner === undefined ? [] : namesOf(values[owner]);
  return {
    kind,
    names: [name, ...(id === undefined ? [] : namesOf(values[id]))],
    owners: owner !== undefined && owners.length === 0 ? undefined : owners,
    record: read(values),
    isInProgram: isObject(root) && "values" in root && !("format_version" in root),
    isUncertain: isConditional || isRepeated || !isObject(resolved),
  };
}
