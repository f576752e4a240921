import { readFileSync, realpathSync, statSync } from "node:fs";
import type { Report } from "../diagnostics/report.ts";
import { formatSafeJson, quoted } from "../diagnostics/text.ts";
import type { TrendRecord } from "../diagnostics/trend.ts";
import { createTrendRecord } from "../diagnostics/trend.ts";
import { replaceFile } from "../files/replace.ts";
import { UsageError } from "./io.ts";
import { createWriteError } from "./reports.ts";

/** A file that keeps counts by rule, one line of JSON for each run. */
export interface Trend {
  /** What is kept of earlier runs, oldest first. */
  records: TrendRecord[];
  /** Keeps what a run found. The file has the new line or is as it was, never a part. */
  add(report: Report, at: Date): void;
}

/** Reads a trend before the run, so that nothing is checked for a file that can't be kept on. */
export function readTrend(file: string): Trend {
  const before = readText(file);
  const records = before.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const record = parseRecord(line);
    if (record) return [record];
    throw new UsageError(
      `line ${index + 1} of ${quoted(file)} is no record of a trend`,
      "remove the line, or name another file: each run appends one line to it",
    );
  });
  return {
    records,
    add(report, at) {
      const record = createTrendRecord(report, at);
      records.push(record);
      const text = before === "" || before.endsWith("\n") ? before : `${before}\n`;
      try {
        const { target, mode } = resolveTarget(file);
        replaceFile(target, `${text}${formatSafeJson(record, "")}\n`, mode);
      } catch (error) {
        throw createWriteError(file, error);
      }
    },
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return "";
    throw new UsageError(
      `the trend ${quoted(file)} can't be read: ${code}`,
      "name a file, or one that isn't there yet",
    );
  }
}

/** A link stays one: what it leads to is replaced. */
function resolveTarget(file: string): { target: string; mode: number } {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? { target: realpathSync(file), mode: found.mode } : { target: file, mode: 0o644 };
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const COUNTED = ["requests", "errors", "warnings", "infos", "undecided", "unread", "waived"];

function parseRecord(line: string): TrendRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is TrendRecord {
  if (!isObject(value) || value.version !== 1 || typeof value.at !== "string") return false;
  const { at, outcome, summary, rules } = value;
  if (Number.isNaN(Date.parse(at)) || !["pass", "fail", "undecided"].includes(String(outcome))) return false;
  if (!isObject(summary) || !COUNTED.every((name) => isCount(summary[name])) || !isObject(rules))
    return false;
  return Object.values(rules).every(
    (counts) => isObject(counts) && ["failed", "undecided", "waived"].every((name) => isCount(counts[name])),
  );
}
