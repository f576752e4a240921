/** Factories of records in the shape that the AWS CLI prints. */
const GATEWAY_OF = (account: string) => `arn:aws:storagegateway:${account}`;

export const HERE = "eu-west-1:123456789012";
export const THERE = "us-east-1:123456789012";
export const GATEWAY = `${GATEWAY_OF(HERE)}:gateway/sgw-12A3456B`;
export const SHARE = `${GATEWAY_OF(HERE)}:share/share-1A2B3C4D`;
export const OTHER_SHARE = `${GATEWAY_OF(HERE)}:share/share-5E6F7A8B`;
export const FAR_SHARE = `${GATEWAY_OF(THERE)}:share/share-9C0D1E2F`;
export const FILE_SYSTEM = "fs-0123456789abcdef0";
export const OTHER_SYSTEM = "fs-0fedcba9876543210";
export const THIRD_SYSTEM = "fs-0aaaaaaaaaaaaaaa1";

export const share = (arn = SHARE, own: object = {}) => ({
  FileShareARN: arn,
  FileShareId: arn.split("/")[1],
  FileShareStatus: "AVAILABLE",
  GatewayARN: GATEWAY,
  KMSEncrypted: false,
  LocationARN: "arn:aws:s3:::media-share/films/",
  ...own,
});

export const gateway = (own: object = {}) => ({
  GatewayARN: GATEWAY,
  GatewayId: "sgw-12A3456B",
  GatewayState: "RUNNING",
  GatewayNetworkInterfaces: [{ Ipv4Address: "10.0.0.7" }],
  GatewayType: "FILE_S3",
  HostEnvironment: "EC2",
  ...own,
});

export const report = (of = SHARE, id = "report-1", own: object = {}) => ({
  CacheReportARN: `${of}/cache-report/${id}`,
  CacheReportStatus: "COMPLETED",
  ReportCompletionPercent: 100,
  StartTime: "2026-05-01T10:00:00.123000+00:00",
  EndTime: "2026-05-01T10:20:00+00:00",
  Role: "arn:aws:iam::123456789012:role/Reports",
  FileShareARN: of,
  LocationARN: "arn:aws:s3:::reports/out",
  ...own,
});

export const fileSystem = (id = FILE_SYSTEM, own: object = {}) => ({
  OwnerId: "123456789012",
  CreationTime: 1767225600.25,
  FileSystemId: id,
  FileSystemType: "LUSTRE",
  Lifecycle: "AVAILABLE",
  ResourceARN: `arn:aws:fsx:${HERE}:file-system/${id}`,
  LustreConfiguration: { DeploymentType: "PERSISTENT_2", MountName: "abcdefgh" },
  ...own,
});

export const association = (of = FILE_SYSTEM, id = "dra-0123456789abcdef0", own: object = {}) => ({
  AssociationId: id,
  ResourceARN: `arn:aws:fsx:${HERE}:association/${of}/${id}`,
  FileSystemId: of,
  Lifecycle: "AVAILABLE",
  FileSystemPath: "/films",
  DataRepositoryPath: "s3://media/films",
  ...own,
});

export const task = (of = FILE_SYSTEM, id = "task-0123456789abcdef0", own: object = {}) => ({
  TaskId: id,
  Lifecycle: "EXECUTING",
  Type: "EXPORT_TO_REPOSITORY",
  CreationTime: "2026-05-01T10:00:00+00:00",
  ResourceARN: `arn:aws:fsx:${HERE}:task/${id}`,
  FileSystemId: of,
  Paths: ["films"],
  Status: { TotalCount: 10, SucceededCount: 2, LastUpdatedTime: "2026-05-01T10:05:00+00:00" },
  ...own,
});

export const START = {
  operation: "storagegateway:StartCacheReport",
  request: { FileShareARN: SHARE, LocationARN: "arn:aws:s3:::reports/out" },
};
export const EVICT = {
  operation: "storagegateway:EvictFilesFailingUpload",
  request: { FileShareARN: SHARE },
};
export const EXPORT = {
  operation: "fsx:CreateDataRepositoryTask",
  request: { FileSystemId: FILE_SYSTEM, Type: "EXPORT_TO_REPOSITORY" },
};
