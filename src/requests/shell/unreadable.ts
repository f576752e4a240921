import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { isUnknownText } from "../aws-cli/argument.ts";
import type { RequestFault, Unread } from "../request.ts";

/** Says that the rest of a text is no valid shell: a fault if it may contain a request, otherwise unread. */
export function describeUnreadable(
  text: EmbeddedText,
  { at, span, why }: { at: number; span: Span; why: string },
  isNamedIn: (text: string) => boolean,
): { fault: RequestFault } | { unread: Unread } | undefined {
  const help = "mend the text, or leave the file out";
  if (isNamedIn(text.text.slice(findLineStart(text.text, at))))
    return { fault: { code: "document/syntax", span, message: why, help } };
  return isUnknownText(text.text) || /\baws\b/.test(text.text.slice(at))
    ? { unread: { span, why, help, language: "shell" } }
    : undefined;
}

const findLineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;
