import type { JsonSchema } from "../../schema/json-schema.ts";
import type { Type } from "../types.ts";
import type { SourceFile } from "./source-file.ts";

/** The schemas of requests, by operation. */
export interface RequestSchemas {
  request(operation: string): JsonSchema | undefined;
  operations(): string[];
}

/** What each part of the context looks like, by name. */
export type ContextTypes = Readonly<Record<string, JsonSchema>>;

export interface Surroundings {
  schemas: RequestSchemas;
  context: Type;
  /** Ids that are taken, and by which file. */
  ids: Map<string, string>;
}

/** What surrounds the entries of one file. */
export interface Home {
  file: SourceFile;
  operation: string;
  request: Type;
  around: Surroundings;
  source?: string;
}
