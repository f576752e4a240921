import type { Code, Severity } from "../diagnostics/codes.ts";
import type { Replacement } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { Directive, Document, ParsedText } from "../documents/document.ts";
import { Unknown } from "../documents/document.ts";
import type { OperationNames } from "./operations.ts";
import type { RecordedCall } from "./trail/recorded-call.ts";

export type Container =
  | "envelope"
  | "bare"
  | "aws-cli"
  | "scheduler"
  | "step-functions"
  | "ssm-automation"
  | "custom-resource"
  | "cloudtrail"
  | "boto3"
  | "aws-sdk-js"
  | "aws-sdk-go"
  | "aws-sdk-java"
  | "aws-sdk-ruby"
  | "aws-sdk-php"
  | "aws-sdk-net"
  | "aws-powershell";

/** A proposed API call, with its location in the document. */
export interface Request {
  operation: string;
  payload: unknown;
  container: Container;
  /** Path of the request, or of the part of the document that contains it. */
  path: Path;
  /** The position of the request, where that of `path` is not precise enough. */
  span?: () => Span;
  operationSpan: () => Span;
  payloadPath: Path;
  /** The document that `payloadPath` refers to, if it isn't the file's own. */
  payloadDocument?: Pick<Document, "span">;
  /** Unknown where the container can't hold one. */
  justification?: string | Unknown;
  /** The ARN of who makes the call, as far as it is known. */
  caller?: string | Unknown;
  context?: Record<string, unknown>;
  /** In a program: the call, from which its values may stand away. */
  callSpan?: Span;
  /** What a member is called there. */
  spell?: (member: string) => string;
  /** Whether the container makes the request again and again. */
  repeats?: boolean;
  /** Set if the request is one of several of which only one is made. */
  choices?: Choices;
  /** Present if the container names members in its own way; the payload has the API's names. */
  dialect?: RequestDialect;
  /** What a record of a past call says beside the request. */
  recorded?: RecordedCall;
  /** What is wrong with how the container writes the payload. */
  findings?: readonly ContainerFinding[];
}

/** Where a document leaves open what is called: by what the choice depends on, which one a request belongs to. */
export interface Choices {
  document: object;
  taken: ReadonlyMap<string, number>;
}

/** How the container of a request names members, for what is reported about it. */
export interface RequestDialect {
  toContainerName(apiName: string): string;
  /** Converts a path into the payload to one of the names in the document. */
  toContainerPath(path: Path): Path;
}

/** A finding about a payload as its container writes it: the path has the names in the document. */
export interface ContainerFinding {
  code: Code;
  path: Path;
  span: Span;
  message: string;
  help: string;
  replacement?: Replacement;
}

/** An error in how a request is written, as opposed to an error in its payload. */
export interface RequestFault {
  code: Code;
  span: Span;
  message: string;
  help?: string;
  /** That of the code, if absent. */
  severity?: Severity;
}

/** A call that stands in the text, but can't be read. */
export interface Unread {
  span: Span;
  why: string;
  help?: string;
  /** The operation as `service:Operation`, where it is known. */
  operation?: string;
  service?: string;
  /** What the text is written in: `shell`, `python`, `cloudformation`, `yaml`, … */
  language: string;
}

/** A call of an operation that has no schema. Without a name, only the run knows which it is. */
export interface Unchecked {
  operation: string | undefined;
}

export interface ContainerRequests {
  requests: Request[];
  faults: RequestFault[];
  unread?: Unread[];
  unchecked?: Unchecked[];
  /** Positions of all calls that were recognized, with or without a schema. */
  calls?: (() => Span)[];
}

/** What is known about a document from its context. */
export interface DocumentContext {
  /** The operation of bare payloads. */
  operation?: string;
  directives: readonly Directive[];
  /** The text of the file. */
  text: string;
  /** Whether the user named the file, so that documents with the keys of a request are taken for one. */
  isExpected: boolean;
  /** What the file is written in, for messages. */
  language: string;
  operations: OperationNames;
  /** Finds the requests of a document inside of this one. */
  findNested?: FindRequests;
  /** Present if the YAML parser is loaded, for YAML inside of a text. */
  parseYaml?: (text: string) => ParsedText;
  /** Ids of the events of CloudTrail that are known, in this file and others. */
  seenEvents: SeenEvents;
  /** Whether records of reads are requests, too. */
  includesReads?: boolean | undefined;
}

/** Ids of events, of which each counts once. */
export interface SeenEvents {
  has(id: string): boolean;
  add(id: string): unknown;
}

/** Finds the requests in one kind of container; undefined if the document is not of that kind. */
export type FindRequests = (
  document: Document,
  surroundings: DocumentContext,
) => ContainerRequests | undefined;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
