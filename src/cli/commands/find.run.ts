import type { UncheckedCalls } from "../../diagnostics/report.ts";
import { describeUnchecked } from "../../diagnostics/report.ts";
import { escapeHarmful, formatCount, formatSafeJson } from "../../diagnostics/text.ts";
import { toPrintable } from "../../documents/printable.ts";
import { tunedForPrograms } from "../../engine/counting/tuning.ts";
import { startLookAhead } from "../../engine/first-look/look-ahead.ts";
import type { RequestList } from "../../engine/list-requests.ts";
import { listRequests } from "../../engine/list-requests.ts";
import { loadRunConfig } from "../../run/config.ts";
import { createRunEngine } from "../../run/engine-options.ts";
import { EXIT } from "../../run/exit-status.ts";
import { listDefaultPaths, loadFileSettings, resolveEntries } from "../../run/inputs.ts";
import type { Io } from "../../run/io.ts";
import { createOwnFileTest, listOwnPaths } from "../../run/own-files.ts";
import { createNoSchemaError } from "../../run/schemas.ts";

export interface FindFlags {
  operation?: string;
  config?: string | false;
  schemas: readonly string[];
  all?: boolean;
  format: "text" | "json";
}

/** Runs `countersign find`. Returns the exit status. */
export async function run(paths: readonly string[], flags: FindFlags, io: Io): Promise<number> {
  const config = await loadRunConfig(flags.config);
  const { engine } = await createRunEngine({ schemas: flags.schemas, context: [], rules: [] }, config);
  if (flags.operation !== undefined && !engine.schemas.find(flags.operation))
    throw createNoSchemaError(flags.operation, engine.schemas);
  const { entries } = await resolveEntries(paths.length > 0 ? paths : listDefaultPaths(config), {
    io,
    onMany: startLookAhead,
  });
  const { operationOf } = await loadFileSettings(config);
  const { operation } = flags;
  const isOwnFile = createOwnFileTest(listOwnPaths(flags, config));
  const options = {
    isOwnFile,
    ...(operation !== undefined && { operation }),
    ...(operationOf && { operationOf }),
  };
  const found = await tunedForPrograms(() => listRequests(entries, engine, options));
  io.stdout(flags.format === "json" ? formatJson(found) : formatText(found, flags.all ?? false));
  if (found.missing) return EXIT.usage;
  return found.requests.length > 0 ? EXIT.ok : EXIT.nothing;
}

function formatJson({ requests, unread, unchecked }: RequestList): string {
  const printed = requests.map((request) => ({ ...request, payload: toPrintable(request.payload) }));
  const counted = unchecked.map(({ operation = null, calls }) => ({ operation, calls }));
  return `${formatSafeJson({ version: 1, requests: printed, unread, unchecked: counted })}\n`;
}

function formatText({ requests, unread, unchecked }: RequestList, isComplete: boolean): string {
  const found = requests.map(
    ({ file, line, column, operation, container }) =>
      `${escapeHarmful(`${file}:${line}:${column}`)} ${escapeHarmful(operation)} (${container})\n`,
  );
  const not = unread.map(
    ({ file, line, column, why }) =>
      `${escapeHarmful(`${file}:${line}:${column}`)} not read: ${escapeHarmful(why)}\n`,
  );
  const others = isComplete ? unchecked.map(formatUncheckedCalls) : [];
  const count = `${formatCount(requests.length, "request")} found`;
  const rest = unread.length > 0 ? `, ${unread.length} not read` : "";
  const last = describeUnchecked(unchecked);
  return `${[...found, ...not, ...others].join("")}${count}${rest}\n${last === "" ? "" : `${last}\n`}`;
}

const formatUncheckedCalls = ({ operation, calls }: UncheckedCalls): string =>
  operation === undefined
    ? `${formatCount(calls, "call")} whose operation only the run knows\n`
    : `${formatCount(calls, "call")} of ${escapeHarmful(operation)}, which has no schema\n`;
