import { quoted } from "../../diagnostics/text.ts";
import type { FaultCollector } from "./faults.ts";
import type { LocatedText } from "./values.ts";

/** A service prefix and an action name, both with wildcards (IAM user guide, "Action"). */
const ACTION = /^(?:\*|[\w.*?-]+:[\w*?-]+)$/;

export function checkAction({ text, path }: LocatedText, faults: FaultCollector): string {
  if (ACTION.test(text)) return text;
  faults.addError(path, `${quoted(text)} is no action`, {
    help: text.includes("${")
      ? "variables stand only in `Resource` and in the values of `Condition`"
      : "an action is `*` or has a service's prefix and a colon, such as `s3:PutObject`",
  });
  return text;
}

const ARN_FIELDS = 6;

/** Why AWS refuses an ARN that ends early, which it otherwise completes. */
function describeIncomplete(fields: number, text: string): string | undefined {
  if (fields < 3) return "it doesn't get as far as the service";
  return fields === 5 && /^arn:[^:]*:s3:/.test(text)
    ? "an ARN of Amazon S3 has empty fields for region and account, such as `arn:aws:s3:::bucket`"
    : undefined;
}

/** Variables contain no braces, which makes the match linear for many `${`. */
const VARIABLE = /\$\{[^{}]*\}/g;

/**
 * Returns the resource in the form that is compared: missing fields of an ARN are `*` (IAM user guide,
 * "Resource").
 */
export function completeResource({ text, path }: LocatedText, faults: FaultCollector): string {
  if (text === "*") return text;
  if (!text.startsWith("arn:")) {
    faults.addError(path, `${quoted(text)} is no resource: a resource is \`*\` or an ARN`, {
      help:
        text.includes("/") || !text.includes(":")
          ? "an ARN begins with `arn:`, such as `arn:aws:s3:::bucket/*`"
          : "an ARN begins with `arn:`",
    });
    return text;
  }
  const fields = text.replaceAll(VARIABLE, "").split(":").length;
  if (fields >= ARN_FIELDS) return text;
  const lacking = describeIncomplete(fields, text);
  if (lacking !== undefined) {
    faults.addError(path, `${quoted(text)} is no ARN: ${lacking}`, {
      help: "write all six fields: `arn:partition:service:region:account:resource`",
    });
    return text;
  }
  const complete = `${text}${":*".repeat(ARN_FIELDS - fields)}`;
  faults.addWarning(
    path,
    `${quoted(text)} is an ARN without its last fields: AWS reads it as ${quoted(complete)}`,
    {
      help: "write all six fields: `arn:partition:service:region:account:resource`",
    },
  );
  return complete;
}
