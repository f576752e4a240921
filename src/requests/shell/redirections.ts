import type { Command, Redirection } from "unbash";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { getArgumentText } from "../aws-cli/argument.ts";
import type { WordContext } from "../aws-cli/words.ts";
import { argumentFromWord, readHereDocument } from "../aws-cli/words.ts";
import type { OutputSink, ShellState } from "./state.ts";

/** Files of the runner, outside of any checkout. */
const RUNNER_FILE = /^"?\$\{?(?:GITHUB_(?:ENV|OUTPUT|PATH|STEP_SUMMARY|STATE)|BASH_ENV)\}?"?$/;

/** Files that people read. */
const READING_MATTER = /\.(?:log|txt|md|out|err|html|csv)["']?$|\/dev\/|log|summary/i;

/** Logs the files that redirections write. Returns where the output of their command goes then. */
export function logRedirections(
  redirects: readonly Redirection[],
  { directory, log, scope }: ShellState,
  context: WordContext,
  command?: Command,
): OutputSink | undefined {
  let output: OutputSink | undefined;
  for (const redirect of redirects) {
    if (redirect.type !== "Redirect" || !redirect.target || !redirect.operator.includes(">")) continue;
    const { target, operator, descriptor } = redirect;
    if (operator === ">&" && /^(?:\d+-?|-)$/.test(target.text)) continue;
    if (!RUNNER_FILE.test(target.text)) {
      const path = getArgumentText(argumentFromWord(target, context));
      log.add(path, directory, scope, command && readWrittenText(command, redirect, context));
    }
    const isError = descriptor?.type === "FileDescriptor" && descriptor.value === 2;
    if (!isError) output = READING_MATTER.test(target.text) ? "printed" : "kept";
  }
  return output;
}

/** The text that `cat > FILE <<'EOF'` writes. */
function readWrittenText(
  { name, args, redirects }: Command,
  redirect: Redirection,
  context: WordContext,
): EmbeddedText | undefined {
  const [document, ...more] = redirects.filter(({ type }) => type === "HereDoc");
  if (name?.value !== "cat" || args.length > 0 || redirect.operator !== ">") return undefined;
  return document?.type === "HereDoc" && document.operator === "<<" && more.length === 0
    ? readHereDocument(document, context)
    : undefined;
}
