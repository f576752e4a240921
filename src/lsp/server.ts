import type { InitializeParams, InitializeResult } from "vscode-languageserver";
import {
  createConnection,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node.js";
import { TextDocument } from "vscode-languageserver-textdocument";
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
}

/** Serves an editor until it closes the connection. */
export function serveEditor(options: ServerOptions): Promise<void> {
  const connection = createConnection(options.input, options.output);
  const documents = new TextDocuments(TextDocument);
  const session = new EditorSession({
    documents: { get: (uri) => documents.get(uri), all: () => documents.all() },
    publish: (uri, version, diagnostics) =>
      void connection.sendDiagnostics({ uri, ...(version !== undefined && { version }), diagnostics }),
    showError: (message) =>
      void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message }),
    environment: options.environment,
  });
  connection.onInitialize((params) => initialize(params, session, options));
  documents.onDidChangeContent(({ document }) => session.change(document.uri));
  documents.onDidClose(({ document }) => session.close(document.uri));
  documents.onDidSave(({ document }) => void session.changeFiles(listPaths([document.uri])));
  connection.onDidChangeWatchedFiles(
    ({ changes }) => void session.changeFiles(listPaths(changes.map(({ uri }) => uri))),
  );
  connection.onDidChangeConfiguration(() => session.reload());
  documents.listen(connection);
  connection.listen();
  return new Promise((resolve) => connection.onExit(resolve));
}

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
    },
  };
}
