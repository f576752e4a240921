import type { Span } from "../diagnostics/lines.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Document, ParsedText } from "../documents/document.ts";
import { findBare } from "./containers/bare.ts";
import { findCloudTrail } from "./containers/cloudtrail.ts";
import { findCustomResources } from "./containers/custom-resource.ts";
import { checkDirectives } from "./containers/directives.ts";
import { findEnvelopes } from "./containers/envelope.ts";
import { isOwnDocument } from "./containers/own-files.ts";
import { findScheduler } from "./containers/scheduler.ts";
import { findSsmAutomation } from "./containers/ssm-automation.ts";
import { findStepFunctions } from "./containers/step-functions.ts";
import { detectDocumentLanguage } from "./document-language.ts";
import type { OperationNames } from "./operations.ts";
import { NO_OPERATIONS } from "./operations.ts";
import type {
  ContainerRequests,
  DocumentContext,
  FindRequests,
  Request,
  RequestFault,
  SeenEvents,
  Unchecked,
  Unread,
} from "./request.ts";
import { createSpanMatcher } from "./span-matcher.ts";

/**
 * All kinds of containers, in groups by precedence: the first group that finds something in a document wins.
 * Within a group all finders contribute, because one template can contain several kinds of containers.
 */
const CONTAINERS: readonly (readonly FindRequests[])[] = [
  [findEnvelopes],
  [findScheduler, findStepFunctions, findSsmAutomation, findCustomResources],
  [findCloudTrail],
  [findBare],
];

export interface LocatedRequest extends Request {
  document: Document;
}

export interface FoundRequests {
  requests: LocatedRequest[];
  faults: RequestFault[];
  unread: Unread[];
  unchecked?: Unchecked[];
  /** Calls in a test file: counted, not listed. */
  passedOver?: number;
  /**
   * Other files that these requests refer to, whether they exist or not: their text is part of the requests.
   */
  reads?: readonly string[];
}

export interface FinderOptions {
  /** The operation of bare payloads. */
  operation?: string | undefined;
  operations?: OperationNames;
  /** Whether the user named the file; true by default. */
  isExpected?: boolean;
  parseYaml?: ((text: string) => ParsedText) | undefined;
  /** Ids of the events of CloudTrail that are known. */
  seenEvents?: SeenEvents | undefined;
  /** Whether records of reads are requests, too. */
  includesReads?: boolean | undefined;
}

/** Finds the requests of a file, the faults in how they are written, and what can't be read. */
export function findRequests(parsed: ParsedText, text: string, known: FinderOptions = {}): FoundRequests {
  const {
    operation,
    operations = NO_OPERATIONS,
    isExpected = true,
    parseYaml,
    seenEvents,
    includesReads,
  } = known;
  const surroundings: DocumentContext = {
    directives: parsed.directives,
    text,
    isExpected,
    language: detectDocumentLanguage(parsed, text),
    operations,
    findNested: findInDocument,
    seenEvents: seenEvents ?? new Set(),
    includesReads,
    ...(operation !== undefined && { operation }),
    ...(parseYaml && { parseYaml }),
  };
  const found = parsed.documents.map((document) => ({
    document,
    found: findInDocument(document, surroundings),
  }));
  const requests = found.flatMap(({ document, found }) =>
    (found?.requests ?? []).map((request) => ({ ...request, document })),
  );
  const isOurs = requests.some(({ container }) => container === "envelope" || container === "bare");
  const stray = isOurs ? found.filter(isStrayDocument).map(({ document }) => createStrayFault(document)) : [];
  const faults = [
    ...found.flatMap(({ found }) => found?.faults ?? []),
    ...checkDirectives(parsed.directives),
    ...stray,
  ];
  const unread = found.flatMap(({ found }) => found?.unread ?? []);
  const calls = found.flatMap(({ found }) => found?.calls ?? []);
  const isPlan = parsed.documents.some(({ value }) => "planned_values" in Object(value));
  return {
    requests,
    faults,
    unread: isPlan ? unread : [...unread, ...findStrayCalls(surroundings, calls)],
    unchecked: found.flatMap(({ found }) => found?.unchecked ?? []),
  };
}

const SDK_CALL_ARN = /:aws-sdk:([\w-]+):(\w+)/g;

/** Bounds the work on machine-made files; no ordinary file comes close. */
const MAX_CALLS = 20_000;

/** ARNs of SDK calls outside of any target or task that is read. */
function findStrayCalls(
  { text, operations, language }: Pick<DocumentContext, "text" | "operations" | "language">,
  calls: readonly (() => Span)[],
): Unread[] {
  const known = [...text.matchAll(SDK_CALL_ARN)]
    .slice(0, MAX_CALLS)
    .filter(
      ({ 1: service, 2: action, index }) => operations.find(service!, action!) && !isComment(text, index),
    );
  const isSeen = createSpanMatcher(known.length > 0 ? calls.map((span) => span()) : []);
  const stray = known.filter(({ index }) => !isSeen(index));
  return stray.map(({ 0: arn, 1: service, 2: action, index }) => ({
    span: { start: index, end: index + arn.length },
    why: `a call of ${quoted(`${service}:${action}`)} stands where neither a schedule's target nor a task is read`,
    operation: operations.find(service!, action!)!,
    language,
  }));
}

const isComment = (text: string, at: number): boolean =>
  /(?:^|\n)[ \t]*#[^\n]*$/.test(text.slice(Math.max(0, at - 200), at));

/** Finds the requests of one document by the first group of containers that has any. */
export function findInDocument(
  document: Document,
  surroundings: DocumentContext,
): ContainerRequests | undefined {
  if (isOwnDocument(document.value)) return undefined;
  for (const group of CONTAINERS) {
    const found = group.map((find) => find(document, surroundings)).filter((some) => some !== undefined);
    if (found.length > 0) return mergeFound(found);
  }
  return undefined;
}

const mergeFound = (found: readonly ContainerRequests[]): ContainerRequests => ({
  requests: found.flatMap(({ requests }) => requests),
  faults: found.flatMap(({ faults }) => faults),
  unread: found.flatMap(({ unread = [] }) => unread),
  unchecked: found.flatMap(({ unchecked = [] }) => unchecked),
  calls: found.flatMap(({ calls = [] }) => calls),
});

/**
 * Whether a document without a request is in a file with requests: its author probably assumes that it is
 * checked.
 */
const isStrayDocument = ({
  document,
  found,
}: {
  document: Document;
  found: ContainerRequests | undefined;
}): boolean => !found && document.value !== null && !isOwnDocument(document.value);

const createStrayFault = (document: Document): RequestFault => ({
  code: "document/no-request",
  span: document.span([], "value"),
  message: "this document of the file is not a request, though others are",
  help: "give it `operation` and `request`, or move it to a file of its own",
});
