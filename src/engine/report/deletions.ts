import { Unknown } from "../../documents/document.ts";
import { OpenObject, readKnown } from "../../documents/partial.ts";

/** Operations that delete data, whatever their payload says. */
const DELETING =
  /^(?:fsx:Delete(?:FileSystem|FileCache|Volume|Backup|Snapshot)|fsx:RestoreVolumeFromSnapshot|fsx:CopySnapshotAndUpdateVolume|storagegateway:(?:ResetCache|DisableGateway|Delete(?:Gateway|Volume|Tape|TapeArchive)))$/;

/** Operations that delete data if this member is true; its default is false. */
const DELETING_IF: Readonly<Record<string, string>> = {
  "storagegateway:EvictFilesFailingUpload": "ForceRemove",
  "storagegateway:DeleteFileShare": "ForceDelete",
  "storagegateway:DisassociateFileSystem": "ForceDelete",
  "fsx:DeleteDataRepositoryAssociation": "DeleteDataInFileSystem",
};

/**
 * Whether a request deletes data, or may do so as far as its payload is known. A release deletes nothing: the
 * data is in the repository.
 */
export function mayDeleteData(operation: string, payload: unknown): boolean {
  if (DELETING.test(operation)) return true;
  const member = DELETING_IF[operation];
  if (member === undefined) return false;
  const value = readKnown(payload, member);
  if (value === undefined) return mayHaveMember(payload);
  return value === true || value instanceof Unknown;
}

/**
 * Whether a request can lose data: what deletes, and what releases, since a file that is released before its export is
 * complete is gone from the file system's storage.
 */
export function canLoseData(operation: string, payload: unknown): boolean {
  if (mayDeleteData(operation, payload)) return true;
  if (operation !== "fsx:CreateDataRepositoryTask") return false;
  const type = readKnown(payload, "Type");
  return typeof type !== "string" || type === "RELEASE_DATA_FROM_FILESYSTEM";
}

const mayHaveMember = (payload: unknown): boolean =>
  payload instanceof OpenObject ? payload.mayHaveMore : payload instanceof Unknown;
