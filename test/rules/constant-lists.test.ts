import { expect, test } from "vitest";
import { evaluate } from "./evaluate-expression.ts";

test.each([
  ["4u in [4u]", true],
  ["20u in [4u, 8u, 20u]", true],
  ["dyn(3) in [5u, 3u]", true],
  ["[1.0, 2.0, 3] == [1u, 2, 3u]", true],
  ["[1.5, 3.0][1] / 2.0", 1.5],
  ["'a' in ['a', 'b']", true],
])("a list of constants keeps their types: %s", (text, value) => {
  expect(evaluate(text, {})).toEqual({ kind: "value", value });
});

test.each(["[7, 8, 9][dyn(0.1)]", "request.Names[dyn(0.5)]", "[7][-1]", "[7][1]"])(
  "a list has no item at any other index: %s",
  (text) => {
    expect(evaluate(text, { Names: ["a", "b"] }).kind).toBe("failed");
  },
);
