import type { Config } from "../config/config.ts";
import { combinePaths, loadRunConfig } from "../run/config.ts";
import type { Io } from "../run/io.ts";
import { createCheckFlags, type PolicySource } from "../run/outer-policy.ts";
import { restoreErrorNames } from "../run/restore-names.ts";
import { runCheck } from "../run/run.ts";

/** Throws what is wrong with a policy: better when the server starts than in answers. */
export const loadPolicy = async (policy: PolicySource, io: Io): Promise<void> =>
  void (await runCheck([], { ...createCheckFlags(policy), allowEmpty: true, sources: [] }, io));

/** The directories of schemas and rules of the policy. */
export interface PolicyDirectories {
  schemas: readonly string[];
  rulePacks: readonly string[];
}

/** Does some work with the policy's own schemas and rules, which are there only meanwhile. */
export async function withPolicy<T>(
  { config, policyFrom }: PolicySource,
  io: Io,
  work: (directories: PolicyDirectories) => Promise<T>,
): Promise<T> {
  if (policyFrom === undefined) return work(listDirectories(await loadRunConfig(config ?? false)));
  const { TrustedBase } = await import("../run/trusted-base.ts");
  const policy = await TrustedBase.open(policyFrom, io.environment);
  try {
    return await work(listDirectories(await policy.loadConfig(config)));
  } catch (error) {
    throw restoreErrorNames(error, (text) => policy.restoreNames(text));
  } finally {
    policy.close();
  }
}

const listDirectories = (config: Config | undefined): PolicyDirectories => ({
  schemas: combinePaths([], config, "schemas"),
  rulePacks: combinePaths([], config, "rulePacks"),
});
