import type {
  CodeAction,
  CodeActionContext,
  Diagnostic as EditorDiagnostic,
  TextEdit,
} from "vscode-languageserver";
import type { Diagnostic, Edit } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/lines.ts";
import { quoted } from "../diagnostics/text.ts";
import { collectSafeEdits } from "../run/fix/apply.ts";
import { isShown, toEditorDiagnostic } from "./diagnostics.ts";
import { PositionMap } from "./locations.ts";
import type { CheckedDocument } from "./session.ts";

export const FIX_ALL = "source.fixAll.countersign";
export const QUICK_FIX = "quickfix";
/** The command that gathers facts, with the document's URI as its argument. */
export const GATHER_FACTS = "countersign.gatherFacts";

/** What can be done about the findings in a range. `uriOf` is how the editor writes the URI of a file. */
export function listCodeActions(
  checked: CheckedDocument,
  range: Span,
  { only }: Pick<CodeActionContext, "only">,
  uriOf: (file: string) => string,
): CodeAction[] {
  const isWanted = (kind: string): boolean =>
    only?.some((one) => kind === one || kind.startsWith(`${one}.`)) ?? true;
  const maps = createMaps(checked);
  const here = checked.checked.diagnostics.filter((one) => isShown(one) && isAt(one, checked, maps, range));
  return [
    ...(isWanted(QUICK_FIX) ? here.flatMap((one) => createQuickFix(one, checked, maps, uriOf)) : []),
    ...(isWanted(QUICK_FIX) && here.some(waitsForFacts) ? [createGatherAction(checked.document.uri)] : []),
    ...(isWanted(FIX_ALL) ? createFixAll(checked, maps, uriOf) : []),
  ];
}

/** Position maps of the texts that were checked, by file. */
type FindMap = (file: string | undefined) => PositionMap;

function createMaps({ checked, file: own, text }: CheckedDocument): FindMap {
  const maps = new Map<string, PositionMap>([[own, new PositionMap(text)]]);
  return (file = own) => {
    const map = maps.get(file) ?? new PositionMap(checked.sources.get(file)?.text ?? "");
    maps.set(file, map);
    return map;
  };
}

/** Findings in a file that a command names are at the command. */
function isAt(diagnostic: Diagnostic, { file: own }: CheckedDocument, maps: FindMap, range: Span): boolean {
  const { file = own, related = [] } = diagnostic;
  const places = file === own ? [diagnostic] : related.filter((one) => one.file === own);
  return places.some((place) => {
    const { start, end } = maps(own).toSpan(place);
    return start <= range.end && range.start <= end;
  });
}

const waitsForFacts = ({ status, missing = [] }: Diagnostic): boolean =>
  status === "undecided" && missing.some(({ kind }) => kind === "fact" || kind === "policy");

function createQuickFix(
  diagnostic: Diagnostic,
  { file: own }: CheckedDocument,
  maps: FindMap,
  uriOf: (file: string) => string,
): CodeAction[] {
  const { fix, status, file = own } = diagnostic;
  if (!fix || status !== "failed") return [];
  const [first] = fix.edits;
  if (!first) return [];
  const about: EditorDiagnostic[] = file === own ? [toEditorDiagnostic(diagnostic, maps(own))] : [];
  // A refused call can't delete; once it is mended, it may. That takes a person's look.
  const caution = fix.safe ? "" : " (look at it: the call may then take something away)";
  return [
    {
      title: `write ${quoted(first.text)}${caution}`,
      kind: QUICK_FIX,
      diagnostics: about,
      ...(fix.safe && { isPreferred: true }),
      edit: { changes: toChanges(fix.edits, maps, uriOf) },
    },
  ];
}

function createFixAll(
  checked: CheckedDocument,
  maps: FindMap,
  uriOf: (file: string) => string,
): CodeAction[] {
  const edits = collectSafeEdits(checked.checked.diagnostics).flatMap((one) => one.edits);
  if (edits.length === 0) return [];
  return [
    {
      title: "apply all fixes that can't turn a refused call into a deletion",
      kind: FIX_ALL,
      edit: { changes: toChanges(edits, maps, uriOf) },
    },
  ];
}

function toChanges(
  edits: readonly Edit[],
  maps: FindMap,
  uriOf: (file: string) => string,
): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { file, start, end, text } of edits) {
    const uri = uriOf(file);
    changes[uri] = [...(changes[uri] ?? []), { range: maps(file).rangeOf(start, end), newText: text }];
  }
  return changes;
}

const createGatherAction = (uri: string): CodeAction => ({
  title: "gather the missing facts from AWS…",
  kind: QUICK_FIX,
  command: { title: "gather the missing facts", command: GATHER_FACTS, arguments: [uri] },
});
