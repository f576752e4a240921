import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../schema/package-root.ts";

export const page = (code: string): string =>
  readFileSync(join(packageRoot(), "docs", "codes", `${code}.md`), "utf8");
