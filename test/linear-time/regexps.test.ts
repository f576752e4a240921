import { describe, expect, it } from "vitest";
import { listRegExps } from "./regexp-literals.ts";
import { findSuperlinearInput } from "./superlinear.ts";

describe("the regular expressions of src/", () => {
  it("are all found", () => {
    const count = listRegExps().length;
    expect(count).toBeGreaterThan(500);
  });

  it.each([
    ["(a+)+b", ""],
    ["(?:a|a)*b", ""],
    ["a+b", ""],
    ["\\s+$", ""],
    ["x*y*x*z", "y"],
    ["(?:--[\\w-]+(?:=\\S*)?[ \\\\]+)*RUN", "y"],
  ])("would not be passed if one were /%s/", (source, flags) => {
    expect(findSuperlinearInput(source, flags)).toBeDefined();
  });

  it.each([
    ["a+", ""],
    ["(?<!a)a+b", ""],
    ["^(?:a|b)*c", ""],
    ["[^x]*x", "y"],
    ['"(?:\\\\.|[^"\\\\])*(?:"|$)', "gs"],
  ])("are passed if they are like /%s/", (source, flags) => {
    expect(findSuperlinearInput(source, flags)).toBeUndefined();
  });
});
