/** Records of CloudTrail for tests. */
export interface TestRecord extends Record<string, unknown> {
  eventID: string;
}

const IDENTITY = {
  type: "AssumedRole",
  arn: "arn:aws:sts::123456789012:assumed-role/StorageOperator/s",
  sessionContext: { sessionIssuer: { arn: "arn:aws:iam::123456789012:role/ops/StorageOperator" } },
};

export const createRecord = (eventID: string, more: object): TestRecord => ({
  eventVersion: "1.09",
  userIdentity: IDENTITY,
  eventTime: "2026-03-02T10:11:12Z",
  awsRegion: "eu-west-1",
  readOnly: false,
  eventType: "AwsApiCall",
  eventID,
  ...more,
});

/** A record of an export task, of which a good request is made. */
export const exportTask = (eventID: string, parameters: object = {}, more: object = {}): TestRecord =>
  createRecord(eventID, {
    eventSource: "fsx.amazonaws.com",
    eventName: "CreateDataRepositoryTask",
    requestParameters: {
      fileSystemId: "fs-0123456789abcdef0",
      type: "EXPORT_TO_REPOSITORY",
      paths: ["nightly"],
      report: { enabled: false },
      ...parameters,
    },
    ...more,
  });

/** A record of a call of an operation that has no schema. */
export const unrelated = (eventID: string, name = "i-1"): TestRecord =>
  createRecord(eventID, {
    eventSource: "ec2.amazonaws.com",
    eventName: "RunInstances",
    requestParameters: { clientToken: name },
  });
