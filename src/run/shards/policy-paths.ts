import type { TrustedBase } from "../trusted-base.ts";

/** Stands in a part for the directory of a policy from a commit, which is another one in each process. NUL is in no path. */
const PLACE = JSON.stringify("\0policy/").slice(1, -1);

const toJsonText = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Replaces the paths of a policy from a commit in JSON. */
export const hidePolicyPaths = (json: string, policy: TrustedBase | undefined): string =>
  policy ? json.replaceAll(toJsonText(policy.prefix), () => PLACE) : json;

/** Puts the paths of this process in their place. */
export const restorePolicyPaths = (json: string, policy: TrustedBase | undefined): string =>
  policy ? json.replaceAll(PLACE, () => toJsonText(policy.prefix)) : json;
