/**
 * ARNs that name an SDK call: `arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask` (EventBridge Scheduler user
 * guide, "Using universal targets") and `arn:aws:states:::aws-sdk:…` (Step Functions developer guide, "Integrating AWS
 * services"), in any partition, also one that is a placeholder.
 */
export interface SdkCall {
  service: string;
  action: string;
  /** Behind the action: `waitForTaskToken`. */
  suffix?: string;
}

const ARN = /^\s*arn:.{1,200}?:(scheduler|states):::aws-sdk:(.*?)\s*$/s;
const CALL = /^([\w-]+):(\w+)(?:\.([\w:]+))?$/;

/** What an ARN calls; `"open"` where a placeholder hides it, undefined for an ARN of another kind. */
export function sdkCall(arn: string, by: "scheduler" | "states"): SdkCall | "open" | undefined {
  const [, caller, called = ""] = ARN.exec(arn) ?? [];
  if (caller !== by) return undefined;
  const [, service, action, suffix] = CALL.exec(called) ?? [];
  if (service === undefined || action === undefined) return /[^\w:.-]/.test(called) ? "open" : undefined;
  return { service, action, ...(suffix !== undefined && { suffix }) };
}
