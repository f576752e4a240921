import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { Argument } from "./argument.ts";
import { getArgumentText } from "./argument.ts";
import type { CommandContext } from "./command.ts";
import { readCommand } from "./command.ts";
import type { LocatedValue } from "./located-value.ts";
import { findValueSpan } from "./located-value.ts";
import { CliOperations } from "./operations.ts";
import type { RequestShape } from "./shape.ts";

/** A command that makes a resource which makes calls of its own. */
interface ResourceCommand {
  /** The resource in a template that is the same. */
  type: string;
  /** The members that hold what is called, and what they are named in a template. */
  properties: Readonly<Record<string, string>>;
  shape: RequestShape;
}

const TEXT: RequestShape = { type: "string" };
const TEXTS: RequestShape = { type: "array", items: TEXT };
const ANY_MAP: RequestShape = { type: "object", additionalProperties: {} };

const texts = (names: string): Record<string, RequestShape> =>
  Object.fromEntries(names.split(" ").map((name) => [name, TEXT]));
const structure = (properties: Record<string, RequestShape>): RequestShape => ({
  type: "object",
  properties,
  additionalProperties: false,
});

const TARGET = structure({
  ...texts("Arn RoleArn Input"),
  ...Object.fromEntries(
    "DeadLetterConfig RetryPolicy EcsParameters EventBridgeParameters KinesisParameters SageMakerPipelineParameters SqsParameters"
      .split(" ")
      .map((name) => [name, ANY_MAP]),
  ),
});

const SCHEDULE: ResourceCommand = {
  type: "AWS::Scheduler::Schedule",
  properties: { Target: "Target" },
  shape: structure({
    ...texts(
      "ActionAfterCompletion ClientToken Description EndDate GroupName KmsKeyArn Name ScheduleExpression ScheduleExpressionTimezone StartDate State",
    ),
    FlexibleTimeWindow: ANY_MAP,
    Target: TARGET,
  }),
};

const STATE_MACHINE: ResourceCommand = {
  type: "AWS::StepFunctions::StateMachine",
  properties: { definition: "DefinitionString" },
  shape: structure({
    ...texts("definition name roleArn stateMachineArn type versionDescription"),
    loggingConfiguration: ANY_MAP,
    tracingConfiguration: ANY_MAP,
    encryptionConfiguration: ANY_MAP,
    tags: TEXTS,
    publish: { type: "boolean" },
  }),
};

const DOCUMENT: ResourceCommand = {
  type: "AWS::SSM::Document",
  properties: { Content: "Content" },
  shape: structure({
    ...texts("Content DisplayName DocumentFormat DocumentType DocumentVersion Name TargetType VersionName"),
    Attachments: TEXTS,
    Requires: TEXTS,
    Tags: TEXTS,
  }),
};

const RUN: ResourceCommand = {
  type: "AWS::SSM::Association",
  properties: { Parameters: "Parameters", DocumentName: "DocumentName", Name: "DocumentName" },
  shape: structure({
    ...texts(
      "AssociationName Comment DocumentHash DocumentHashType DocumentName DocumentVersion InstanceId MaxConcurrency MaxErrors Name OutputS3BucketName OutputS3KeyPrefix OutputS3Region ScheduleExpression ServiceRoleArn",
    ),
    AlarmConfiguration: ANY_MAP,
    CloudWatchOutputConfig: ANY_MAP,
    InstanceIds: TEXTS,
    NotificationConfig: ANY_MAP,
    OutputLocation: ANY_MAP,
    Parameters: { type: "object", additionalProperties: TEXTS },
    Targets: TEXTS,
    TimeoutSeconds: { type: "integer" },
  }),
};

