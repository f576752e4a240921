import { statSync } from "node:fs";
import { resolve } from "node:path";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { quoted } from "../../diagnostics/text.ts";
import { createMessageFilter } from "../../mcp/messages.ts";
import { loadPolicy } from "../../mcp/policy.ts";
import { createMcpServer } from "../../mcp/server.ts";
import { EXIT } from "../../run/exit-status.ts";
import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";

interface McpFlags {
  root: string;
  config?: string;
  policyFrom?: string;
}

/** Runs `countersign mcp`: serves tools over standard input and output until the input ends. */
export async function run({ root, config, policyFrom }: McpFlags, io: Io): Promise<number> {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(
      `${quoted(root)} is not a directory`,
      "`--root` names the directory whose files are read",
    );
  const policy = {
    ...(config !== undefined && { config: resolve(config) }),
    ...(policyFrom !== undefined && { policyFrom }),
  };
  process.chdir(root);
  // Standard output belongs to the protocol.
  const quiet: Io = { ...io, stdout: io.stderr, color: false };
  await loadPolicy(policy, quiet);
  const filter = createMessageFilter(io.stdout);
  const server = createMcpServer({ policy, io: quiet });
  const ended = new Promise<void>((done) => {
    filter.on("end", done);
    server.server.onclose = done;
  });
  await server.connect(new StdioServerTransport(filter, process.stdout));
  process.stdin.pipe(filter);
  await ended;
  return EXIT.ok;
}
