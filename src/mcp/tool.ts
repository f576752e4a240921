import type { Io } from "../run/io.ts";
import type { PolicySource } from "../run/outer-policy.ts";
import type { InputSchema, ToolArguments } from "./arguments.ts";

/** What a call of a tool goes by. The working directory is the server's root. */
export interface ToolSetting {
  policy: PolicySource;
  io: Io;
}

/** A tool: all of them only read. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  inputSchema: InputSchema;
  /** JSON Schema of what `call` gives. */
  outputSchema: { type: "object"; [keyword: string]: unknown };
  call(given: ToolArguments, setting: ToolSetting): Promise<Record<string, unknown>>;
}

export const TEXT = { type: "string" } as const;
export const COUNT = { type: "integer" } as const;
export const BOOLEAN = { type: "boolean" } as const;
export const TEXTS = { type: "array", items: TEXT } as const;