const MACHINE: ResourceCommand = {
  type: "AWS::EC2::Instance",
  properties: {
    UserData: "UserData",
    LaunchTemplateData: "LaunchTemplateData",
    LaunchSpecification: "LaunchSpecification",
    SpotFleetRequestConfig: "SpotFleetRequestConfig",
  },
  shape: structure({
    ...texts(
      "AdditionalInfo AvailabilityZone AvailabilityZoneGroup ClassicLinkVPCId ClientToken Count IamInstanceProfile ImageId InstanceId InstanceInitiatedShutdownBehavior InstanceType KernelId KeyName LaunchConfigurationName LaunchTemplateId LaunchTemplateName PlacementTenancy PrivateIpAddress RamdiskId SourceVersion SpotPrice SubnetId Type UserData ValidFrom ValidUntil VersionDescription",
    ),
    ...Object.fromEntries(
      "BlockDeviceMappings CpuOptions CreditSpecification EnclaveOptions HibernationOptions InstanceMarketOptions InstanceMonitoring LaunchSpecification LaunchTemplate LaunchTemplateData MaintenanceOptions MetadataOptions Monitoring NetworkPerformanceOptions Placement PrivateDnsNameOptions SpotFleetRequestConfig"
        .split(" ")
        .map((name) => [name, ANY_MAP]),
    ),
    ...Object.fromEntries(
      "CapacityReservationSpecification ElasticInferenceAccelerators LicenseSpecifications NetworkInterfaces SecurityGroupIds SecurityGroups TagSpecifications"
        .split(" ")
        .map((name) => [name, TEXTS]),
    ),
    ...Object.fromEntries(
      "AssociatePublicIpAddress DisableApiStop DisableApiTermination DryRun EbsOptimized EnablePrimaryIpv6"
        .split(" ")
        .map((name) => [name, { type: "boolean" }]),
    ),
  }),
};

const COMMANDS: Readonly<Record<string, ResourceCommand>> = {
  "scheduler:CreateSchedule": SCHEDULE,
  "scheduler:UpdateSchedule": SCHEDULE,
  "stepfunctions:CreateStateMachine": STATE_MACHINE,
  "stepfunctions:UpdateStateMachine": STATE_MACHINE,
  "autoscaling:CreateLaunchConfiguration": MACHINE,
  "ec2:CreateLaunchTemplate": MACHINE,
  "ec2:CreateLaunchTemplateVersion": MACHINE,
  "ec2:ModifyInstanceAttribute": MACHINE,
  "ec2:RequestSpotFleet": MACHINE,
  "ec2:RequestSpotInstances": MACHINE,
  "ec2:RunInstances": MACHINE,
  "ssm:CreateDocument": DOCUMENT,
  "ssm:UpdateDocument": DOCUMENT,
  "ssm:SendCommand": RUN,
  "ssm:CreateAssociation": RUN,
  "ssm:UpdateAssociation": RUN,
};

const OPERATIONS = new CliOperations({
  operations: () => Object.keys(COMMANDS),
  find: (operation) => ({ source: COMMANDS[operation]!.shape }),
});

/**
 * The resource that a command makes, as a template with this one resource. The command itself is not checked: its
 * operation need not have a schema.
 */
export function readGivenResource(
  words: readonly Argument[],
  context: CommandContext,
  span: Span,
): Document | undefined {
  // Most commands make none: they are not read a second time.
  if (!words.some((word) => OPERATIONS.isCommand(getArgumentText(word)))) return undefined;
  const read = readCommand(words, { ...context, operations: OPERATIONS });
  if (!read || !("payload" in read)) return undefined;
  const { type, properties } = COMMANDS[read.operation]!;
  return new ResourceDocument(type, properties, read.payload, span);
}

const ROOT = ["Resources", "Command", "Properties"];

class ResourceDocument implements Document {
  readonly value: unknown;
  readonly #payload: LocatedValue;
  readonly #names: ReadonlyMap<string, string>;
  readonly #span: Span;

  constructor(type: string, names: Readonly<Record<string, string>>, payload: LocatedValue, span: Span) {
    const given = Object.entries(Object(payload.value)).flatMap(([name, value]) =>
      Object.hasOwn(names, name) ? [[names[name]!, value] as const] : [],
    );
    this.value = { Resources: { Command: { Type: type, Properties: Object.fromEntries(given) } } };
    this.#names = new Map(Object.entries(names).map(([member, property]) => [property, member]));
    this.#payload = payload;
    this.#span = span;
  }

  span(path: Path, at: "key" | "value"): Span {
    const [property, ...rest] = path.slice(ROOT.length);
    if (property === undefined) return this.#span;
    return findValueSpan(this.#payload, [this.#names.get(String(property)) ?? property, ...rest], at);
  }
}
