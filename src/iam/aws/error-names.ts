/** Why AWS refuses a call, by the name of the error. */
export type AwsErrorKind =
  | "credentials"
  | "denied"
  | "not-found"
  | "throttled"
  | "timeout"
  /** AWS rejects the input. */
  | "input"
  /** AWS failed with a server error. */
  | "service";

/**
 * Error names from the API references ("Common errors" and the errors of each operation), without the suffixes
 * `Exception`, `Fault` and `Error` that some have.
 */
const NAMES: Readonly<Record<AwsErrorKind, readonly string[]>> = {
  denied: ["AccessDenied", "UnauthorizedOperation", "NotAuthorized", "403"],
  "not-found": [
    "NoSuchEntity",
    "FileSystemNotFound",
    "VolumeNotFound",
    "SnapshotNotFound",
    "BackupNotFound",
    "FileCacheNotFound",
    "DataRepositoryAssociationNotFound",
    "DataRepositoryTaskNotFound",
    "InvalidGatewayRequest",
    "NoSuchBucket",
    "NotFound",
    "404",
    "NoSuchBucketPolicy",
    "ServerSideEncryptionConfigurationNotFound",
  ],
  throttled: [
    "Throttling",
    "Throttled",
    "RequestLimitExceeded",
    "RequestThrottled",
    "TooManyRequests",
    "SlowDown",
  ],
  service: ["ServiceUnavailable", "InternalFailure", "InternalServer", "Internal"],
  credentials: [
    "InvalidClientTokenId",
    "UnrecognizedClient",
    "ExpiredToken",
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "InvalidSignature",
    "RequestExpired",
    "AuthFailure",
    "MissingAuthenticationToken",
    "OptInRequired",
    "CredentialsProvider",
    "TokenProvider",
  ],
  input: ["InvalidInput", "Validation", "InvalidParameterValue"],
  timeout: ["Timeout", "Abort"],
};

const KIND_BY_NAME: ReadonlyMap<string, AwsErrorKind> = new Map(
  (Object.keys(NAMES) as AwsErrorKind[]).flatMap((kind) => NAMES[kind].map((name) => [name, kind] as const)),
);

/** The kind of an error of AWS; undefined for a name that says nothing of it. */
export const kindFromErrorName = (name: string): AwsErrorKind | undefined =>
  KIND_BY_NAME.get(name.replace(/(?:Exception|Fault|Error)$/, ""));
