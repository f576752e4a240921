import type {
  GetGroupPolicyCommandInput,
  GetPolicyCommandInput,
  GetPolicyVersionCommandInput,
  GetRoleCommandInput,
  GetRolePolicyCommandInput,
  GetUserCommandInput,
  GetUserPolicyCommandInput,
  ListAttachedGroupPoliciesCommandInput,
  ListAttachedRolePoliciesCommandInput,
  ListAttachedUserPoliciesCommandInput,
  ListGroupPoliciesCommandInput,
  ListGroupsForUserCommandInput,
  ListRolePoliciesCommandInput,
  ListUserPoliciesCommandInput,
  SimulatePrincipalPolicyCommandInput,
} from "@aws-sdk/client-iam";
import {
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";

/** Timeouts in milliseconds. */
export interface Timeouts {
  connection: number;
  /** For one attempt of one call, including the response. */
  call: number;
  /** For resolving credentials: a profile may have to call another service. */
  credentials: number;
}

export interface SdkClient {
  operations: Operations;
  /** The secrets to remove from messages. Throws when there are no credentials. */
  listSecrets(): Promise<string[]>;
  close(): void;
}

export interface SdkOptions {
  region: string | undefined;
  timeouts: Timeouts;
}

/**
 * Creates a client that makes one attempt a call: retries are decided by `Calls`, where they can be tested.
 */
export function createSdkClient({ region, timeouts }: SdkOptions): SdkClient {
  const client = new IAMClient({
    ...(region !== undefined && { region }),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: timeouts.connection,
      requestTimeout: timeouts.call,
      throwOnRequestTimeout: true,
    },
    // The SDK's own log would be mixed into the report.
    logger: SILENT_LOGGER,
  });
  return {
    operations: createOperations(client),
    listSecrets: async () => {
      const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
      return [secretAccessKey, sessionToken, accessKeyId].filter((text) => text !== undefined);
    },
    close: () => client.destroy(),
  };
}

const doNothing = (): void => {};
const SILENT_LOGGER = { debug: doNothing, info: doNothing, warn: doNothing, error: doNothing };

/** Aborts an attempt. */
interface AbortOptions {
  abortSignal: AbortSignal;
}

/** Every operation that is ever called. All of them are read-only. */
const createOperations = (client: IAMClient) => ({
  GetRole: (input: GetRoleCommandInput, abort: AbortOptions) => client.send(new GetRoleCommand(input), abort),
  GetUser: (input: GetUserCommandInput, abort: AbortOptions) => client.send(new GetUserCommand(input), abort),
  GetPolicy: (input: GetPolicyCommandInput, abort: AbortOptions) =>
    client.send(new GetPolicyCommand(input), abort),
  GetPolicyVersion: (input: GetPolicyVersionCommandInput, abort: AbortOptions) =>
    client.send(new GetPolicyVersionCommand(input), abort),
  ListRolePolicies: (input: ListRolePoliciesCommandInput, abort: AbortOptions) =>
    client.send(new ListRolePoliciesCommand(input), abort),
  GetRolePolicy: (input: GetRolePolicyCommandInput, abort: AbortOptions) =>
    client.send(new GetRolePolicyCommand(input), abort),
  ListAttachedRolePolicies: (input: ListAttachedRolePoliciesCommandInput, abort: AbortOptions) =>
    client.send(new ListAttachedRolePoliciesCommand(input), abort),
  ListUserPolicies: (input: ListUserPoliciesCommandInput, abort: AbortOptions) =>
    client.send(new ListUserPoliciesCommand(input), abort),
  GetUserPolicy: (input: GetUserPolicyCommandInput, abort: AbortOptions) =>
    client.send(new GetUserPolicyCommand(input), abort),
  ListAttachedUserPolicies: (input: ListAttachedUserPoliciesCommandInput, abort: AbortOptions) =>
    client.send(new ListAttachedUserPoliciesCommand(input), abort),
  ListGroupsForUser: (input: ListGroupsForUserCommandInput, abort: AbortOptions) =>
    client.send(new ListGroupsForUserCommand(input), abort),
  ListGroupPolicies: (input: ListGroupPoliciesCommandInput, abort: AbortOptions) =>
    client.send(new ListGroupPoliciesCommand(input), abort),
  GetGroupPolicy: (input: GetGroupPolicyCommandInput, abort: AbortOptions) =>
    client.send(new GetGroupPolicyCommand(input), abort),
  ListAttachedGroupPolicies: (input: ListAttachedGroupPoliciesCommandInput, abort: AbortOptions) =>
    client.send(new ListAttachedGroupPoliciesCommand(input), abort),
  SimulatePrincipalPolicy: (input: SimulatePrincipalPolicyCommandInput, abort: AbortOptions) =>
    client.send(new SimulatePrincipalPolicyCommand(input), abort),
});

export type Operations = ReturnType<typeof createOperations>;
export type OperationName = keyof Operations;
