import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { createMcpServer } from "../../src/mcp/server.ts";
import type { PolicySource } from "../../src/run/outer-policy.ts";

/** A client of a server in this process, whose root is a directory. */
export async function connectInProcess(root: string, policy: PolicySource = {}) {
  const before = process.cwd();
  process.chdir(root);
  const server = createMcpServer({
    policy,
    io: {
      stdout: () => {},
      stderr: () => {},
      stdin: 0,
      color: false,
      environment: { PATH: process.env.PATH },
    },
  });
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = createClient();
  await Promise.all([server.connect(far), client.connect(near)]);
  const close = async (): Promise<void> => {
    await client.close();
    process.chdir(before);
  };
  return { client, call: createCall(client), close };
}

export const createClient = (): Client => new Client({ name: "test", version: "0" });

/** Calls a tool. The client checks what comes back against the tool's output schema once it has listed the tools. */
export const createCall =
  (client: Client) =>
  async (name: string, given: Record<string, unknown> = {}): Promise<CallToolResult> => {
    await client.listTools();
    return (await client.callTool({ name, arguments: given })) as CallToolResult;
  };

/** The text of an answer. */
export const textOf = ({ content }: CallToolResult): string => {
  const [first] = content;
  return first?.type === "text" ? first.text : "";
};
