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
  secrets(): Promise<string[]>;
  close(): void;
}

export interface SdkOptions {
  region: string | undefined;
  timeouts: Timeouts;
}

/**
 * Creates a client that makes one attempt a call: retries are decided by `Calls`, where they can be tested.
 */
export function sdkClient({ region, timeouts }: SdkOptions): SdkClient {
  const client = new IAMClient({
    ...(region !== undefined && { region }),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: timeouts.connection,
      requestTimeout: timeouts.call,
      throwOnRequestTimeout: true,
    },
    // The SDK's own log would be mixed into the report.
    logger: SILENT,
  });
  return {
    operations: operationsOf(client),
    secrets: async () => {
      const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
      return [secretAccessKey, sessionToken, accessKeyId].filter((text) => text !== undefined);
    },
    close: () => client.destroy(),
  };
}

const nothing = (): void => {};
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Aborts an attempt. */
interface Abort {
  abortSignal: AbortSignal;
}

/** Every operation that is ever called. All of them are read-only. */
const operationsOf = (client: IAMClient) => ({
  GetRole: (input: GetRoleCommandInput, abort: Abort) => client.send(new GetRoleCommand(input), abort),
  GetUser: (input: GetUserCommandInput, abort: Abort) => client.send(new GetUserCommand(input), abort),
  GetPolicy: (input: GetPolicyCommandInput, abort: Abort) => client.send(new GetPolicyCommand(input), abort),
  GetPolicyVersion: (input: GetPolicyVersionCommandInput, abort: Abort) =>
    client.send(new GetPolicyVersionCommand(input), abort),
  ListRolePolicies: (input: ListRolePoliciesCommandInput, abort: Abort) =>
    client.send(new ListRolePoliciesCommand(input), abort),
  GetRolePolicy: (input: GetRolePolicyCommandInput, abort: Abort) =>
    client.send(new GetRolePolicyCommand(input), abort),
  ListAttachedRolePolicies: (input: ListAttachedRolePoliciesCommandInput, abort: Abort) =>
    client.send(new ListAttachedRolePoliciesCommand(input), abort),
  ListUserPolicies: (input: ListUserPoliciesCommandInput, abort: Abort) =>
    client.send(new ListUserPoliciesCommand(input), abort),
  GetUserPolicy: (input: GetUserPolicyCommandInput, abort: Abort) =>
    client.send(new GetUserPolicyCommand(input), abort),
  ListAttachedUserPolicies: (input: ListAttachedUserPoliciesCommandInput, abort: Abort) =>
    client.send(new ListAttachedUserPoliciesCommand(input), abort),
  ListGroupsForUser: (input: ListGroupsForUserCommandInput, abort: Abort) =>
    client.send(new ListGroupsForUserCommand(input), abort),
  ListGroupPolicies: (input: ListGroupPoliciesCommandInput, abort: Abort) =>
    client.send(new ListGroupPoliciesCommand(input), abort),
  GetGroupPolicy: (input: GetGroupPolicyCommandInput, abort: Abort) =>
    client.send(new GetGroupPolicyCommand(input), abort),
  ListAttachedGroupPolicies: (input: ListAttachedGroupPoliciesCommandInput, abort: Abort) =>
    client.send(new ListAttachedGroupPoliciesCommand(input), abort),
  SimulatePrincipalPolicy: (input: SimulatePrincipalPolicyCommandInput, abort: Abort) =>
    client.send(new SimulatePrincipalPolicyCommand(input), abort),
});

export type Operations = ReturnType<typeof operationsOf>;
export type OperationName = keyof Operations;
