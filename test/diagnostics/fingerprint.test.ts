import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { fingerprintsOf } from "../../src/diagnostics/fingerprint.ts";

const PAYLOAD = { FileSystemId: "fs-1", Paths: ["/a", "/b"], Report: { Enabled: true } };

const finding = (more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: "fsx/paths",
  severity: "error",
  status: "failed",
  message: "`/a` is absolute",
  file: "a.yaml",
  line: 3,
  column: 9,
  pointer: "/Paths/0",
  operation: "fsx:Do",
  ...more,
});

/** The fingerprint of a single diagnostic. */
const of = (diagnostic: Diagnostic, payload: unknown = PAYLOAD): string =>
  fingerprintsOf([diagnostic], { payloads: new Map([[diagnostic, payload]]) }).get(diagnostic)!;

describe("fingerprintsOf()", () => {
  it("returns 32 hexadecimal digits", () => expect(of(finding())).toMatch(/^[0-9a-f]{32}$/));

  it.each<[string, Diagnostic, unknown]>([
    ["lines move", finding({ line: 8, column: 1, endLine: 9, endColumn: 2 }), PAYLOAD],
    ["the message is reworded", finding({ message: "the path `/a` is not relative" }), PAYLOAD],
    ["the help changes", finding({ help: "new" }), PAYLOAD],
    ["the severity changes", finding({ severity: "warning" }), PAYLOAD],
    ["the item moves in its list", finding({ pointer: "/Paths/1" }), { ...PAYLOAD, Paths: ["/0", "/a"] }],
    ["the order of members changes", finding(), { Report: {}, Paths: ["/a"], FileSystemId: "fs-1" }],
  ])("returns the same fingerprint when %s", (_title, diagnostic, payload) => {
    expect(of(diagnostic, payload)).toBe(of(finding()));
  });

  it.each<[string, Diagnostic, unknown]>([
    ["code", finding({ code: "fsx/other" }), PAYLOAD],
    ["file", finding({ file: "b.yaml" }), PAYLOAD],
    ["operation", finding({ operation: "fsx:Other" }), PAYLOAD],
    ["pointer", finding({ pointer: "/Report/Enabled" }), PAYLOAD],
    ["value", finding(), { ...PAYLOAD, Paths: ["/z"] }],
    ["kind of value", finding(), { ...PAYLOAD, Paths: [true] }],
    ["quoted text", finding({ message: "`/c` is absolute" }), PAYLOAD],
    ["target of the request", finding(), { ...PAYLOAD, FileSystemId: "fs-2" }],
  ])("returns another fingerprint for another %s", (_title, diagnostic, payload) => {
    expect(of(diagnostic, payload)).not.toBe(of(finding()));
  });

  it("includes the index if no value identifies the item", () => {
    const at = (index: number) =>
      finding({ pointer: `/Filters/${index}`, message: `in \`Filters[${index}]\`` });
    expect(of(at(0), { Filters: [{}, {}] })).not.toBe(of(at(1), { Filters: [{}, {}] }));
  });

  it("numbers equal diagnostics, regardless of others", () => {
    const [first, other, second] = [finding(), finding({ code: "fsx/other" }), finding()];
    const all = fingerprintsOf([first, other, second]);
    expect(new Set(all.values()).size).toBe(3);
    expect(fingerprintsOf([first]).get(first)).toBe(all.get(first));
    expect(fingerprintsOf([first, second]).get(second)).toBe(all.get(second));
  });

  it("accepts any message, pointer and payload", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.anything({ withBigInt: true }), (message, pointer, value) => {
        const diagnostic = finding({ message, pointer });
        const payload = { SomeArn: value, x: value };
        try {
          JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? "" : part));
        } catch {
          return;
        }
        expect(of(diagnostic, payload)).toMatch(/^[0-9a-f]{32}$/);
        expect(of(diagnostic, value)).toMatch(/^[0-9a-f]{32}$/);
      }),
    );
  });
});
