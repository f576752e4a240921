/** What the page and its worker tell each other. */
import type { Place } from "../diagnostics/diagnostic.ts";
import type { Report } from "../diagnostics/report.ts";

/** A file of a tab; its path is relative to where the command line would be started. */
export interface TabFile {
  path: string;
  text: string;
}

export interface CheckJob {
  kind: "check";
  files: readonly TabFile[];
  /** The paths that `countersign check` would be given. */
  paths: readonly string[];
  context: readonly string[];
  rules: readonly string[];
  schemas: readonly string[];
  /** The configuration; false for none. */
  config: string | false;
  /** Whether to answer with what `--format json` prints, too. */
  wantsJson?: true;
}

/** Asks for what `--format html` prints of the last check. */
export interface RenderJob {
  kind: "render";
}

/** What `countersign iam explain` is asked. */
export interface QuestionJob {
  kind: "question";
  files: readonly TabFile[];
  principal: string;
  action: string;
  resource: string;
  /** The account that owns the resource, where its ARN doesn't say it. */
  resourceAccount?: string;
  /** False where the resource is known to have no policy of its own. */
  hasResourcePolicy: boolean;
  context: readonly string[];
  /** As `--policy` takes them: `kind=path`. */
  policies: readonly string[];
  /** As `--key` takes them. */
  keys: readonly string[];
}

/** A page or a service model to make schemas of. */
export interface SchemaJob {
  kind: "schema";
  text: string;
  /** The service of a model. */
  service: string;
  /** `service:Operation`; of a model all where it is empty. */
  operation: string;
}

export type Job = CheckJob | RenderJob | QuestionJob | SchemaJob;

export interface PlacedFault extends Place {
  file: string;
  message: string;
  help?: string;
}

/** Why nothing came out: in words, and at its places where there are any. */
export interface Problem {
  text: string;
  faults: readonly PlacedFault[];
}

export interface CheckAnswer {
  kind: "check";
  report: Report;
  /** What `--format json` prints, if it was asked for. */
  json?: string;
  /** What the command line prints beside the report. */
  warnings: string;
}

export interface RenderAnswer {
  kind: "render";
  html: string;
}

/** What `iam explain --format json` prints, as far as it is drawn. */
export interface TraceStatement {
  policy: string;
  statement: number;
  sid?: string;
  effect: "Allow" | "Deny";
  outcome: string;
  file?: string;
  line?: number;
}

export interface DecisionTrace {
  request: { principal: unknown; action: string; resource: string };
  decision: string;
  lacking: readonly string[];
  layers: readonly { name: string; statements: readonly TraceStatement[]; unknown?: readonly string[] }[];
}

export interface QuestionAnswer {
  kind: "question";
  trace: DecisionTrace;
  /** The trace in words. */
  text: string;
}

export interface SchemaAnswer {
  kind: "schema";
  schemas: readonly (TabFile & { operation: string })[];
  notes: readonly string[];
}

export interface ProblemAnswer {
  kind: "problem";
  problem: Problem;
}

export type Answer = CheckAnswer | RenderAnswer | QuestionAnswer | SchemaAnswer | ProblemAnswer;

/** A part of the package that comes later: code, or files by their absolute paths. */
export interface Part {
  code?: string;
  files?: Readonly<Record<string, string>>;
  /** In base64. */
  binaries?: Readonly<Record<string, string>>;
}

export type ToWorker =
  | { kind: "job"; id: number; job: Job }
  | { kind: "part"; name: string; part: Part }
  | { kind: "no-part"; name: string };

export type FromWorker = { kind: "answer"; id: number; answer: Answer } | { kind: "need"; name: string };
