import type { CallExpression } from "./node.ts";
import { lastName } from "./node.ts";

/** Constructs of the CDK that describe calls of AWS. */
const DESCRIBING = [
  "CallAwsService",
  "CallAwsServiceCrossRegion",
  "AwsCustomResource",
  "AwsApi",
  "Universal",
  "CfnSchedule",
  "CfnStateMachine",
  "StateMachine",
  "CustomState",
  "CfnDocument",
  "CfnResource",
] as const;

export type DescribingConstruct = (typeof DESCRIBING)[number];

const NAMES: ReadonlySet<string> = new Set(DESCRIBING);

const CDK = /\baws[-_]?cdk/;

export const namesCdk = (text: string): boolean => CDK.test(text);

/** A construct keeps the properties that it is given, and leaves them alone. */
export const isDescribingConstruct = ({ callee }: CallExpression): boolean =>
  NAMES.has(lastName(callee) ?? "");
