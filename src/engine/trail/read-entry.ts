import type { Code } from "../../diagnostics/codes.ts";
import { type FileSource, readSource } from "../../files/source.ts";
import type { FileEntry } from "../../files/walk.ts";
import type { SchemaStore } from "../../schema/store.ts";

/** Why files of CloudTrail can't be read as text: they are too large, or compressed. */
const MAY_BE_TRAIL: ReadonlySet<Code> = new Set(["document/too-large", "document/encoding"]);

/** Reads a file of a run: as text, or of a file of CloudTrail that is compressed or large the records that matter. */
export async function readEntry({ file, source }: FileEntry, schemas: SchemaStore): Promise<FileSource> {
  if (source) return source;
  const read = readSource(file);
  if (!("problem" in read) || !MAY_BE_TRAIL.has(read.problem.code)) return read;
  const { isTrail, readExcerpt } = await import("./read-excerpt.ts");
  return isTrail(file, read.problem.code) ? readExcerpt(file, schemas) : read;
}
