import type { ParsedText } from "../../documents/document.ts";
import type { FoundCommands } from "../aws-cli/find.ts";
import { findCommands } from "../aws-cli/find.ts";
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
  const { requests, faults, unread, unchecked, seen, reads } = findCommands(
    await kind.findScripts(text, parsed),
    scripted,
  );
  const left = findUnreadCommands({
    ...scripted,
    seen,
    isProse: kind.isProse ?? false,
    needsAwsPrefix: false,
  });
  return {
    requests: requests.sort((a, b) => getRequestStart(a) - getRequestStart(b)),
    faults,
    unread: [...unread, ...left],
    unchecked,
    seen,
    reads: [...reads],
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

const getRequestStart = ({ document }: FoundCommands["requests"][number]): number =>
  document.span([], "value").start;

const OPERATIONS_BY_STORE = new WeakMap<ShapeStore, CliOperations>();

/** Cached per schema store. */
function getOperations(schemas: ShapeStore): CliOperations {
  const operations = OPERATIONS_BY_STORE.get(schemas) ?? new CliOperations(schemas);
  OPERATIONS_BY_STORE.set(schemas, operations);
  return operations;
}
