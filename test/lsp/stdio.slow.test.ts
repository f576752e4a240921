import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory } from "../cli/run.ts";
import { startBuilt, uriOf } from "./client.ts";

const REQUEST = `operation: fsx:CreateDataRepositoryTask
request:
  Type: EXPORT_TO_REPOSITRY
  FileSystemId: fs-0123456789abcdef0
  Paths: [results/run-7]
  Report: { Enabled: false }
`;

describe("countersign lsp --stdio", () => {
  it("reports on an open document until it is closed, and exits with status 0", async () => {
    const root = directory({ ".git/HEAD": "" });
    const { client, exit } = startBuilt(root);
    const { capabilities, serverInfo } = await client.initialize(root);
    expect(serverInfo?.name).toBe("countersign");
    expect(capabilities.positionEncoding).toBe("utf-16");
    const uri = uriOf(join(root, "export.yaml"));
    await client.open(uri, REQUEST);
    const { diagnostics, version } = await client.diagnostics(uri);
    expect(version).toBe(1);
    expect(diagnostics.find(({ code }) => code === "schema/enum")).toMatchObject({
      severity: 1,
      range: { start: { line: 2, character: 8 }, end: { line: 2, character: 27 } },
      codeDescription: { href: expect.stringContaining("docs/codes/schema/enum.md") },
    });
    await client.change(uri, [
      { range: { start: { line: 2, character: 25 }, end: { line: 2, character: 25 } }, text: "O" },
    ]);
    const fixed = await client.diagnostics(uri, (params) => params.version === 2);
    expect(fixed.diagnostics.map(({ code }) => code)).not.toContain("schema/enum");
    client.published.length = 0;
    await client.close(uri);
    expect((await client.diagnostics(uri)).diagnostics).toEqual([]);
    await client.connection.sendRequest("shutdown");
    await client.connection.sendNotification("exit");
    expect(await exit).toBe(0);
  });
});
