import type { Finding, Replacement } from "../diagnostics/diagnostic.ts";
import type { LineIndex, Span } from "../diagnostics/lines.ts";
import { valueAt } from "../diagnostics/pointer.ts";
import type { Request } from "../requests/request.ts";

/** A finding in the words of the program that makes the call: members as its language spells them, and the call's line. */
export function inProgramTerms(
  finding: Finding,
  request: Request,
  { span, lines }: { span: Span; lines: LineIndex },
): Finding {
  const { spell, callSpan: call } = request;
  const isElsewhere = call && !span.source && (span.start < call.start || span.start >= call.end);
  if (!spell && !isElsewhere) return finding;
  const { replacement, at, path } = finding;
  const value = valueAt(request.payload, path);
  const spelled = (text: string): string => (spell ? spellMembers(text, spell, value) : text);
  const where = isElsewhere ? `, in the call in line ${lines.lineOf(call.start)}` : "";
  return {
    ...finding,
    message: `${spelled(finding.message)}${where}`,
    ...(finding.help !== undefined && { help: spelled(finding.help) }),
    ...(spell && at === "key" && replacement && { replacement: spellReplacement(replacement, spell) }),
  };
}

const spellReplacement = (
  { by, ...replacement }: Replacement,
  spell: (member: string) => string,
): Replacement => ({ ...replacement, by: typeof by === "string" ? spell(by) : by });

const QUOTED = /`([^`]*)`/g;
const MEMBER_PATH = /^[A-Za-z]\w*(?:\.\w+|\[\d+\])*$/;

/** Members in backticks, and paths of them; the value that the finding is about stays as it is. */
const spellMembers = (text: string, spell: (member: string) => string, value: unknown): string =>
  text.replace(QUOTED, (whole, quote: string) =>
    quote !== value && MEMBER_PATH.test(quote) ? `\`${quote.replace(/\w+/g, spell)}\`` : whole,
  );
