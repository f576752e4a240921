import type { Reporter } from "./reporter.ts";

/** Reporters by format name, loaded on demand. */
export const REPORTERS: Readonly<Record<string, () => Promise<Reporter>>> = {
  text: async () => (await import("./text.ts")).text,
  json: async () => (await import("./json.ts")).json,
  sarif: async () => (await import("./sarif.ts")).sarif,
  github: async () => (await import("./github.ts")).github,
  junit: async () => (await import("./junit.ts")).junit,
  markdown: async () => (await import("./markdown.ts")).markdown,
};
