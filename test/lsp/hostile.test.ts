import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory } from "../cli/run.ts";
import { type EditorClient, startHere, uriOf } from "./client.ts";

const GOOD = `operation: fsx:CreateDataRepositoryTask
request:
  Type: NO
`;

async function start(): Promise<{ client: EditorClient; root: string }> {
  const root = directory({ ".git/HEAD": "" });
  const client = startHere();
  await client.initialize(root);
  return { client, root };
}

/** A server that lives still reports on another document. */
async function expectAlive({ client, root }: Awaited<ReturnType<typeof start>>): Promise<void> {
  const uri = uriOf(join(root, "alive.yaml"));
  await client.open(uri, GOOD);
  const { diagnostics } = await client.diagnostics(uri);
  expect(diagnostics.map(({ code }) => code)).toContain("schema/enum");
}

describe("the language server survives", () => {
  it.each([
    ["nested lists", "a.yaml", `operation: fsx:DeleteBackup\nrequest: ${"[".repeat(5000)}`],
    [
      "a bomb of aliases",
      "a.yaml",
      `operation: x:Y\nrequest:\n  a0: &a0 [x]\n${Array.from({ length: 40 }, (_, n) => `  a${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`).join("")}`,
    ],
    ["nested JSON", "a.json", `{"operation":"fsx:DeleteBackup","request":${'{"a":'.repeat(20_000)}`],
    ["lone surrogates and control characters", "a.yaml", `${GOOD}\u0000\ud800\u0007\u202e\r\r\n`],
    ["an endless line", "s.sh", `aws fsx create-data-repository-task ${"--type '\"".repeat(20_000)}`],
    ["a byte order mark", "a.yaml", `\uFEFF${GOOD}`],
  ])("%s", async (_what, name, text) => {
    const server = await start();
    const { client, root } = server;
    const uri = uriOf(join(root, name));
    await client.open(uri, text);
    await client.diagnostics(uri);
    const textDocument = { uri };
    for (const position of [
      { line: 0, character: 3 },
      { line: 1, character: 100 },
      { line: 1e6, character: 1e6 },
    ]) {
      await client.connection.sendRequest("textDocument/hover", { textDocument, position });
      await client.connection.sendRequest("textDocument/completion", { textDocument, position });
    }
    await expectAlive(server);
  });

  it("documents that are no files, and commands and URIs that don't exist", async () => {
    const server = await start();
    const { client } = server;
    for (const uri of [
      "git:/a.yaml",
      "file://host/a%ZZ.yaml",
      "untitled:%E0%A4%A",
      "nonsense",
      "untitled:Untitled-1",
    ])
      await client.open(uri, GOOD);
    expect((await client.diagnostics("untitled:Untitled-1")).diagnostics).not.toEqual([]);
    const position = { line: 0, character: 0 };
    const nowhere = { textDocument: { uri: "file:///nowhere.yaml" }, position };
    expect(await client.connection.sendRequest("textDocument/hover", nowhere)).toBeNull();
    for (const args of [undefined, [], [7], ["file:///nowhere.yaml"]])
      await client.connection.sendRequest("workspace/executeCommand", {
        command: "countersign.gatherFacts",
        arguments: args,
      });
    await expectAlive(server);
  });

  it("every state of a text that is typed", async () => {
    const server = await start();
    const { client, root } = server;
    const uri = uriOf(join(root, "typed.yaml"));
    await client.open(uri, "");
    for (let length = 1; length <= GOOD.length; length++) {
      const text = GOOD.slice(0, length);
      await client.change(uri, [{ text }]);
      const line = text.split("\n").length - 1;
      const position = { line, character: text.length - text.lastIndexOf("\n") - 1 };
      await client.connection.sendRequest("textDocument/completion", { textDocument: { uri }, position });
    }
    const { diagnostics } = await client.diagnostics(uri, ({ version }) => version === GOOD.length + 1);
    expect(diagnostics.map(({ code }) => code)).toContain("schema/enum");
  });
});
