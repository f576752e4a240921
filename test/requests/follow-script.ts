import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ContextStore } from "../../src/context/store.ts";
import { checkFiles } from "../../src/engine/check-files.ts";
import { getBuiltinRules } from "../../src/rules/builtin.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";
import { withoutMissingFacts } from "../cli/run.ts";

export const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
export const EVICT = "aws storagegateway evict-files-failing-upload";
/** A command that is at fault: nothing justifies that it forces the removal. */
export const FORCE = `${EVICT} --file-share-arn ${SHARE} --force-remove`;
/** A command whose payload is in a file. */
export const SEND = `${EVICT} --cli-input-json file://p.json`;

export const MILD = JSON.stringify({ FileShareARN: SHARE });
export const FORCED = JSON.stringify({ FileShareARN: SHARE, ForceRemove: true });

/** Writes files into a new repository. */
export function createRepository(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), "followed-"));
  mkdirSync(join(directory, ".git"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

/** Checks one file. `read` says whether its requests were decided, `codes` lists what failed. */
export async function followScript(name: string, text: string, files: Record<string, string> = {}) {
  const directory = createRepository({ ...files, [name]: text });
  const engine = { schemas: builtinSchemas, context: new ContextStore(), rules: getBuiltinRules() };
  const { report } = await checkFiles([{ file: join(directory, name), isExplicit: true }], engine, {});
  const failed = report.diagnostics.filter(({ status }) => status === "failed");
  const unread = report.diagnostics.filter(({ code }) => code === "document/unread");
  // No command of these tests has context, without which some rules are always undecided.
  const isOpen = withoutMissingFacts(report.diagnostics).some(({ status }) => status === "undecided");
  return {
    outcome: report.outcome === "undecided" && !isOpen ? "pass" : report.outcome,
    requests: report.requests.length,
    failed: failed.map(({ code }) => code),
    unread: unread.map(({ line }) => line),
    lines: failed.map(({ line }) => line),
  };
}
