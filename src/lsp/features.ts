import type { CodeAction, CompletionItem, Connection, Hover, InitializeParams } from "vscode-languageserver";
import { MessageType, ShowMessageNotification } from "vscode-languageserver/node.js";
import { groupMissing } from "../diagnostics/missing.ts";
import { GATHER_FACTS, listCodeActions } from "./code-actions.ts";
import { completeCommand } from "./completion/command.ts";
import { completeDocument } from "./completion/document.ts";
import { gatherFacts, type PullFacts } from "./gather-facts.ts";
import { hoverAt } from "./hover.ts";
import { PositionMap } from "./locations.ts";
import type { EditorSession } from "./session.ts";

/** What the client said of itself. */
export interface ClientTraits {
  hasSnippets: boolean;
  isTrusted: boolean;
  canWatchFiles: boolean;
}

export const readClientTraits = ({
  capabilities,
  initializationOptions,
}: InitializeParams): ClientTraits => ({
  hasSnippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
  // Not trusted unless the client says so: anybody's repository may be open.
  isTrusted: Object(initializationOptions).trusted === true,
  canWatchFiles: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
});

/** Answers the requests of the client. What fails has no answer and a word in the log: an editor goes on. */
export function addFeatures(
  connection: Connection,
  session: EditorSession,
  pull: PullFacts,
  traits: () => ClientTraits,
): void {
  const { console: log } = connection;
  const answer = async <T>(work: () => Promise<T | undefined>): Promise<T | null> => {
    try {
      return (await work()) ?? null;
    } catch (error) {
      log.error(error instanceof Error ? error.message : String(error));
      return null;
    }
  };
  connection.onHover(({ textDocument: { uri }, position }) =>
    answer<Hover>(async () => {
      const open = session.find(uri);
      if (!open) return undefined;
      return hoverAt(open, new PositionMap(open.text).offsetAt(position), session.findChecked(uri));
    }),
  );
  connection.onCompletion(({ textDocument: { uri }, position }) =>
    answer<CompletionItem[]>(async () => {
      const open = session.find(uri);
      if (!open) return undefined;
      const offset = new PositionMap(open.text).offsetAt(position);
      const { hasSnippets } = traits();
      return (
        (await completeCommand(open, offset, hasSnippets)) ??
        (await completeDocument(open, offset, hasSnippets))
      );
    }),
  );
  connection.onCodeAction(({ textDocument: { uri }, range, context }) =>
    answer<CodeAction[]>(async () => {
      const checked = session.findChecked(uri);
      if (!checked) return undefined;
      const map = new PositionMap(checked.text);
      const span = { start: map.offsetAt(range.start), end: map.offsetAt(range.end) };
      return listCodeActions(checked, span, context, (file) => session.uriOf(file, checked));
    }),
  );
  connection.onExecuteCommand(({ command, arguments: [uri] = [] }) =>
    answer(async () => {
      if (command === GATHER_FACTS && typeof uri === "string")
        await gather(connection, session, pull, { uri, isTrusted: traits().isTrusted });
      return undefined;
    }),
  );
}

async function gather(
  connection: Connection,
  session: EditorSession,
  pull: PullFacts,
  { uri, isTrusted }: { uri: string; isTrusted: boolean },
): Promise<void> {
  const checked = session.findChecked(uri);
  const { window, console: output } = connection;
  // A notification: clients needn't be able to answer.
  const tell = (message: string): void =>
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  if (!checked) return tell("the document is not checked yet: try again in a moment");
  const commands = groupMissing(checked.checked.diagnostics).facts.flatMap((fact) => fact.commands);
  const isRead = await gatherFacts(checked, [...new Set(commands)], pull, {
    isTrusted,
    ask: async (message, answers) => {
      const items = answers.map((title) => ({ title }));
      const answer = await window.showInformationMessage(message, ...items).catch(() => undefined);
      return answer?.title;
    },
    tell,
    log: (text) => output.info(text),
  });
  if (isRead) session.reload();
}
