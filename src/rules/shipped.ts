import { join } from "node:path";
import { packageRoot } from "../schema/package-root.ts";

/** Where the rules that ship are, with their examples: for those who read them, not for runs. */
export const shippedRuleFiles = (): string[] => [join(packageRoot(), "rules")];
