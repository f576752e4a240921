/**
 * Other names of services: those of CloudFormation's types, of ARNs and policies, and of the SDK for Java, by the name
 * that boto3 and the AWS CLI have. Only where no service of boto3 has that name.
 */
const ALIASES: Readonly<Record<string, string>> = {
  cloudwatchevents: "events",
  cloudwatchlogs: "logs",
  cognitoidentity: "cognito-identity",
  cognitoidentityprovider: "cognito-idp",
  costexplorer: "ce",
  databasemigration: "dms",
  directoryservice: "ds",
  elasticfilesystem: "efs",
  elasticloadbalancing: "elb",
  elasticloadbalancingv2: "elbv2",
  elasticmapreduce: "emr",
  elasticsearch: "es",
  eventbridge: "events",
  serverlessapplicationrepository: "serverlessrepo",
  sfn: "stepfunctions",
  states: "stepfunctions",
  systemsmanager: "ssm",
};

/** The name that boto3 has for a service that is named in another way; undefined if none is known. */
export const findServiceAlias = (name: string): string | undefined => {
  const plain = name.toLowerCase().replace(/^aws-?|[-_ ]/g, "");
  return Object.hasOwn(ALIASES, plain) ? ALIASES[plain] : undefined;
};
