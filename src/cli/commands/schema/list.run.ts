import { escapedJson } from "../../../diagnostics/text.ts";
import { EXIT } from "../../../run/exit-status.ts";
import type { Io } from "../../../run/io.ts";
import { noSchema, schemasOf } from "../../../run/schemas.ts";

interface Flags {
  schemas?: readonly string[];
}

/** Runs `countersign schema list`: prints one operation per line. */
export async function list(flags: Flags, io: Io): Promise<number> {
  const schemas = await schemasOf(flags.schemas ?? []);
  io.stdout(
    schemas
      .operations()
      .map((operation) => `${operation}\n`)
      .join(""),
  );
  return EXIT.ok;
}

/** Runs `countersign schema show`: prints the schema of an operation's request. */
export async function show(operation: string, flags: Flags, io: Io): Promise<number> {
  const schemas = await schemasOf(flags.schemas ?? []);
  const found = schemas.find(operation);
  if (!found) throw noSchema(operation, schemas);
  io.stdout(`${escapedJson(found.source)}\n`);
  return EXIT.ok;
}
