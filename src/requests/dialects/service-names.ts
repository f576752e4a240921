/**
 * The services that ARNs such as `arn:aws:states:::aws-sdk:SERVICE:ACTION` name, and those of schedules. Each is the
 * `serviceId` of its model in small letters, without spaces and hyphens, a leading Amazon or AWS and a trailing Service.
 * Sources: models of botocore 1.43.11, compared with the list in the Step Functions developer guide ("Supported AWS SDK
 * service integrations").
 */

/** Services as boto3 names them, where the ARN's name is the same without hyphens. */
export const PLAIN_SERVICES: readonly string[] = (
  "accessanalyzer account acm acm-pca aiops amp amplify amplifybackend amplifyuibuilder apigateway " +
  "apigatewaymanagementapi apigatewayv2 appconfig appconfigdata appfabric appflow appintegrations " +
  "application-autoscaling application-insights application-signals applicationcostprofiler appmesh apprunner " +
  "appstream appsync arc-region-switch arc-zonal-shift artifact athena auditmanager autoscaling autoscaling-plans " +
  "b2bi backup backup-gateway backupsearch batch bcm-dashboards bcm-data-exports bcm-pricing-calculator " +
  "bcm-recommended-actions bedrock bedrock-agent bedrock-agent-runtime bedrock-agentcore bedrock-agentcore-control " +
  "bedrock-data-automation bedrock-data-automation-runtime bedrock-runtime billing billingconductor braket budgets " +
  "chatbot chime chime-sdk-identity chime-sdk-media-pipelines chime-sdk-meetings chime-sdk-messaging " +
  "chime-sdk-voice cleanrooms cleanroomsml cloud9 cloudcontrol clouddirectory cloudformation cloudfront " +
  "cloudfront-keyvaluestore cloudhsm cloudhsmv2 cloudsearch cloudsearchdomain cloudtrail cloudtrail-data cloudwatch " +
  "codeartifact codebuild codecatalyst codecommit codeconnections codedeploy codeguru-reviewer codeguru-security " +
  "codeguruprofiler codepipeline codestar-connections codestar-notifications cognito-identity cognito-sync " +
  "comprehend comprehendmedical compute-optimizer compute-optimizer-automation config connect connect-contact-lens " +
  "connectcampaigns connectcampaignsv2 connectcases connecthealth connectparticipant controlcatalog controltower " +
  "cost-optimization-hub customer-profiles databrew dataexchange datapipeline datasync datazone dax deadline " +
  "detective devicefarm devops-agent devops-guru directconnect dlm docdb docdb-elastic drs dsql dynamodb " +
  "dynamodbstreams ebs ec2 ec2-instance-connect ecr ecr-public ecs efs eks eks-auth elasticache elasticbeanstalk " +
  "elementalinference emr emr-containers emr-serverless entityresolution evs finspace finspace-data firehose fis " +
  "fms forecast forecastquery frauddetector freetier fsx gamelift gameliftstreams geo-maps geo-places geo-routes " +
  "glacier globalaccelerator glue grafana greengrass greengrassv2 groundstation guardduty health healthlake iam " +
  "identitystore imagebuilder importexport inspector inspector-scan inspector2 interconnect internetmonitor " +
  "invoicing iot iot-managed-integrations iotdeviceadvisor iotevents iotevents-data iotfleetwise iotsecuretunneling " +
  "iotsitewise iotthingsgraph iottwinmaker iotwireless ivs ivs-realtime ivschat kafka kafkaconnect kendra " +
  "kendra-ranking keyspaces keyspacesstreams kinesis kinesis-video-archived-media kinesis-video-media " +
  "kinesis-video-signaling kinesis-video-webrtc-storage kinesisanalytics kinesisanalyticsv2 kinesisvideo kms " +
  "lakeformation lambda launch-wizard lex-runtime license-manager license-manager-linux-subscriptions " +
  "license-manager-user-subscriptions lightsail location lookoutequipment m2 machinelearning macie2 mailmanager " +
  "managedblockchain managedblockchain-query marketplace-agreement marketplace-catalog marketplace-deployment " +
  "marketplace-discovery marketplace-entitlement marketplace-reporting marketplacecommerceanalytics mediaconnect " +
  "mediaconvert medialive mediapackage mediapackage-vod mediapackagev2 mediastore mediastore-data mediatailor " +
  "medical-imaging memorydb mgn migration-hub-refactor-spaces migrationhub-config migrationhuborchestrator " +
  "migrationhubstrategy mpa mq mturk mwaa mwaa-serverless neptune neptune-graph neptunedata network-firewall " +
  "networkflowmonitor networkmanager networkmonitor notifications notificationscontacts nova-act oam " +
  "observabilityadmin odb omics opensearch opensearchserverless organizations osis outposts panorama " +
  "partnercentral-account partnercentral-benefits partnercentral-channel partnercentral-selling " +
  "payment-cryptography payment-cryptography-data pca-connector-ad pca-connector-scep pcs personalize " +
  "personalize-events personalize-runtime pi pinpoint pinpoint-email pinpoint-sms-voice pinpoint-sms-voice-v2 pipes " +
  "polly pricing proton qapps qbusiness qconnect quicksight ram rbin rds rds-data redshift redshift-data " +
  "redshift-serverless rekognition repostspace resiliencehub resource-explorer-2 resource-groups " +
  "resourcegroupstaggingapi rolesanywhere route53 route53-recovery-cluster route53-recovery-control-config " +
  "route53-recovery-readiness route53domains route53globalresolver route53profiles route53resolver rtbfabric rum s3 " +
  "s3control s3files s3outposts s3tables s3vectors sagemaker sagemaker-a2i-runtime sagemaker-edge " +
  "sagemaker-featurestore-runtime sagemaker-geospatial sagemaker-metrics sagemaker-runtime savingsplans scheduler " +
  "schemas secretsmanager security-ir securityagent securityhub securitylake service-quotas servicecatalog " +
  "servicecatalog-appregistry servicediscovery ses sesv2 shield signer signer-data signin simpledbv2 simspaceweaver " +
  "snow-device-management snowball sns socialmessaging sqs ssm ssm-contacts ssm-guiconnect ssm-incidents " +
  "ssm-quicksetup ssm-sap sso sso-admin sso-oidc storagegateway sts supplychain support support-app sustainability " +
  "swf synthetics taxsettings textract timestream-influxdb timestream-query timestream-write tnb transcribe " +
  "transfer translate trustedadvisor uxc verifiedpermissions voice-id vpc-lattice waf waf-regional wafv2 " +
  "wellarchitected wickr wisdom workdocs workmail workmailmessageflow workspaces workspaces-instances " +
  "workspaces-thin-client workspaces-web xray"
).split(" ");

