import { describe, expect, test } from "vitest";
import { CODES } from "../../src/diagnostics/codes.ts";
import { checkExamples, readText } from "./pages.ts";

describe("docs/permissions.md", () => {
  const page = readText("docs/permissions.md");

  checkExamples("docs/permissions.md");

  test("links to the page of every iam/ code", () => {
    const codes = Object.keys(CODES).filter((code) => code.startsWith("iam/"));
    for (const code of codes) expect(page).toContain(`[${code}](codes/${code}.md)`);
  });
});
