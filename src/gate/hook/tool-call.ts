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
}

type Json = Record<string, unknown>;

/** The tools that run shell text, by their names in the clients that have them. */
const SHELL_TOOLS = new Set(["Bash", "shell", "local_shell", "exec_command", "run_shell_command"]);

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads a tool call as a client writes it on standard input. Throws a `UsageError` for any other text. */
export function readToolCall(text: string): ToolCall {
  const call = parseJson(text);
  const directory = typeof call.cwd === "string" && call.cwd !== "" ? call.cwd : undefined;
  const command = readCommandText(call);
  switch (call.hook_event_name) {
    case "PreToolUse":
      // Only Codex names the turn.
      return { client: "turn_id" in call ? "codex" : "claude-code", command, directory };
    case "BeforeTool":
      return { client: "gemini", command, directory };
    case "beforeShellExecution":
      return { client: "cursor", command: readText(call.command), directory };
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

function readCommandText({ tool_name: name, tool_input: input }: Json): string | undefined {
  if (typeof name !== "string" || !SHELL_TOOLS.has(name)) return undefined;
  return readText(isObject(input) ? (input.command ?? input.cmd) : undefined);
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
