import { findActionFacts } from "./facts.ts";

/**
 * IAM's prefixes of services that boto3 and the AWS CLI call otherwise. Sources: the signing names in botocore's service
 * models, and the Service Authorization Reference.
 */
const IAM_PREFIXES: Readonly<Record<string, string>> = {
  accessanalyzer: "access-analyzer",
  amp: "aps",
  apigatewayv2: "apigateway",
  appconfigdata: "appconfig",
  appintegrations: "app-integrations",
  "application-insights": "applicationinsights",
  backupsearch: "backup-search",
  "bedrock-agent": "bedrock",
  "bedrock-agent-runtime": "bedrock",
  "bedrock-agentcore-control": "bedrock-agentcore",
  "bedrock-data-automation": "bedrock",
  "bedrock-data-automation-runtime": "bedrock",
  "bedrock-runtime": "bedrock",
  "chime-sdk-identity": "chime",
  "chime-sdk-media-pipelines": "chime",
  "chime-sdk-meetings": "chime",
  "chime-sdk-messaging": "chime",
  "chime-sdk-voice": "chime",
  cleanroomsml: "cleanrooms-ml",
  cloudcontrol: "cloudformation",
  cloudhsmv2: "cloudhsm",
  cloudsearchdomain: "cloudsearch",
  codeguruprofiler: "codeguru-profiler",
  "connect-contact-lens": "connect",
  connectcampaigns: "connect-campaigns",
  connectcampaignsv2: "connect-campaigns",
  connectcases: "cases",
  "customer-profiles": "profile",
  docdb: "rds",
  dynamodbstreams: "dynamodb",
  efs: "elasticfilesystem",
  elb: "elasticloadbalancing",
  elbv2: "elasticloadbalancing",
  emr: "elasticmapreduce",
  forecastquery: "forecast",
  greengrassv2: "greengrass",
  "iot-data": "iot",
  "iot-jobs-data": "iotjobsdata",
  "iotevents-data": "iotevents",
  iotsecuretunneling: "iot",
  "ivs-realtime": "ivs",
  "kinesis-video-archived-media": "kinesisvideo",
  "kinesis-video-media": "kinesisvideo",
  "kinesis-video-signaling": "kinesisvideo",
  "kinesis-video-webrtc-storage": "kinesisvideo",
  kinesisanalyticsv2: "kinesisanalytics",
  "launch-wizard": "launchwizard",
  "lex-models": "lex",
  "lex-runtime": "lex",
  "lexv2-models": "lex",
  "lexv2-runtime": "lex",
  location: "geo",
  mailmanager: "ses",
  "marketplace-agreement": "aws-marketplace",
  "marketplace-catalog": "aws-marketplace",
  "marketplace-entitlement": "aws-marketplace",
  "mediastore-data": "mediastore",
  meteringmarketplace: "aws-marketplace",
  "migration-hub-refactor-spaces": "refactor-spaces",
  "migrationhub-config": "mgh",
  migrationhuborchestrator: "migrationhub-orchestrator",
  migrationhubstrategy: "migrationhub-strategy",
  mturk: "mechanicalturk",
  mwaa: "airflow",
  neptune: "rds",
  neptunedata: "neptune-db",
  notificationscontacts: "notifications-contacts",
  opensearch: "es",
  opensearchserverless: "aoss",
  "payment-cryptography-data": "payment-cryptography",
  "personalize-events": "personalize",
  "personalize-runtime": "personalize",
  pinpoint: "mobiletargeting",
  "pinpoint-email": "ses",
  "pinpoint-sms-voice": "sms-voice",
  "pinpoint-sms-voice-v2": "sms-voice",
  qconnect: "wisdom",
  resourcegroupstaggingapi: "tag",
  s3control: "s3",
  s3outposts: "s3-outposts",
  "sagemaker-a2i-runtime": "sagemaker",
  "sagemaker-edge": "sagemaker",
  "sagemaker-featurestore-runtime": "sagemaker",
  "sagemaker-metrics": "sagemaker",
  "sagemaker-runtime": "sagemaker",
  "service-quotas": "servicequotas",
  "servicecatalog-appregistry": "servicecatalog",
  sesv2: "ses",
  socialmessaging: "social-messaging",
  "sso-admin": "sso",
  "sso-oidc": "sso-oauth",
  stepfunctions: "states",
  "support-app": "supportapp",
  "timestream-query": "timestream",
  "timestream-write": "timestream",
  "voice-id": "voiceid",
};

/**
 * Operations that need no permission, or are not signed by a principal, though an action may have their name (botocore's
 * service models, `authtype`; AWS STS API reference). `*` stands for all operations of the service.
 */
const UNAUTHORIZED: Readonly<Record<string, string>> = {
  "cognito-identity": "GetCredentialsForIdentity GetId GetOpenIdToken UnlinkIdentity",
  "cognito-idp":
    "AssociateSoftwareToken ChangePassword CompleteWebAuthnRegistration ConfirmDevice ConfirmForgotPassword ConfirmSignUp DeleteUser DeleteUserAttributes DeleteWebAuthnCredential ForgetDevice ForgotPassword GetDevice GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode GetUserAuthFactors GlobalSignOut InitiateAuth ListDevices ListWebAuthnCredentials ResendConfirmationCode RespondToAuthChallenge RevokeToken SetUserMFAPreference SetUserSettings SignUp StartWebAuthnRegistration UpdateAuthEventFeedback UpdateDeviceStatus UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute",
  signin: "*",
  sso: "*",
  "sso-oidc": "*",
  sts: "AssumeRoleWithSAML AssumeRoleWithWebIdentity GetCallerIdentity GetSessionToken",
};

/**
 * The IAM action that has the name of an operation (`stepfunctions:StartExecution`), as the table spells it. Undefined
 * where there is none: what such an operation needs follows from nothing but its documentation.
 */
export function findActionOfOperation(operation: string): string | undefined {
  const [service = "", name = ""] = operation.split(":");
  const unauthorized = Object.hasOwn(UNAUTHORIZED, service) ? UNAUTHORIZED[service]!.split(" ") : [];
  if (unauthorized.includes(name) || unauthorized.includes("*")) return undefined;
  const prefix = Object.hasOwn(IAM_PREFIXES, service) ? IAM_PREFIXES[service]! : service;
  return findActionFacts(`${prefix}:${name}`)?.name;
}
