import type { Span } from "../diagnostics/lines.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Document, ParsedText } from "../documents/document.ts";
import { findBare } from "./containers/bare.ts";
import { findCustomResources } from "./containers/custom-resource.ts";
import { directiveFaults } from "./containers/directives.ts";
import { findEnvelopes } from "./containers/envelope.ts";
import { findScheduler } from "./containers/scheduler.ts";
import { findSsmAutomation } from "./containers/ssm-automation.ts";
import { findStepFunctions } from "./containers/step-functions.ts";
import type { OperationNames } from "./operations.ts";
import { NO_OPERATIONS } from "./operations.ts";
import type { FindRequests, Found, Request, RequestFault, Surroundings, Unread } from "./request.ts";
import { within } from "./within.ts";

/**
 * Every kind of container. The first group that knows a document has it; of one group all may find something, for
 * one template can hold requests of several kinds.
 */
const CONTAINERS: readonly (readonly FindRequests[])[] = [
  [findEnvelopes],
  [findScheduler, findStepFunctions, findSsmAutomation, findCustomResources],
  [findBare],
];

export interface PlacedRequest extends Request {
  document: Document;
}

export interface FoundRequests {
  requests: PlacedRequest[];
  faults: RequestFault[];
  unread: Unread[];
  /** Calls in a test file: counted, not listed. */
  passedOver?: number;
  /** Other files whose text is part of these requests, or would be if they were there. */
  reads?: readonly string[];
}

/** What is known from outside of a file. */
export interface Known {
  /** The operation of its bare payloads. */
  operation?: string | undefined;
  operations?: OperationNames;
  parseYaml?: ((text: string) => ParsedText) | undefined;
}

/** The requests of a file, what is wrong with how they are written down, and what could not be read. */
export function findRequests(parsed: ParsedText, text: string, known: Known = {}): FoundRequests {
  const { operation, operations = NO_OPERATIONS, parseYaml } = known;
  const surroundings: Surroundings = {
    directives: parsed.directives,
    text,
    operations,
    ...(operation !== undefined && { operation }),
    ...(parseYaml && { parseYaml }),
  };
  const found = parsed.documents.map((document) => ({ document, found: inDocument(document, surroundings) }));
  const requests = found.flatMap(({ document, found }) =>
    (found?.requests ?? []).map((request) => ({ ...request, document })),
  );
  const isOurs = requests.some(({ container }) => container === "envelope" || container === "bare");
  const stray = isOurs ? found.filter(isStray).map(({ document }) => strayFault(document)) : [];
  const faults = [
    ...found.flatMap(({ found }) => found?.faults ?? []),
    ...directiveFaults(parsed.directives),
    ...stray,
  ];
  const unread = found.flatMap(({ found }) => found?.unread ?? []);
  const calls = found.flatMap(({ found }) => found?.calls ?? []);
  const isPlan = parsed.documents.some(({ value }) => "planned_values" in Object(value));
  return { requests, faults, unread: isPlan ? unread : [...unread, ...strayCalls(text, operations, calls)] };
}

const STRAY = /:aws-sdk:([\w-]+):(\w+)/g;

/** Far more than a file holds. */
const MAX_CALLS = 20_000;

/** ARNs of calls where no target and no task stands. Plans repeat what they hold. */
function strayCalls(text: string, operations: OperationNames, calls: readonly (() => Span)[]): Unread[] {
  const known = [...text.matchAll(STRAY)]
    .slice(0, MAX_CALLS)
    .filter(
      ({ 1: service, 2: action, index }) => operations.find(service!, action!) && !isComment(text, index),
    );
  const isSeen = within(known.length > 0 ? calls.map((span) => span()) : []);
  const stray = known.filter(({ index }) => !isSeen(index));
  return stray.map(({ 0: arn, 1: service, 2: action, index }) => ({
    span: { start: index, end: index + arn.length },
    why: `a call of ${quoted(`${service}:${action}`)} stands where neither a schedule's target nor a task is read`,
  }));
}

const isComment = (text: string, at: number): boolean =>
  /(?:^|\n)[ \t]*#[^\n]*$/.test(text.slice(Math.max(0, at - 200), at));

function inDocument(document: Document, surroundings: Surroundings): Found | undefined {
  for (const group of CONTAINERS) {
    const found = group.map((find) => find(document, surroundings)).filter((some) => some !== undefined);
    if (found.length > 0) return together(found);
  }
  return undefined;
}

const together = (found: readonly Found[]): Found => ({
  requests: found.flatMap(({ requests }) => requests),
  faults: found.flatMap(({ faults }) => faults),
  unread: found.flatMap(({ unread = [] }) => unread),
  calls: found.flatMap(({ calls = [] }) => calls),
});

/** A file of requests with one document that is none: its author believes that it is checked. */
const isStray = ({ document, found }: { document: Document; found: Found | undefined }): boolean =>
  !found && document.value !== null;

const strayFault = (document: Document): RequestFault => ({
  code: "document/no-request",
  span: document.span([], "value"),
  message: "this document of the file is not a request, though others are",
  help: "give it `operation` and `request`, or move it to a file of its own",
});
