/**
 * Where the AWS CLI's options differ from the members of the request. Determined by comparing the option
 * tables of AWS CLI 1.45 with the request shapes in botocore's models.
 */

/**
 * Regular option names and what replaces them, by service and command; `*` stands for all commands of a
 * service.
 */
const RENAMED_OPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "apigateway create-rest-api": { version: "api-version" },
  "apigatewayv2 create-api": { version: "api-version" },
  "apigatewayv2 update-api": { version: "api-version" },
  "clouddirectory publish-schema": { version: "schema-version" },
  "cloudsearchdomain search": { query: "search-query" },
  "cloudsearchdomain suggest": { query: "suggest-query" },
  "codepipeline create-custom-action-type": { version: "action-version" },
  "codepipeline delete-custom-action-type": { version: "action-version" },
  "codepipeline get-action-type": { version: "action-version" },
  "codepipeline get-pipeline": { version: "pipeline-version" },
  "controltower *": { version: "landing-zone-version" },
  "datapipeline *": { query: "objects-query" },
  "ec2 *": { "no-egress": "ingress", "no-disable-api-termination": "enable-api-termination" },
  "ec2 create-image": { "no-no-reboot": "reboot" },
  "ecs *": { "no-enable-execute-command": "disable-execute-command" },
  "ecs execute-command": { "no-interactive": "non-interactive" },
  "eks *": { version: "kubernetes-version" },
  "gamelift create-build": { version: "build-version" },
  "gamelift update-build": { version: "build-version" },
  "gamelift create-script": { version: "script-version" },
  "gamelift update-script": { version: "script-version" },
  "glue get-unfiltered-partition-metadata": { region: "resource-region" },
  "glue get-unfiltered-partitions-metadata": { region: "resource-region" },
  "glue get-unfiltered-table-metadata": { region: "resource-region" },
  "iotwireless *": { "lo-ra-wan": "lorawan" },
  "kinesisanalytics add-application-output": { output: "application-output" },
  "kinesisanalyticsv2 add-application-output": { output: "application-output" },
  "lex-models delete-bot-version": { version: "bot-version" },
  "lex-models delete-intent-version": { version: "intent-version" },
  "lex-models get-intent": { version: "intent-version" },
  "lex-models delete-slot-type-version": { version: "slot-type-version" },
  "lex-models get-slot-type": { version: "slot-type-version" },
  "lex-models get-export": { version: "resource-version" },
  "license-manager get-grant": { version: "grant-version" },
  "license-manager delete-grant": { version: "grant-version" },
  "license-manager get-license": { version: "license-version" },
  "mturk list-qualification-types": { query: "types-query" },
  "pinpoint get-campaign-version": { version: "campaign-version" },
  "pinpoint get-segment-version": { version: "segment-version" },
  "pinpoint *": { version: "template-version" },
  "rekognition create-stream-processor": { output: "stream-processor-output" },
  "route53 delete-traffic-policy": { version: "traffic-policy-version" },
  "route53 get-traffic-policy": { version: "traffic-policy-version" },
  "route53 update-traffic-policy-comment": { version: "traffic-policy-version" },
  "route53domains view-billing": { end: "end-time" },
  "sagemaker *": { version: "version-number" },
  "schemas *": { version: "schema-version" },
  "ses send-email": { source: "from" },
  "sns subscribe": { endpoint: "notification-endpoint" },
  "stepfunctions send-task-success": { output: "task-output" },
  "swf register-activity-type": { version: "activity-version" },
  "swf register-workflow-type": { version: "workflow-version" },
  "workdocs create-notification-subscription": { endpoint: "notification-endpoint" },
  "workdocs describe-users": { query: "user-query" },
};

/** Commands with additional options of the CLI's own: an unknown option may be one of those. */
const MORE_OPTIONS: readonly RegExp[] = [
  /^cloudfront (?:create-distribution|update-distribution|create-invalidation)$/,
  /^cloudsearch define-/,
  /^cloudwatch put-metric-data$/,
  /^codedeploy /,
  /^config put-configuration-recorder$/,
  /^datapipeline /,
  /^ec2 (?:authorize|revoke)-security-group-/,
  /^ec2 (?:bundle-instance|get-password-data|run-instances)$/,
  /^(?:emr|rds|quicksight|iot|rekognition|translate) /,
  /^iam create-virtual-mfa-device$/,
  /^lambda (?:create-function|publish-layer-version|publish-version)$/,
  /^lightsail import-key-pair$/,
  /^route53domains view-billing$/,
  /^ses send-email$/,
];

