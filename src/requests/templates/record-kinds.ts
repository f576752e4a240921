import { isObject } from "../request.ts";

type Values = Readonly<Record<string, unknown>>;

/** A type of resource whose properties are a record of the context. */
export interface DefinedKind {
  kind: "fileSystem" | "association" | "fileShare" | "gateway";
  /** The attribute of a plan that is the resource's ID. */
  id?: string;
  /** The property that names what it belongs to. */
  owner?: string;
  /** The record, as the AWS CLI would print it. */
  read(values: Values): Record<string, unknown>;
}

/**
 * By type of resource. The properties of CloudFormation have the names of the API; CloudFormation has no resources of
 * Storage Gateway.
 */
export const DEFINED_KINDS: Readonly<Record<string, DefinedKind>> = {
  "AWS::FSx::FileSystem": {
    kind: "fileSystem",
    read: ({ LustreConfiguration: lustre, ...values }) => ({
      ...pick(values, ["FileSystemType", "FileSystemTypeVersion", "StorageType"]),
      ...(isObject(lustre) && {
        LustreConfiguration: {
          ...pick(lustre, ["DeploymentType"]),
          ...toOlderLink(pick(lustre, ["ImportPath", "ExportPath", "AutoImportPolicy"])),
        },
      }),
    }),
  },
  "AWS::FSx::DataRepositoryAssociation": {
    kind: "association",
    owner: "FileSystemId",
    read: (values) => pick(values, ["FileSystemPath", "DataRepositoryPath", "S3"]),
  },
  aws_fsx_lustre_file_system: {
    kind: "fileSystem",
    id: "id",
    read: (values) => ({
      FileSystemType: "LUSTRE",
      ...rename(values, {
        arn: "ResourceARN",
        file_system_type_version: "FileSystemTypeVersion",
        storage_type: "StorageType",
      }),
      LustreConfiguration: {
        ...rename(values, { deployment_type: "DeploymentType" }),
        ...toOlderLink(
          rename(values, {
            import_path: "ImportPath",
            export_path: "ExportPath",
            auto_import_policy: "AutoImportPolicy",
          }),
        ),
      },
    }),
  },
  aws_fsx_data_repository_association: {
    kind: "association",
    id: "association_id",
    owner: "file_system_id",
    read: (values) => ({
      ...rename(values, {
        association_id: "AssociationId",
        file_system_path: "FileSystemPath",
        data_repository_path: "DataRepositoryPath",
      }),
      S3: {
        AutoExportPolicy: rename(blockOf(blockOf(values, "s3"), "auto_export_policy"), { events: "Events" }),
      },
    }),
  },
  aws_storagegateway_gateway: {
    kind: "gateway",
    id: "arn",
    read: (values) =>
      rename(values, {
        arn: "GatewayARN",
        gateway_type: "GatewayType",
        cloudwatch_log_group_arn: "CloudWatchLogGroupARN",
      }),
  },
  aws_storagegateway_nfs_file_share: { kind: "fileShare", id: "arn", read: readShare },
  aws_storagegateway_smb_file_share: { kind: "fileShare", id: "arn", read: readShare },
};

function readShare(values: Values): Record<string, unknown> {
  return rename(values, { arn: "FileShareARN", gateway_arn: "GatewayARN", location_arn: "LocationARN" });
}

/** The API nests the paths of an older link. */
const toOlderLink = (link: Values): Record<string, unknown> =>
  "ImportPath" in link || "ExportPath" in link ? { DataRepositoryConfiguration: link } : {};

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

const pick = (values: Values, names: readonly string[]): Record<string, unknown> =>
  rename(values, Object.fromEntries(names.map((name) => [name, name])));

/** The members that are given, by other names. Plans have `null` and `""` for what is not given. */
const rename = (values: Values, names: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([from, to]) =>
      Object.hasOwn(values, from) && isGiven(values[from]) ? [[to, values[from]]] : [],
    ),
  );

/** The only block of a name; blocks are lists in plans. */
function blockOf(values: Values, name: string): Values {
  const block = Array.isArray(values[name]) ? values[name][0] : values[name];
  return isObject(block) ? block : {};
}
