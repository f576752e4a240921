import type { TextPart } from "../../../documents/parts.ts";
import type { LocatedValue } from "../located-value.ts";
import type { S3Path } from "./paths.ts";
import { toBaseName, toPrefix } from "./paths.ts";

/** A command of `aws s3`. */
export interface S3Command {
  name: string;
  paths: readonly S3Path[];
  /** The options that are given. */
  flags: ReadonlySet<string>;
  /** Members that options set, of transfers and of all requests. */
  transferred: ReadonlyMap<string, LocatedValue>;
  common: ReadonlyMap<string, LocatedValue>;
}

/** One of the requests that a command makes. */
export interface S3Call {
  operation: string;
  members: Readonly<Record<string, readonly TextPart[]>>;
  /** Members that options set. */
  set: Iterable<readonly [string, LocatedValue]>;
  /** Where it is asked for. */
  path: S3Path;
  /** Whether there is one for each object that is found. */
  isMany?: boolean;
  /** Whether the AWS CLI may add members. */
  isOpen?: boolean;
}

/** Stands for what the AWS CLI finds when it lists the objects. */
const EACH: TextPart = { source: "<key>" };

/** The requests of a command (`awscli/customizations/s3`). An upload or a copy of a large object takes several parts. */
export const listS3Calls = (command: S3Command): S3Call[] =>
  ({ mv: listMoves, rb: listBucketRemovals, rm: listRemovals, sync: listSyncs })[command.name]!(command);

type Listing = (command: S3Command) => S3Call[];

const createCall = (
  operation: string,
  path: S3Path,
  members: Readonly<Record<string, readonly TextPart[]>>,
  set: S3Call["set"] = [],
): S3Call => ({ operation: `s3:${operation}`, members: { Bucket: path.bucket, ...members }, set, path });

const createList = (path: S3Path, { common }: S3Command): S3Call =>
  createCall("ListObjectsV2", path, { Prefix: toPrefix(path.key) }, common);

const createDelete = (path: S3Path, key: readonly TextPart[], { common }: S3Command): S3Call => ({
  ...createCall("DeleteObject", path, { Key: key }, common),
  isMany: key.at(-1) === EACH,
});

/** The key of each object below a path. */
const toEachKey = ({ key }: S3Path): readonly TextPart[] => [...toPrefix(key), EACH];

const isEmpty = ({ key }: S3Path): boolean => key.every((part) => part === "");

const listRemovals: Listing = (command) => {
  const [path] = command.paths as [S3Path];
  const isDry = command.flags.has("dryrun");
  const isRecursive = command.flags.has("recursive");
  // Without a key, the AWS CLI lists the bucket, and nothing in it is what the path names.
  if (!isRecursive && isEmpty(path)) return [createList(path, command)];
  if (!isRecursive) return isDry ? [] : [createDelete(path, path.key, command)];
  return [createList(path, command), ...(isDry ? [] : [createDelete(path, toEachKey(path), command)])];
};

const listBucketRemovals: Listing = (command) => {
  const [path] = command.paths as [S3Path];
  const flags = new Set(command.flags.has("force") ? ["recursive"] : []);
  const inside = command.flags.has("force")
    ? listRemovals({ ...command, flags, paths: [{ ...path, key: [] }] })
    : [];
  return [...inside, createCall("DeleteBucket", path, {})];
};

const listMoves: Listing = (command) => {
  const [source] = command.paths as [S3Path];
  const { flags } = command;
  const isRecursive = flags.has("recursive");
  const key = isRecursive ? toEachKey(source) : source.key;
  const first =
    source.kind === "local"
      ? []
      : [
          isRecursive
            ? createList(source, command)
            : createCall("HeadObject", source, { Key: key }, command.common),
        ];
  if (flags.has("dryrun")) return first;
  const removals = source.kind === "local" ? [] : [createDelete(source, key, command)];
  return [...first, ...createTransfers(command, key, isRecursive), ...removals];
};

const listSyncs: Listing = (command) => {
  const [source, target] = command.paths as [S3Path, S3Path];
  const remote = command.paths.filter(({ kind }) => kind !== "local");
  const lists = remote.map((path) => createList(path, command));
  if (command.flags.has("dryrun")) return lists;
  const removals =
    command.flags.has("delete") && target.kind !== "local"
      ? [createDelete(target, toEachKey(target), command)]
      : [];
  return [...lists, ...createTransfers(command, toEachKey(source), true), ...removals];
};

/** The requests that bring the objects to where they go; none if one of the paths isn't known. */
function createTransfers(command: S3Command, sourceKey: readonly TextPart[], isMany: boolean): S3Call[] {
  const [source, target] = command.paths as [S3Path, S3Path];
  if (source.kind === undefined || target.kind === undefined) return [];
  if (target.kind === "local")
    return [{ ...createCall("GetObject", source, { Key: sourceKey }, command.common), isOpen: true }];
  const members = {
    Key: isMany ? toEachKey(target) : toTargetKey(target, source),
    ...(source.kind === "s3" && { CopySource: [...source.bucket, "/", ...sourceKey] }),
  };
  const more = [...command.common, ...command.transferred];
  const operation = source.kind === "s3" ? "CopyObject" : "PutObject";
  return [{ ...createCall(operation, target, members, more), isOpen: true }];
}

/** A target that is a directory gets the name of the source. */
function toTargetKey(target: S3Path, source: S3Path): readonly TextPart[] {
  const last = target.key.findLast((part) => part !== "");
  if (last === undefined || (typeof last === "string" && last.endsWith("/")))
    return [...target.key, ...toBaseName(source.key)];
  return typeof last === "string" ? target.key : [...target.key, EACH];
}