/** Services that AWS lists and that botocore has no model of any more. */
export const RETIRED_SERVICES: readonly string[] = (
  "apptest elasticinference elastictranscoder evidently honeycode iotanalytics iotfleethub lookoutmetrics " +
  "lookoutvision opsworks opsworkscm privatenetworks qldb qldbsession robomaker sms"
).split(" ");

/** The other services: the ARN's name, and boto3's. */
export const RENAMED_SERVICES: Readonly<Record<string, string>> = {
  applicationdiscovery: "discovery",
  cloudwatchlogs: "logs",
  cognitoidentityprovider: "cognito-idp",
  costandusagereport: "cur",
  costexplorer: "ce",
  databasemigration: "dms",
  directory: "ds",
  directoryservicedata: "ds-data",
  elasticloadbalancing: "elb",
  elasticloadbalancingv2: "elbv2",
  elasticsearch: "es",
  eventbridge: "events",
  iotdataplane: "iot-data",
  iotjobsdataplane: "iot-jobs-data",
  lexmodelbuilding: "lex-models",
  lexmodelsv2: "lexv2-models",
  lexruntimev2: "lexv2-runtime",
  marketplacemetering: "meteringmarketplace",
  migrationhub: "mgh",
  serverlessapplicationrepository: "serverlessrepo",
  sfn: "stepfunctions",
  simpledb: "sdb",
};

/** Other names of a service, which neither Step Functions nor EventBridge Scheduler takes. */
export const OTHER_SERVICE_NAMES: Readonly<Record<string, string>> = {
  cloudwatchevents: "eventbridge",
  elasticmapreduce: "emr",
  states: "sfn",
};

