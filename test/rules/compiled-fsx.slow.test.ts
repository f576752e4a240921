import { describe } from "vitest";
import { compareRequests, INPUTS } from "./compare-requests.ts";

describe("compiled rules, on 300,000 requests with those of Storage Gateway", () => {
  compareRequests(
    300_000,
    INPUTS.operations.filter((name) => name.startsWith("fsx:")),
  );
});
