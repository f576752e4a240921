import { escapeHarmful, formatCount, formatSafeJson } from "../../diagnostics/text.ts";
import { Unknown } from "../../documents/document.ts";
import type { RequestList } from "../../engine/list-requests.ts";
import { listRequests } from "../../engine/list-requests.ts";
import { loadRunConfig } from "../../run/config.ts";
import { createRunEngine } from "../../run/engine-options.ts";
import { EXIT } from "../../run/exit-status.ts";
import { listDefaultPaths, loadFileSettings, resolveEntries } from "../../run/inputs.ts";
import type { Io } from "../../run/io.ts";
import { createNoSchemaError } from "../../run/schemas.ts";

export interface FindFlags {
  operation?: string;
  config?: string | false;
  schemas: readonly string[];
  format: "text" | "json";
}

/** Runs `countersign find`. Returns the exit status. */
export async function run(paths: readonly string[], flags: FindFlags, io: Io): Promise<number> {
  const config = await loadRunConfig(flags.config);
  const { engine } = await createRunEngine({ schemas: flags.schemas, context: [], rules: [] }, config);
  if (flags.operation !== undefined && !engine.schemas.find(flags.operation))
    throw createNoSchemaError(flags.operation, engine.schemas);
  const { entries } = await resolveEntries(paths.length > 0 ? paths : listDefaultPaths(config), { io });
  const { operationOf } = await loadFileSettings(config);
  const { operation } = flags;
  const options = { ...(operation !== undefined && { operation }), ...(operationOf && { operationOf }) };
  const found = await listRequests(entries, engine, options);
  io.stdout(flags.format === "json" ? formatJson(found) : formatText(found));
  if (found.missing) return EXIT.usage;
  return found.requests.length > 0 ? EXIT.ok : EXIT.nothing;
}

function formatJson({ requests, unread }: RequestList): string {
  const printed = requests.map((request) => ({ ...request, payload: toPrintable(request.payload) }));
  return `${formatSafeJson({ version: 1, requests: printed, unread })}\n`;
}

/** Integers beyond the range of a double are printed as strings, since JSON readers would round them. */
function toPrintable(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
  if (Array.isArray(value)) return value.map(toPrintable);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPrintable(member)]));
}

function formatText({ requests, unread }: RequestList): string {
  const found = requests.map(
    ({ file, line, column, operation, container }) =>
      `${escapeHarmful(`${file}:${line}:${column}`)} ${escapeHarmful(operation)} (${container})\n`,
  );
  const not = unread.map(
    ({ file, line, why }) => `${escapeHarmful(`${file}:${line}`)} not read: ${escapeHarmful(why)}\n`,
  );
  const count = `${formatCount(requests.length, "request")} found`;
  const rest = unread.length > 0 ? `, ${unread.length} not read` : "";
  return `${[...found, ...not].join("")}${count}${rest}\n`;
}