/** All operations of the services that have schemas here, to tell a misspelt name from one without a schema. */
export const SERVICE_OPERATIONS: Readonly<Record<string, string>> = {
  fsx:
    "AssociateFileSystemAliases CancelDataRepositoryTask CopyBackup CopySnapshotAndUpdateVolume " +
    "CreateAndAttachS3AccessPoint CreateBackup CreateDataRepositoryAssociation CreateDataRepositoryTask " +
    "CreateFileCache CreateFileSystem CreateFileSystemFromBackup CreateSnapshot CreateStorageVirtualMachine " +
    "CreateVolume CreateVolumeFromBackup DeleteBackup DeleteDataRepositoryAssociation DeleteFileCache " +
    "DeleteFileSystem DeleteSnapshot DeleteStorageVirtualMachine DeleteVolume DescribeBackups " +
    "DescribeDataRepositoryAssociations DescribeDataRepositoryTasks DescribeFileCaches DescribeFileSystemAliases " +
    "DescribeFileSystems DescribeS3AccessPointAttachments DescribeSharedVpcConfiguration DescribeSnapshots " +
    "DescribeStorageVirtualMachines DescribeVolumes DetachAndDeleteS3AccessPoint DisassociateFileSystemAliases " +
    "ListTagsForResource ReleaseFileSystemNfsV3Locks RestoreVolumeFromSnapshot StartMisconfiguredStateRecovery " +
    "TagResource UntagResource UpdateDataRepositoryAssociation UpdateFileCache UpdateFileSystem " +
    "UpdateSharedVpcConfiguration UpdateSnapshot UpdateStorageVirtualMachine UpdateVolume",
  storagegateway:
    "ActivateGateway AddCache AddTagsToResource AddUploadBuffer AddWorkingStorage AssignTapePool AssociateFileSystem " +
    "AttachVolume CancelArchival CancelCacheReport CancelRetrieval CreateCachediSCSIVolume CreateNFSFileShare " +
    "CreateSMBFileShare CreateSnapshot CreateSnapshotFromVolumeRecoveryPoint CreateStorediSCSIVolume CreateTapePool " +
    "CreateTapeWithBarcode CreateTapes DeleteAutomaticTapeCreationPolicy DeleteBandwidthRateLimit DeleteCacheReport " +
    "DeleteChapCredentials DeleteFileShare DeleteGateway DeleteSnapshotSchedule DeleteTape DeleteTapeArchive " +
    "DeleteTapePool DeleteVolume DescribeAvailabilityMonitorTest DescribeBandwidthRateLimit " +
    "DescribeBandwidthRateLimitSchedule DescribeCache DescribeCacheReport DescribeCachediSCSIVolumes " +
    "DescribeChapCredentials DescribeFileSystemAssociations DescribeGatewayInformation DescribeMaintenanceStartTime " +
    "DescribeNFSFileShares DescribeSMBFileShares DescribeSMBSettings DescribeSnapshotSchedule " +
    "DescribeStorediSCSIVolumes DescribeTapeArchives DescribeTapeRecoveryPoints DescribeTapes DescribeUploadBuffer " +
    "DescribeVTLDevices DescribeWorkingStorage DetachVolume DisableGateway DisassociateFileSystem " +
    "EvictFilesFailingUpload JoinDomain ListAutomaticTapeCreationPolicies ListCacheReports ListFileShares " +
    "ListFileSystemAssociations ListGateways ListLocalDisks ListTagsForResource ListTapePools ListTapes " +
    "ListVolumeInitiators ListVolumeRecoveryPoints ListVolumes NotifyWhenUploaded RefreshCache RemoveTagsFromResource " +
    "ResetCache RetrieveTapeArchive RetrieveTapeRecoveryPoint SetLocalConsolePassword SetSMBGuestPassword " +
    "ShutdownGateway StartAvailabilityMonitorTest StartCacheReport StartGateway UpdateAutomaticTapeCreationPolicy " +
    "UpdateBandwidthRateLimit UpdateBandwidthRateLimitSchedule UpdateChapCredentials UpdateFileSystemAssociation " +
    "UpdateGatewayInformation UpdateGatewaySoftwareNow UpdateMaintenanceStartTime UpdateNFSFileShare " +
    "UpdateSMBFileShare UpdateSMBFileShareVisibility UpdateSMBLocalGroups UpdateSMBSecurityStrategy " +
    "UpdateSnapshotSchedule UpdateVTLDeviceType",
};
