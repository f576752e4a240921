/**
 * SDK clients whose name, in lower case, is not the service's name in boto3 and the AWS CLI. From botocore's service
 * models: `serviceId` without spaces, beside the name of the model's directory.
 */
const RENAMED: Readonly<Record<string, string>> = {
  applicationdiscoveryservice: "discovery",
  cloudwatchlogs: "logs",
  cognitoidentityprovider: "cognito-idp",
  configservice: "config",
  costandusagereportservice: "cur",
  costexplorer: "ce",
  databasemigrationservice: "dms",
  directoryservice: "ds",
  directoryservicedata: "ds-data",
  elasticloadbalancing: "elb",
  elasticloadbalancingv2: "elbv2",
  elasticsearchservice: "es",
  eventbridge: "events",
  iotdataplane: "iot-data",
  iotjobsdataplane: "iot-jobs-data",
  lexmodelbuildingservice: "lex-models",
  lexmodelsv2: "lexv2-models",
  lexruntimeservice: "lex-runtime",
  lexruntimev2: "lexv2-runtime",
  marketplaceentitlementservice: "marketplace-entitlement",
  marketplacemetering: "meteringmarketplace",
  migrationhub: "mgh",
  pinpointsmsvoice: "sms-voice",
  serverlessapplicationrepository: "serverlessrepo",
  sfn: "stepfunctions",
  simpledb: "sdb",
};

const squeezed = (service: string): string => service.toLowerCase().replaceAll("-", "");

/**
 * The operation of a command, `service:Operation`, out of those that there are schemas for; undefined where there is
 * none. `StorageGatewayClient` and `StartCacheReportCommand` give `storagegateway:StartCacheReport`.
 */
export function operationOf(
  clientName: string,
  commandName: string,
  operations: readonly string[],
): string | undefined {
  const client = clientName.replace(/Client$/, "").toLowerCase();
  const service = squeezed(RENAMED[client] ?? client);
  const name = commandName.replace(/Command$/, "");
  return operations.find((operation) => {
    const [known = "", operationName] = operation.split(":");
    return operationName === name && squeezed(known) === service;
  });
}
