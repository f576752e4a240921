import { nearestFew } from "../diagnostics/nearest.ts";
import { listed, quoted } from "../diagnostics/text.ts";
import { EXIT } from "./exit.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";
import { schemasOf } from "./schemas.ts";

interface Flags {
  schemas?: readonly string[];
}

/** `countersign schema list`: one operation a line. */
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

/** `countersign schema show`: the schema of an operation's request. */
export async function show(operation: string, flags: Flags, io: Io): Promise<number> {
  const schemas = await schemasOf(flags.schemas ?? []);
  const found = schemas.find(operation);
  if (!found) {
    const near = nearestFew(operation, schemas.operations());
    const help = near.length > 0 ? `did you mean ${listed(near)}?` : "`countersign schema list` lists them";
    throw new UsageError(`there is no schema for the operation ${quoted(operation)}`, help);
  }
  io.stdout(`${JSON.stringify(found.source, null, 2)}\n`);
  return EXIT.ok;
}
