import type { EmbeddedText } from "../../../documents/embedded.ts";
import { embedDecoded } from "../../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../../documents/written.ts";
import { UNKNOWN_TEXT } from "../../aws-cli/argument.ts";
import type { TextSegment } from "../../templates/segments.ts";

/** A text of a template as a shell's text, with stand-ins for its placeholders. */
export function embedSegments(segments: readonly TextSegment[]): EmbeddedText {
  const [first] = segments;
  const start = first === undefined ? 0 : "source" in first ? first.span.start : first.embedded.at(0);
  const pieces = new DecodedTextBuilder(start);
  for (const segment of segments) {
    if ("source" in segment) pieces.add(UNKNOWN_TEXT, segment.span.start, segment.span.end);
    else copyText(pieces, segment.embedded);
  }
  return embedDecoded(pieces);
}

function copyText(pieces: DecodedTextBuilder, inside: EmbeddedText): void {
  for (let at = 0; at < inside.text.length; at++) {
    const { start, end } = inside.span({ start: at, end: at + 1 });
    pieces.add(inside.text[at]!, start, end);
  }
}
