import type { Code } from "../../diagnostics/codes.ts";
import { type FileSource, readSource } from "../../files/source.ts";
import type { FileEntry } from "../../files/walk.ts";
import type { SchemaStore } from "../../schema/store.ts";

/** Why files of CloudTrail can't be read as text: they are too large, or compressed. */
const MAY_BE_TRAIL: ReadonlySet<Code> = new Set(["document/too-large", "document/encoding"]);

/** Reads a file of a run: as text, or of a file of CloudTrail that is compressed, large or a table the records that matter. */
export async function readEntry({ file, source }: FileEntry, schemas: SchemaStore): Promise<FileSource> {
  if (source) return readGiven(source, schemas);
  const read = readSource(file);
  const reason = "problem" in read ? read.problem.code : undefined;
  if (reason === undefined ? !TABLE.test(file) : !MAY_BE_TRAIL.has(reason)) return read;
  const { isTrail, readExcerpt } = await import("./read-excerpt.ts");
  return isTrail(file, reason) ? readExcerpt(file, schemas) : read;
}

const TABLE = /\.csv$/i;

/** Standard input is read already, and is bounded. */
async function readGiven(source: FileSource, schemas: SchemaStore): Promise<FileSource> {
  if (!("problem" in source)) return source;
  const { compressed, code, head = "" } = source.problem;
  if (compressed) {
    const { readExcerpt } = await import("./read-excerpt.ts");
    return readExcerpt(source.file, schemas, { from: compressed });
  }
  if (code !== "document/too-large" || !MAY_BE_RECORDS.test(head)) return source;
  const help = "if it is a trail, run `countersign replay -`, or save it to a file and name that";
  return { ...source, problem: { ...source.problem, help } };
}

/** The beginning of a trail, or of what is compressed, of whose mark only the first byte is ASCII. */
const MAY_BE_RECORDS = /^(?:\x1f|.{0,4096}"event(?:Version|Source|Name)\\*")/s;
