import type { ParsedText } from "../../documents/document.ts";
import type { FoundCommands } from "../aws-cli/find.ts";
import { findCommands, findInWords } from "../aws-cli/find.ts";
import { leftOver } from "../aws-cli/leftover.ts";
import { CliOperations, type ShapeStore } from "../aws-cli/operations.ts";
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
  const scripted = { file, text, operations: operationsOf(schemas), parseYaml };
  const scripts = kind.scripts(text, parsed);
  const texts = scripts.flatMap((script) => ("shell" in script ? [script.shell] : []));
  const lists = scripts.flatMap((script) => ("words" in script ? [script.words] : []));
  const found = [findCommands(texts, scripted), findInWords(lists, scripted)];
  const seen = found.flatMap(({ seen }) => seen);
  const left = leftOver({ ...scripted, seen, isProse: kind.isProse ?? false, isStrange: false });
  return {
    requests: once(found.flatMap(({ requests }) => requests)).sort((a, b) => startOf(a) - startOf(b)),
    faults: found.flatMap(({ faults }) => faults),
    unread: [...found.flatMap(({ unread }) => unread), ...left],
    seen,
    reads: found.flatMap(({ reads }) => [...reads]),
  };
}

/** Finds apparent commands in a file that is not read as a script. */
export const strangeCommands = (text: string, schemas: ShapeStore): Unread[] =>
  leftOver({ text, operations: operationsOf(schemas), seen: [], isProse: false, isStrange: true });

/** YAML aliases can yield the same command several times: each counts as one request. */
function once(requests: FoundCommands["requests"]): FoundCommands["requests"] {
  const byPlace = new Map<string, FoundCommands["requests"][number]>();
  for (const request of requests) {
    const { start, end } = request.document.span([], "value");
    byPlace.set(`${start} ${end}`, request);
  }
  return [...byPlace.values()];
}

const startOf = ({ document }: FoundCommands["requests"][number]): number => document.span([], "value").start;

const OPERATIONS = new WeakMap<ShapeStore, CliOperations>();

/** Cached per schema store. */
function operationsOf(schemas: ShapeStore): CliOperations {
  const operations = OPERATIONS.get(schemas) ?? new CliOperations(schemas);
  OPERATIONS.set(schemas, operations);
  return operations;
}
