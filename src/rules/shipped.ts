import { join } from "node:path";
import { findPackageRoot } from "../schema/package-root.ts";

/** Paths of the built-in rules' source, with their examples. For commands that show rules, not for checks. */
export const listShippedRuleFiles = (): string[] => [join(findPackageRoot(), "rules")];
