/**
 * Step Functions' optimized integrations: what `arn:aws:states:::SERVICE:ACTION` calls, and how its request differs from
 * the API's (developer guide, "Integrating optimized services" and the page of each service).
 */
export interface OptimizedIntegration {
  /** As `service:Operation`; for integrations that call no operation of an API, the name that they are counted by. */
  operation: string;
  /** The suffixes that it takes besides none. */
  patterns: readonly string[];
  /** The members that it takes, in its own names, where these aren't all of the operation's. */
  members?: readonly string[];
  /** Members with another name in the API's request. */
  renamed?: Readonly<Record<string, RenamedMember>>;
  /** Whether it takes the API's names beside its own. */
  keepsNames?: boolean;
  /** Whether its request is unlike that of an operation, or there is none: it can't be checked. */
  isOwn?: boolean;
}

export interface RenamedMember {
  to: string;
  /** Whether the API takes a list of them. */
  isItem?: boolean;
  /** Whether the API's value is made of this one in a way that isn't told. */
  isUnknown?: boolean;
  /** Whether the API's request has nothing of the kind. */
  isDropped?: boolean;
  /** Whether the API's value only begins with this one. */
  isStart?: boolean;
}

const SYNC = ["sync"];
const TOKEN = ["waitForTaskToken"];
const BOTH = ["sync", "waitForTaskToken"];

/** Actions that call the operation of the same name, with its request. */
const plain = (
  service: string,
  actions: string,
  patterns: readonly string[] = [],
  boto3 = service,
): [string, OptimizedIntegration][] =>
  actions
    .split(" ")
    .map((action) => [
      `${service}:${action}`,
      { operation: `${boto3}:${action.charAt(0).toUpperCase()}${action.slice(1)}`, patterns },
    ]);

const one = (
  resource: string,
  operation: string,
  patterns: readonly string[],
  more: Omit<OptimizedIntegration, "operation" | "patterns"> = {},
): [string, OptimizedIntegration] => [resource, { operation, patterns, ...more }];

const words = (text: string): string[] => text.split(" ");

export const OPTIMIZED: ReadonlyMap<string, OptimizedIntegration> = new Map([
  one("lambda:invoke", "lambda:Invoke", TOKEN, {
    members: words("ClientContext FunctionName InvocationType LogType Qualifier Payload"),
  }),
  one("sns:publish", "sns:Publish", TOKEN),
  one("sqs:sendMessage", "sqs:SendMessage", TOKEN, {
    members: words(
      "DelaySeconds MessageAttributes MessageBody MessageDeduplicationId MessageGroupId QueueUrl",
    ),
  }),
  one("states:startExecution", "stepfunctions:StartExecution", ["sync", "sync:2", ...TOKEN], {
    members: words("Input Name StateMachineArn"),
  }),
  one("events:putEvents", "events:PutEvents", TOKEN),
  ...plain("dynamodb", "getItem putItem updateItem deleteItem"),
  one("ecs:runTask", "ecs:RunTask", BOTH, {
    members: words(
      "Cluster Group LaunchType NetworkConfiguration Overrides PlacementConstraints PlacementStrategy " +
        "PlatformVersion PropagateTags TaskDefinition EnableExecuteCommand Count StartedBy",
    ),
  }),
  one("batch:submitJob", "batch:SubmitJob", SYNC),
  one("glue:startJobRun", "glue:StartJobRun", SYNC),
  one("databrew:startJobRun", "databrew:StartJobRun", SYNC),
  ...plain("athena", "startQueryExecution", SYNC),
  ...plain("athena", "stopQueryExecution getQueryExecution getQueryResults"),
  one("elasticmapreduce:createCluster", "emr:RunJobFlow", SYNC),
  one("elasticmapreduce:addStep", "emr:AddJobFlowSteps", SYNC, {
    renamed: { ClusterId: { to: "JobFlowId" }, Step: { to: "Steps", isItem: true } },
  }),
  one("elasticmapreduce:cancelStep", "emr:CancelSteps", [], {
    renamed: { StepId: { to: "StepIds", isItem: true } },
  }),
  one("elasticmapreduce:terminateCluster", "emr:TerminateJobFlows", SYNC, {
    renamed: { ClusterId: { to: "JobFlowIds", isItem: true } },
  }),
  one("elasticmapreduce:setClusterTerminationProtection", "emr:SetTerminationProtection", [], {
    renamed: { ClusterId: { to: "JobFlowIds", isItem: true } },
  }),
  one("elasticmapreduce:modifyInstanceFleetByName", "emr:ModifyInstanceFleet", [], { isOwn: true }),
  one("elasticmapreduce:modifyInstanceGroupByName", "emr:ModifyInstanceGroups", [], { isOwn: true }),
  ...plain("emr-containers", "createVirtualCluster deleteVirtualCluster startJobRun", SYNC),
  ...plain(
    "emr-serverless",
    "createApplication startApplication stopApplication deleteApplication startJobRun cancelJobRun",
    SYNC,
  ),
  ...plain(
    "eks",
    "createCluster deleteCluster createFargateProfile deleteFargateProfile createNodegroup deleteNodegroup",
    SYNC,
  ),
  one("eks:call", "eks:Call", [], { isOwn: true }),
  one("eks:runJob", "eks:RunJob", BOTH, { isOwn: true }),
  ...plain("codebuild", "startBuild startBuildBatch", SYNC),
  ...plain(
    "codebuild",
    "stopBuild batchDeleteBuilds batchGetReports stopBuildBatch retryBuildBatch deleteBuildBatch",
  ),
  ...plain(
    "sagemaker",
    "createTrainingJob createTransformJob createProcessingJob createLabelingJob createHyperParameterTuningJob",
    SYNC,
  ),
  ...plain("sagemaker", "createModel createEndpoint createEndpointConfig updateEndpoint"),
  one("mediaconvert:createJob", "mediaconvert:CreateJob", SYNC),
  one("bedrock:invokeModel", "bedrock-runtime:InvokeModel", [], {
    renamed: { Input: { to: "Body", isUnknown: true }, Output: { to: "Output", isDropped: true } },
    keepsNames: true,
  }),
  ...plain("bedrock", "createModelCustomizationJob", SYNC),
  one("apigateway:invoke", "apigateway:Invoke", TOKEN, { isOwn: true }),
  one("http:invoke", "http:Invoke", [], { isOwn: true }),
]);

/** What the reader and the writer of a distributed map call. */
export const MAP_INTEGRATIONS: ReadonlyMap<string, OptimizedIntegration> = new Map([
  ...plain("s3", "getObject listObjectsV2"),
  one("s3:putObject", "s3:PutObject", [], { renamed: { Prefix: { to: "Key", isStart: true } } }),
]);
