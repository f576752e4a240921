import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { Unknown } from "../documents/document.ts";
import { knownPartOf } from "../documents/partial.ts";
import type { LocatedRequest } from "../requests/find.ts";

/** A payload has fewer parts; a machine-made one isn't walked to its end. */
const MAX_PARTS = 10_000;

/** A part of a payload: its path in the API's names, and its value as far as it is known. */
export interface PayloadPart {
  path: Path;
  value: unknown;
}

/** Lists the parts of a payload, each before those inside of it. */
export function* walkPayload(payload: unknown): Generator<PayloadPart> {
  const stack: PayloadPart[] = [{ path: [], value: payload }];
  for (let left = MAX_PARTS; left > 0; left--) {
    const part = stack.pop();
    if (!part) return;
    yield part;
    const known = knownPartOf(part.value);
    if (typeof known !== "object" || known === null || known instanceof Unknown) continue;
    for (const [name, value] of Object.entries(known).reverse())
      stack.push({ path: [...part.path, Array.isArray(known) ? Number(name) : name], value });
  }
}

/** Where a part of a request's payload stands, if that is in the request's own file. */
export function findPartSpan(request: LocatedRequest, path: Path, at: "key" | "value"): Span | undefined {
  const within = request.payloadDocument ?? request.document;
  const span = within.span([...request.payloadPath, ...path], at);
  return span.source === undefined ? span : undefined;
}

export const holdsOffset = ({ start, end }: Span, offset: number): boolean =>
  start <= offset && offset <= end;
