import { directory, runCli } from "../cli/run.ts";
import { exportTask, unrelated } from "./records.ts";

/** What `find` prints. */
export interface Found {
  requests: { file: string; line: number; column: number; container: string; operation: string }[];
  unread: { line: number; column: number; why: string }[];
  unchecked: { operation: string; calls: number }[];
}

/** What `find` prints of files. */
export async function find(files: Record<string, string | Uint8Array>, path = "."): Promise<Found> {
  const cwd = directory(files);
  const { stdout } = await runCli(["find", path, "--format", "json", "--no-config"], { cwd });
  return JSON.parse(stdout) as Found;
}

export const text = (...records: object[]): string => JSON.stringify({ Records: records });
export const lines = (...records: object[]): string =>
  records.map((record) => JSON.stringify(record)).join("\n");

export const RECORDS = [exportTask("a"), unrelated("b"), exportTask("c")] as const;
