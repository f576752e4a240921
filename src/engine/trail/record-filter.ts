import { RecordFilter } from "../../files/records/fields.ts";
import { createNameTest } from "../../requests/trail/record.ts";
import type { SchemaStore } from "../../schema/store.ts";

/** A directory of trails has thousands of files, each with a filter of its own. */
const testOf = new WeakMap<SchemaStore, (name: string) => boolean>();

/** Tells which records may be of operations that there is a schema for. */
export function createRecordFilter(schemas: SchemaStore): RecordFilter {
  const isWanted = testOf.get(schemas) ?? createNameTest(schemas.operations());
  testOf.set(schemas, isWanted);
  return new RecordFilter(isWanted);
}
