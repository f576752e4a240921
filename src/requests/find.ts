import type { Document, ParsedText } from "../documents/document.ts";
import { findBare } from "./bare.ts";
import { directiveFaults } from "./directives.ts";
import { findEnvelopes } from "./envelope.ts";
import type { FindRequests, Found, Request, RequestFault, Surroundings } from "./request.ts";

/** Every kind of container, in the order in which they are tried. */
const CONTAINERS: readonly FindRequests[] = [findEnvelopes, findBare];

export interface PlacedRequest extends Request {
  document: Document;
}

/** The requests of a file, and what is wrong with how they are written down. */
export function findRequests(
  parsed: ParsedText,
  operation?: string,
): { requests: PlacedRequest[]; faults: RequestFault[] } {
  const surroundings: Surroundings = {
    directives: parsed.directives,
    ...(operation !== undefined && { operation }),
  };
  const found = parsed.documents.map((document) => ({ document, found: inDocument(document, surroundings) }));
  const requests = found.flatMap(({ document, found }) =>
    (found?.requests ?? []).map((request) => ({ ...request, document })),
  );
  const stray = requests.length > 0 ? found.filter(isStray).map(({ document }) => strayFault(document)) : [];
  const faults = [
    ...found.flatMap(({ found }) => found?.faults ?? []),
    ...directiveFaults(parsed.directives),
    ...stray,
  ];
  return { requests, faults };
}

function inDocument(document: Document, surroundings: Surroundings): Found | undefined {
  for (const find of CONTAINERS) {
    const found = find(document, surroundings);
    if (found) return found;
  }
  return undefined;
}

/** A file of requests with one document that is none: its author believes that it is checked. */
const isStray = ({ document, found }: { document: Document; found: Found | undefined }): boolean =>
  !found && document.value !== null;

const strayFault = (document: Document): RequestFault => ({
  code: "document/no-request",
  span: document.span([], "value"),
  message: "this document of the file is not a request, though others are",
  help: "give it `operation` and `request`, or move it to a file of its own",
});
