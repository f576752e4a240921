import { formatSafeJson } from "../diagnostics/text.ts";
import type { Reporter } from "./reporter.ts";

/** The report as JSON; its schema, schemas/countersign/report.json, is part of the public interface. */
export const jsonReporter: Reporter = (report) => `${formatSafeJson(report)}\n`;
