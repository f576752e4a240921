import { formatList, quoted } from "../../diagnostics/text.ts";
import { getKnownMembers } from "../../documents/parts.ts";
import type { OperationNames } from "../operations.ts";
import { toOperationName } from "../operations.ts";
import type { Payload } from "../payload.ts";
import type { ContainerFinding } from "../request.ts";
import { capitalize } from "./java-names.ts";
import type { OptimizedIntegration } from "./optimized.ts";
import { OPTIMIZED } from "./optimized.ts";
import type { NameFault } from "./sdk-operation.ts";

/** A call of an optimized integration, as its ARN names it. */
export interface OptimizedCall {
  service: string;
  action: string;
  suffix?: string;
}

const ARN = /^\s*arn:.{1,200}?:states:::([\w-]+):(\w+)(?:\.([\w:]+))?\s*$/s;

/** Parses the ARN of an optimized integration; undefined for any other. */
export function parseOptimizedCall(arn: string): OptimizedCall | undefined {
  const [, service, action, suffix] = ARN.exec(arn) ?? [];
  if (service === undefined || action === undefined || service === "aws-sdk") return undefined;
  return { service, action, ...(suffix !== undefined && { suffix }) };
}

/** A call that is checked as the operation. */
export interface IntegrationRequest {
  operation: string;
  integration: OptimizedIntegration;
  fault?: NameFault;
}

export type ResolvedIntegration =
  | ({ kind: "request" } & IntegrationRequest)
  | { kind: "unchecked"; operation: string; fault?: NameFault }
  | { kind: "unread"; operation: string | undefined; why: string; help: string };

/** What a call of an optimized integration is, by the table of those that are known. */
export function resolveOptimizedCall(
  { service, action, suffix }: OptimizedCall,
  operations: OperationNames,
  table: ReadonlyMap<string, OptimizedIntegration> = OPTIMIZED,
): ResolvedIntegration {
  const written = `${service}:${action}`;
  const name = table.has(written) ? written : findOtherSpelling(written, table);
  const integration = name === undefined ? undefined : table.get(name);
  if (!integration || name === undefined) return resolveUnknown(service, action, operations);
  const fault = findFault({ written, name, suffix }, integration);
  const more = fault ? { fault } : {};
  const [boto3 = "", operationName = ""] = integration.operation.split(":");
  const operation = integration.isOwn ? undefined : operations.find(boto3, operationName);
  return operation === undefined
    ? { kind: "unchecked", operation: integration.operation, ...more }
    : { kind: "request", operation, integration, ...more };
}

const findOtherSpelling = (written: string, table: ReadonlyMap<string, unknown>): string | undefined =>
  [...table.keys()].find((name) => name.toLowerCase() === written.toLowerCase());

function resolveUnknown(service: string, action: string, operations: OperationNames): ResolvedIntegration {
  if (!operations.hasService(service))
    return { kind: "unchecked", operation: toOperationName(service, action) };
  const right = `arn:aws:states:::aws-sdk:${service}:${action.charAt(0).toLowerCase()}${action.slice(1)}`;
  return {
    kind: "unread",
    operation: operations.find(service, action),
    why: `${quoted(`${service}:${action}`)} is no integration of Step Functions that is known here`,
    help: `did you mean ${quoted(right)}?`,
  };
}

function findFault(
  { written, name, suffix }: { written: string; name: string; suffix: string | undefined },
  { patterns }: OptimizedIntegration,
): NameFault | undefined {
  if (written !== name)
    return {
      message: `Step Functions knows no integration ${quoted(written)}`,
      help: `did you mean ${quoted(name)}? names of services and operations are compared letter by letter`,
    };
  if (suffix === undefined || patterns.includes(suffix)) return undefined;
  const others = patterns.map((pattern) => quoted(`.${pattern}`)).join(" or ");
  return {
    message: `${quoted(`${name}.${suffix}`)}: this integration has no ${quoted(`.${suffix}`)}`,
    help: others === "" ? "leave it out" : `leave it out, or write ${others}`,
  };
}

/** Members of a payload that an integration doesn't take, though the operation does. */
export const findOtherMembers = (
  { value, document, path }: Payload,
  members: readonly string[],
  operationMembers: readonly string[],
): ContainerFinding[] =>
  Object.keys(getKnownMembers(value) ?? {})
    .filter((name) => !members.includes(name) && operationMembers.map(capitalize).includes(name))
    .map((name) => ({
      code: "schema/unknown-field",
      path: [name],
      span: document.span([...path, name], "key"),
      message: `${quoted(name)} is not a member that this integration of Step Functions takes`,
      help: `its members are ${formatList(members, "and", 20)}`,
    }));
