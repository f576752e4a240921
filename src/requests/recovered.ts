import type { Span } from "../diagnostics/lines.ts";
import type { DocumentFault, ParsedText } from "../documents/document.ts";
import { isErrorFault } from "../documents/document.ts";
import type { FoundRequests } from "./find.ts";

/** With what can be read of documents that have a fault. */
export const withRecovered = (parsed: ParsedText): ParsedText =>
  parsed.recovered ? { ...parsed, documents: [...parsed.documents, ...parsed.recovered.documents] } : parsed;

/** Without what a fault is in: the fault itself is reported, and the rest is guesswork. */
export function dropFaulty(found: FoundRequests, { recovered }: ParsedText): FoundRequests {
  if (!recovered) return found;
  const isSound = ({ start, end }: Span): boolean =>
    !recovered.gaps.some((gap) => gap.start <= end && gap.end >= start);
  return {
    ...found,
    requests: found.requests.filter(({ span, document, path }) =>
      isSound(span?.() ?? document.span(path, "value")),
    ),
    faults: found.faults.filter(({ span }) => isSound(span)),
    unread: found.unread.filter(({ span }) => isSound(span)),
  };
}

/** The faults of a text that matter: what only some readers refuse matters in documents of our own. */
export function selectFaults({ faults }: ParsedText, { requests }: FoundRequests): DocumentFault[] {
  const isOurs = requests.some(({ container }) => container === "envelope" || container === "bare");
  return isOurs ? faults : faults.filter(isErrorFault);
}
