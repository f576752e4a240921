// A random shape gives the same schema from a page and from a service model.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateFromPage } from "../../src/schemagen/index.ts";
import { runs } from "../support/property-runs.ts";
import { bare, root, withoutTokens } from "./any-shape.ts";
import { generateFromModel } from "./from-model.ts";
import { printModel } from "./print-model.ts";
import { printPage } from "./print-page.ts";

describe("a page and a model of any shape", () => {
  it("give the same schemas", () => {
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
