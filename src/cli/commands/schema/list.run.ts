import { formatSafeJson } from "../../../diagnostics/text.ts";
import type { DefinitionFlags } from "../../../run/configured.ts";
import { findDefinitions } from "../../../run/configured.ts";
import { EXIT } from "../../../run/exit-status.ts";
import type { Io } from "../../../run/io.ts";
import { createNoSchemaError, loadRunSchemas } from "../../../run/schemas.ts";

type SchemaListFlags = Pick<DefinitionFlags, "schemas" | "config">;

/** Runs `countersign schema list`: prints one operation per line. */
export async function listSchemas(flags: SchemaListFlags, io: Io): Promise<number> {
  const schemas = await loadRunSchemas((await findDefinitions(flags)).schemas);
  io.stdout(
    schemas
      .operations()
      .map((operation) => `${operation}\n`)
      .join(""),
  );
  return EXIT.ok;
}

/** Runs `countersign schema show`: prints the schema of an operation's request. */
export async function showSchema(operation: string, flags: SchemaListFlags, io: Io): Promise<number> {
  const schemas = await loadRunSchemas((await findDefinitions(flags)).schemas);
  const found = schemas.find(operation);
  if (!found) throw createNoSchemaError(operation, schemas);
  io.stdout(`${formatSafeJson(found.source)}\n`);
  return EXIT.ok;
}
