import type { Document, ParsedText } from "../documents/document.ts";
import { findBare } from "./bare.ts";
import { findCustomResources } from "./custom-resource.ts";
import { directiveFaults } from "./directives.ts";
import { findEnvelopes } from "./envelope.ts";
import type { OperationNames } from "./operations.ts";
import { NO_OPERATIONS } from "./operations.ts";
import type { FindRequests, Found, Request, RequestFault, Surroundings, Unread } from "./request.ts";
import { findScheduler } from "./scheduler.ts";
import { findSsmAutomation } from "./ssm-automation.ts";
import { findStepFunctions } from "./step-functions.ts";

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
  /** Other files whose text is part of these requests, or would be if they were there. */
  reads?: readonly string[];
}

/** What is known from outside of a file. */
export interface Known {
  /** The operation of its bare payloads. */
  operation?: string | undefined;
  operations?: OperationNames;
}

/** The requests of a file, what is wrong with how they are written down, and what could not be read. */
export function findRequests(parsed: ParsedText, text: string, known: Known = {}): FoundRequests {
  const { operation, operations = NO_OPERATIONS } = known;
  const surroundings: Surroundings = {
    directives: parsed.directives,
    text,
    operations,
    ...(operation !== undefined && { operation }),
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
  return { requests, faults, unread: found.flatMap(({ found }) => found?.unread ?? []) };
}

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
