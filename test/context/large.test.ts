import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readContext } from "../../src/context/load/files.ts";
import { MAX_BYTES, MAX_CONTEXT_BYTES } from "../../src/documents/limits.ts";
import { formatFaults, readFaults } from "./files.ts";

const directory = mkdtempSync(join(tmpdir(), "large-context-"));
afterAll(() => rmSync(directory, { recursive: true }));

const HELP = "`countersign iam fetch ARN --out iam.json` reads single roles and users";

const createRole = (index: number) => ({
  RoleName: `R${index}`,
  Arn: `arn:aws:iam::123456789012:role/R${index}`,
  RolePolicyList: [
    { PolicyName: "p", PolicyDocument: { Version: "2012-10-17", Statement: [], Id: "x".repeat(5000) } },
  ],
});

describe("a large context file", () => {
  it("may be far larger than a request", async () => {
    const roles = Array.from({ length: 2000 }, (_, index) => createRole(index));
    const text = JSON.stringify({ RoleDetailList: roles }, null, 1);
    expect(text.length).toBeGreaterThan(MAX_BYTES);
    const file = join(directory, "iam.json");
    writeFileSync(file, text);
    const { store, warnings } = await readContext([file]);
    expect(warnings).toEqual([]);
    const [details] = store.iam;
    const { line } = details!.place(["RoleDetailList", 1999, "RoleName"]);
    expect(text.split("\n")[line - 1]).toBe('   "RoleName": "R1999",');
  });

  it("is refused above its own limit, with a way to a smaller one", async () => {
    const file = join(directory, "too-large.json");
    writeFileSync(file, "{}");
    truncateSync(file, MAX_CONTEXT_BYTES + 1);
    await expect(readContext([file])).rejects.toMatchObject({
      faults: [{ message: "the file is larger than 128 MiB", help: expect.stringContaining(HELP) }],
    });
  });

  it("is refused as YAML, which takes far longer to read", async () => {
    const text = `# ${"x".repeat(MAX_BYTES)}\nRoleDetailList: []\n`;
    const { faults } = await readFaults({ "iam.yaml": text });
    expect(formatFaults(faults)).toEqual([expect.stringContaining("this YAML is longer than 2 MiB")]);
    expect(faults[0]?.help).toContain(HELP);
  });
});
