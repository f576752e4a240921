import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, ROOT, runCli } from "../cli/run.ts";

const PAGE = readFileSync(join(ROOT, "docs/config.md"), "utf8");
const KEYS = Object.keys(
  JSON.parse(readFileSync(join(ROOT, "schemas/countersign/config.json"), "utf8")).properties,
);

describe("docs/config.md", () => {
  it("has a row for every key and no other", () => {
    const rows = [...PAGE.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
    expect(rows.sort()).toEqual(KEYS.sort());
  });

  it("shows a working configuration that has every key", async () => {
    const text = /```yaml countersign\.yaml\n([\s\S]*?)```/.exec(PAGE)![1]!;
    for (const key of KEYS) expect(text).toMatch(new RegExp(`^${key}:`, "m"));
    const cwd = directory({
      "countersign.yaml": text,
      "schemas/toy/Run.request.json": "{}",
      "countersign-baseline.json": '{"version":1,"findings":[]}',
      "payloads/export-1.json": '{"Type":"EXPORT"}',
      "values/staging.yaml": "FS: fs-0123456789abcdef0\n",
      "values/production.yaml": "FS: fs-0123456789abcdef1\n",
      "context/by-hand.yaml": "mountPoints: { fs-0123456789abcdef0: /mnt/fsx }\n",
      "my-rules/none.yaml": readFileSync(join(ROOT, "rules/common.yaml"), "utf8").replaceAll(
        "id: common/",
        "id: mine/",
      ),
    });
    const { status, stdout } = await runCli(["check"], { cwd });
    expect(stdout).toContain("`EXPORT` is not a value of `Type`");
    expect(status).toBe(1);
  });
});
