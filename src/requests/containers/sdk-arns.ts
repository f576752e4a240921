/**
 * An SDK call named by an ARN: `arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask` (EventBridge
 * Scheduler user guide, "Using universal targets") or `arn:aws:states:::aws-sdk:…` (Step Functions developer
 * guide, "Integrating AWS services"), in any partition, including one that is a placeholder.
 */
export interface SdkCall {
  service: string;
  action: string;
  /** What follows the action, such as `waitForTaskToken`. */
  suffix?: string;
  /** Whose calls are named so, if it isn't who makes this one. */
  otherCaller?: "scheduler" | "states";
}

const ARN = /^\s*arn:.{1,200}?:(scheduler|states):::aws-sdk:(.*?)\s*$/s;
const CALL = /^([\w-]+):(\w+)(?:\.([\w:]+))?$/;

/** Parses the ARN of an SDK call: `"open"` if a placeholder hides the call, undefined for any other ARN. */
export function parseSdkCall(arn: string, by: "scheduler" | "states"): SdkCall | "open" | undefined {
  const [, caller, called = ""] = ARN.exec(arn) ?? [];
  if (caller === undefined) return undefined;
  const [, service, action, suffix] = CALL.exec(called) ?? [];
  if (service === undefined || action === undefined) return /[^\w:.-]/.test(called) ? "open" : undefined;
  const otherCaller = caller === by ? undefined : by === "states" ? "scheduler" : "states";
  return { service, action, ...(suffix !== undefined && { suffix }), ...(otherCaller && { otherCaller }) };
}
