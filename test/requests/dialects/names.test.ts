import { describe, expect, it, test } from "vitest";
import { toJavaName } from "../../../src/requests/dialects/java-names.ts";
import { createSdkNames } from "../../../src/requests/dialects/member-names.ts";
import { resolveSdkCall } from "../../../src/requests/dialects/sdk-operation.ts";
import {
  PLAIN_SERVICES,
  RENAMED_SERVICES,
  RETIRED_SERVICES,
} from "../../../src/requests/dialects/service-names.ts";
import { createOperationNames } from "../../../src/requests/operations.ts";

describe("toJavaName()", () => {
  test.each([
    ["DBInstanceIdentifier", "DbInstanceIdentifier"],
    ["VPCEndpointDNSName", "VpcEndpointDNSName"],
    ["SMBACLEnabled", "SmbaclEnabled"],
    ["KMSKey", "KmsKey"],
    ["EC2SecurityGroupId", "Ec2SecurityGroupId"],
    ["MD5OfBody", "Md5OfBody"],
    ["ACLs", "AcLs"],
    ["SSES3", "Sses3"],
    ["CIDRIP", "Cidrip"],
    ["SSECustomerKeyMD5", "SseCustomerKeyMD5"],
    ["SSEKMSKeyId", "SsekmsKeyId"],
    ["BOOL", "Bool"],
    ["clientToken", "ClientToken"],
    ["FileShareARN", "FileShareARN"],
    ["LocationARN", "LocationARN"],
    ["Equals", "EqualsValue"],
    ["default", "DefaultValue"],
    ["Public", "PublicValue"],
    ["float", "FloatValue"],
    ["Wait", "WaitValue"],
    ["NotifyAll", "NotifyAllValue"],
    ["overrideConfiguration", "OverrideConfigurationValue"],
    ["A", "A"],
    ["", ""],
  ])("makes %j of the API's %j", (apiName, name) => expect(toJavaName(apiName)).toBe(name));

  it("is overridden where a service's SDK has a name of its own", () => {
    const { toContainerName } = createSdkNames("dynamodb:PutItem", "Step Functions");
    expect(["NULL", "BOOL", "S"].map(toContainerName)).toEqual(["Nul", "Bool", "S"]);
  });
});

const operations = createOperationNames([
  "fsx:CreateDataRepositoryTask",
  "storagegateway:StartCacheReport",
  "logs:CreateLogGroup",
  "stepfunctions:StartExecution",
  "acme:DoIt",
]);

const resolve = (service: string, action: string, by: "scheduler" | "states" = "states") => {
  const { operation, name, fault, isRefused } = resolveSdkCall({ service, action }, by, operations);
  return { operation, name, help: fault?.help, isRefused: isRefused === true };
};

describe("an SDK call in an ARN", () => {
  test.each([
    ["fsx", "createDataRepositoryTask", "fsx:CreateDataRepositoryTask"],
    ["cloudwatchlogs", "createLogGroup", "logs:CreateLogGroup"],
    ["sfn", "startExecution", "stepfunctions:StartExecution"],
    ["acme", "doIt", "acme:DoIt"],
  ])("is right as %s:%s", (service, action, operation) => {
    expect(resolve(service, action)).toEqual({
      operation,
      name: operation,
      help: undefined,
      isRefused: false,
    });
  });

  test.each([
    ["fsx", "CreateDataRepositoryTask", "`fsx:createDataRepositoryTask`"],
    ["fsx", "createdatarepositorytask", "`fsx:createDataRepositoryTask`"],
    ["FSx", "createDataRepositoryTask", "`fsx:createDataRepositoryTask`"],
    ["storage-gateway", "startCacheReport", "`storagegateway:startCacheReport`"],
    ["StorageGateway", "startCacheReport", "`storagegateway:startCacheReport`"],
    ["storagegatway", "startCacheReport", "`storagegateway:startCacheReport`"],
    ["storagegateway", "startCacheReprt", "`startCacheReport`"],
    ["logs", "createLogGroup", "`cloudwatchlogs:createLogGroup`"],
    ["cloudwatchlogs", "CreateLogGroup", "`cloudwatchlogs:createLogGroup`"],
    ["states", "startExecution", "`sfn:startExecution`"],
    ["stepfunctions", "startExecution", "`sfn:startExecution`"],
    ["cognito-idp", "adminCreateUser", "`cognitoidentityprovider:adminCreateUser`"],
    ["ce", "getTags", "`costexplorer:getTags`"],
    ["events", "putEvents", "`eventbridge:putEvents`"],
    ["directoryservice", "createAlias", "`directory:createAlias`"],
    ["ec2", "DescribeInstances", "`ec2:describeInstances`"],
    ["acm-pca", "issueCertificate", "`acmpca:issueCertificate`"],
  ])("is misspelt as %s:%s, and the right name is told", (service, action, right) => {
    expect(resolve(service, action).help).toContain(right);
  });

  test.each([
    ["newservice", "doSomething"],
    ["ec2", "describeInstances"],
    ["storagegateway", "describeGateways"],
    ["storagegateway", "cancelCacheReport"],
    ["fsx", "cancelDataRepositoryTask"],
    ["fsx", "createDataRepositoryTaskGroup"],
    ["qldb", "createLedger"],
  ])("without a schema is no mistake: %s:%s", (service, action) => {
    expect(resolve(service, action)).toMatchObject({ operation: undefined, help: undefined });
  });

  test.each([
    ["states", "sts", "assumeRole"],
    ["states", "lambda", "invokeAsync"],
    ["states", "bedrockruntime", "converseStream"],
    ["scheduler", "ec2", "describeInstances"],
    ["scheduler", "dynamodb", "batchGetItem"],
    ["scheduler", "dynamodb", "transactGetItems"],
    ["scheduler", "cognitoidentityprovider", "adminListDevices"],
    ["scheduler", "bedrockruntime", "invokeModel"],
    ["scheduler", "cloudwatchlogs", "getQueryResults"],
  ] as const)("of %s is refused where it isn't supported: %s:%s", (by, service, action) => {
    expect(resolve(service, action, by).isRefused).toBe(true);
  });

  test.each([
    ["scheduler", "glue", "startJobRun"],
    ["scheduler", "s3", "selectiveDelete"],
    ["scheduler", "ssm", "startAutomationExecution"],
    ["scheduler", "quicksight", "queryless"],
    ["states", "dynamodb", "query"],
    ["states", "sts", "getCallerIdentity"],
  ] as const)("of %s is not refused for another reason: %s:%s", (by, service, action) => {
    expect(resolve(service, action, by).isRefused).toBe(false);
  });

  it("can be one of all services, each of which has one name", () => {
    const names = [
      ...PLAIN_SERVICES.map((name) => name.replaceAll("-", "")),
      ...RETIRED_SERVICES,
      ...Object.keys(RENAMED_SERVICES),
    ];
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(resolve(name, "doIt").help, name).toBeUndefined();
  });
});
