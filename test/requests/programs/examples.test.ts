import { describe, expect, it } from "vitest";
import EXAMPLES from "./examples.json" with { type: "json" };
import { printed } from "./print.ts";
import { placesOf, readProgram } from "./read.ts";

interface Example {
  title: string;
  file: string;
  text: string;
  requests: { operation: string; payload: unknown; places: Record<string, string[]> }[];
}

describe("requests in a program", () => {
  it.each(EXAMPLES as unknown as Example[])(
    "are read from $file: $title",
    async ({ file, text, requests }) => {
      const found = await readProgram(file, text);
      expect(found.faults).toEqual([]);
      expect(
        found.requests.map(({ operation, payload }) => ({ operation, payload: printed(payload) })),
      ).toEqual(requests.map(({ operation, payload }) => ({ operation, payload })));
      for (const [index, { places }] of requests.entries()) {
        for (const [name, [key, value]] of Object.entries(places)) {
          const path = name === "" ? [] : [name];
          const [keyPlace, valuePlace] = placesOf(found.requests[index]!, path, text);
          expect({ [name]: keyPlace }).toEqual({ [name]: key });
          if (value !== undefined) expect({ [name]: valuePlace }).toEqual({ [name]: value });
        }
      }
    },
  );
});
