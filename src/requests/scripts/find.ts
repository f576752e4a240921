import type { ParsedText } from "../../documents/document.ts";
import type { FoundCommands } from "../aws-cli/find.ts";
import { findCommands, findInWordLists } from "../aws-cli/find.ts";
import { CliOperations, type ShapeStore } from "../aws-cli/operations.ts";
import { findUnreadCommands } from "../aws-cli/unread-commands.ts";
import type { Unread } from "../request.ts";
import type { ScriptKind } from "./kind.ts";

/** A file that contains scripts, and what is needed to read their commands. */
export interface ScriptFile {
  file: string;
  text: string;
  kind: ScriptKind;
  parsed: ParsedText;
  schemas: ShapeStore;
}

/** Finds the requests in all scripts of a file. */
export async function findInScripts({
  file,
  text,
  kind,
  parsed,
  schemas,
}: ScriptFile): Promise<Omit<FoundCommands, "reads"> & { reads: string[] }> {
  const parseYaml = text.includes("--cli-input-y")
    ? (await import("../../documents/yaml/yaml.ts")).parseYaml
    : undefined;
  const scripted = { file, text, operations: getOperations(schemas), parseYaml };
  const scripts = await kind.findScripts(text, parsed);
  const texts = scripts.flatMap((script) => ("shell" in script ? [script.shell] : []));
  const lists = scripts.flatMap((script) => ("words" in script ? [script.words] : []));
  const found = [findCommands(texts, scripted), findInWordLists(lists, scripted)];
  const seen = found.flatMap(({ seen }) => seen);
  const left = findUnreadCommands({
    ...scripted,
    seen,
    isProse: kind.isProse ?? false,
    needsAwsPrefix: false,
  });
  return {
    requests: removeDuplicates(found.flatMap(({ requests }) => requests)).sort(
      (a, b) => getRequestStart(a) - getRequestStart(b),
    ),
    faults: found.flatMap(({ faults }) => faults),
    unread: [...found.flatMap(({ unread }) => unread), ...left],
    unchecked: found.flatMap(({ unchecked }) => unchecked),
    seen,
    reads: found.flatMap(({ reads }) => [...reads]),
  };
}

/** Finds apparent commands in a file that is not read as a script. */
export const findStrayCommands = (text: string, schemas: ShapeStore): Unread[] =>
  findUnreadCommands({
    text,
    operations: getOperations(schemas),
    seen: [],
    isProse: false,
    needsAwsPrefix: true,
  });

/** YAML aliases can yield the same command several times: each counts as one request. */
function removeDuplicates(requests: FoundCommands["requests"]): FoundCommands["requests"] {
  const byPlace = new Map<string, FoundCommands["requests"][number]>();
  for (const request of requests) {
    const { start, end } = request.document.span([], "value");
    byPlace.set(`${start} ${end}`, request);
  }
  return [...byPlace.values()];
}

const getRequestStart = ({ document }: FoundCommands["requests"][number]): number =>
  document.span([], "value").start;

const OPERATIONS_BY_STORE = new WeakMap<ShapeStore, CliOperations>();

/** Cached per schema store. */
function getOperations(schemas: ShapeStore): CliOperations {
  const operations = OPERATIONS_BY_STORE.get(schemas) ?? new CliOperations(schemas);
  OPERATIONS_BY_STORE.set(schemas, operations);
  return operations;
}
