// Property: a page and a service model of the same shape lead to the same schema.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateFromPage } from "../../src/schemagen/index.ts";
import { runs } from "../support/scale.ts";
import { anyStructure, normalizeSchema, removeTokens } from "./any-shape.ts";
import { generateFromModel } from "./from-model.ts";
import { printModel } from "./print-model.ts";
import { printPage } from "./print-page.ts";

describe("generating from a page and from a model of the same shape", () => {
  it("gives the same schemas", () => {
    fc.assert(
      fc.property(anyStructure, fc.option(anyStructure, { nil: undefined }), (request, anyResponse) => {
        const response = anyResponse && removeTokens(anyResponse);
        const page = generateFromPage(printPage(request, response), "page.rst");
        const [model] = generateFromModel(printModel(request, response));
        expect(normalizeSchema(model!.request)).toEqual(normalizeSchema(page.request));
        expect(normalizeSchema(model!.response)).toEqual(normalizeSchema(page.response));
      }),
      { numRuns: runs(300) },
    );
  });
});
