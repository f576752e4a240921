import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { computeFingerprints } from "../../src/diagnostics/fingerprint.ts";

const PAYLOAD = { FileSystemId: "fs-1", Paths: ["/a", "/b"], Report: { Enabled: true } };

const createDiagnostic = (more: Partial<Diagnostic> = {}): Diagnostic => ({
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
const fingerprintOf = (diagnostic: Diagnostic, payload: unknown = PAYLOAD): string =>
  computeFingerprints([diagnostic], { payloads: new Map([[diagnostic, payload]]) }).get(diagnostic)!;

describe("computeFingerprints()", () => {
  it("returns 32 hexadecimal digits", () =>
    expect(fingerprintOf(createDiagnostic())).toMatch(/^[0-9a-f]{32}$/));

  it.each<[string, Diagnostic, unknown]>([
    ["lines move", createDiagnostic({ line: 8, column: 1, endLine: 9, endColumn: 2 }), PAYLOAD],
    ["the message is reworded", createDiagnostic({ message: "the path `/a` is not relative" }), PAYLOAD],
    ["the help changes", createDiagnostic({ help: "new" }), PAYLOAD],
    ["the severity changes", createDiagnostic({ severity: "warning" }), PAYLOAD],
    [
      "the item moves in its list",
      createDiagnostic({ pointer: "/Paths/1" }),
      { ...PAYLOAD, Paths: ["/0", "/a"] },
    ],
    ["the order of members changes", createDiagnostic(), { Report: {}, Paths: ["/a"], FileSystemId: "fs-1" }],
  ])("returns the same fingerprint when %s", (_title, diagnostic, payload) => {
    expect(fingerprintOf(diagnostic, payload)).toBe(fingerprintOf(createDiagnostic()));
  });

  it.each<[string, Diagnostic, unknown]>([
    ["code", createDiagnostic({ code: "fsx/other" }), PAYLOAD],
    ["file", createDiagnostic({ file: "b.yaml" }), PAYLOAD],
    ["operation", createDiagnostic({ operation: "fsx:Other" }), PAYLOAD],
    ["pointer", createDiagnostic({ pointer: "/Report/Enabled" }), PAYLOAD],
    ["value", createDiagnostic(), { ...PAYLOAD, Paths: ["/z"] }],
    ["kind of value", createDiagnostic(), { ...PAYLOAD, Paths: [true] }],
    ["quoted text", createDiagnostic({ message: "`/c` is absolute" }), PAYLOAD],
    ["target of the request", createDiagnostic(), { ...PAYLOAD, FileSystemId: "fs-2" }],
  ])("returns another fingerprint for another %s", (_title, diagnostic, payload) => {
    expect(fingerprintOf(diagnostic, payload)).not.toBe(fingerprintOf(createDiagnostic()));
  });

  it("includes the index if no value identifies the item", () => {
    const at = (index: number) =>
      createDiagnostic({ pointer: `/Filters/${index}`, message: `in \`Filters[${index}]\`` });
    expect(fingerprintOf(at(0), { Filters: [{}, {}] })).not.toBe(fingerprintOf(at(1), { Filters: [{}, {}] }));
  });

  it("numbers equal diagnostics, regardless of others", () => {
    const [first, other, second] = [
      createDiagnostic(),
      createDiagnostic({ code: "fsx/other" }),
      createDiagnostic(),
    ];
    const all = computeFingerprints([first, other, second]);
    expect(new Set(all.values()).size).toBe(3);
    expect(computeFingerprints([first]).get(first)).toBe(all.get(first));
    expect(computeFingerprints([first, second]).get(second)).toBe(all.get(second));
  });

  it("accepts any message, pointer and payload", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.anything({ withBigInt: true }), (message, pointer, value) => {
        const diagnostic = createDiagnostic({ message, pointer });
        const payload = { SomeArn: value, x: value };
        try {
          JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? "" : part));
        } catch {
          return;
        }
        expect(fingerprintOf(diagnostic, payload)).toMatch(/^[0-9a-f]{32}$/);
        expect(fingerprintOf(diagnostic, value)).toMatch(/^[0-9a-f]{32}$/);
      }),
    );
  });
});
