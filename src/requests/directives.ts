import { nearest } from "../diagnostics/nearest.ts";
import { listed, quoted } from "../diagnostics/text.ts";
import type { Directive } from "../documents/document.ts";
import type { RequestFault } from "./request.ts";

const KEYS = ["operation", "justification"];

/** A `# countersign:` comment that says something we don't know must not be taken for said. */
export function directiveFaults(directives: readonly Directive[]): RequestFault[] {
  return directives
    .filter(({ key }) => !KEYS.includes(key))
    .map(({ key, span }) => {
      const near = nearest(key, KEYS);
      return {
        code: "document/envelope",
        span,
        message: `${quoted(key)} is not a key of a \`# countersign:\` comment`,
        help: near ? `did you mean \`${near}\`?` : `the keys are ${listed(KEYS, "and")}`,
      };
    });
}
