import type { Code } from "../diagnostics/codes.ts";
import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { Directive, Document, ParsedText } from "../documents/document.ts";
import { Unknown } from "../documents/document.ts";
import type { OperationNames } from "./operations.ts";

export type Container =
  | "envelope"
  | "bare"
  | "aws-cli"
  | "scheduler"
  | "step-functions"
  | "ssm-automation"
  | "custom-resource";

/** One proposed call, and where it stands in its document. */
export interface Request {
  operation: string;
  payload: unknown;
  container: Container;
  /** Where the request begins, where its operation is named, and where its payload is. */
  path: Path;
  /** Where the request stands, where `path` doesn't say it well enough. */
  span?: () => Span;
  operationSpan: () => Span;
  payloadPath: Path;
  /** What `payloadPath` leads into, where the payload doesn't stand in the file's document as it is. */
  payloadDocument?: Pick<Document, "span">;
  justification?: string;
  caller?: string;
  context?: Record<string, unknown>;
}

/** Something wrong with how a request is written down, not with its payload. */
export interface RequestFault {
  code: Code;
  span: Span;
  message: string;
  help?: string;
}

/** What looks like a request, but can't be read or checked. */
export interface Unread {
  span: Span;
  why: string;
  /** What to do about it. */
  help?: string;
  /** The operation that is called, and its service, as far as they are known. */
  operation?: string;
  service?: string;
  /** What the text is: `shell`, `python`, `cloudformation`. */
  language?: string;
  /** It may be one that can be checked, once placeholders are filled in. */
  isOpen?: boolean;
}

export interface Found {
  requests: Request[];
  faults: RequestFault[];
  unread?: Unread[];
  /** Where calls stand that were looked at, whether there is a schema for them or not. */
  calls?: (() => Span)[];
}

/** What is known about a document from outside of it. */
export interface Surroundings {
  /** The operation of bare payloads. */
  operation?: string;
  directives: readonly Directive[];
  /** The file's text. */
  text: string;
  operations: OperationNames;
  /** Loaded where YAML may stand in a text. */
  parseYaml?: (text: string) => ParsedText;
}

/** Reads one kind of container; undefined where the document is not of that kind. */
export type FindRequests = (document: Document, surroundings: Surroundings) => Found | undefined;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
