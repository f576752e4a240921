import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { toPointer } from "../../diagnostics/pointer.ts";
import type { Unknown } from "../../documents/document.ts";
import type { LocatedRequest } from "../../requests/find.ts";
import type { RuleInput } from "../../rules/input.ts";
import { renameMembersInText } from "../../schema/member-names.ts";
import { FileCheck } from "../check-file.ts";
import type { Engine } from "../engine.ts";
import type { FileCheckOptions } from "../report/checked-file.ts";
import { decodeValue } from "./codec.ts";
import type { StoredFile, StoredInput, StoredPlaces, StoredRequest, StoredSpan } from "./stored-file.ts";

/** Restores what the check of a file found, so that a run can be concluded with it. */
export function restoreFile(stored: StoredFile, engine: Engine, options: FileCheckOptions): FileCheck {
  const { file, text = "", origins, diagnostics, unchecked, callTexts, ...found } = stored;
  const excerpt = origins && { origins, problems: [], unchecked: [], records: 0, reads: 0 };
  const check = new FileCheck({ file, text, ...(excerpt && { excerpt }) }, false, engine, options);
  const documents = new Map<number, object>();
  const requests = found.requests.map((request) => ({
    request: restoreRequest(request, stored),
    line: request.line,
    faulty: request.faulty,
    diagnostics: request.diagnostics.map((index) => diagnostics[index]!),
    ...(request.input && { input: restoreInput(request.input, request.places, { engine, documents }) }),
  }));
  check.restore({
    requests,
    diagnostics,
    unchecked: unchecked.map((operation) => ({ operation: operation ?? undefined })),
    passedOver: found.passedOver,
    ...(callTexts.length > 0 && {
      callTexts: new Map(callTexts.map(([index, call]) => [diagnostics[index]!, call])),
    }),
    policyProblems: found.policyProblems,
    faults: found.faults,
    texts: found.texts,
  });
  return check;
}

function restoreRequest(
  { operation, container, payload, caller, recorded, places }: StoredRequest,
  file: StoredFile,
): LocatedRequest {
  const locate = (span: StoredSpan): Span => restoreSpan(span, file);
  const value = decodeValue(payload);
  const { spelled, renamed } = places ?? {};
  return {
    operation,
    container,
    payload: value,
    path: [],
    payloadPath: [],
    operationSpan: () => (places ? locate(places.operation) : NOWHERE),
    document: {
      value,
      span: (path, at) => (places ? locate(findPlace(places, path)[at]) : NOWHERE),
    },
    ...(caller !== undefined && { caller: decodeValue(caller) as string | Unknown }),
    ...(recorded && { recorded }),
    ...(places?.call && { callSpan: locate(places.call) }),
    ...(spelled && { spell: createNamer(spelled) }),
    ...(renamed && {
      dialect: {
        toContainerName: createNamer(renamed),
        toContainerPath: (path) => findPlace(places!, path).container ?? path,
      },
    }),
  };
}

/** Of a request to which nothing is added. */
const NOWHERE: Span = { start: 0, end: 0 };

const createNamer =
  (names: Readonly<Record<string, string>>) =>
  (name: string): string =>
    Object.hasOwn(names, name) ? names[name]! : name;

/** The place of a part of a payload, or of its nearest ancestor that exists. */
function findPlace({ values }: StoredPlaces, path: Path) {
  for (let length = path.length; ; length--) {
    const pointer = toPointer(path.slice(0, length));
    if (Object.hasOwn(values, pointer)) return values[pointer]!;
  }
}

function restoreSpan([start, end, other, from = 0, to = 0]: StoredSpan, { texts }: StoredFile): Span {
  if (other === undefined) return { start, end };
  return { start, end, source: { file: other, text: texts[other]!, reference: { start: from, end: to } } };
}

function restoreInput(
  stored: StoredInput,
  places: StoredPlaces | undefined,
  { engine, documents }: { engine: Engine; documents: Map<number, object> },
): RuleInput {
  const { operation, request, justification, caller, choices, context, partialLists, ...others } = stored;
  const schema = engine.schemas.find(operation)?.source;
  const renamed = places?.renamed;
  return {
    ...others,
    operation,
    request: decodeValue(request),
    justification: decodeOptional(justification) as RuleInput["justification"],
    caller: decodeOptional(caller) as RuleInput["caller"],
    choices: choices && {
      document: openDocument(choices.document, documents),
      taken: new Map(choices.taken),
    },
    context: decodeOptional(context) as RuleInput["context"],
    partialLists: decodeOptional(partialLists) as RuleInput["partialLists"],
    renameInText:
      renamed && schema && ((text: string) => renameMembersInText(text, schema, createNamer(renamed))),
    faulty: new Set(stored.faulty),
    wellTyped: stored.wellTyped && new Set(stored.wellTyped),
  };
}

const decodeOptional = (json: Parameters<typeof decodeValue>[0] | undefined): unknown =>
  json === undefined ? undefined : decodeValue(json);

/** Only its identity matters: which requests are of one document. */
function openDocument(number: number, documents: Map<number, object>): object {
  const document = documents.get(number) ?? {};
  documents.set(number, document);
  return document;
}
