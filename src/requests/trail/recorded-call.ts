/** What AWS answered to a recorded call. */
export type AwsAnswer = "accepted" | "refused" | "denied";

/** What a record of CloudTrail says of a call beside its request. */
export interface RecordedCall {
  eventId?: string;
  /** Absent where the answer says nothing of the request: AWS was too busy, or failed. */
  aws: AwsAnswer | undefined;
  time?: string;
  principal?: string;
  errorCode?: string;
  errorMessage?: string;
  /** Condition keys of the call, as far as the record has them; null for those that it can't have had. */
  readConditionKeys(): Readonly<Record<string, string | null>>;
}

/** What the report says of a recorded call. */
export const toReportedAnswer = ({
  recorded,
}: {
  recorded?: RecordedCall;
}): { eventId?: string; aws?: AwsAnswer } => ({
  ...(recorded?.eventId !== undefined && { eventId: recorded.eventId }),
  ...(recorded?.aws !== undefined && { aws: recorded.aws }),
});
