import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { payloadsIn, readProgram } from "./read.ts";

const resource = (name: string, input: string): string => `resource "aws_scheduler_schedule" "${name}" {
  target {
    arn      = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"
    role_arn = aws_iam_role.r.arn
    input    = jsonencode(${input})
  }
}
`;

const SCHEDULE = resource("s", '{ FileSystemId = local.fs, Type = "T" }');

/** A folder with files, and what is found in one of them. */
async function foundIn(file: string, files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "overrides-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const path = join(folder, file);
  const { unread } = await readProgram(path, files[file]!);
  return { payloads: await payloadsIn(path, files[file]!), unread: unread.map(({ why }) => why) };
}

describe("a file that changes others of its folder", () => {
  it.each(["override.tf", "prod_override.tf", "override.tofu", "override.tf.json"])(
    "%s changes a resource",
    async (name) => {
      const change = name.endsWith(".json")
        ? '{"resource": {"aws_scheduler_schedule": {"s": {"description": "x"}}}}'
        : 'resource "aws_scheduler_schedule" "s" {\n  target {}\n}\n';
      const other = resource("t", '{ Type = "U" }');
      expect(await foundIn("main.tf", { "main.tf": SCHEDULE + other, [name]: change })).toEqual({
        payloads: [{ Type: "U" }],
        unread: [`\`${name}\` changes this resource: what it calls afterwards is not read`],
      });
    },
  );

  it("may change a local value", async () => {
    const main = `locals {\n  fs = "fs-1"\n}\n${SCHEDULE}`;
    const unchanged = await foundIn("main.tf", {
      "main.tf": main,
      "override.tf": 'locals {\n  other = "x"\n}\n',
    });
    expect(unchanged.payloads).toEqual([{ FileSystemId: "fs-1", Type: "T" }]);
    const changed = await foundIn("main.tf", {
      "main.tf": main,
      "override.tf": 'locals {\n  fs = "fs-2"\n}\n',
    });
    expect(changed.payloads).toEqual([{ FileSystemId: { $unknown: "local.fs" }, Type: "T" }]);
  });

  it("may change anything where there are very many, or it can't be read", async () => {
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}_override.tf`, ""]));
    const changed = { payloads: [], unread: [expect.stringMatching(/changes this resource/)] };
    expect(await foundIn("main.tf", { "main.tf": SCHEDULE, ...many })).toEqual(changed);
    const folder = mkdtempSync(join(tmpdir(), "overrides-"));
    mkdirSync(join(folder, "override.tf"));
    const { unread } = await readProgram(join(folder, "main.tf"), SCHEDULE);
    expect(unread.map(({ why }) => why)).toEqual(changed.unread);
  });

  it("counts from when it is there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "overrides-"));
    const path = join(folder, "main.tf");
    expect(await payloadsIn(path, SCHEDULE)).toHaveLength(1);
    writeFileSync(join(folder, "override.tf"), SCHEDULE);
    expect(await payloadsIn(path, SCHEDULE)).toEqual([]);
  });

  it("is no call by itself", async () => {
    expect(await foundIn("a_override.tf", { "a_override.tf": SCHEDULE })).toEqual({
      payloads: [],
      unread: ["this file changes a resource of its folder: what that calls afterwards is not read"],
    });
  });
});
