import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pathFromPointer, toPointer, valueAt } from "../../src/diagnostics/pointer.ts";

describe("JSON pointers", () => {
  test.each([
    [[], ""],
    [["a", 0, "b"], "/a/0/b"],
    [["a/b", "c~d", "~1"], "/a~1b/c~0d/~01"],
    [[""], "/"],
    [["", ""], "//"],
  ])("convert the path %j to %j and back", (path, pointer) => {
    expect(toPointer(path)).toBe(pointer);
    expect(pathFromPointer(pointer)).toEqual(path.map(String));
  });

  test("convert any path to a pointer and back", () => {
    const part = fc.string({ unit: fc.constantFrom("~", "/", "0", "1", "a") });
    fc.assert(
      fc.property(fc.array(part), (path) => {
        expect(pathFromPointer(toPointer(path))).toEqual(path);
      }),
    );
  });

  test.each([
    [["a", 1, "b"], 2],
    [["a", "1", "b"], 2],
    [["a", 2], undefined],
    [["a", "length"], 2],
    [["a", 0, "b"], undefined],
    [["constructor"], undefined],
    [["__proto__"], undefined],
    [["n", "x"], undefined],
  ])("valueAt() resolves %j to %j", (path, value) => {
    expect(valueAt({ a: [1, { b: 2 }], n: null }, path)).toBe(value);
  });
});
