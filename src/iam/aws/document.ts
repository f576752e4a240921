import { LiveProblem } from "./problem.ts";

/**
 * Parses a policy document as IAM sends it: JSON text, percent-encoded (RFC 3986), in which `+` is a plus
 * sign, as in names and e-mail addresses. Throws `LiveProblem`.
 */
export function decodeDocument(text: string | undefined, subject: string): unknown {
  const problem = (what: string): LiveProblem =>
    new LiveProblem(
      "reply",
      `${subject} ${what}`,
      "see whether the AWS console shows it, and try again; a proxy may have changed what AWS sent",
    );
  if (text === undefined || text.trim() === "") throw problem("came without its document");
  let value: unknown;
  try {
    value = JSON.parse(text.trimStart().startsWith("{") ? text : decodeURIComponent(text));
  } catch {
    throw problem("came with a document that is no JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw problem("came with a document that is no JSON object");
  return value;
}
