import type { HoleDomain } from "../documents/partial.ts";

export const ACCOUNT_ID: HoleDomain = { pattern: "[0-9]{12}" };
/** Bounded, so that the length of a text with a region in it is. */
export const REGION: HoleDomain = { pattern: "[a-z]{2,4}(?:-[a-z]{2,4})?-[a-z]{4,9}-[0-9]{1,2}" };
export const PARTITION: HoleDomain = {
  values: ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"],
};
const UUID: HoleDomain = { pattern: "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}" };

/** References whose values have a known form, by the text between the brackets of the placeholder. */
const REFERENCES: ReadonlyMap<string, HoleDomain> = new Map([
  // CloudFormation's pseudo parameters
  ["AWS::AccountId", ACCOUNT_ID],
  ["AWS::Region", REGION],
  ["AWS::Partition", PARTITION],
  ["AWS::StackName", { pattern: "[A-Za-z][A-Za-z0-9-]{0,127}" }],
  ["AWS::URLSuffix", { pattern: "[a-z0-9-]+(?:\\.[a-z0-9-]+)+" }],
  // Systems Manager Automation's variables
  ["global:ACCOUNT_ID", ACCOUNT_ID],
  ["global:REGION", REGION],
  ["global:AWS_PARTITION", PARTITION],
  ["global:DATE", { pattern: "[0-9]{4}-[0-9]{2}-[0-9]{2}" }],
  ["automation:EXECUTION_ID", UUID],
  // The Serverless Framework's variables
  ["aws:accountId", ACCOUNT_ID],
  ["aws:region", REGION],
  // EventBridge Scheduler's context attributes
  ["aws.scheduler.scheduled-time", { pattern: "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z" }],
  ["aws.scheduler.attempt-number", { pattern: "[0-9]+" }],
]);

/** The same for attributes of Terraform's data sources, which users name. */
const DATA_SOURCES: readonly (readonly [RegExp, HoleDomain])[] = [
  [/^data\.aws_caller_identity\.[\w-]+(?:\[\d+\])?\.account_id$/, ACCOUNT_ID],
  [/^data\.aws_region\.[\w-]+(?:\[\d+\])?\.(?:id|name|region)$/, REGION],
  [/^data\.aws_partition\.[\w-]+(?:\[\d+\])?\.(?:id|partition)$/, PARTITION],
];

/** What a reference can stand for, if its source fixes that. */
export const findReferenceDomain = (reference: string): HoleDomain | undefined =>
  REFERENCES.get(reference) ?? DATA_SOURCES.find(([form]) => form.test(reference))?.[1];
