import { describe, expect, it } from "vitest";
import { createOperationNames } from "../../src/requests/operations.ts";
import { listEventServices } from "../../src/requests/trail/event-sources.ts";
import { findOperation } from "../../src/requests/trail/record.ts";

const MEMBERS: Record<string, string[]> = {
  "elb:CreateLoadBalancer": ["LoadBalancerName", "Listeners", "Tags"],
  "elbv2:CreateLoadBalancer": ["Name", "Subnets", "Tags"],
  "rds:CreateDBCluster": ["DBClusterIdentifier", "Engine", "AllocatedStorage"],
  "neptune:CreateDBCluster": ["DBClusterIdentifier", "Engine"],
  "lambda:CreateFunction": ["FunctionName"],
  "cloudfront:CreateDistribution": ["DistributionConfig"],
  "s3:ListObjectsV2": ["Bucket"],
  "cloudwatch:PutMetricAlarm": ["AlarmName"],
  "stepfunctions:StartExecution": ["StateMachineArn"],
};
const OPERATIONS = createOperationNames(Object.keys(MEMBERS), (operation) => MEMBERS[operation] ?? []);

const find = (eventSource: string, eventName: string, more: object = {}) =>
  findOperation({ eventSource: `${eventSource}.amazonaws.com`, eventName, ...more }, OPERATIONS);

describe("the operation of a record", () => {
  it.each([
    ["monitoring", "PutMetricAlarm", "cloudwatch:PutMetricAlarm"],
    ["states", "StartExecution", "stepfunctions:StartExecution"],
    ["lambda", "CreateFunction20150331", "lambda:CreateFunction"],
    ["lambda", "CreateFunction20150331v2", "lambda:CreateFunction"],
    ["cloudfront", "createdistribution2015_07_27", "cloudfront:CreateDistribution"],
    ["s3", "ListObjectsV2", "s3:ListObjectsV2"],
    ["signin", "ConsoleLogin", undefined],
    ["lambda", "DeleteFunction20150331", undefined],
  ])("from %s, named %s, is %s", (source, name, operation) => expect(find(source, name)).toBe(operation));

  it("is that of the record's version, where services share a source", () => {
    const of = (apiVersion: string) => find("elasticloadbalancing", "CreateLoadBalancer", { apiVersion });
    expect([of("2012-06-01"), of("2015-12-01")]).toEqual([
      "elb:CreateLoadBalancer",
      "elbv2:CreateLoadBalancer",
    ]);
  });

  it("is that whose members the record has, where its version decides nothing", () => {
    const of = (requestParameters: object, source = "elasticloadbalancing", name = "CreateLoadBalancer") =>
      find(source, name, { requestParameters });
    expect(of({ loadBalancerName: "a", listeners: [] })).toBe("elb:CreateLoadBalancer");
    expect(of({ name: "a", subnets: [] })).toBe("elbv2:CreateLoadBalancer");
    expect(of({ dBClusterIdentifier: "a", allocatedStorage: 1 }, "rds", "CreateDBCluster")).toBe(
      "rds:CreateDBCluster",
    );
    expect(of({ strange: 1 })).toBeUndefined();
  });
});

describe("the services of an event source", () => {
  it.each([
    ["elasticfilesystem.amazonaws.com", "efs"],
    ["es.amazonaws.com", "opensearch"],
    ["aps.amazonaws.com", "amp"],
    ["airflow.amazonaws.com", "mwaa"],
    ["appstream2.amazonaws.com", "appstream"],
    ["tagging.amazonaws.com", "resourcegroupstaggingapi"],
    ["fsx.amazonaws.com.cn", "fsx"],
    ["__proto__", "__proto__"],
  ])("%s have %s among them", (source, service) => expect(listEventServices(source)).toContain(service));
});
