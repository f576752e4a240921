/** The payloads of the built-in operations. Written by `npm run generate`; not to be edited. */

/**
 * Cancel a data repository task; what it has done stays done.
 */
export interface CancelDataRepositoryTaskRequest {
  /**
   * The data repository task.
   */
  TaskId: string;
}

/**
 * Overwrite an OpenZFS volume with the snapshot of another.
 */
export interface CopySnapshotAndUpdateVolumeRequest {
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
  /**
   * The volume.
   */
  VolumeId: string;
  /**
   * The snapshot to copy.
   */
  SourceSnapshotARN: string;
  /**
   * How the data is copied.
   */
  CopyStrategy?: "CLONE" | "FULL_COPY" | "INCREMENTAL_COPY";
  /**
   * What else is deleted.
   */
  Options?: ("DELETE_INTERMEDIATE_SNAPSHOTS" | "DELETE_CLONED_VOLUMES" | "DELETE_INTERMEDIATE_DATA")[];
}

/**
 * Link a directory of a Lustre file system to a data repository.
 */
export interface CreateDataRepositoryAssociationRequest {
  /**
   * The file system.
   */
  FileSystemId: string;
  /**
   * The directory of the file system.
   */
  FileSystemPath?: string;
  /**
   * The bucket or prefix in S3.
   */
  DataRepositoryPath: string;
  /**
   * Whether to import the metadata of all objects at once.
   */
  BatchImportMetaDataOnCreate?: boolean;
  /**
   * The stripe size of imported files, in MiB.
   */
  ImportedFileChunkSize?: number;
  /**
   * What is imported and exported by itself.
   */
  S3?: {
    /**
     * Which changes in S3 are imported.
     */
    AutoImportPolicy?: {
      /**
       * The kinds of changes.
       *
       * @maxItems 3
       */
      Events?: ("NEW" | "CHANGED" | "DELETED")[];
    };
    /**
     * Which changes in the directory are exported.
     */
    AutoExportPolicy?: {
      /**
       * The kinds of changes.
       *
       * @maxItems 3
       */
      Events?: ("NEW" | "CHANGED" | "DELETED")[];
    };
  };
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
  /**
   * Tags of what is created.
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
     * The tag's value.
     */
    Value: string;
  }[];
}

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
 * Delete a backup, for good.
 */
export interface DeleteBackupRequest {
  /**
   * The backup.
   */
  BackupId: string;
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
}

/**
 * Unlink a directory from its data repository, and delete its files if asked to.
 */
export interface DeleteDataRepositoryAssociationRequest {
  /**
   * The link between a directory and a data repository.
   */
  AssociationId: string;
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
  /**
   * Whether to delete the files of the directory, too.
   */
  DeleteDataInFileSystem?: boolean;
}

/**
 * Delete an Amazon File Cache with what was not exported.
 */
export interface DeleteFileCacheRequest {
  /**
   * The cache.
   */
  FileCacheId: string;
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
}

/**
 * Delete a file system with everything on it.
 */
export interface DeleteFileSystemRequest {
  /**
   * The file system.
   */
  FileSystemId: string;
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
  /**
   * What is only for Windows.
   */
  WindowsConfiguration?: {
    /**
     * Whether to take no last backup.
     */
    SkipFinalBackup?: boolean;
    /**
     * Tags of the last backup.
     *
     * @minItems 1
     * @maxItems 50
     */
    FinalBackupTags?: {
      /**
       * The tag's name.
       */
      Key: string;
      /**
       * The tag's value.
       */
      Value: string;
    }[];
  };
  /**
   * What is only for Lustre.
   */
  LustreConfiguration?: {
    /**
     * Whether to take no last backup.
     */
    SkipFinalBackup?: boolean;
    /**
     * Tags of the last backup.
     *
     * @minItems 1
     * @maxItems 50
     */
    FinalBackupTags?: {
      /**
       * The tag's name.
       */
      Key: string;
      /**
       * The tag's value.
       */
      Value: string;
    }[];
  };
  /**
   * What is only for OpenZFS.
   */
  OpenZFSConfiguration?: {
    /**
     * Whether to take no last backup.
     */
    SkipFinalBackup?: boolean;
    /**
     * Tags of the last backup.
     *
     * @minItems 1
     * @maxItems 50
     */
    FinalBackupTags?: {
      /**
       * The tag's name.
       */
      Key: string;
      /**
       * The tag's value.
       */
      Value: string;
    }[];
    /**
     * What else is deleted.
     *
     * @maxItems 1
     */
    Options?: "DELETE_CHILD_VOLUMES_AND_SNAPSHOTS"[];
  };
}

