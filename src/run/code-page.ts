import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findPackageRoot } from "../schema/package-root.ts";

export const readCodePage = (code: string): string =>
  readFileSync(join(findPackageRoot(), "docs", "codes", `${code}.md`), "utf8");
