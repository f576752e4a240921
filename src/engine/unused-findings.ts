import type { Finding } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";

/** The context of a request doesn't count where context is taken from a commit. */
export const createUnusedContextFinding = (from: string): Finding => ({
  code: "document/envelope",
  severity: "info",
  path: ["context"],
  at: "key",
  message: `this \`context\` does not count: context is taken from ${quoted(from)}`,
  help: "a context that requests may rely on is in a file of that commit, which the configuration names",
});

/** The caller of a request doesn't count where the policy names one. */
export const createUnusedCallerFinding = (caller: string): Finding => ({
  code: "document/envelope",
  severity: "info",
  path: ["caller"],
  at: "key",
  message: `this \`caller\` does not count: the policy says that ${quoted(caller)} makes the calls`,
  help: "remove it",
});
