import { expect, test } from "vitest";
import { parse } from "yaml";
import { blocksOf, readText } from "./pages.ts";

const PAGE = readText("docs/pre-commit.md");
const configs = blocksOf(PAGE).filter(({ language }) => language === "yaml");

interface Config {
  repos: { repo: string; rev: string; hooks: { id: string; args?: string[] }[] }[];
}

test("docs/pre-commit.md shows every hook and no other", () => {
  const hooks = (parse(readText(".pre-commit-hooks.yaml")) as { id: string }[]).map(({ id }) => id);
  const shown = configs.flatMap(({ text }) =>
    (parse(text) as Config).repos.flatMap((repo) => repo.hooks.map(({ id }) => id)),
  );
  expect(new Set(shown)).toEqual(new Set(hooks));
  for (const id of hooks) expect(PAGE).toMatch(new RegExp(`^\\| \\|.*\`${id}\` \\|`, "m"));
});
