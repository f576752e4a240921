import type { Reporter } from "./reporter.ts";

/** Reporters by format name, loaded on demand. */
export const REPORTERS: Readonly<Record<string, () => Promise<Reporter>>> = {
  text: async () => (await import("./text.ts")).textReporter,
  concise: async () => (await import("./concise.ts")).conciseReporter,
  json: async () => (await import("./json.ts")).jsonReporter,
  sarif: async () => (await import("./sarif.ts")).sarifReporter,
  github: async () => (await import("./github.ts")).githubReporter,
  gitlab: async () => (await import("./gitlab.ts")).gitlabReporter,
  rdjsonl: async () => (await import("./rdjsonl.ts")).rdjsonlReporter,
  azure: async () => (await import("./azure.ts")).azureReporter,
  junit: async () => (await import("./junit.ts")).junitReporter,
  markdown: async () => (await import("./markdown.ts")).markdownReporter,
  html: async () => (await import("./html/page.ts")).htmlReporter,
};
