import { findConfig } from "../config/find.ts";
import { formatCount, quoted } from "../diagnostics/text.ts";
import type { FileEntry } from "../files/walk.ts";
import type { OpenDocument } from "./session.ts";

/** Reads what a document's checks lack through the AWS CLI into a directory. Returns whether everything was read. */
export type PullFacts = (about: PullOrder) => Promise<boolean>;

export interface PullOrder {
  sources: readonly FileEntry[];
  config: string | false;
  context: readonly string[];
  out: string;
  print(text: string): void;
}

/** The person at the editor. */
export interface GatherDialog {
  isTrusted: boolean;
  /** Asks, and returns the answer; undefined if there is none. */
  ask(message: string, answers: readonly string[]): Promise<string | undefined>;
  tell(message: string): void;
  log(text: string): void;
}

const GATHER = "gather";

/** As many commands are shown in the question. */
const MAX_COMMANDS = 5;

/** Gathers the facts that the checks of a document wait for, if the person agrees. Returns whether anything was read. */
export async function gatherFacts(
  open: OpenDocument,
  commands: readonly string[],
  pull: PullFacts,
  { isTrusted, ask, tell, log }: GatherDialog,
): Promise<boolean> {
  if (!isTrusted) {
    tell(
      "facts are gathered only in a workspace that you trust: its files choose what AWS is asked; trust it in the editor, or set `trusted` in the server's initialization options",
    );
    return false;
  }
  if (commands.length === 0) {
    tell("no check of this document waits for a fact that AWS prints");
    return false;
  }
  const { workspace, file, text } = open;
  const out = await workspace.findContextDirectory();
  const shown = commands.slice(0, MAX_COMMANDS).map((command) => quoted(command, 200));
  const rest = commands.length - shown.length;
  const answer = await ask(
    `run ${formatCount(commands.length, "read-only command")} of the AWS CLI with this machine's credentials, and write what they print into ${quoted(out)}? ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`,
    [GATHER, "cancel"],
  );
  if (answer !== GATHER) return false;
  const printed: string[] = [];
  const isComplete = await pull({
    sources: [{ file, isExplicit: true, source: { file, text } }],
    config: findConfig(workspace.root) ?? false,
    context: workspace.context,
    out,
    print: (line) => printed.push(line),
  });
  log(printed.join(""));
  tell(isComplete ? `the facts are in ${quoted(out)}: keep it out of the repository` : summarize(printed));
  workspace.addContext(out);
  return true;
}

const summarize = (printed: readonly string[]): string =>
  printed.find((line) => /^(?:error|not read):/.test(line))?.split("\n")[0] ??
  "not all facts could be read: see the server's log";
