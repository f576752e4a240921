import { resolve } from "node:path";
import { UsageError } from "../../run/io.ts";
import { quoteExactly } from "../script.ts";

/** Who asks: each reads the answer in its own shape. */
export type HookClient = "claude-code" | "codex" | "gemini" | "cursor";

/** A tool call that a coding agent is about to make. */
export interface ToolCall {
  client: HookClient;
  /** The shell text; undefined if the tool runs none. */
  command: string | undefined;
  /** The directory in which it would run; undefined if the agent doesn't say. */
  directory: string | undefined;
  isPowerShell: boolean;
}

type Json = Record<string, unknown>;

/** The tools that run shell text, by their names in the clients that have them: what they run must be readable. */
const SHELL_TOOLS = new Set([
  "Bash",
  "PowerShell",
  "shell",
  "local_shell",
  "exec_command",
  "run_shell_command",
]);

/** A patch is no command, though it is given as one. */
const PATCH_TOOL = "apply_patch";

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads a tool call as a client writes it on standard input. Throws a `UsageError` for any other text. */
export function readToolCall(text: string): ToolCall {
  const call = parseJson(text);
  const command = readCommandText(call);
  const place = {
    directory: readDirectory(call),
    isPowerShell: /powershell|pwsh/i.test(String(call.tool_name)),
  };
  switch (call.hook_event_name) {
    case "PreToolUse":
      // Only Codex names the turn.
      return { client: "turn_id" in call ? "codex" : "claude-code", command, ...place };
    case "BeforeTool":
      return { client: "gemini", command, ...place };
    case "beforeShellExecution":
      return { client: "cursor", command: readText(call.command), ...place };
    default:
      throw new UsageError(
        "the standard input is no tool call before it is made",
        "the hook belongs to the events PreToolUse, BeforeTool or beforeShellExecution",
      );
  }
}

function parseJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Below.
  }
  throw new UsageError(
    "the standard input is no JSON object",
    "a coding agent writes the tool call there: see docs/gate.md",
  );
}

/** The session's directory, or the one that a tool is told to run in, which may be relative to it. */
function readDirectory({ cwd, tool_input: input }: Json): string | undefined {
  const { workdir, directory, dir_path, chars } = isObject(input) ? input : {};
  // Where a shell is that runs already, only its user knows.
  if (chars !== undefined) return undefined;
  const named = [cwd, workdir ?? directory ?? dir_path].filter(
    (path): path is string => typeof path === "string" && path !== "",
  );
  return named.length > 0 ? resolve(...named) : undefined;
}

/** What a tool runs. A tool that isn't known may run shell text: its command is looked at if it has one. */
function readCommandText({ tool_name: name, tool_input: input }: Json): string | undefined {
  if (name === PATCH_TOOL) return undefined;
  // `chars` are typed into a shell; `cli_command` is of tools that run the AWS CLI.
  const { command, cmd, cli_command: calls, chars } = isObject(input) ? input : {};
  const text = command ?? cmd ?? (Array.isArray(calls) ? calls.join("\n") : calls) ?? chars;
  const isShell = typeof name === "string" && SHELL_TOOLS.has(name);
  return isShell || typeof text === "string" || Array.isArray(text) ? readText(text) : undefined;
}

/** A command, also one that is given as the words of a vector. */
function readText(command: unknown): string {
  if (typeof command === "string") return command;
  if (Array.isArray(command) && command.every((word) => typeof word === "string"))
    return command.map(quoteExactly).join(" ");
  throw new UsageError(
    "the tool call has no `command` that can be read",
    "the hook checks tools that run shell commands",
  );
}
