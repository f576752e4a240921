import type { JsonSchema } from "../../schema/json-schema.ts";
import type { Type } from "../types.ts";
import type { SourceFile } from "./source-file.ts";

/** Request schemas by operation. */
export interface RequestSchemas {
  request(operation: string): JsonSchema | undefined;
  operations(): string[];
}

/** What each part of the context looks like, by name. */
export type ContextTypes = Readonly<Record<string, JsonSchema>>;

export interface Surroundings {
  schemas: RequestSchemas;
  context: Type;
  /** The ids in use, each with the file that declares it. */
  ids: Map<string, string>;
}

/** What all entries of one file share. */
export interface Home {
  file: SourceFile;
  operation: string;
  request: Type;
  around: Surroundings;
  source?: string;
}
