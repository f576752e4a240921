import { capitalize, toJavaName } from "./java-names.ts";

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
