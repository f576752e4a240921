import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { describe, expect, it } from "vitest";
import { CLI, directory } from "../cli/run.ts";
import { createCall, createClient, textOf } from "./client.ts";

const BROKEN = "operation: fsx:CreateDataRepositoryTask\nrequest: { Type: EXPORT }\n";

describe("countersign mcp over standard input and output", () => {
  it("serves a client of the SDK, below its root", async () => {
    const cwd = directory({
      "sub/a.yaml": BROKEN,
      "b.yaml": BROKEN,
      "policy.yaml": "rules: { no/such: off }\n",
    });
    const client = createClient();
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [CLI, "mcp", "--root", "sub"],
      cwd,
      stderr: "pipe",
    });
    await client.connect(transport);
    const call = createCall(client);
    const answer = await call("check", { paths: ["."] });
    expect(answer.structuredContent).toMatchObject({ outcome: "fail", requests: [{ file: "a.yaml" }] });
    expect(textOf(await call("check", { paths: ["../b.yaml"] }))).toContain("is not below the root");
    expect((await call("explain", { code: "schema/enum" })).isError).toBeUndefined();
    const text = `# ${"\u0001".repeat(900_000)}\n`;
    expect((await call("check", { text, name: "a.sh" })).isError).toBeUndefined();
    await expect(
      client.callTool({ name: "check", arguments: { text: "a".repeat(9 << 20) } }),
    ).rejects.toThrow("the message is larger than 8 MiB");
    expect((await call("schema")).isError).toBeUndefined();
    await client.close();
  });

  it("prints nothing but messages, answers what is no message, and ends with its input", async () => {
    const child = spawn(process.execPath, [CLI, "mcp"], { cwd: directory({ "countersign.yaml": "x: 1" }) });
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stdin.write("hello\n\u0000\u00ff\n");
    child.stdin.write(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"check","arguments":[]}}\n',
    );
    child.stdin.end(
      '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"schema","arguments":{"operation":"x"}}}\n',
    );
    const status = await new Promise((resolve) => child.on("close", resolve));
    const messages = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(messages).toMatchObject([
      { id: null, error: { code: -32700 } },
      { id: null, error: { code: -32700 } },
      { id: 1, error: {} },
      { id: 2, result: { isError: true } },
    ]);
    expect(status).toBe(0);
  });

  it("says at once what is wrong with its command line", () => {
    const run = (...flags: string[]) =>
      spawnSync(process.execPath, [CLI, "mcp", ...flags], { cwd: directory(), encoding: "utf8" });
    const { status, stderr, stdout } = run("--root", "none");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("`none` is not a directory");
    const config = run("--config", join("none", "countersign.yaml"));
    expect({ status: config.status, stdout: config.stdout }).toEqual({ status: 2, stdout: "" });
    expect(config.stderr).toMatch(/^error: /);
    expect(run("--policy-from", "no-such-commit").status).toBe(2);
  });
});
