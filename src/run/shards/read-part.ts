import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { quoted } from "../../diagnostics/text.ts";
import { walkFiles } from "../../files/walk.ts";
import { UsageError } from "../io.ts";
import { readPackageVersion } from "../version.ts";
import type { PartEnd, PartHeader } from "./part.ts";
import { PART_VERSION } from "./part.ts";

/** A part whose lines are complete, and not parsed yet. */
export interface StoredPart {
  /** The file that it was read from. */
  file: string;
  header: PartHeader;
  /** Those between the header and the end. */
  lines: string[];
  end: PartEnd;
}

/** Reads the parts in files and in directories of them. A file may hold several, one after another. */
export function readParts(paths: readonly string[]): StoredPart[] {
  return paths.flatMap(listPartFiles).flatMap(readPartFile);
}

function listPartFiles(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const files = walkFiles(path, () => true);
  if (files.length > 0) return files;
  throw new UsageError(`there is no part in ${quoted(path)}`, WRITE_PARTS);
}

const WRITE_PARTS = "name the files that `countersign check --shard 1/4 --output FILE` wrote";

function readPartFile(file: string): StoredPart[] {
  const parts: StoredPart[] = [];
  let open: PartReader | undefined;
  for (const line of readLines(file)) {
    open ??= new PartReader(file, line);
    const part = open.add(line);
    if (!part) continue;
    parts.push(part);
    open = undefined;
  }
  if (open) throw createCutError(file, open.header);
  if (parts.length === 0) throw createStrangeError(file);
  return parts;
}

class PartReader {
  readonly header: PartHeader;
  readonly #file: string;
  readonly #lines: string[] = [];
  readonly #digest = createHash("sha256");

  constructor(file: string, first: string) {
    this.#file = file;
    this.header = readHeader(file, first);
  }

  /** Adds a line, the header's included. Returns the part with its last one. */
  add(line: string): StoredPart | undefined {
    if (!line.startsWith('{"end":')) {
      this.#digest.update(`${line}\n`);
      this.#lines.push(line);
      return undefined;
    }
    const end = parseLine(line) as PartEnd | undefined;
    if (!end) throw createCutError(this.#file, this.header);
    if (end.lines !== this.#lines.length || end.sha256 !== this.#digest.digest("hex"))
      throw new UsageError(
        `${quoted(this.#file)} is not as it was written`,
        describeRewriting(this.header, "it is a part of a run, to be copied as it is:"),
      );
    return { file: this.#file, header: this.header, lines: this.#lines.slice(1), end };
  }
}

function readHeader(file: string, line: string): PartHeader {
  const header = parseLine(line) as PartHeader | undefined;
  if (header?.countersign !== "part") throw createStrangeError(file);
  const { version, by } = header;
  const own = readPackageVersion();
  if (version !== PART_VERSION || by !== own)
    throw new UsageError(
      `${quoted(file)} was written by countersign ${quoted(String(by))}, and this is \`${own}\``,
      "use one version for all shards and for `merge`",
    );
  return header;
}

function parseLine(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const createStrangeError = (file: string): UsageError =>
  new UsageError(`${quoted(file)} is no part of a run`, WRITE_PARTS);

const createCutError = (file: string, header: PartHeader): UsageError =>
  new UsageError(
    `${quoted(file)} ends before its end`,
    describeRewriting(header, "the shard didn't finish:"),
  );

const describeRewriting = ({ shard, of }: PartHeader, why: string): string =>
  `${why} write it again with \`countersign check --shard ${shard}/${of}\``;

/** As much is read at once. */
const PIECE = 1 << 20;

/** The lines of a file, which may be longer than a text can be. */
function* readLines(file: string): Generator<string> {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    throw createReadError(file, error);
  }
  try {
    let pending: Buffer[] = [];
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const bytes = piece.subarray(0, readPiece(file, descriptor, piece));
      if (bytes.length === 0) break;
      let start = 0;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, start)) {
        yield Buffer.concat([...pending, bytes.subarray(start, at)]).toString();
        pending = [];
        start = at + 1;
      }
      pending.push(bytes.subarray(start));
    }
    const last = Buffer.concat(pending).toString();
    if (last !== "") yield last;
  } finally {
    closeSync(descriptor);
  }
}

function readPiece(file: string, descriptor: number, piece: Buffer): number {
  try {
    return readSync(descriptor, piece, 0, PIECE, null);
  } catch (error) {
    throw createReadError(file, error);
  }
}

const createReadError = (file: string, error: unknown): UsageError =>
  new UsageError(
    `the part ${quoted(file)} can't be read: ${(error as NodeJS.ErrnoException).code}`,
    WRITE_PARTS,
  );
