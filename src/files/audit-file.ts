import { createHash } from "node:crypto";
import { closeSync, constants, fchmodSync, fstatSync, openSync, writeFileSync } from "node:fs";
import { compareByCodeUnit } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";

/** A line can't be added to an audit file. */
export class AuditFileError extends Error {
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}

/** Appends a value as a line of JSON to a file that only its owner may read. Throws an `AuditFileError`. */
export function appendPrivateLine(file: string, value: unknown): void {
  let descriptor: number | undefined;
  try {
    // A pipe without a reader would wait; of links, whoever may write the directory decides.
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
    descriptor = openSync(file, flags | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0), 0o600);
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new AuditFileError(`the audit file ${quoted(file)} is no file`, NO_LINE);
    // Whoever made it before may have made it readable.
    if ((stat.mode & 0o077) !== 0) fchmodSync(descriptor, 0o600);
    writeFileSync(descriptor, `${JSON.stringify(value)}\n`);
  } catch (error) {
    if (error instanceof AuditFileError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ELOOP")
      throw new AuditFileError(`the audit file ${quoted(file)} is a link`, "name the file itself");
    throw new AuditFileError(`the audit file ${quoted(file)} can't be written: ${code}`, NO_LINE);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const NO_LINE = "check its directory; without the line nothing is sent";

/** The SHA-256 of a payload, the same for members in any order. */
export const hashPayload = (payload: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(payload, sortMembers) ?? "")
    .digest("hex");

/** JSON has no integers of any size; as a text, the same one is always the same. */
const sortMembers = (_key: string, value: unknown): unknown => {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareByCodeUnit(a, b)))
    : value;
};
