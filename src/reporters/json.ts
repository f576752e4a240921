import { escapedJson } from "../diagnostics/text.ts";
import type { Reporter } from "./reporter.ts";

/** The report itself (contract). Its schema is schemas/countersign/report.json. */
export const json: Reporter = (report) => `${escapedJson(report)}\n`;
