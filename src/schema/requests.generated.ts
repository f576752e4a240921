/** The payloads of the built-in operations. Written by `npm run generate`; not to be edited. */

/**
 * Move data between a Lustre file system and the data repositories linked to it.
 */
export interface CreateDataRepositoryTaskRequest {
  /**
   * Whether to export, to import metadata, or to release data.
   */
  Type:
    | "EXPORT_TO_REPOSITORY"
    | "IMPORT_METADATA_FROM_REPOSITORY"
    | "RELEASE_DATA_FROM_FILESYSTEM"
    | "AUTO_RELEASE_DATA";
  /**
   * What the task works on; what form a path has depends on the type.
   *
   * @maxItems 100
   */
  Paths?: string[];
  /**
   * The file system.
   */
  FileSystemId: string;
  /**
   * Whether and where the task reports what it did.
   */
  Report: {
    /**
     * Whether a report is written.
     */
    Enabled: boolean;
    /**
     * Where in the linked data repository the report goes.
     */
    Path?: string;
    /**
     * The report's format.
     */
    Format?: "REPORT_CSV_20191124";
    /**
     * Which files the report lists.
     */
    Scope?: "FAILED_FILES_ONLY";
  };
  /**
   * A token of your choice; a retry with the same one doesn't create a second task.
   */
  ClientRequestToken?: string;
  /**
   * Tags of the task.
   *
   * @minItems 1
   * @maxItems 50
   */
  Tags?: {
    /**
     * The tag's name.
     */
    Key: string;
    /**
     * The tag's value, which may be empty.
     */
    Value: string;
  }[];
  /**
   * How many GiB an automatic release frees.
   */
  CapacityToRelease?: number;
  /**
   * Which files a release may touch.
   */
  ReleaseConfiguration?: {
    /**
     * For how long a file has not been read or written.
     */
    DurationSinceLastAccess?: {
      /**
       * The unit of that time.
       */
      Unit?: "DAYS";
      /**
       * That time, in the unit; with 0 a release takes all files.
       */
      Value?: number;
    };
  };
}

/**
 * Take the files that fail to upload out of a file share's cache.
 */
export interface EvictFilesFailingUploadRequest {
  /**
   * The file share whose cache is to be cleaned.
   */
  FileShareARN: string;
  /**
   * Whether files whose data is only on the gateway are removed as well. That data is then lost.
   */
  ForceRemove?: boolean;
}

/**
 * Report on the files that a file share of an S3 File Gateway has cached.
 */
export interface StartCacheReportRequest {
  /**
   * The file share to report on.
   */
  FileShareARN: string;
  /**
   * The IAM role that the gateway takes to write the report to the bucket.
   */
  Role: string;
  /**
   * The bucket that the report is written to, and optionally a prefix in it.
   */
  LocationARN: string;
  /**
   * The Region of that bucket.
   */
  BucketRegion: string;
  /**
   * The DNS name of the VPC endpoint through which the gateway reaches the bucket.
   */
  VPCEndpointDNSName?: string;
  /**
   * Which files the report lists; filters with different names all have to match.
   */
  InclusionFilters?: {
    /**
     * What to filter by.
     */
    Name: "UploadState" | "UploadFailureReason";
    /**
     * The values to look for; one match is enough.
     */
    Values: string[];
  }[];
  /**
   * Which files the report leaves out.
   */
  ExclusionFilters?: {
    /**
     * What to filter by.
     */
    Name: "UploadState" | "UploadFailureReason";
    /**
     * The values to look for; one match is enough.
     */
    Values: string[];
  }[];
  /**
   * A token of your choice; a retry with the same one doesn't start a second report.
   */
  ClientToken: string;
  /**
   * Tags of the report.
   *
   * @maxItems 50
   */
  Tags?: {
    /**
     * The tag's name.
     */
    Key: string;
    /**
     * The tag's value, which may be empty.
     */
    Value: string;
  }[];
}

/** The built-in operations, each with the type of its request. */
export interface Requests {
  "fsx:CreateDataRepositoryTask": CreateDataRepositoryTaskRequest;
  "storagegateway:EvictFilesFailingUpload": EvictFilesFailingUploadRequest;
  "storagegateway:StartCacheReport": StartCacheReportRequest;
}
