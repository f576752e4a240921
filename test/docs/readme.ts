import { readText } from "./pages.ts";

export const README = readText("README.md");

/** The content of the fenced blocks whose info string starts with `info`. */
export const fences = (info: string): string[] =>
  [...README.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, found]) => found!.startsWith(info))
    .map(([, , text]) => text!);
