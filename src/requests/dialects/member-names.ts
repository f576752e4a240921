import { capitalize, toJavaName } from "./java-names.ts";
import type { RenamedMember } from "./optimized.ts";

/** How a container names the members of an operation's request. */
export interface MemberNames {
  /** Who reads the names, for messages. */
  reader: string;
  toContainerName(apiName: string): string;
}

/** Names that the configuration of a service's SDK changes beside (`services/NAME/…/customization.config`). */
const CUSTOM_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  dynamodb: { NULL: "Nul" },
};

/** Members that the SDK adds to a request, and what it makes of them. */
const ADDED_MEMBERS: Readonly<Record<string, Readonly<Record<string, RenamedMember>>>> = {
  "s3:CopyObject": copyMembers(),
  "s3:UploadPartCopy": copyMembers(),
};

function copyMembers(): Readonly<Record<string, RenamedMember>> {
  const source = { to: "CopySource", isUnknown: true };
  return {
    SourceBucket: source,
    SourceKey: source,
    SourceVersionId: source,
    DestinationBucket: { to: "Bucket" },
    DestinationKey: { to: "Key" },
  };
}

export const findAddedMembers = (operation: string): Readonly<Record<string, RenamedMember>> =>
  Object.hasOwn(ADDED_MEMBERS, operation) ? ADDED_MEMBERS[operation]! : {};

/** The names that SDK calls of Step Functions and EventBridge Scheduler take. */
export function createSdkNames(operation: string, reader: string): MemberNames {
  const [service = ""] = operation.split(":");
  const custom = Object.hasOwn(CUSTOM_NAMES, service) ? CUSTOM_NAMES[service]! : {};
  return {
    reader,
    toContainerName: (name) => (Object.hasOwn(custom, name) ? custom[name]! : toJavaName(name)),
  };
}

/** Optimized integrations take the API's names, with a capital. */
export const OPTIMIZED_NAMES: MemberNames = { reader: "Step Functions", toContainerName: capitalize };
