import type { Connection, InitializeParams, InitializeResult } from "vscode-languageserver";
import {
  createConnection,
  DidChangeWatchedFilesNotification,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node.js";
import { TextDocument } from "vscode-languageserver-textdocument";
import { FIX_ALL, GATHER_FACTS, QUICK_FIX } from "./code-actions.ts";
import type { ClientTraits } from "./features.ts";
import { addFeatures, readClientTraits } from "./features.ts";
import type { PullFacts } from "./gather-facts.ts";
import { toPath } from "./locations.ts";
import { EditorSession } from "./session.ts";

/** What the server is started with. */
export interface ServerOptions {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  version: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Makes the first folder of the workspace the working directory: names of files in messages are relative to it. */
  enterDirectory(path: string): void;
  pull: PullFacts;
}

/** Serves an editor until it closes the connection. */
export function serveEditor(options: ServerOptions): Promise<void> {
  const connection = createConnection(options.input, options.output);
  const documents = new TextDocuments(TextDocument);
  let traits: ClientTraits = { hasSnippets: false, isTrusted: false, canWatchFiles: false };
  const session = new EditorSession({
    documents: { get: (uri) => documents.get(uri), all: () => documents.all() },
    publish: (uri, version, diagnostics) =>
      void connection.sendDiagnostics({ uri, ...(version !== undefined && { version }), diagnostics }),
    showError: (message) =>
      void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message }),
    environment: options.environment,
  });
  connection.onInitialize((params) => {
    traits = readClientTraits(params);
    return initialize(params, session, options);
  });
  connection.onInitialized(() => void (traits.canWatchFiles && watchFiles(connection)));
  addFeatures(connection, session, options.pull, () => traits);
  listenToDocuments(connection, documents, session);
  connection.listen();
  return new Promise((resolve) => connection.onExit(resolve));
}

function listenToDocuments(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  session: EditorSession,
): void {
  documents.onDidChangeContent(({ document }) => session.change(document.uri));
  documents.onDidClose(({ document }) => session.close(document.uri));
  documents.onDidSave(({ document }) => void session.changeFiles(listPaths([document.uri])));
  connection.onDidChangeWatchedFiles(
    ({ changes }) => void session.changeFiles(listPaths(changes.map(({ uri }) => uri))),
  );
  connection.onDidChangeConfiguration(() => session.reload());
  documents.listen(connection);
}

/** Configurations, facts, rules, schemas and payloads are such files. A client that refuses tells what it saves. */
const watchFiles = (connection: Connection): Promise<unknown> =>
  connection.client
    .register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: "**/*.{yaml,yml,json}" }] })
    .catch(() => undefined);

const listPaths = (uris: readonly string[]): string[] => uris.flatMap((uri) => toPath(uri) ?? []);

function initialize(
  { workspaceFolders, rootUri }: InitializeParams,
  session: EditorSession,
  { version, enterDirectory }: ServerOptions,
): InitializeResult {
  const folders = listPaths((workspaceFolders ?? (rootUri ? [{ uri: rootUri }] : [])).map(({ uri }) => uri));
  const [first] = folders;
  if (first !== undefined) enterDirectory(first);
  session.setFolders(folders);
  return {
    serverInfo: { name: "countersign", version },
    capabilities: {
      // Every client knows UTF-16, which is what offsets are in here.
      positionEncoding: "utf-16",
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      completionProvider: { triggerCharacters: ["-", ":", '"', " "] },
      codeActionProvider: { codeActionKinds: [QUICK_FIX, FIX_ALL] },
      executeCommandProvider: { commands: [GATHER_FACTS] },
    },
  };
}
