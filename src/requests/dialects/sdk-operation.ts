import { findNearest } from "../../diagnostics/nearest.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { SdkCall } from "../containers/sdk-arns.ts";
import type { OperationNames } from "../operations.ts";
import { NO_OPERATIONS, toOperationName } from "../operations.ts";
import {
  OTHER_SERVICE_NAMES,
  PLAIN_SERVICES,
  RENAMED_SERVICES,
  RETIRED_SERVICES,
  SERVICE_OPERATIONS,
} from "./service-names.ts";
import { findReadingPrefix, isUnsupported } from "./unsupported.ts";

export interface NameFault {
  message: string;
  help: string;
}

export interface ResolvedCall {
  /** The operation, if it has a schema. */
  operation: string | undefined;
  /** Its name as `service:Operation`, with or without a schema. */
  name: string;
  fault?: NameFault;
  /** Whether the call is refused whatever it is given. */
  isRefused?: boolean;
}

/** The operation that the ARN of an SDK call names, and what is wrong with the name: it is compared by letter. */
export function resolveSdkCall(
  call: SdkCall,
  by: "scheduler" | "states",
  operations: OperationNames,
): ResolvedCall {
  const service = resolveService(call, operations);
  const operation = operations.find(service.boto3, call.action) ?? service.misspelt;
  const resolved = { operation, name: operation ?? toOperationName(service.boto3, call.action) };
  const refused = findRefusal(call, service, by);
  if (refused) return { ...resolved, fault: refused, isRefused: true };
  if (call.otherCaller) return { ...resolved, fault: explainCaller(call.otherCaller, by) };
  const suffix = findSuffixFault(call, by);
  if (suffix) return { ...resolved, fault: suffix };
  const action = findAction(call, operation) ?? call.action;
  const isRight = service.arn === call.service && action === call.action;
  const fault = isRight
    ? findMisspeltAction(call, service, operations)
    : explainName(call, service, action, by);
  return { ...resolved, ...(fault && { fault }) };
}

interface NamedService {
  /** As ARNs name it. */
  arn: string;
  boto3: string;
  /** The operation, if the service is recognized by it. */
  misspelt?: string | undefined;
}

const normalize = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const SERVICES = new Map<string, string>([
  ...[...PLAIN_SERVICES, ...RETIRED_SERVICES].map((name): [string, string] => [normalize(name), name]),
  ...Object.entries(RENAMED_SERVICES),
]);

/** Other names, without case and hyphens, of services as ARNs name them. */
const ALIASES = new Map<string, string>([
  ...Object.entries(RENAMED_SERVICES).map(([arn, boto3]): [string, string] => [normalize(boto3), arn]),
  ...Object.entries(OTHER_SERVICE_NAMES),
]);

function resolveService({ service, action }: SdkCall, operations: OperationNames): NamedService {
  const exact = SERVICES.get(service);
  if (exact) return { arn: service, boto3: exact };
  const plain = normalize(service);
  const bare = plain.replace(/^(?:amazon|aws)/, "").replace(/service$/, "");
  for (const name of [plain, bare]) {
    const arn = SERVICES.has(name) ? name : ALIASES.get(name);
    if (arn) return { arn, boto3: SERVICES.get(arn)! };
  }
  return recognizeByAction(service, action, operations) ?? { arn: service, boto3: service };
}

/** What boto3 calls a service that is named otherwise, by an ARN or a client of another SDK. */
export function findBoto3Name(service: string): string | undefined {
  const boto3 = resolveService({ service, action: "" }, NO_OPERATIONS).boto3;
  return boto3 === service ? undefined : boto3;
}

export const isBoto3Service = (name: string): boolean => [...SERVICES.values()].includes(name);

