import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Report, ReportedRequest, Sources } from "../diagnostics/report.ts";

export interface ReporterOptions {
  /** May the text have colours? */
  color: boolean;
  /** Of this tool. */
  version?: string;
  /** The request that a finding is about; undefined for findings about a file. */
  requestOf?: (diagnostic: Diagnostic) => ReportedRequest | undefined;
  /** What each finding is known by in the next run. Asked for by those formats that say it. */
  fingerprints?: () => ReadonlyMap<Diagnostic, string>;
  /** What there is to say about a code, for formats that carry documentation. */
  explain?: (code: string) => Explanation | undefined;
  /** The address of a line, for formats that have links. */
  link?: (file: string, line: number) => string | undefined;
  /** No longer than this, in bytes of UTF-8, for formats whose readers take only so much. */
  maxBytes?: number;
}

/** A code's documentation. */
export interface Explanation {
  /** What it reports, in a sentence. */
  summary: string;
  /** Its page, where it is one of ours; links in it lead out, not into the repository. */
  markdown?: string;
  /** Where more is written. */
  url?: string;
}

/** A report as text, with a line end at its end. */
export type Reporter = (report: Report, sources: Sources, options: ReporterOptions) => string;
