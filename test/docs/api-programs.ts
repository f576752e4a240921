import { blocksOf, readText } from "./pages.ts";

export const PAGE = readText("docs/api.md");
const blocks = blocksOf(PAGE);

/** Each program with its output: the next block of text on the page. */
export const programs = blocks.flatMap(({ language, info, text }, index) =>
  language === "ts"
    ? [{ name: info, text, printed: blocks.slice(index).find((block) => block.language === "text")!.text }]
    : [],
);
