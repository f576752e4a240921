import type { Code } from "../../diagnostics/codes.ts";
import type { ExcerptOrigin } from "../../diagnostics/excerpt-lines.ts";
import { formatCount } from "../../diagnostics/text.ts";
import { isRecordTable } from "../../files/records/csv.ts";
import type { RecordFilter } from "../../files/records/fields.ts";
import {
  expandHead,
  type RecordPlace,
  type RecordSource,
  readHead,
  readRecords,
} from "../../files/records/read.ts";
import { type FileSource, isGzip, readSource, type SourceProblem } from "../../files/source.ts";
import { holdsRecords, OTHER_FORM, RECORD_FAULT_HELP } from "../../requests/trail/parse-records.ts";
import { nameCall } from "../../requests/trail/record.ts";
import type { SchemaStore } from "../../schema/store.ts";
import { createRecordFilter } from "./record-filter.ts";

/** What a report can hold of one file: more is read by `replay`, which keeps no records. */
const MAX_EXCERPT_LENGTH = 64 * 1024 * 1024;
const MAX_PROBLEMS = 20;
const MAX_UNCHECKED = 100_000;

/** The beginning of a file that may be a trail's. */
const TRAIL_HEAD = /"(?:Records|Events|QueryResultRows)"\s*:\s*\[|event(?:Version|Source|Name)\\*"\s*:/;
const HEAD_BYTES = 64 * 1024;

/** Where CloudTrail keeps its files, and how it names them. */
const SURE_TRAIL = /(?:^|[/\\])AWSLogs[/\\]|_CloudTrail_/;

/** Whether a file may be one of CloudTrail that can't be read as text, for this reason, or isn't a document. */
export function isTrail(file: string, reason: Code | undefined): boolean {
  const bytes = readHead(file, HEAD_BYTES);
  // A small file is known by what it holds.
  if (reason === "document/encoding") return isGzip(bytes);
  const head = expandHead(bytes).toString("latin1");
  return isRecordTable(head) || (reason !== undefined && TRAIL_HEAD.test(head));
}

/** Reads the records of a file that matter. `progress` is told how many bytes of the file were read. */
export async function readExcerpt(
  file: string,
  schemas: SchemaStore,
  { from = file, progress }: { from?: RecordSource; progress?: (bytes: number) => void } = {},
): Promise<FileSource> {
  const excerpt = new ExcerptBuilder(schemas);
  try {
    await readRecords(from, {
      ...(progress && { progress }),
      value: (bytes, start, end, place) => excerpt.add({ bytes, start, end }, place),
      fault: (message, place) => excerpt.addProblem("document/syntax", message, place),
    });
  } catch {
    return readSource(file);
  }
  return excerpt.finish(file);
}

interface Bytes {
  bytes: Buffer;
  start: number;
  end: number;
}

/** Whether a text that names an operation and a service is JSON in which no record is found. */
function hasOtherForm(text: string): boolean {
  try {
    return !holdsRecords(JSON.parse(text));
  } catch {
    return false;
  }
}

/** Keeps the records of a file that are of operations with a schema. */
class ExcerptBuilder {
  readonly #filter: RecordFilter;
  readonly #parts: string[] = [];
  readonly #origins: ExcerptOrigin[] = [];
  readonly #problems: SourceProblem[] = [];
  readonly #unchecked: { operation: string }[] = [];
  #length = 0;
  #calls = 0;
  #reads = 0;

  constructor(schemas: SchemaStore) {
    this.#filter = createRecordFilter(schemas);
  }

  add({ bytes, start, end }: Bytes, place: () => RecordPlace): void {
    const isWanted = this.#filter.mayMatter(bytes, start, end);
    const call = this.#filter.readCall(bytes, start, end);
    if (call || isWanted) this.#calls++;
    if (call?.isRead) this.#reads++;
    if (!isWanted) {
      if (call && !call.isRead && this.#unchecked.length < MAX_UNCHECKED)
        this.#unchecked.push({ operation: nameCall(call.source, call.name) });
      return;
    }
    if (this.#length + end - start > MAX_EXCERPT_LENGTH) {
      this.#addOverflow(place());
      return;
    }
    const text = bytes.toString("utf8", start, end);
    if (call && hasOtherForm(text)) this.addProblem("document/syntax", OTHER_FORM, place());
    this.#origins.push({ offset: this.#length, ...place() });
    this.#parts.push(text);
    this.#length += text.length + 1;
  }

  addProblem(code: SourceProblem["code"], message: string, { line, column }: RecordPlace): void {
    if (this.#problems.length >= MAX_PROBLEMS) return;
    const place = { line, column, endLine: line, endColumn: column };
    this.#problems.push({
      code,
      message: `a record can't be read: ${message}`,
      help: RECORD_FAULT_HELP,
      place,
    });
  }

  #addOverflow(place: RecordPlace): void {
    if (this.#problems.some(({ code }) => code === "document/too-large")) return;
    const size = formatCount(MAX_EXCERPT_LENGTH / 1024 / 1024, "MiB", "MiB");
    const { line, column } = place;
    this.#problems.push({
      code: "document/too-large",
      message: `the records of the file to check are larger than ${size} together`,
      help: "run `countersign replay`, which keeps no records",
      place: { line, column, endLine: line, endColumn: column },
    });
  }

  finish(file: string): FileSource {
    if (this.#calls === 0 && this.#parts.length === 0) return { file, problem: this.#describeOther(file) };
    const excerpt = {
      origins: this.#origins,
      problems: this.#problems,
      unchecked: this.#unchecked,
      records: this.#calls,
      reads: this.#reads,
    };
    return { file, text: this.#parts.join("\n"), excerpt };
  }

  /** A walk says nothing of such a file, since it has no head that names an operation, but of one that must be a trail's. */
  #describeOther(file: string): SourceProblem {
    const [first] = this.#problems;
    return {
      code: first ? "document/encoding" : "document/no-request",
      message: `the file holds no record of CloudTrail${first ? `: ${first.message}` : ""}`,
      help: "files of other kinds are read unpacked, up to 8 MiB",
      place: first?.place ?? { line: 1, column: 1, endLine: 1, endColumn: 1 },
      ...(!(first && SURE_TRAIL.test(file)) && { head: "" }),
    };
  }
}
