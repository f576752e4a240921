import type { Report, Sources } from "../diagnostics/report.ts";

export interface ReporterOptions {
  /** May the text have colours? */
  color: boolean;
}

/** A report as text, with a line end at its end. */
export type Reporter = (report: Report, sources: Sources, options: ReporterOptions) => string;
