import { loadDeferredValidator } from "../../schema/package-root.ts";
import type { RequestSchema } from "../../schema/store.ts";
import { LazySchema } from "../../schema/store.ts";
import { aliases, validators } from "../builtin.generated.js";
import type { ContextName } from "../context.ts";
import type { SchemaPart } from "./parts.ts";
import { getContextType, resolveSchemaPart, schemaPartKey } from "./parts.ts";

/** What context is checked by: compiled at build time, its text read only when a message needs it. */
export const loadContextSchemas = {
  forPart: (part: SchemaPart): RequestSchema => shipped(schemaPartKey(part), () => resolveSchemaPart(part)),
  forName: (name: ContextName): RequestSchema => shipped(name, () => getContextType(name)),
};

export type ContextSchemas = typeof loadContextSchemas;

const OPENED = new Map<string, RequestSchema>();

function shipped(key: string, read: () => RequestSchema["source"]): RequestSchema {
  const load = () => validators[key] ?? loadDeferredValidator(aliases[key] ?? key);
  const schema = OPENED.get(key) ?? new LazySchema(load, read);
  OPENED.set(key, schema);
  return schema;
}
