import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type {
  Report,
  ReportedRequest,
  RequestParties,
  Sources,
  UncheckedCalls,
} from "../diagnostics/report.ts";
import type { TrendRecord } from "../diagnostics/trend.ts";

export interface ReporterOptions {
  /** Whether the output may have colours. */
  color: boolean;
  /** What formats for people show. */
  view?: ViewOptions;
  /** The paths that the user named, and options for them, for commands that can be run as they stand. */
  input?: readonly string[];
  /** How the missing facts are gathered, where it isn't by `context pull`. */
  gather?: string;
  /** The version of Countersign. */
  version?: string;
  /** The request that a diagnostic belongs to; undefined for diagnostics about a whole file. */
  requestOf?: (diagnostic: Diagnostic) => ReportedRequest | undefined;
  /** Who makes a request, and whom or what it names, for formats that draw it. */
  partiesOf?: (request: ReportedRequest) => RequestParties;
  /** Calls of operations without a schema. */
  unchecked?: readonly UncheckedCalls[];
  /** Fingerprints that identify findings across runs. Computed only when a format asks for them. */
  fingerprints?: () => ReadonlyMap<Diagnostic, string>;
  /** Explains a code, for formats that carry documentation. */
  explain?: (code: string) => Explanation | undefined;
  /** Returns the absolute path of a file, for formats that need it. */
  resolveFile?: (file: string) => string;
  /** Returns the URL of a code's documentation. */
  linkCode?: (code: string) => string | undefined;
  /** Returns the URL of a line, for formats that have links. */
  link?: (file: string, line: number) => string | undefined;
  /** What was found in earlier runs and in this one, oldest first, for formats that draw it. */
  trend?: readonly TrendRecord[];
  /** The maximum size in bytes of UTF-8, for formats whose consumers have a limit. */
  maxBytes?: number;
}

/** Which findings a format for people shows, and how. */
export interface ViewOptions {
  /** Findings and what undecided checks wait for, unless something else is asked for. */
  show?: "all" | "findings" | "undecided" | "none";
  /** How many findings are shown with their source; the others take a line each. */
  max?: number;
  /** Findings only. */
  quiet?: boolean;
  /** The columns of the terminal; undefined if the output goes elsewhere. */
  columns?: number;
  /** Whether the output may have hyperlinks. */
  links?: boolean;
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
