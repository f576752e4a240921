import type { Path } from "../diagnostics/pointer.ts";

/** Operations that can be checked, looked up by what SDKs and tools call them. */
export interface OperationNames {
  /** `fsx` and `createDataRepositoryTask`, `@aws-sdk/client-fsx` and `CreateDataRepositoryTaskCommand`, and so on. */
  find(service: string, action: string): string | undefined;
  /** Is there any operation of this service? */
  hasService(service: string): boolean;
  /** The members of an operation's request at a path into it; undefined where its schema doesn't say. */
  members(operation: string, path: Path): readonly string[] | undefined;
}

export type Members = OperationNames["members"];

/** No operation at all. */
export const NO_OPERATIONS: OperationNames = {
  find: () => undefined,
  hasService: () => false,
  members: () => undefined,
};

/**
 * What the SDKs call services that boto3 calls otherwise: the `serviceId` of botocore's models, in small letters and
 * without blanks. Services that are called alike but for hyphens need no row.
 */
export const OTHERWISE_CALLED: ReadonlyMap<string, string> = new Map([
  ["applicationdiscoveryservice", "discovery"],
  ["cloudwatchevents", "events"],
  ["cloudwatchlogs", "logs"],
  ["cognitoidentityprovider", "cognito-idp"],
  ["configservice", "config"],
  ["costandusagereportservice", "cur"],
  ["costexplorer", "ce"],
  ["databasemigrationservice", "dms"],
  ["directoryservice", "ds"],
  ["directoryservicedata", "ds-data"],
  ["elasticloadbalancing", "elb"],
  ["elasticloadbalancingv2", "elbv2"],
  ["elasticsearchservice", "es"],
  ["eventbridge", "events"],
  ["iotdataplane", "iot-data"],
  ["iotjobsdataplane", "iot-jobs-data"],
  ["lexmodelbuildingservice", "lex-models"],
  ["lexmodelsv2", "lexv2-models"],
  ["lexruntimeservice", "lex-runtime"],
  ["lexruntimev2", "lexv2-runtime"],
  ["marketplaceentitlementservice", "marketplace-entitlement"],
  ["marketplacemetering", "meteringmarketplace"],
  ["migrationhub", "mgh"],
  ["pinpointsmsvoice", "sms-voice"],
  ["serverlessapplicationrepository", "serverlessrepo"],
  ["sfn", "stepfunctions"],
  ["simpledb", "sdb"],
]);

/** Without what differs between the ways to write a name: case, hyphens, underscores, blanks. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const plainService = (service: string): string => plain(service.replace(/^(?:@aws-sdk\/)?client-/i, ""));

const plainAction = (action: string): string => plain(action.replace(/Command$/, ""));

/** The names of a list of operations, each `service:Operation`. */
export function operationNames(
  operations: Iterable<string>,
  members: Members = () => undefined,
): OperationNames {
  const services = new Map<string, Map<string, string>>();
  for (const operation of operations) {
    const [service = "", name = ""] = operation.split(":");
    const named = services.get(plain(service)) ?? new Map<string, string>();
    services.set(plain(service), named.set(plain(name), operation));
  }
  const ofService = (service: string): Map<string, string> | undefined => {
    const name = plainService(service);
    return services.get(name) ?? services.get(plain(OTHERWISE_CALLED.get(name) ?? ""));
  };
  return {
    find: (service, action) =>
      ofService(service)?.get(plain(action)) ?? ofService(service)?.get(plainAction(action)),
    hasService: (service) => ofService(service) !== undefined,
    members,
  };
}
