import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Report, ReportedRequest, Sources } from "../diagnostics/report.ts";

export interface ReporterOptions {
  /** Whether the output may have colours. */
  color: boolean;
  /** The version of Countersign. */
  version?: string;
  /** The request that a diagnostic belongs to; undefined for diagnostics about a whole file. */
  requestOf?: (diagnostic: Diagnostic) => ReportedRequest | undefined;
  /** Fingerprints that identify findings across runs. Computed only when a format asks for them. */
  fingerprints?: () => ReadonlyMap<Diagnostic, string>;
  /** Explains a code, for formats that carry documentation. */
  explain?: (code: string) => Explanation | undefined;
  /** Returns the URL of a line, for formats that have links. */
  link?: (file: string, line: number) => string | undefined;
  /** The maximum size in bytes of UTF-8, for formats whose consumers have a limit. */
  maxBytes?: number;
}

/** The documentation of a code. */
export interface Explanation {
  /** What the code reports, in one sentence. */
  summary: string;
  /** The documentation page, for built-in codes and rules. It has no relative links. */
  markdown?: string;
  /** A URL with more information. */
  url?: string;
}

/** Formats a report. The result ends with a line break. */
export type Reporter = (report: Report, sources: Sources, options: ReporterOptions) => string;
