import type { JsonSchema } from "../../schema/json-schema.ts";
import type { Type } from "../types.ts";
import type { RuleSourceFile } from "./source-file.ts";

/** Request schemas by operation. */
export interface RequestSchemas {
  request(operation: string): JsonSchema | undefined;
  operations(): string[];
}

/** What each part of the context looks like, by name. */
export type ContextTypes = Readonly<Record<string, JsonSchema>>;

export interface LoadState {
  schemas: RequestSchemas;
  context: Type;
  /** The ids in use, each with the file that declares it. */
  usedIds: Map<string, string>;
  /** Actions that are newer than the table of them. */
  newActions: ReadonlySet<string>;
}

/** What all entries of one file share. */
export interface FileScope {
  file: RuleSourceFile;
  operation: string;
  request: Type;
  state: LoadState;
  /** The parameters of the rules read so far, by id. */
  params: Map<string, Readonly<Record<string, unknown>>>;
  source?: string;
}
