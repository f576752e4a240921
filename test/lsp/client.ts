import { type ChildProcess, spawn } from "node:child_process";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import type {
  InitializeParams,
  InitializeResult,
  ProtocolConnection,
  PublishDiagnosticsParams,
} from "vscode-languageserver/node.js";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node.js";
import type { PullFacts } from "../../src/lsp/gather-facts.ts";
import { serveEditor } from "../../src/lsp/server.ts";
import { CLI } from "../cli/run.ts";

export const uriOf = (path: string): string => pathToFileURL(path).href;

/** An editor, as far as a server can tell. */
export class EditorClient {
  readonly connection: ProtocolConnection;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #versions = new Map<string, number>();

  constructor(input: NodeJS.ReadableStream, output: NodeJS.WritableStream) {
    this.connection = createProtocolConnection(
      new StreamMessageReader(input),
      new StreamMessageWriter(output),
    );
    this.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      for (const look of this.#waiting) look();
    });
    this.connection.listen();
  }

  async initialize(
    root: string | undefined,
    more: Partial<InitializeParams> = {},
  ): Promise<InitializeResult> {
    const result = await this.connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: root === undefined ? null : uriOf(root),
      workspaceFolders: root === undefined ? null : [{ uri: uriOf(root), name: "root" }],
      capabilities: {},
      ...more,
    });
    await this.connection.sendNotification("initialized", {});
    return result;
  }

  async open(uri: string, text: string, languageId = "yaml"): Promise<void> {
    this.#versions.set(uri, 1);
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Replaces a range, as typing does. */
  async change(uri: string, contentChanges: object[]): Promise<number> {
    const version = (this.#versions.get(uri) ?? 1) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
    return version;
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  /** The next diagnostics of a document that satisfy a condition, those included that came already. */
  async diagnostics(
    uri: string,
    isWanted: (params: PublishDiagnosticsParams) => boolean = () => true,
  ): Promise<PublishDiagnosticsParams> {
    const find = () => this.published.findLast((params) => params.uri === uri && isWanted(params));
    const already = find();
    if (already) return already;
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (!found) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
    });
  }
}

/** A server in this process. It changes no directory. */
export function startHere(pull: PullFacts = async () => true): EditorClient {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  void serveEditor({
    input: toServer,
    output: toClient,
    version: "0.0.0",
    environment: {},
    enterDirectory: () => {},
    pull,
  });
  return new EditorClient(toClient, toServer);
}

/** A server as an editor starts it. */
export function startBuilt(cwd: string): {
  client: EditorClient;
  child: ChildProcess;
  exit: Promise<number | null>;
} {
  const child = spawn(process.execPath, [CLI, "lsp", "--stdio"], { cwd, stdio: ["pipe", "pipe", "inherit"] });
  const exit = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { client: new EditorClient(child.stdout, child.stdin), child, exit };
}
