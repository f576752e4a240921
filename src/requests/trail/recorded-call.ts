/** What AWS answered to a recorded call. */
export type AwsAnswer = "accepted" | "refused" | "denied";

/** What a record of CloudTrail says of a call beside its request. */
export interface RecordedCall {
  eventId?: string;
  aws: AwsAnswer;
  time?: string;
  principal?: string;
  errorMessage?: string;
}

/** What the report says of a recorded call. */
export const toReportedAnswer = ({
  recorded,
}: {
  recorded?: RecordedCall;
}): Partial<Pick<RecordedCall, "eventId" | "aws">> =>
  recorded ? { ...(recorded.eventId !== undefined && { eventId: recorded.eventId }), aws: recorded.aws } : {};
