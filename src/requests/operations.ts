import type { Path } from "../diagnostics/pointer.ts";
import type { RequestShape } from "./aws-cli/shape.ts";

/** The operations that can be checked, looked up by the names that SDKs and tools give them. */
export interface OperationNames {
  /**
   * Accepts `fsx` and `createDataRepositoryTask` as well as `@aws-sdk/client-fsx` and
   * `CreateDataRepositoryTaskCommand`. Returns `service:Operation`.
   */
  find(service: string, action: string): string | undefined;
  /** The operation of this name, given without its service: `CreateDataRepositoryTask`. */
  findByName(name: string): string | undefined;
  /** Whether any operation has a member of this name at the top of its request. */
  isMember(name: string): boolean;
  /** Whether there is any operation of this service. */
  hasService(service: string): boolean;
  /** The member names at a path into an operation's request; undefined if its schema doesn't define them. */
  members(operation: string, path: Path): readonly string[] | undefined;
  /** The shape at a path into an operation's request; undefined if its schema doesn't define it. */
  shapeAt(operation: string, path: Path): RequestShape | undefined;
}

export type OperationMembers = OperationNames["members"];
export type OperationShapes = OperationNames["shapeAt"];

export const NO_OPERATIONS: OperationNames = {
  find: () => undefined,
  findByName: () => undefined,
  hasService: () => false,
  members: () => undefined,
  shapeAt: () => undefined,
  isMember: () => false,
};

/**
 * Services whose name in SDKs differs from that in boto3, by the `serviceId` of botocore's models in lower
 * case without spaces. Names that differ only in hyphens don't need a row.
 */
export const SDK_SERVICE_NAMES: ReadonlyMap<string, string> = new Map([
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

/** Removes differences in spelling: case, hyphens, underscores and spaces. */
const normalizeName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const normalizeService = (service: string): string =>
  normalizeName(service.replace(/^(?:@aws-sdk\/)?client-/i, ""));

const normalizeAction = (action: string): string => normalizeName(action.replace(/Command$/, ""));

/** What SDKs add to an operation's name; of few operations, such as `SendCommand`, it is the last word. */
const COMMAND_SUFFIX = /(?<!^(?:[Ss]end|[Cc]ancel|[Cc]reate|[Dd]elete|[Gg]et|[Uu]pdate))Command$/;

/**
 * The name of an operation that has no schema, as `service:Operation`: from `ec2` and `describe-instances`, or
 * `@aws-sdk/client-ec2` and `DescribeInstancesCommand`.
 */
export const toOperationName = (service: string, action: string): string =>
  `${service.replace(/^(?:@aws-sdk\/)?client-/i, "").toLowerCase()}:${action
    .replace(COMMAND_SUFFIX, "")
    .replace(/(?:^|[-_])(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

/** The operations by their names without differences in spelling, by service. */
function indexByService(operations: Iterable<string>): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const services = new Map<string, Map<string, string>>();
  for (const operation of operations) {
    const [service = "", name = ""] = operation.split(":");
    const named = services.get(normalizeName(service)) ?? new Map<string, string>();
    services.set(normalizeName(service), named.set(normalizeName(name), operation));
  }
  return services;
}

/** Indexes operations, each given as `service:Operation`. */
export function createOperationNames(
  operations: Iterable<string>,
  members: OperationMembers = () => undefined,
  shapeAt: OperationShapes = () => undefined,
): OperationNames {
  let indexed: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;
  // Most requests name their operation as it is, so that nothing is looked up.
  const listServices = () => {
    indexed ??= indexByService(operations);
    return indexed;
  };
  let known: ReadonlySet<string> | undefined;
  const isMember = (name: string): boolean => {
    known ??= new Set(
      [...listServices().values()].flatMap((named) =>
        [...named.values()].flatMap((operation) => (members(operation, []) ?? []).map(lowerFirst)),
      ),
    );
    return known.has(lowerFirst(name));
  };
  const ofService = (service: string): ReadonlyMap<string, string> | undefined => {
    const name = normalizeService(service);
    return listServices().get(name) ?? listServices().get(normalizeName(SDK_SERVICE_NAMES.get(name) ?? ""));
  };
  return {
    find: (service, action) =>
      ofService(service)?.get(normalizeName(action)) ?? ofService(service)?.get(normalizeAction(action)),
    findByName: (name) =>
      [...listServices().values()]
        .map((named) => named.get(normalizeName(name)))
        .find((found) => found !== undefined),
    hasService: (service) => ofService(service) !== undefined,
    members,
    shapeAt,
    isMember,
  };
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
