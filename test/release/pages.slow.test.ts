import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { directory, ROOT } from "../cli/run.ts";

describe("the site that a release publishes", () => {
  const site = join(directory(), "pages");

  beforeAll(() => {
    const { status, stderr } = spawnSync(process.execPath, ["scripts/pages.mjs", site], {
      cwd: ROOT,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
  });

  const listPages = (): string[] =>
    readdirSync(site, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".html") && !file.startsWith("playground"),
    );

  it("has a page for the README, each page of the documentation, and the playground", () => {
    const wanted = ["index.html", "docs/index.html", "docs/cli.html", "docs/codes/schema/enum.html"];
    for (const file of [...wanted, "playground/index.html", "docs/images/terminal.svg"])
      expect(existsSync(join(site, file)), file).toBe(true);
  });

  it("has no link that leads nowhere", () => {
    const broken = listPages().flatMap((page) => {
      const html = readFileSync(join(site, page), "utf8");
      const links = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link!);
      return links
        .filter((link) => {
          if (/^[a-z]+:/.test(link)) return false;
          const [path = "", anchor] = link.split("#");
          const file = path === "" ? join(site, page) : join(site, dirname(page), path);
          if (!existsSync(file)) return true;
          return anchor !== undefined && !readFileSync(file, "utf8").includes(`id="${anchor}"`);
        })
        .map((link) => `${page}: ${link}`);
    });
    expect(broken).toEqual([]);
  });

  it("loads nothing from elsewhere", () => {
    for (const page of listPages()) {
      const html = readFileSync(join(site, page), "utf8");
      expect(html).toContain("default-src 'none'");
      expect(html, page).not.toMatch(/<(?:script|iframe)|src="(?:https?:)?\/\//);
    }
  });
});
