import { describe, expect, it } from "vitest";
import { createLink, readLink } from "../../src/playground/page/share.ts";
import { NO_FILES, toSafePath } from "../../src/playground/page/state.ts";

const BASE = "https://example.com/playground/index.html";

/** The fragment of a link that holds any value at all. */
async function pack(value: unknown): Promise<string> {
  const files = { ...NO_FILES, document: [{ path: "a.yaml", text: "x" }] };
  const [start] = (await createLink(files, BASE)).split("state=");
  const stream = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = Buffer.from(await new Response(stream).arrayBuffer());
  return `${start!.slice(BASE.length)}state=${bytes.toString("base64url")}`;
}

describe("a link to the playground", () => {
  it("holds the files that somebody wrote, and brings them back", async () => {
    const files = {
      ...NO_FILES,
      document: [{ path: "request.yaml", text: "operation: \u202e\ud83d\ude00\n" }],
      context: [{ path: "context/facts.json", text: "" }],
      rules: [{ path: "rules/own.yaml", text: "rules: []" }],
    };
    const link = await createLink(files, `${BASE}#state=old`);
    expect(link).toMatch(/^https:\/\/example\.com\/playground\/index\.html#state=[\w-]+$/);
    expect(await readLink(new URL(link).hash)).toEqual({ ...files, context: [] });
  });

  it("is none without a state", async () => {
    expect(await readLink("")).toBeUndefined();
    expect(await readLink("#view-report")).toBeUndefined();
  });

  it.each(["#state=", "#state=!", "#state=AAAA", "#state=\u00e9"])(
    "that is damaged is refused: %s",
    async (fragment) => {
      await expect(readLink(fragment)).rejects.toThrow();
    },
  );

  it.each([
    null,
    [],
    1,
    { document: 1 },
    { document: [1, null, { path: 1 }] },
    { other: [{ path: "a", text: "b" }] },
  ])("that holds no files of tabs brings none: %j", async (value) => {
    const found = await readLink(await pack(value)).catch(() => NO_FILES);
    expect(found).toEqual(NO_FILES);
  });

  it("brings files below the tabs' directory only", async () => {
    const path = "../../countersign/schemas/fsx/x.json";
    const found = await readLink(await pack({ document: [{ path, text: "x" }] }));
    expect(found!.document).toEqual([{ path: "countersign/schemas/fsx/x.json", text: "x" }]);
    expect(toSafePath("/..//./", "a.yaml")).toBe("a.yaml");
  });

  it("that unpacks to more than a browser should hold is refused", async () => {
    const large = await pack({ document: [{ path: "a", text: "x".repeat(9 * 1024 * 1024) }] });
    await expect(readLink(large)).rejects.toThrow("too large");
  });
});
