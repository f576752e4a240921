import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../cli/run.ts";
import { pagesBelow, readText } from "./pages.ts";

const IMAGES = "docs/images";
const PICTURES = readdirSync(join(ROOT, IMAGES)).filter((name) => /\.(?:png|svg)$/.test(name));

describe("the pictures of the documentation", () => {
  it("show what is printed now; the photographed ones, pages as they are now", () => {
    const run = (mode: string) =>
      spawnSync(process.execPath, [join(ROOT, "scripts/pictures/run.mjs"), mode], { encoding: "utf8" });
    if (process.env.UPDATE_DOCS) run("--terminal");
    const check = run("--check");
    expect(check.stderr).toBe("");
    expect(check.status).toBe(0);
  });

  it.each(PICTURES)("%s is small, and a page shows it with words for those who don't see it", (name) => {
    expect(statSync(join(ROOT, IMAGES, name)).size).toBeLessThan(150_000);
    const pages = ["README.md", ...pagesBelow("docs")].map(readText);
    const shown = pages.flatMap((page) => [...page.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)]);
    const words = shown.filter(([, , path]) => path!.endsWith(`/${name}`)).map(([, text]) => text!);
    expect(words.length).toBeGreaterThan(0);
    for (const text of words) expect(text.length).toBeGreaterThan(20);
  });

  it("begin the README", () => {
    expect(readText("README.md").split("\n").slice(0, 4).join("\n")).toContain(`(${IMAGES}/terminal.svg)`);
  });
});