/** A misspelt service is known by an operation that only a service of a similar name has. */
function recognizeByAction(
  service: string,
  action: string,
  operations: OperationNames,
): NamedService | undefined {
  if (operations.hasService(service)) return undefined;
  const operation = operations.findByName(action);
  const boto3 = operation?.split(":")[0];
  const arn = boto3 && [...SERVICES].find(([, name]) => name === boto3)?.[0];
  return arn && findNearest(service, [arn]) ? { arn, boto3, misspelt: operation } : undefined;
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The action as it is written where the operation is known, or all that is wrong is its first letter. */
function findAction({ action }: SdkCall, operation: string | undefined): string | undefined {
  const name = operation?.split(":")[1];
  return name === undefined ? lowerFirst(action) : lowerFirst(name);
}

function findMisspeltAction(
  { action }: SdkCall,
  { boto3 }: NamedService,
  operations: OperationNames,
): NameFault | undefined {
  const known = Object.hasOwn(SERVICE_OPERATIONS, boto3) ? SERVICE_OPERATIONS[boto3]!.split(" ") : [];
  if (known.length === 0 || operations.find(boto3, action)) return undefined;
  const same = known.find((name) => normalize(name) === normalize(action));
  if (same) return same === upperFirst(action) ? undefined : createSpellingFault(action, lowerFirst(same));
  const near = findNearest(action, known);
  return near && isSlip(lowerFirst(near), action) ? createSpellingFault(action, lowerFirst(near)) : undefined;
}

/** Whether two names differ in two letters at most: AWS adds operations, whose names may resemble others. */
export function isSlip(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  let start = 0;
  while (start < length && a[start] === b[start]) start++;
  let end = 0;
  while (end < length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - start - end <= 2;
}

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const createSpellingFault = (action: string, right: string): NameFault => ({
  message: `${quoted(action)} is no operation of the service`,
  help: `did you mean ${quoted(right)}?`,
});

const CALLERS = { scheduler: "EventBridge Scheduler", states: "Step Functions" } as const;

const explainCaller = (other: "scheduler" | "states", by: "scheduler" | "states"): NameFault => ({
  message: `this is how ${CALLERS[other]} names a call, which ${CALLERS[by]} doesn't know`,
  help: `begin it with \`arn:aws:${by}:::aws-sdk:\``,
});

function explainName(
  call: SdkCall,
  { arn }: NamedService,
  action: string,
  by: "scheduler" | "states",
): NameFault {
  const written = `${call.service}:${call.action}`;
  const right = `${arn}:${action}`;
  const what = arn === call.service ? "operation" : "service";
  return {
    message: `${CALLERS[by]} knows no ${what} of the name in ${quoted(written)}`,
    help: `did you mean ${quoted(right)}? names of services and operations are compared letter by letter`,
  };
}

/** Whether a call is refused by what it calls, however it is spelt. */
function findRefusal(
  { action }: SdkCall,
  { arn }: NamedService,
  by: "scheduler" | "states",
): NameFault | undefined {
  if (by === "states" && isUnsupported(arn, action)) {
    const message = `${quoted(`${arn}:${action}`)} is an operation that Step Functions doesn't support`;
    return { message, help: "call it from a Lambda function" };
  }
  const prefix = by === "scheduler" ? findReadingPrefix(action) : undefined;
  if (prefix === undefined) return undefined;
  const message = `${quoted(action)} only reads: EventBridge Scheduler takes no operation that begins with ${quoted(prefix)}`;
  return { message, help: "call it from a Lambda function or a state machine that the schedule starts" };
}

/**
 * SDK integrations can't wait for a job to complete (Step Functions developer guide, "Service integration
 * patterns").
 */
function findSuffixFault({ action, suffix }: SdkCall, by: "scheduler" | "states"): NameFault | undefined {
  if (suffix === undefined || (by === "states" && suffix === "waitForTaskToken")) return undefined;
  const caller = by === "states" ? "a call of an SDK" : "a target of a schedule";
  const message = `${quoted(`${action}.${suffix}`)}: ${caller} has no \`.${suffix.split(":")[0]}\``;
  const wait =
    by === "states" ? ", and wait for the result in states of their own" : ": a schedule waits for nothing";
  return { message, help: `write ${quoted(action)}${wait}` };
}