/**
 * Delete a snapshot of an OpenZFS volume, for good.
 */
export interface DeleteSnapshotRequest {
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
  /**
   * The snapshot.
   */
  SnapshotId: string;
}

/**
 * Delete a volume of an ONTAP or OpenZFS file system.
 */
export interface DeleteVolumeRequest {
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
  /**
   * The volume.
   */
  VolumeId: string;
  /**
   * What is only for ONTAP.
   */
  OntapConfiguration?: {
    /**
     * Whether to take no last backup.
     */
    SkipFinalBackup?: boolean;
    /**
     * Tags of the last backup.
     *
     * @minItems 1
     * @maxItems 50
     */
    FinalBackupTags?: {
      /**
       * The tag's name.
       */
      Key: string;
      /**
       * The tag's value.
       */
      Value: string;
    }[];
    /**
     * Whether to delete files that are under retention.
     */
    BypassSnaplockEnterpriseRetention?: boolean;
  };
  /**
   * What is only for OpenZFS.
   */
  OpenZFSConfiguration?: {
    /**
     * What else is deleted.
     *
     * @maxItems 1
     */
    Options?: "DELETE_CHILD_VOLUMES_AND_SNAPSHOTS"[];
  };
}

/**
 * Set an OpenZFS volume back to one of its snapshots.
 */
export interface RestoreVolumeFromSnapshotRequest {
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
  /**
   * The volume.
   */
  VolumeId: string;
  /**
   * The snapshot.
   */
  SnapshotId: string;
  /**
   * What else is deleted.
   *
   * @maxItems 2
   */
  Options?: ("DELETE_INTERMEDIATE_SNAPSHOTS" | "DELETE_CLONED_VOLUMES")[];
}

/**
 * Change how a link imports and exports by itself.
 */
export interface UpdateDataRepositoryAssociationRequest {
  /**
   * The link between a directory and a data repository.
   */
  AssociationId: string;
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
  /**
   * The stripe size of imported files, in MiB.
   */
  ImportedFileChunkSize?: number;
  /**
   * What is imported and exported by itself.
   */
  S3?: {
    /**
     * Which changes in S3 are imported.
     */
    AutoImportPolicy?: {
      /**
       * The kinds of changes.
       *
       * @maxItems 3
       */
      Events?: ("NEW" | "CHANGED" | "DELETED")[];
    };
    /**
     * Which changes in the directory are exported.
     */
    AutoExportPolicy?: {
      /**
       * The kinds of changes.
       *
       * @maxItems 3
       */
      Events?: ("NEW" | "CHANGED" | "DELETED")[];
    };
  };
}

/**
 * Change the capacity, backups or other settings of a file system.
 */
