import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { formatList, formatSafeJson, quoted } from "../diagnostics/text.ts";
import { formatError } from "../run/errors.ts";
import { UsageError } from "../run/io.ts";
import { readPackageVersion } from "../run/version.ts";
import { checkArguments, type ToolArguments } from "./arguments.ts";
import { checkTool } from "./check.ts";
import { contextPlanTool } from "./context-plan.ts";
import { explainTool, schemaTool } from "./definitions.ts";
import type { Tool, ToolSetting } from "./tool.ts";

const TOOLS: ReadonlyMap<string, Tool> = new Map(
  [checkTool, explainTool, contextPlanTool, schemaTool].map((tool) => [tool.name, tool]),
);

const INSTRUCTIONS =
  "Check AWS calls with `check` before they are made. An outcome of `fail` means: don't make the call. `undecided` is not a pass: ask a person, or let the facts be gathered that `context_plan` names.";

/** Every tool reads local files and nothing else. */
const ANNOTATIONS = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** Creates the server of the Model Context Protocol, for any transport. */
export function createMcpServer(setting: ToolSetting): McpServer {
  const mcp = new McpServer(
    { name: "countersign", version: readPackageVersion() },
    { instructions: INSTRUCTIONS },
  );
  // The tools' schemas are plain JSON Schema, so that wrong arguments get this project's own words.
  const { server } = mcp;
  server.registerCapabilities({ tools: {} });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...TOOLS.values()].map(describeTool) }));
  const oneAtATime = createQueue();
  server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
    oneAtATime(() => callTool(params.name, params.arguments ?? {}, setting)),
  );
  return mcp;
}

function describeTool({ name, title, description, inputSchema, outputSchema }: Tool) {
  const input = { ...inputSchema, required: [...(inputSchema.required ?? [])] };
  return {
    name,
    title,
    description,
    inputSchema: input,
    outputSchema,
    annotations: { title, ...ANNOTATIONS },
  };
}

/** Each check takes the whole processor: at once, all would end late. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => undefined);
    return run;
  };
}

async function callTool(name: string, given: ToolArguments, setting: ToolSetting): Promise<CallToolResult> {
  try {
    const tool = TOOLS.get(name);
    if (!tool)
      throw new UsageError(
        `there is no tool ${quoted(name)}`,
        `the tools are ${formatList([...TOOLS.keys()], "and")}`,
      );
    checkArguments(given, tool.inputSchema);
    const structuredContent = await tool.call(given, setting);
    return { content: [{ type: "text", text: formatSafeJson(structuredContent) }], structuredContent };
  } catch (error) {
    return { content: [{ type: "text", text: formatError(error, setting.io.environment) }], isError: true };
  }
}
