import { counted, escapedJson, harmless } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import type { FoundInFiles } from "../../engine/list-requests.ts";
import { findInFiles } from "../../engine/list-requests.ts";
import { configOf } from "../../run/config.ts";
import { engineOf } from "../../run/engine-options.ts";
import { EXIT } from "../../run/exit-status.ts";
import { allEntries, byConfig, defaultPaths } from "../../run/inputs.ts";
import type { Io } from "../../run/io.ts";
import { noSchema } from "../../run/schemas.ts";

export interface FindFlags {
  operation?: string;
  config?: string | false;
  schemas: readonly string[];
  format: "text" | "json";
}

/** Runs `countersign find`. Returns the exit status. */
export async function run(paths: readonly string[], flags: FindFlags, io: Io): Promise<number> {
  const config = await configOf(flags.config);
  const { engine } = await engineOf({ schemas: flags.schemas, context: [], rules: [] }, config);
  if (flags.operation !== undefined && !engine.schemas.find(flags.operation))
    throw noSchema(flags.operation, engine.schemas);
  const { entries } = await allEntries(paths.length > 0 ? paths : defaultPaths(config), { io });
  const { operationOf } = await byConfig(config);
  const { operation } = flags;
  const options = { ...(operation !== undefined && { operation }), ...(operationOf && { operationOf }) };
  const found = await findInFiles(entries, engine, options);
  io.stdout(flags.format === "json" ? jsonOf(found) : textOf(found));
  if (found.missing) return EXIT.usage;
  return found.requests.length > 0 ? EXIT.ok : EXIT.nothing;
}

function jsonOf({ requests, unread }: FoundInFiles): string {
  const printed = requests.map((request) => ({ ...request, payload: printable(request.payload) }));
  return `${escapedJson({ version: 1, requests: printed, unread })}\n`;
}

/** Integers beyond the range of a double are printed as strings, since JSON readers would round them. */
function printable(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
  if (Array.isArray(value)) return value.map(printable);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, printable(member)]));
}

function textOf({ requests, unread }: FoundInFiles): string {
  const found = requests.map(
    ({ file, line, column, operation, container }) =>
      `${harmless(`${file}:${line}:${column}`)} ${harmless(operation)} (${container})\n`,
  );
  const not = unread.map(
    ({ file, line, why }) => `${harmless(`${file}:${line}`)} not read: ${harmless(why)}\n`,
  );
  const count = `${counted(requests.length, "request")} found`;
  const rest = unread.length > 0 ? `, ${unread.length} not read` : "";
  return `${[...found, ...not].join("")}${count}${rest}\n`;
}
