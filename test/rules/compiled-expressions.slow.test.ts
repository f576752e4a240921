import { describe, it } from "vitest";
import { compareExpressions } from "./compare-expressions.ts";
import { PATIENCE } from "./compare-requests.ts";

describe("compiled expressions, of which 3,000 are tried", () => {
  it("give what the interpreter gives", PATIENCE, () => compareExpressions(3_000));
});