export interface UpdateFileSystemRequest {
  /**
   * The file system.
   */
  FileSystemId: string;
  /**
   * A token of your choice; a retry with the same one does nothing again.
   */
  ClientRequestToken?: string;
  /**
   * The capacity in GiB.
   */
  StorageCapacity?: number;
  /**
   * What is only for Windows.
   */
  WindowsConfiguration?: {
    WeeklyMaintenanceStartTime?: string;
    DailyAutomaticBackupStartTime?: string;
    /**
     * For how many days automatic backups are kept; 0 ends them.
     */
    AutomaticBackupRetentionDays?: number;
    ThroughputCapacity?: number;
    SelfManagedActiveDirectoryConfiguration?: {
      UserName?: string;
      Password?: string;
      /**
       * @minItems 1
       * @maxItems 3
       */
      DnsIps?: string[];
      DomainName?: string;
      OrganizationalUnitDistinguishedName?: string;
      FileSystemAdministratorsGroup?: string;
      DomainJoinServiceAccountSecret?: string;
    };
    AuditLogConfiguration?: {
      FileAccessAuditLogLevel: "DISABLED" | "SUCCESS_ONLY" | "FAILURE_ONLY" | "SUCCESS_AND_FAILURE";
      FileShareAccessAuditLogLevel: "DISABLED" | "SUCCESS_ONLY" | "FAILURE_ONLY" | "SUCCESS_AND_FAILURE";
      AuditLogDestination?: string;
    };
    DiskIopsConfiguration?: {
      Mode?: "AUTOMATIC" | "USER_PROVISIONED";
      Iops?: number;
    };
    FsrmConfiguration?: {
      FsrmServiceEnabled: boolean;
      EventLogDestination?: string;
    };
  };
  /**
   * What is only for Lustre.
   */
  LustreConfiguration?: {
    WeeklyMaintenanceStartTime?: string;
    DailyAutomaticBackupStartTime?: string;
    /**
     * For how many days automatic backups are kept; 0 ends them.
     */
    AutomaticBackupRetentionDays?: number;
    /**
     * Which changes in S3 are imported.
     */
    AutoImportPolicy?: "NONE" | "NEW" | "NEW_CHANGED" | "NEW_CHANGED_DELETED";
    DataCompressionType?: "NONE" | "LZ4";
    LogConfiguration?: {
      Level: "DISABLED" | "WARN_ONLY" | "ERROR_ONLY" | "WARN_ERROR";
      Destination?: string;
    };
    RootSquashConfiguration?: {
      RootSquash?: string;
      /**
       * @maxItems 64
       */
      NoSquashNids?: string[];
    };
    PerUnitStorageThroughput?: number;
    MetadataConfiguration?: {
      Iops?: number;
      Mode?: "AUTOMATIC" | "USER_PROVISIONED";
    };
    ThroughputCapacity?: number;
    DataReadCacheConfiguration?: {
      SizingMode?: "NO_CACHE" | "USER_PROVISIONED" | "PROPORTIONAL_TO_THROUGHPUT_CAPACITY";
      SizeGiB?: number;
    };
  };
  /**
   * What is only for ONTAP.
   */
  OntapConfiguration?: {
    /**
     * For how many days automatic backups are kept; 0 ends them.
     */
    AutomaticBackupRetentionDays?: number;
    DailyAutomaticBackupStartTime?: string;
    FsxAdminPassword?: string;
    WeeklyMaintenanceStartTime?: string;
    DiskIopsConfiguration?: {
      Mode?: "AUTOMATIC" | "USER_PROVISIONED";
      Iops?: number;
    };
    ThroughputCapacity?: number;
    /**
     * @maxItems 50
     */
    AddRouteTableIds?: string[];
    /**
     * @maxItems 50
     */
    RemoveRouteTableIds?: string[];
    ThroughputCapacityPerHAPair?: number;
    HAPairs?: number;
    EndpointIpv6AddressRange?: string;
  };
  /**
   * What is only for OpenZFS.
   */
  OpenZFSConfiguration?: {
    /**
     * For how many days automatic backups are kept; 0 ends them.
     */
    AutomaticBackupRetentionDays?: number;
    CopyTagsToBackups?: boolean;
    CopyTagsToVolumes?: boolean;
    DailyAutomaticBackupStartTime?: string;
    ThroughputCapacity?: number;
    WeeklyMaintenanceStartTime?: string;
    DiskIopsConfiguration?: {
      Mode?: "AUTOMATIC" | "USER_PROVISIONED";
      Iops?: number;
    };
    /**
     * @maxItems 50
     */
    AddRouteTableIds?: string[];
    /**
     * @maxItems 50
     */
    RemoveRouteTableIds?: string[];
    ReadCacheConfiguration?: {
      SizingMode?: "NO_CACHE" | "USER_PROVISIONED" | "PROPORTIONAL_TO_THROUGHPUT_CAPACITY";
      SizeGiB?: number;
    };
    EndpointIpv6AddressRange?: string;
  };
  /**
   * The type of the disks.
   */
  StorageType?: "SSD" | "HDD" | "INTELLIGENT_TIERING";
  /**
   * The version of Lustre.
   */
  FileSystemTypeVersion?: string;
  /**
   * The kinds of addresses.
   */
  NetworkType?: "IPV4" | "DUAL";
}

/**
 * Cancel a cache report that is being made.
 */
export interface CancelCacheReportRequest {
  /**
   * The cache report.
   */
  CacheReportARN: string;
}

/**
 * Delete a cache report; its object in S3 stays.
 */
export interface DeleteCacheReportRequest {
  /**
   * The cache report.
   */
  CacheReportARN: string;
}

/**
 * Delete a file share; objects in S3 stay, what was not uploaded may be lost.
 */
export interface DeleteFileShareRequest {
  /**
   * The file share.
   */
  FileShareARN: string;
  /**
   * Whether to delete at once, without waiting for uploads.
   */
  ForceDelete?: boolean;
}

/**
 * Delete a gateway; it can not be activated again.
 */