/**
 * Old spellings of options (`--tape-ar-ns`) come from an earlier rule that split words at every capital or
 * digit.
 */
export const OLD_SPELLING = /(?:-ar-ns|-i-ds|-a-zs|-\d+)$|^(?:ec|s)-\d-|^start$/;

/** Commands that take an output file name after their options. */
const OUTPUT_FILE_COMMANDS: readonly RegExp[] = [
  /^apigateway get-(?:export|sdk)$/,
  /^apigatewayv2 export-api$/,
  /^appconfig (?:create-hosted-configuration-version|get-configuration|get-hosted-configuration-version)$/,
  /^appconfigdata get-latest-configuration$/,
  /^appsync get-introspection-schema$/,
  /^bedrock-(?:agentcore invoke-agent-runtime|runtime invoke-model)$/,
  /^cloudfront get-(?:connection-)?function$/,
  /^codeartifact get-package-version-asset$/,
  /^codeguruprofiler get-profile$/,
  /^datazone get-lineage-event$/,
  /^ebs get-snapshot-block$/,
  /^(?:geo-maps|location) get-/,
  /^glacier get-job-output$/,
  /^iam create-virtual-mfa-device$/,
  /^iot-data (?:delete|get|update)-thing-shadow$/,
  /^iotwireless get-(?:position-estimate|resource-position)$/,
  /^kinesis-video-/,
  /^lakeformation get-work-unit-results$/,
  /^lambda invoke$/,
  /^lex(?:v2)?-runtime /,
  /^medialive describe-input-device-thumbnail$/,
  /^mediastore-data get-object$/,
  /^medical-imaging get-image-/,
  /^neptune-graph execute-query$/,
  /^neptunedata execute-/,
  /^omics get-re(?:ad-set|ference)$/,
  /^polly synthesize-speech$/,
  /^s3 (?:get-object|get-object-torrent|select-object-content)$/,
  /^sagemaker-(?:geospatial get-tile|runtime invoke-endpoint)$/,
  /^schemas get-code-binding-source$/,
  /^tnb get-sol-/,
  /^workmailmessageflow get-raw-message-content$/,
];

/** Lists of structures with a single member that are given as that member's values. */
const BARE_ITEMS: Readonly<Record<string, readonly string[]>> = {
  "firehose put-record-batch": ["records"],
  "workspaces reboot-workspaces": ["reboot-workspace-requests"],
  "workspaces rebuild-workspaces": ["rebuild-workspace-requests"],
  "workspaces terminate-workspaces": ["terminate-workspace-requests"],
  "elb remove-tags": ["tags"],
  "elb describe-instance-health": ["instances"],
  "elb deregister-instances-from-load-balancer": ["instances"],
  "elb register-instances-with-load-balancer": ["instances"],
};

/** The peculiarities of a command; `service` is its name in boto3. */
export class CommandCustomization {
  readonly #command: string;
  readonly #service: string;

  constructor(service: string, command: string) {
    this.#service = service;
    this.#command = `${service} ${command}`;
  }

  /** The option's name, given the regular name of its member. */
  optionName(name: string): string {
    return RENAMED_OPTIONS[this.#command]?.[name] ?? RENAMED_OPTIONS[`${this.#service} *`]?.[name] ?? name;
  }

  get hasMoreOptions(): boolean {
    return MORE_OPTIONS.some((pattern) => pattern.test(this.#command));
  }

  get isRead(): boolean {
    return / (?:describe|get|list)-/.test(this.#command);
  }

  get takesOutputFile(): boolean {
    return OUTPUT_FILE_COMMANDS.some((pattern) => pattern.test(this.#command));
  }

  /** In EC2, a structure with the single boolean member `Value` can also be given as `--x` or `--no-x`. */
  get hasBooleanStructures(): boolean {
    return this.#service === "ec2";
  }

  takesBareItems(option: string): boolean {
    return BARE_ITEMS[this.#command]?.includes(option) ?? false;
  }
}
