/** Versions of the services that share an event source and names of operations, in botocore 1.43.11's models. */
const VERSIONS: ReadonlyMap<string, string> = new Map(
  `
  apigateway 2015-07-09
  apigatewayv2 2018-11-29
  bedrock 2023-04-20
  bedrock-agent 2023-06-05
  bedrock-agent-runtime 2023-07-26
  bedrock-data-automation 2023-07-26
  bedrock-data-automation-runtime 2024-06-13
  chime 2018-05-01
  chime-sdk-identity 2021-04-20
  chime-sdk-media-pipelines 2021-07-15
  chime-sdk-meetings 2021-07-15
  chime-sdk-messaging 2021-05-15
  chime-sdk-voice 2022-08-03
  cloudhsm 2014-05-30
  cloudhsmv2 2017-04-28
  connectcampaigns 2021-01-30
  connectcampaignsv2 2024-04-23
  docdb 2014-10-31
  elb 2012-06-01
  elbv2 2015-12-01
  es 2015-01-01
  greengrass 2017-06-07
  greengrassv2 2020-11-30
  ivs 2020-07-14
  ivs-realtime 2020-07-14
  kinesisanalytics 2015-08-14
  kinesisanalyticsv2 2018-05-23
  lex-models 2017-04-19
  lex-runtime 2016-11-28
  lexv2-models 2020-08-07
  lexv2-runtime 2020-08-07
  mailmanager 2023-10-17
  marketplace-catalog 2018-09-17
  marketplace-deployment 2023-01-25
  neptune 2014-10-31
  opensearch 2021-01-01
  pinpoint-email 2018-07-26
  pinpoint-sms-voice 2018-09-05
  pinpoint-sms-voice-v2 2022-03-31
  qconnect 2020-10-19
  rds 2014-10-31
  s3 2006-03-01
  s3control 2018-08-20
  ses 2010-12-01
  sesv2 2019-09-27
  signer 2017-08-25
  signer-data 2017-08-25
  sms-voice 2018-09-05
  timestream-query 2018-11-01
  timestream-write 2018-11-01
  wisdom 2020-10-19
`
    .trim()
    .split("\n")
    .map((row) => row.trim().split(" ") as [string, string]),
);

/** The version of the service of an operation, given as `service:Operation`, as records have it; undefined if no doubt needs it. */
export const getApiVersion = (operation: string): string | undefined =>
  VERSIONS.get(operation.slice(0, operation.indexOf(":")));
