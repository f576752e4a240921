import type { CompletionItem } from "vscode-languageserver";
import { knownPartOf, readKnown } from "../../documents/partial.ts";
import type { Engine } from "../../engine/engine.ts";
import type { LocatedRequest } from "../../requests/find.ts";
import { findSchemaAt } from "../../schema/json-schema.ts";
import { PositionMap } from "../locations.ts";
import { describeOperation } from "../member-text.ts";
import { walkPayload } from "../payload-walk.ts";
import type { OpenDocument } from "../session.ts";
import type { CursorWord } from "./cursor.ts";
import { findCursorWord, isJsonDocument, listMarkedTexts, MARK } from "./cursor.ts";
import { escapeSnippet, KINDS, listMemberItems, listValueItems } from "./items.ts";

/** Proposes operations, members and values in a document that holds requests. */
export async function completeDocument(
  open: OpenDocument,
  offset: number,
  hasSnippets: boolean,
): Promise<CompletionItem[]> {
  const word = findCursorWord(open.file, open.text, offset);
  const range = new PositionMap(open.text).rangeOf(word.start, word.end);
  const engine = await open.workspace.loadEngine();
  if (OPERATION_KEY.test(word.lineBefore)) return listOperationItems(engine, { ...word, range });
  const style = { ...word, hasSnippets, range };
  const found = await findMark(open, word);
  if (found) {
    const schema = engine.schemas.find(found.request.operation)?.source;
    const at = schema && findSchemaAt(schema, found.path);
    if (!schema || !at) return [];
    if (!found.isKey) return listValueItems(at, style);
    const { dialect } = found.request;
    const toShownName = (name: string): string => dialect?.toContainerName(name) ?? name;
    return listMemberItems({ root: schema, schema: at, present: found.present, toShownName }, style);
  }
  return isEnvelopePlace(open, word) ? listEnvelopeItems(style) : [];
}

/** A key or the start of a Step Functions' resource behind which an operation stands. */
const OPERATION_KEY = /(?:^|[{,\s-])["']?operation["']?\s*[:=]\s*["']?$/;

const listOperationItems = (
  { schemas }: Engine,
  { isJson, range }: Pick<CursorWord, "isJson"> & { range: ReturnType<PositionMap["rangeOf"]> },
): CompletionItem[] =>
  schemas.operations().map((operation) => {
    const source = schemas.find(operation)?.source;
    const text = isJson ? JSON.stringify(operation) : operation;
    return {
      label: operation,
      kind: KINDS.function,
      filterText: text,
      textEdit: { range, newText: text },
      ...(source && {
        documentation: { kind: "markdown" as const, value: describeOperation(operation, source) },
      }),
    };
  });

interface FoundMark {
  request: LocatedRequest;
  /** The structure that the marked key is in, or the member that has the marked value. */
  path: readonly (string | number)[];
  isKey: boolean;
  present: ReadonlySet<string>;
}

const isMark = (text: unknown): boolean =>
  typeof text === "string" && text.toLowerCase() === MARK.toLowerCase();

/** Finds in which member of which request the cursor is, whatever the container. */
async function findMark(
  { workspace, file, text }: OpenDocument,
  word: CursorWord,
): Promise<FoundMark | undefined> {
  for (const marked of listMarkedTexts(text, word)) {
    for (const request of await workspace.findRequests({ file, text: marked })) {
      for (const { path, value } of walkPayload(request.payload)) {
        if (isMark(path.at(-1)))
          return { request, path: path.slice(0, -1), isKey: true, present: listNames(request, path) };
        if (isMark(value)) return { request, path, isKey: false, present: new Set() };
      }
    }
  }
  return undefined;
}

function listNames({ payload }: LocatedRequest, path: FoundMark["path"]): Set<string> {
  const parent = knownPartOf(path.slice(0, -1).reduce<unknown>(readKnown, payload));
  return new Set(Object.keys(Object(parent)));
}

const ENVELOPE: Readonly<Record<string, string>> = {
  operation: "the operation, as `service:Operation`",
  request: "the payload, as the API takes it",
  justification: "why, for rules that want to know it",
  caller: "the ARN of who makes the call",
  context: "facts about what the payload names",
};

/** The top of a document in YAML that is a request, or that is still empty. */
function isEnvelopePlace({ file, text }: OpenDocument, { lineBefore, start, isJson }: CursorWord): boolean {
  if (isJson || isJsonDocument(file, text) || lineBefore !== "" || !/\.ya?ml$/.test(file)) return false;
  const documents = text.slice(0, start).split(/^---.*$/m);
  const own = (documents.at(-1) ?? "") + text.slice(start).split(/^---.*$/m)[0];
  return /^(?:operation|request)\s*:/m.test(own) || own.replace(/^[ \t]*#.*$/gm, "").trim().length < 12;
}

const listEnvelopeItems = ({
  range,
  hasColon,
  hasSnippets,
}: CursorWord & { range: ReturnType<PositionMap["rangeOf"]>; hasSnippets: boolean }): CompletionItem[] =>
  Object.entries(ENVELOPE).map(([name, about]) => {
    const isNested = name === "request" || name === "context";
    const value = isNested ? (hasSnippets ? "\n  $1" : "\n  ") : hasSnippets ? " $1" : " ";
    return {
      label: name,
      kind: KINDS.keyword,
      documentation: about,
      textEdit: { range, newText: escapeSnippet(name) + (hasColon ? "" : `:${value}`) },
      ...(hasSnippets && { insertTextFormat: 2 as const, insertTextMode: 2 as const }),
    };
  });
