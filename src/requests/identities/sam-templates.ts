/** A statement: its actions, and the resources behind `arn:PARTITION:`. */
type GrantRow = readonly [actions: string, ...resources: string[]];

/** Of an ARN: the Region and the account of the stack. */
const HERE = "{AWS::Region}:{AWS::AccountId}";

const BUCKET = ["s3:::{BucketName}", "s3:::{BucketName}/*"];
const TABLE = `dynamodb:${HERE}:table/{TableName}`;
const TABLES = [TABLE, `${TABLE}/index/*`];
const QUEUE = `sqs:${HERE}:{QueueName}`;
const STREAM = `kinesis:${HERE}:stream/{StreamName}`;
const IDENTITY = `ses:${HERE}:identity/{IdentityName}`;
const KEY = `kms:${HERE}:key/{KeyId}`;
const COLLECTION = `rekognition:${HERE}:collection/{CollectionId}`;
const DELIVERY = `firehose:${HERE}:deliverystream/{DeliveryStreamName}`;

/**
 * What SAM's policy templates grant (AWS SAM Developer Guide, "AWS SAM policy templates"; `policy_templates.json` of the
 * translator, version 0.0.1). `{Name}` is a parameter. Those of CodeCommit, and those with conditions, are left out: what
 * they grant counts as unknown.
 */
export const SAM_POLICY_TEMPLATES: Readonly<Record<string, readonly GrantRow[]>> = {
  AMIDescribePolicy: [["ec2:DescribeImages", `ec2:${HERE}:image/*`]],
  AWSSecretsManagerGetSecretValuePolicy: [["secretsmanager:GetSecretValue", "={SecretArn}"]],
  CloudFormationDescribeStacksPolicy: [["cloudformation:DescribeStacks", `cloudformation:${HERE}:stack/*`]],
  CloudWatchDashboardPolicy: [["cloudwatch:GetDashboard ListDashboards PutDashboard ListMetrics", "*"]],
  CloudWatchDescribeAlarmHistoryPolicy: [["cloudwatch:DescribeAlarmHistory", "*"]],
  CloudWatchPutMetricPolicy: [["cloudwatch:PutMetricData", "*"]],
  CodePipelineLambdaExecutionPolicy: [["codepipeline:PutJobSuccessResult PutJobFailureResult", "*"]],
  CodePipelineReadOnlyPolicy: [
    ["codepipeline:ListPipelineExecutions", `codepipeline:${HERE}:{PipelineName}`],
  ],
  CostExplorerReadOnlyPolicy: [
    [
      "ce:GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation GetReservationUtilization GetTags",
      "*",
    ],
  ],
  DynamoDBBackupFullAccessPolicy: [
    ["dynamodb:CreateBackup DescribeContinuousBackups", TABLE],
    ["dynamodb:DeleteBackup DescribeBackup ListBackups", `${TABLE}/backup/*`],
  ],
  DynamoDBCrudPolicy: [
    [
      "dynamodb:GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem",
      ...TABLES,
    ],
  ],
  DynamoDBReadPolicy: [["dynamodb:GetItem Scan Query BatchGetItem DescribeTable", ...TABLES]],
  DynamoDBReconfigurePolicy: [["dynamodb:UpdateTable", TABLE]],
  DynamoDBRestoreFromBackupPolicy: [
    ["dynamodb:RestoreTableFromBackup", `${TABLE}/backup/*`],
    ["dynamodb:PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem", TABLE],
  ],
  DynamoDBStreamReadPolicy: [
    ["dynamodb:DescribeStream GetRecords GetShardIterator", `${TABLE}/stream/{StreamName}`],
    ["dynamodb:ListStreams", `${TABLE}/stream/*`],
  ],
  EC2CopyImagePolicy: [["ec2:CopyImage", `ec2:${HERE}:image/{ImageId}`]],
  EC2DescribePolicy: [["ec2:DescribeRegions DescribeInstances", "*"]],
  EKSDescribePolicy: [["eks:DescribeCluster ListClusters", "*"]],
  ElasticsearchHttpPostPolicy: [["es:ESHttpPost ESHttpPut", `es:${HERE}:domain/{DomainName}/*`]],
  FilterLogEventsPolicy: [["logs:FilterLogEvents", `logs:${HERE}:log-group:{LogGroupName}:log-stream:*`]],
  FirehoseCrudPolicy: [
    [
      "firehose:CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch UpdateDestination",
      DELIVERY,
    ],
  ],
  FirehoseWritePolicy: [["firehose:PutRecord PutRecordBatch", DELIVERY]],
  KMSDecryptPolicy: [["kms:Decrypt", KEY]],
  KMSEncryptPolicy: [["kms:Encrypt", KEY]],
  KinesisCrudPolicy: [
    [
      "kinesis:AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream",
      STREAM,
    ],
  ],
  KinesisStreamReadPolicy: [
    ["kinesis:ListStreams DescribeLimits", `kinesis:${HERE}:stream/*`],
    ["kinesis:DescribeStream DescribeStreamSummary GetRecords GetShardIterator", STREAM],
  ],
  LambdaInvokePolicy: [["lambda:InvokeFunction", `lambda:${HERE}:function:{FunctionName}*`]],
  OrganizationsListAccountsPolicy: [["organizations:ListAccounts", "*"]],
  RekognitionDetectOnlyPolicy: [
    ["rekognition:DetectFaces DetectLabels DetectModerationLabels DetectText", "*"],
  ],
  RekognitionReadPolicy: [
    ["rekognition:ListCollections ListFaces SearchFaces SearchFacesByImage", COLLECTION],
  ],
  RekognitionWriteOnlyAccessPolicy: [["rekognition:CreateCollection IndexFaces", COLLECTION]],
  S3CrudPolicy: [
    [
      "s3:GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject",
      ...BUCKET,
    ],
  ],
  S3FullAccessPolicy: [
    [
      "s3:GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging",
      BUCKET[1]!,
    ],
    ["s3:ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration", BUCKET[0]!],
  ],
  S3ReadPolicy: [
    ["s3:GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration", ...BUCKET],
  ],
  S3WritePolicy: [["s3:PutObject PutObjectAcl PutLifecycleConfiguration", ...BUCKET]],
  SESCrudPolicy: [
    ["ses:GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity", IDENTITY],
  ],
  SESEmailTemplateCrudPolicy: [
    ["ses:CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate", "*"],
  ],
  SESSendBouncePolicy: [["ses:SendBounce", IDENTITY]],
  SNSCrudPolicy: [
    [
      "sns:ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish",
      `sns:${HERE}:{TopicName}*`,
    ],
  ],
  SNSPublishMessagePolicy: [["sns:Publish", `sns:${HERE}:{TopicName}`]],
  SQSPollerPolicy: [
    [
      "sqs:ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage",
      QUEUE,
    ],
  ],
  SQSSendMessagePolicy: [["sqs:SendMessage*", QUEUE]],
  SSMParameterReadPolicy: [
    ["ssm:DescribeParameters", "*"],
    ["ssm:GetParameters GetParameter GetParametersByPath", `ssm:${HERE}:parameter/{ParameterName}`],
  ],
  StepFunctionsExecutionPolicy: [["states:StartExecution", `states:${HERE}:stateMachine:{StateMachineName}`]],
  TextractDetectAnalyzePolicy: [
    ["textract:DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument", "*"],
  ],
  TextractGetResultPolicy: [["textract:GetDocumentTextDetection GetDocumentAnalysis", "*"]],
  TextractPolicy: [["textract:*", "*"]],
  VPCAccessPolicy: [
    [
      "ec2:CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface",
      "*",
    ],
  ],
};
