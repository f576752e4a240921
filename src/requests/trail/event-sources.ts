/**
 * Services by the `eventSource` of their records, without `.amazonaws.com`, where it differs from the service's name:
 * the `endpointPrefix` and `signingName` of botocore 1.43.11's models, in lower case, and what records are known to have beside.
 */
const NAMES = `
  a2i-runtime.sagemaker sagemaker-a2i-runtime
  access-analyzer accessanalyzer
  aco-automation compute-optimizer-automation
  admin.wickr wickr
  agreement-marketplace marketplace-agreement
  aidevops devops-agent
  airflow mwaa
  airflow-serverless mwaa-serverless
  amazonmq mq
  aoss opensearchserverless
  api.detective detective
  api.ecr ecr
  api.ecr-public ecr-public
  api.iotdeviceadvisor iotdeviceadvisor
  api.iotmanagedintegrations iot-managed-integrations
  api.iotwireless iotwireless
  api.mediatailor mediatailor
  api.pricing pricing
  api.sagemaker sagemaker
  api.tunneling.iot iotsecuretunneling
  apigateway apigatewayv2
  app-integrations appintegrations
  appconfig appconfigdata
  application-cost-profiler applicationcostprofiler
  applicationinsights application-insights
  appstream2 appstream
  aps amp
  aws-marketplace marketplace-agreement,marketplace-catalog,marketplace-deployment,marketplace-discovery,marketplace-entitlement,marketplace-reporting,meteringmarketplace
  awsssoportal sso
  backup-search backupsearch
  bedrock bedrock-agent,bedrock-agent-runtime,bedrock-data-automation,bedrock-data-automation-runtime,bedrock-runtime
  bedrock-agentcore bedrock-agentcore-control
  cases connectcases
  cassandra keyspaces,keyspacesstreams
  cassandra-streams keyspacesstreams
  catalog.marketplace marketplace-catalog
  chime chime-sdk-identity,chime-sdk-media-pipelines,chime-sdk-meetings,chime-sdk-messaging,chime-sdk-voice
  cleanrooms-ml cleanroomsml
  cloudcontrolapi cloudcontrol
  cloudhsm cloudhsmv2
  cloudsearch cloudsearchdomain
  codeguru-profiler codeguruprofiler
  connect connect-contact-lens
  connect-campaigns connectcampaigns,connectcampaignsv2
  contact-lens connect-contact-lens
  controlplane.payment-cryptography payment-cryptography
  data-ats.iot iot-data
  data-signer signer-data
  data.iotevents iotevents-data
  data.jobs.iot iot-jobs-data
  data.mediastore mediastore-data
  data.qapps qapps
  dataplane.payment-cryptography payment-cryptography-data
  deployment-marketplace marketplace-deployment
  discovery-marketplace marketplace-discovery
  dynamodb dynamodbstreams
  edge.sagemaker sagemaker-edge
  elasticfilesystem efs
  elasticloadbalancing elb,elbv2
  elasticmapreduce emr
  elemental-inference elementalinference
  email pinpoint-email,ses,sesv2
  entitlement.marketplace marketplace-entitlement
  es opensearch
  execute-api apigatewaymanagementapi,connectparticipant
  featurestore-runtime.sagemaker sagemaker-featurestore-runtime
  finspace-api finspace-data
  forecast forecastquery
  geo location
  greengrass greengrassv2
  health-agent connecthealth
  identity-chime chime-sdk-identity
  ingest.timestream timestream-write
  iotdata iot-data
  ioteventsdata iotevents-data
  iotmanagedintegrations iot-managed-integrations
  iotsecuredtunneling iotsecuretunneling
  ivs ivs-realtime
  ivsrealtime ivs-realtime
  kinesisanalytics kinesisanalyticsv2
  kinesisvideo kinesis-video-archived-media,kinesis-video-media,kinesis-video-signaling,kinesis-video-webrtc-storage
  launchwizard launch-wizard
  lex lex-models,lex-runtime,lexv2-models,lexv2-runtime
  mail-manager mailmanager
  media-pipelines-chime chime-sdk-media-pipelines
  mediastore mediastore-data
  meetings-chime chime-sdk-meetings
  memory-db memorydb
  messaging-chime chime-sdk-messaging
  metering.marketplace meteringmarketplace
  metrics.sagemaker sagemaker-metrics
  mgh migrationhub-config
  migrationhub-orchestrator migrationhuborchestrator
  migrationhub-strategy migrationhubstrategy
  mobiletargeting pinpoint
  models-v2-lex lexv2-models
  models.lex lex-models
  monitoring cloudwatch
  mturk-requester mturk
  neptune-db neptunedata
  notifications-contacts notificationscontacts
  oidc sso-oidc
  participant.connect connectparticipant
  payment-cryptography payment-cryptography-data
  personalize personalize-events,personalize-runtime
  portal.sso sso
  profile customer-profiles
  query.timestream timestream-query
  rds docdb,neptune
  refactor-spaces migration-hub-refactor-spaces
  reporting-marketplace marketplace-reporting
  runtime-v2-lex lexv2-runtime
  runtime.lex lex-runtime
  runtime.sagemaker sagemaker-runtime
  s3 s3control
  s3-control s3control
  s3-outposts s3outposts
  s3express s3
  sagemaker sagemaker-a2i-runtime,sagemaker-edge,sagemaker-featurestore-runtime,sagemaker-metrics,sagemaker-runtime
  scn supplychain
  sdb simpledbv2
  servicecatalog servicecatalog-appregistry
  servicequotas service-quotas
  ses mailmanager,pinpoint-email,sesv2
  signer signer-data
  sms-voice pinpoint-sms-voice,pinpoint-sms-voice-v2
  sms-voice.pinpoint pinpoint-sms-voice,sms-voice
  social-messaging socialmessaging
  sso sso-admin
  sso-oauth sso-oidc
  states stepfunctions
  streams.dynamodb dynamodbstreams
  supportapp support-app
  tagging resourcegroupstaggingapi
  tax taxsettings
  thinclient workspaces-thin-client
  timestream timestream-query,timestream-write
  voice-chime chime-sdk-voice
  voiceid voice-id
  wisdom qconnect
`;

const SERVICES: ReadonlyMap<string, readonly string[]> = new Map(
  NAMES.trim()
    .split("\n")
    .map((row) => {
      const [source = "", services = ""] = row.trim().split(" ");
      return [source, services.split(",")] as const;
    }),
);

/** The services that an event source may stand for, the one of its own name first. */
export function listEventServices(eventSource: string): readonly string[] {
  const source = toSource(eventSource);
  return [source, ...(SERVICES.get(source) ?? [])];
}

const toSource = (eventSource: string): string =>
  eventSource.toLowerCase().replace(/\.amazonaws\.com(?:\.cn)?$/, "");
