import type { EmbeddedText } from "../../../documents/embedded.ts";
import { sliceText } from "../../../documents/embedded.ts";
import type { TextSegment } from "../../templates/segments.ts";
import type { Evaluator } from "./evaluator.ts";
import type { CallExpression, ProgramNode } from "./node.ts";
import { namedArgument, positional } from "./node.ts";
import type { ProgramValue } from "./value.ts";
import { piecesOf, textOfPieces } from "./value.ts";

/** What stands for a field of a format: a text, an argument, or something that is not known here. */
type Filling = { text: string } | { node: ProgramNode } | "unknown";

/** Undefined where what follows can't be told either. */
type FillField = (field: RegExpExecArray) => Filling | undefined;

const BRACED = /\{\{|\}\}|\{(\w{0,60})((?:[^\w{}][^{}]{0,60})?)\}|[{}]/g;

/** `"{} {0} {name}".format(…)`; a conversion or a width makes a field unknown. */
export function formattedText(
  format: ProgramNode,
  call: CallExpression,
  evaluator: Evaluator,
): ProgramValue | undefined {
  if (call.args.some(({ kind }) => kind === "spread")) return undefined;
  const given = positional(call);
  let next = 0;
  return fillFormat(format, call, evaluator, BRACED, ([found, name, rest]) => {
    if (found === "{{" || found === "}}") return { text: found[0]! };
    if (name === undefined) return undefined;
    if (rest !== "") return "unknown";
    const isIndex = /^\d+$/.test(name);
    const node = name === "" ? given[next++] : isIndex ? given[Number(name)] : namedArgument(call, name);
    return node && { node };
  });
}

const PERCENT = /%%|%(?:\((\w{1,60})\))?([-+ #]{0,5}\d{0,4}(?:\.\d{0,4})?)([a-zA-Z])|%/g;

/** `"%s %d" % values`, `fmt.Sprintf("%s", …)`, `String.format("%s", …)`; a flag or a width makes a field unknown. */
export function percentText(
  format: ProgramNode,
  args: readonly ProgramNode[],
  whole: ProgramNode,
  evaluator: Evaluator,
): ProgramValue | undefined {
  if (args.some(({ kind }) => kind === "spread")) return undefined;
  let next = 0;
  return fillFormat(format, whole, evaluator, PERCENT, ([found, name, flags, verb]) => {
    if (found === "%%") return { text: "%" };
    // A new line in Java.
    if (verb === "n") return "unknown";
    if (verb === undefined) return undefined;
    const node = args[next++];
    if (name !== undefined || flags !== "" || !/[sdv]/.test(verb)) return "unknown";
    return node && { node };
  });
}

function fillFormat(
  format: ProgramNode,
  { span }: ProgramNode,
  evaluator: Evaluator,
  pattern: RegExp,
  fill: FillField,
): ProgramValue | undefined {
  const { value, pieces } = evaluator.valueOf(format);
  const [only, ...others] = pieces ?? [];
  if (typeof value !== "string" || !only || others.length > 0 || "source" in only) return undefined;
  const { embedded } = only;
  const filled: TextSegment[] = [];
  let from = 0;
  for (const field of value.matchAll(pattern)) {
    const end = field.index + field[0].length;
    const filling = fill(field);
    if (!filling) return undefined;
    if (field.index > from) filled.push({ embedded: sliceText(embedded, from, field.index) });
    filled.push(...segmentsOf(filling, sliceText(embedded, field.index, end), evaluator));
    from = end;
  }
  if (from < value.length) filled.push({ embedded: sliceText(embedded, from) });
  return textOfPieces(filled, span, evaluator.sourceOf(span));
}

function segmentsOf(filling: Filling, field: EmbeddedText, evaluator: Evaluator): readonly TextSegment[] {
  if (filling === "unknown")
    return [{ source: field.text, span: field.span({ start: 0, end: field.text.length }) }];
  if ("text" in filling) return [{ embedded: { ...field, text: filling.text } }];
  return piecesOf(evaluator.valueOf(filling.node), evaluator.sourceOf);
}
