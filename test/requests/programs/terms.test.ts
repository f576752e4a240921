import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../../cli/run.ts";

const directory = mkdtempSync(join(tmpdir(), "program-terms-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** What is found in a program, as text that names members. */
async function sayOf(file: string, text: string): Promise<string[]> {
  writeFileSync(join(directory, file), text);
  const { stdout } = await runCli(["check", file, "--format", "json"], { cwd: directory });
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { message: string; help?: string; line: number }[];
  };
  return diagnostics.map(({ line, message, help }) => `${line}: ${message}; ${help}`);
}

const JAVA = `import software.amazon.awssdk.services.storagegateway.model.*;
class A {
  static final String SHARE = "x";
  Object f() {
    return EvictFilesFailingUploadRequest.builder().fileShareARN(SHARE).forceRemoval(true).build();
  }
}
`;

describe("findings in a program", () => {
  it("name members as Java's setters are called", async () => {
    const said = (await sayOf("A.java", JAVA)).join("\n");
    expect(said).toContain("`fileShareARN`");
    expect(said).toContain("did you mean `forceRemove`");
    expect(said).not.toMatch(/`F(?:ileShareARN|orceRemove)`/);
  });

  it("stand at the literal, and name the line of the call", async () => {
    const said = await sayOf("A.java", JAVA);
    expect(said).toContainEqual(expect.stringMatching(/^3: .*, in the call in line 5;/));
  });

  it("keep the API's names in Python, and say no line where the literal stands in the call", async () => {
    const said = await sayOf(
      "a.py",
      'gw.evict_files_failing_upload(FileShareARN="x",\n  ForceRemoval=True)\n',
    );
    expect(said.join("\n")).toContain("did you mean `ForceRemove`");
    expect(said.join("\n")).not.toContain("in the call in line");
  });

  it("name members as Ruby's symbols are called, and refuse the API's names", async () => {
    const said = await sayOf(
      "a.rb",
      'gw = Aws::StorageGateway::Client.new\ngw.evict_files_failing_upload(file_share_arn: "x", ForceRemove: true)\n',
    );
    expect(said.join("\n")).toContain("`file_share_arn`");
    expect(said).toContainEqual(
      expect.stringMatching(/`ForceRemove` is the API's name .*did you mean `force_remove`/),
    );
  });
});
