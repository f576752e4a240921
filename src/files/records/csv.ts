import { formatCount } from "../../diagnostics/text.ts";

/** The columns of a table of CloudTrail in Athena, with the names that their members have in records. */
const COLUMNS: ReadonlyMap<string, string> = new Map(
  (
    "eventVersion eventTime eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage " +
    "requestParameters responseElements requestID eventID eventType eventCategory readOnly apiVersion " +
    "recipientAccountId sharedEventID vpcEndpointId userIdentity"
  )
    .split(" ")
    .map((name) => [name.toLowerCase(), name]),
);

const HEADER = /^\uFEFF?[\w", \t]*"?eventsource"?(?=[,\r\n])/i;

/** Whether a text begins with the header of such a table. */
export const isRecordTable = (text: string): boolean => {
  const [header = ""] = text.slice(0, 4096).split("\n", 1);
  return HEADER.test(`${header}\n`) && /\beventname\b/i.test(header);
};

/** A row is far smaller. */
const MAX_ROW_BYTES = 8 * 1024 * 1024;

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

interface CsvHandler {
  /** A record in JSON, and the line that its row begins in. */
  row(json: Buffer, line: number): void;
  fault(message: string, line: number): void;
}

/** Reads the rows of a table that Athena printed as CSV as records, one at a time. */
export class CsvRecords {
  readonly #handler: CsvHandler;
  #pending: Buffer = Buffer.alloc(0);
  #names: readonly (string | undefined)[] | undefined;
  #line = 1;
  /** How far the pending bytes were looked through, whether they end inside of quotes there, and their line breaks. */
  #scanned = 0;
  #isQuoted = false;
  #breaks = 0;
  #isLost = false;

  constructor(handler: CsvHandler) {
    this.#handler = handler;
  }

  push(chunk: Buffer): void {
    if (this.#isLost) return;
    const bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    let start = 0;
    for (let at = this.#scanned; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) this.#isQuoted = !this.#isQuoted;
      if (byte !== LINE_FEED) continue;
      this.#breaks++;
      if (this.#isQuoted) continue;
      this.#addRow(bytes.toString("utf8", start, at));
      start = at + 1;
    }
    this.#pending = Buffer.from(bytes.subarray(start));
    this.#scanned = this.#pending.length;
    if (this.#scanned > MAX_ROW_BYTES) this.#lose("a row is larger than any record");
  }

  end(reason?: string): void {
    if (this.#isLost) return;
    const message = reason ?? (this.#isQuoted ? "a quoted text isn't closed" : undefined);
    if (message !== undefined) this.#handler.fault(message, this.#line);
    else if (this.#pending.length > 0) this.#addRow(this.#pending.toString("utf8"));
    this.#pending = Buffer.alloc(0);
  }

  #lose(message: string): void {
    this.#isLost = true;
    this.#handler.fault(message, this.#line);
    this.#pending = Buffer.alloc(0);
  }

  #addRow(text: string): void {
    const line = this.#line;
    this.#line += this.#breaks;
    this.#breaks = 0;
    const cells = splitRow(text.replace(/\r$/, ""));
    if (!this.#names) {
      this.#names = cells.map((cell) => COLUMNS.get(cell.replace("\uFEFF", "").trim().toLowerCase()));
      return;
    }
    if (cells.length === 1 && cells[0] === "") return;
    if (cells.length !== this.#names.length) {
      this.#handler.fault(
        `the row has ${formatCount(cells.length, "cell")}, and the header ${this.#names.length}`,
        line,
      );
      return;
    }
    this.#handler.row(Buffer.from(JSON.stringify(toRecord(this.#names, cells))), line);
  }
}

/** Cells, as RFC 4180 has them: in quotes where they hold a comma, a quote or a line break. */
function splitRow(row: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= row.length; at++) {
    const end = row[at] === '"' ? findClosingQuote(row, at + 1) : -1;
    if (end >= 0) cells.push(row.slice(at + 1, end).replaceAll('""', '"'));
    const comma = row.indexOf(",", Math.max(at, end));
    const next = comma < 0 ? row.length : comma;
    if (end < 0) cells.push(row.slice(at, next));
    at = next;
  }
  return cells;
}

function findClosingQuote(row: string, from: number): number {
  for (let at = row.indexOf('"', from); at >= 0; at = row.indexOf('"', at + 2))
    if (row[at + 1] !== '"') return at;
  return -1;
}

function toRecord(names: readonly (string | undefined)[], cells: readonly string[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    const cell = cells[index]!;
    if (name !== undefined && cell !== "" && cell !== "null") record[name] = toMember(name, cell);
  }
  return record;
}

function toMember(name: string, cell: string): unknown {
  if (name === "readOnly") return cell === "true";
  if (name === "userIdentity") return parseJson(cell) ?? parseIdentity(cell);
  return name === "requestParameters" || name === "responseElements" ? (parseJson(cell) ?? cell) : cell;
}

/** The object that a cell holds in JSON. */
function parseJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A structure as Athena prints it: `{type=AssumedRole, arn=…, sessioncontext={sessionissuer={type=Role, arn=…}}}`. */
function parseIdentity(text: string): object {
  const [own, context] = splitAt(text, "sessioncontext");
  const [, issuer] = splitAt(context, "sessionissuer");
  return {
    type: readField(own, "type"),
    arn: readField(own, "arn"),
    accountId: readField(own, "accountid"),
    principalId: readField(own, "principalid"),
    accessKeyId: readField(own, "accesskeyid"),
    userName: readField(own, "username"),
    invokedBy: readField(own, "invokedby"),
    sessionContext: {
      attributes: { mfaAuthenticated: readField(context, "mfaauthenticated") },
      sessionIssuer: { arn: readField(issuer, "arn") },
    },
  };
}

/** What stands before a field, and its value with all that follows. */
function splitAt(text: string, name: string): [before: string, from: string] {
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(`${name}=`); at >= 0; at = lower.indexOf(`${name}=`, at + 1))
    if (at === 0 || "{, ".includes(lower[at - 1]!))
      return [text.slice(0, at), text.slice(at + name.length + 1)];
  return [text, ""];
}

/** Names may hold commas, but no space behind them. */
function readField(text: string, name: string): string | undefined {
  const value = splitAt(text, name)[1]
    .split(/, |[{}]/, 1)[0]
    ?.replace(/,$/, "");
  return value === "" || value === "null" ? undefined : value;
}
