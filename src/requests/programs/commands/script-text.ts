import { Unknown } from "../../../documents/document.ts";
import type { EmbeddedText } from "../../../documents/embedded.ts";
import { composeEmbedded } from "../../../documents/embedded.ts";
import { OpenList } from "../../../documents/partial.ts";
import type { Argument } from "../../aws-cli/argument.ts";
import { createArgument, createUnknownArgument } from "../../aws-cli/argument.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import type { AddedLine } from "../../scripts/joined.ts";
import { joinTexts, UNKNOWN_LINE } from "../../scripts/joined.ts";
import type { Script } from "../../scripts/kind.ts";
import { embedSegments } from "../../scripts/machines/segments-text.ts";
import type { ProgramValue } from "../model/value.ts";
import type { SourceProgram } from "../program.ts";

/** The text of a value as it stands in the file, with stand-ins for what isn't known; undefined where nothing is. */
export function embedText(
  { pieces, json }: ProgramValue,
  { within }: SourceProgram,
): EmbeddedText | undefined {
  if (!pieces || json || pieces.every((piece) => "source" in piece)) return undefined;
  return embedSegments(
    pieces.map((piece) =>
      "source" in piece
        ? { source: piece.source, span: within.span(piece.span) }
        : { embedded: composeEmbedded(within, piece.embedded) },
    ),
  );
}

/** A value that a shell reads. */
export function shellScript(value: ProgramValue, program: SourceProgram): Script[] {
  const text = embedText(value, program);
  return text ? [{ shell: toShellText(text) }] : [];
}

/** The words of a command that runs without a shell. */
export function wordsScript(words: readonly Argument[]): Script[] {
  return words.length > 1 ? [{ words: [...words] }] : [];
}

/** A value as a word of a command: a number as it is written, anything unknown as a stand-in. */
export function wordOf(value: ProgramValue, program: SourceProgram): Argument {
  const span = program.within.span(value.span);
  const inside = embedText(value, program);
  if (inside) return { inside, span, words: "one" };
  const isOwnInterpreter = value.value instanceof Unknown && value.value.source === "sys.executable";
  return isOwnInterpreter ? createArgument("python3", { span }) : createUnknownArgument({ span });
}

/** The items of a list as words; undefined for any other value. */
export function wordsOf(value: ProgramValue, program: SourceProgram): Argument[] | undefined {
  if (!value.items) return undefined;
  const words = value.items.map((item) => wordOf(item, program));
  const span = program.within.span(value.span);
  return value.value instanceof OpenList ? [...words, createUnknownArgument({ span }, "list")] : words;
}

/** Values that are the lines of one script; one that isn't known may do anything. */
export function linesScript(values: readonly ProgramValue[], program: SourceProgram): Script[] {
  const lines = values.map(
    (value): EmbeddedText | AddedLine =>
      embedText(value, program) ?? { text: UNKNOWN_LINE, at: program.within.span(value.span).start },
  );
  return lines.some((line) => "span" in line) ? [{ shell: toShellText(joinTexts(lines)) }] : [];
}
