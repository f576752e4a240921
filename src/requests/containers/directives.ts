import { findNearest } from "../../diagnostics/nearest.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { Directive } from "../../documents/document.ts";
import type { RequestFault } from "../request.ts";

const KEYS = ["operation", "justification"];

/**
 * Reports unknown and repeated keys in a `# countersign:` comment, which would otherwise be ignored silently.
 */
export function checkDirectives(directives: readonly Directive[]): RequestFault[] {
  const twice = directives.filter(
    ({ key }, index) => directives.findIndex((other) => other.key === key) < index,
  );
  return [...findInvalidKeys(directives), ...twice.map(createRepeatedKeyFault)];
}

const createRepeatedKeyFault = ({ key, span }: Directive): RequestFault => ({
  code: "document/envelope",
  span,
  message: `${quoted(key)} stands twice in this \`# countersign:\` comment`,
  help: "keep one of them",
});

function findInvalidKeys(directives: readonly Directive[]): RequestFault[] {
  return directives
    .filter(({ key, value }) => value === undefined || !KEYS.includes(key))
    .map(({ key, value, span }) => {
      const near = findNearest(key, KEYS);
      if (value === undefined) return createMissingValueFault(key, span);
      return {
        code: "document/envelope",
        span,
        message: `${quoted(key)} is not a key of a \`# countersign:\` comment`,
        help: near ? `did you mean \`${near}\`?` : `the keys are ${formatList(KEYS, "and")}`,
      };
    });
}

const createMissingValueFault = (word: string, span: RequestFault["span"]): RequestFault => ({
  code: "document/envelope",
  span,
  message: `${quoted(word)} in a \`# countersign:\` comment is not of the form \`key=value\``,
  help: "write `operation=service:Operation`, without spaces around the `=`; quote a value that holds spaces",
});
