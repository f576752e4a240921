// Property: a page and a service model of the same shape lead to the same schema.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateFromPage } from "../../src/schemagen/index.ts";
import { runs } from "../support/scale.ts";
import { bare, root, withoutTokens } from "./any-shape.ts";
import { generateFromModel } from "./from-model.ts";
import { printModel } from "./print-model.ts";
import { printPage } from "./print-page.ts";

describe("generating from a page and from a model of the same shape", () => {
  it("gives the same schemas", () => {
    fc.assert(
      fc.property(root, fc.option(root, { nil: undefined }), (request, anyResponse) => {
        const response = anyResponse && withoutTokens(anyResponse);
        const page = generateFromPage(printPage(request, response), "page.rst");
        const [model] = generateFromModel(printModel(request, response));
        expect(bare(model!.request)).toEqual(bare(page.request));
        expect(bare(model!.response)).toEqual(bare(page.response));
      }),
      { numRuns: runs(300) },
    );
  });
});
