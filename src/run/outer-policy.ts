import type { CheckFlags } from "./types.ts";

/** Where the policy of a server or a hook comes from: its own command line. Without either, the rules that ship are all. */
export interface PolicySource {
  config?: string;
  policyFrom?: string;
}

/** The options of a check by this policy, and by nothing of the working directory, which an agent may write. */
export const createCheckFlags = ({ config, policyFrom }: PolicySource): CheckFlags => ({
  ...(policyFrom === undefined ? { config: config ?? false } : { policyFrom }),
  ...(config !== undefined && { config }),
  schemas: [],
  context: [],
  rules: [],
  baseline: false,
});