export interface DeleteGatewayRequest {
  /**
   * The gateway.
   */
  GatewayARN: string;
}

/**
 * Delete a virtual tape.
 */
export interface DeleteTapeRequest {
  /**
   * The gateway.
   */
  GatewayARN: string;
  /**
   * The tape.
   */
  TapeARN: string;
  /**
   * Whether to delete what is still under governance retention.
   */
  BypassGovernanceRetention?: boolean;
}

/**
 * Delete an archived virtual tape.
 */
export interface DeleteTapeArchiveRequest {
  /**
   * The tape.
   */
  TapeARN: string;
  /**
   * Whether to delete what is still under governance retention.
   */
  BypassGovernanceRetention?: boolean;
}

/**
 * Delete a volume of a volume gateway.
 */
export interface DeleteVolumeRequest {
  /**
   * The volume.
   */
  VolumeARN: string;
}

/**
 * Disable a tape gateway that no longer works, for good.
 */
export interface DisableGatewayRequest {
  /**
   * The gateway.
   */
  GatewayARN: string;
}

/**
 * Take an Amazon FSx file system off its gateway.
 */
export interface DisassociateFileSystemRequest {
  /**
   * The association between the gateway and the file system.
   */
  FileSystemAssociationARN: string;
  /**
   * Whether to delete at once, without waiting for uploads.
   */
  ForceDelete?: boolean;
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
 * Read the inventory of a share anew from its bucket.
 */
export interface RefreshCacheRequest {
  /**
   * The file share.
   */
  FileShareARN: string;
  /**
   * The folders to refresh.
   *
   * @minItems 1
   * @maxItems 50
   */
  FolderList?: string[];
  /**
   * Whether to refresh what is below the folders, too.
   */
  Recursive?: boolean;
}

/**
 * Empty the cache of a gateway and take its cache disks away.
 */
export interface ResetCacheRequest {
  /**
   * The gateway.
   */
  GatewayARN: string;
}

/**
 * Shut a tape or volume gateway down until it is started again.
 */
export interface ShutdownGatewayRequest {
  /**
   * The gateway.
   */
  GatewayARN: string;
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

/**
 * Change an NFS file share; what is left out stays as it is.
 */
export interface UpdateNFSFileShareRequest {
  /**
   * The file share.
   */
  FileShareARN: string;
  /**
   * How objects are encrypted.
   */
  EncryptionType?: "SseS3" | "SseKms" | "DsseKms";
  /**
   * The older form of `EncryptionType`.
   */
  KMSEncrypted?: boolean;
  /**
   * The key for objects.
   */
  KMSKey?: string;
  /**
   * Owner and mode of new files.
   */
  NFSFileShareDefaults?: {
    FileMode?: string;
    DirectoryMode?: string;
    GroupId?: number;
    OwnerId?: number;
  };
  /**
   * The storage class of new objects.
   */
  DefaultStorageClass?: string;
  /**
   * The access list of new objects.
   */
  ObjectACL?:
    | "private"
    | "public-read"
    | "public-read-write"
    | "authenticated-read"
    | "bucket-owner-read"
    | "bucket-owner-full-control"
    | "aws-exec-read";
  /**
   * Addresses that may mount the share.
   *
   * @minItems 1
   * @maxItems 100
   */
  ClientList?: string[];
  /**
   * Which users become anonymous.
   */
  Squash?: string;
  /**
   * Whether nobody can write.
   */
  ReadOnly?: boolean;
  /**
   * Whether types of objects are guessed.
   */
  GuessMIMETypeEnabled?: boolean;
  /**
   * Who pays for requests.
   */
  RequesterPays?: boolean;
  /**
   * The name of the share.
   */
  FileShareName?: string;
  /**
   * How the cache behaves.
   */
  CacheAttributes?: {
    /**
     * After how long a directory is read anew.
     */
    CacheStaleTimeoutInSeconds?: number;
  };
  /**
   * When uploads are notified.
   */
  NotificationPolicy?: string;
  /**
   * Where the audit log goes.
   */
  AuditDestinationARN?: string;
}

/**
 * Change an SMB file share; what is left out stays as it is.
 */
export interface UpdateSMBFileShareRequest {
  /**
   * The file share.
   */
  FileShareARN: string;
  /**
   * How objects are encrypted.
   */
  EncryptionType?: "SseS3" | "SseKms" | "DsseKms";
  /**
   * The older form of `EncryptionType`.
   */
  KMSEncrypted?: boolean;
  /**
   * The key for objects.
   */
  KMSKey?: string;
  /**
   * The storage class of new objects.
   */
  DefaultStorageClass?: string;
  /**
   * The access list of new objects.
   */
  ObjectACL?:
    | "private"
    | "public-read"
    | "public-read-write"
    | "authenticated-read"
    | "bucket-owner-read"
    | "bucket-owner-full-control"
    | "aws-exec-read";
  /**
   * Whether nobody can write.
   */
  ReadOnly?: boolean;
  /**
   * Whether types of objects are guessed.
   */
  GuessMIMETypeEnabled?: boolean;
  /**
   * Who pays for requests.
   */
  RequesterPays?: boolean;
  /**
   * Whether the access lists of Windows count.
   */
  SMBACLEnabled?: boolean;
  /**
   * Whether people see only what they may read.
   */
  AccessBasedEnumeration?: boolean;
  /**
   * Users with all rights.
   *
   * @minItems 0
   * @maxItems 100
   */
  AdminUserList?: string[];
  /**
   * Users that may use the share.
   *
   * @minItems 0
   * @maxItems 100
   */
  ValidUserList?: string[];
  /**
   * Users that may not.
   *
   * @minItems 0
   * @maxItems 100
   */
  InvalidUserList?: string[];
  /**
   * Where the audit log goes.
   */
  AuditDestinationARN?: string;
  /**
   * Whether case makes different names.
   */
  CaseSensitivity?: "ClientSpecified" | "CaseSensitive";
  /**
   * The name of the share.
   */
  FileShareName?: string;
  /**
   * How the cache behaves.
   */
  CacheAttributes?: {
    /**
     * After how long a directory is read anew.
     */
    CacheStaleTimeoutInSeconds?: number;
  };
  /**
   * When uploads are notified.
   */
  NotificationPolicy?: string;
  /**
   * Whether clients may cache files.
   */
  OplocksEnabled?: boolean;
}

/** The built-in operations, each with the type of its request. */
export interface Requests {
  "fsx:CancelDataRepositoryTask": CancelDataRepositoryTaskRequest;
  "fsx:CopySnapshotAndUpdateVolume": CopySnapshotAndUpdateVolumeRequest;
  "fsx:CreateDataRepositoryAssociation": CreateDataRepositoryAssociationRequest;
  "fsx:CreateDataRepositoryTask": CreateDataRepositoryTaskRequest;
  "fsx:DeleteBackup": DeleteBackupRequest;
  "fsx:DeleteDataRepositoryAssociation": DeleteDataRepositoryAssociationRequest;
  "fsx:DeleteFileCache": DeleteFileCacheRequest;
  "fsx:DeleteFileSystem": DeleteFileSystemRequest;
  "fsx:DeleteSnapshot": DeleteSnapshotRequest;
  "fsx:DeleteVolume": DeleteVolumeRequest;
  "fsx:RestoreVolumeFromSnapshot": RestoreVolumeFromSnapshotRequest;
  "fsx:UpdateDataRepositoryAssociation": UpdateDataRepositoryAssociationRequest;
  "fsx:UpdateFileSystem": UpdateFileSystemRequest;
  "storagegateway:CancelCacheReport": CancelCacheReportRequest;
  "storagegateway:DeleteCacheReport": DeleteCacheReportRequest;
  "storagegateway:DeleteFileShare": DeleteFileShareRequest;
  "storagegateway:DeleteGateway": DeleteGatewayRequest;
  "storagegateway:DeleteTape": DeleteTapeRequest;
  "storagegateway:DeleteTapeArchive": DeleteTapeArchiveRequest;
  "storagegateway:DeleteVolume": DeleteVolumeRequest;
  "storagegateway:DisableGateway": DisableGatewayRequest;
  "storagegateway:DisassociateFileSystem": DisassociateFileSystemRequest;
  "storagegateway:EvictFilesFailingUpload": EvictFilesFailingUploadRequest;
  "storagegateway:RefreshCache": RefreshCacheRequest;
  "storagegateway:ResetCache": ResetCacheRequest;
  "storagegateway:ShutdownGateway": ShutdownGatewayRequest;
  "storagegateway:StartCacheReport": StartCacheReportRequest;
  "storagegateway:UpdateNFSFileShare": UpdateNFSFileShareRequest;
  "storagegateway:UpdateSMBFileShare": UpdateSMBFileShareRequest;
}
