import type { Reporter } from "./reporter.ts";

/** The report itself (contract). Its schema is schemas/countersign/report.json. */
export const json: Reporter = (report) => `${JSON.stringify(report, null, 2)}\n`;
