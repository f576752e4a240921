import type { Fix, Replacement } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import { knownPartOf } from "../../documents/partial.ts";
import type { LocatedRequest } from "../../requests/find.ts";
import type { FixedRequest, WrittenText } from "./create-fix.ts";
import { createFix, mayTakeAway } from "./create-fix.ts";

const MAX_VALUES = 10_000;

/**
 * Creates the fixes of the requests of a file. By an anchor of YAML or a variable of a program, a request may share text
 * with others, so that its fix would change them, too: it is not safe where one of those may take something away.
 */
export class FixCreator {
  readonly #requests: readonly LocatedRequest[];
  #spans: Span[] | undefined;

  constructor(requests: readonly LocatedRequest[]) {
    this.#requests = requests;
  }

  create(replacement: Replacement, written: WrittenText, request: FixedRequest): Fix | undefined {
    const fix = createFix(replacement, written, request);
    return fix?.safe && this.#isShared(fix) ? { ...fix, safe: false } : fix;
  }

  #isShared({ edits }: Fix): boolean {
    // One request shares its text with no other.
    if (this.#requests.length < 2) return false;
    this.#spans ??= this.#requests.filter(mayTakeAway).flatMap(listSpans);
    return edits.some((edit) => this.#spans!.some(({ start, end }) => edit.start < end && start < edit.end));
  }
}

/** The spans of all names and texts of a payload, in the file of the request. */
function listSpans({ payload, payloadPath, payloadDocument, document }: LocatedRequest): Span[] {
  const within = payloadDocument ?? document;
  const spans: Span[] = [];
  let left = MAX_VALUES;
  const visit = (value: unknown, path: Path): void => {
    if (left-- <= 0) return;
    const known = knownPartOf(value);
    const isLeaf = typeof known !== "object" || known === null || known instanceof Unknown;
    if (path.length > 0) spans.push(within.span([...payloadPath, ...path], "key"));
    if (isLeaf) spans.push(within.span([...payloadPath, ...path], "value"));
    else
      for (const [name, part] of Object.entries(known))
        visit(part, [...path, Array.isArray(known) ? Number(name) : name]);
  };
  visit(payload, []);
  return spans.filter(({ source }) => source === undefined);
}
