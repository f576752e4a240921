import { dirname } from "node:path";
import type { Diagnostic as EditorDiagnostic } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { mayBeRead } from "../files/file-kinds.ts";
import { isBelow } from "../files/paths.ts";
import type { OpenTexts } from "../files/source.ts";
import { CheckQueue } from "./check-queue.ts";
import { DIAGNOSTIC_SOURCE, PublishedDiagnostics, toEditorDiagnostics } from "./diagnostics.ts";
import { findDocumentPath, nameFromPath, PositionMap, toPath, toUri } from "./locations.ts";
import { describeProblem } from "./problems.ts";
import type { CheckedText } from "./workspace.ts";
import { Workspace } from "./workspace.ts";

/** In UTF-16 units. Larger texts are checked by `countersign check` alone: while typing, they would be in the way. */
export const MAX_TEXT_LENGTH = 1024 * 1024;

const BYTE_ORDER_MARK = "\uFEFF";

/** What the session needs of the connection to the client. */
export interface SessionClient {
  documents: { get(uri: string): TextDocument | undefined; all(): TextDocument[] };
  publish(uri: string, version: number | undefined, diagnostics: EditorDiagnostic[]): void;
  showError(message: string): void;
  environment: Readonly<Record<string, string | undefined>>;
}

/** An open document with the workspace that it belongs to. */
export interface OpenDocument {
  document: TextDocument;
  workspace: Workspace;
  path: string;
  /** The name that it is checked under. */
  file: string;
  text: string;
}

/** The last check of a document. */
export interface CheckedDocument extends OpenDocument {
  version: number;
  checked: CheckedText;
}

/** What is open in an editor, and what was found in it. */
export class EditorSession {
  readonly #client: SessionClient;
  readonly #workspaces = new Map<string, Workspace>();
  readonly #published = new PublishedDiagnostics();
  readonly #results = new Map<string, CheckedDocument>();
  /** The files that the requests of a document take text from. */
  readonly #reads = new Map<string, ReadonlySet<string>>();
  readonly #queue = new CheckQueue((uri) => this.#check(uri));
  #folders: readonly string[] = [];
  /** The last problem that was shown: it isn't shown again with each keystroke. */
  #shownProblem: string | undefined;

  constructor(client: SessionClient) {
    this.#client = client;
  }

  setFolders(folders: readonly string[]): void {
    this.#folders = [...folders].sort((a, b) => b.length - a.length);
    this.reload();
  }

  change(uri: string): void {
    this.#queue.schedule(uri);
    const path = toPath(uri);
    if (path === undefined) return;
    for (const [reader, reads] of this.#reads)
      if (reader !== uri && reads.has(path)) this.#queue.schedule(reader);
  }

  close(uri: string): void {
    this.#queue.forget(uri);
    this.#results.delete(uri);
    this.#reads.delete(uri);
    this.#publish(uri, new Map());
    this.change(uri);
    this.#queue.forget(uri);
  }

  /** Files on the disk changed, or were saved. */
  async changeFiles(paths: readonly string[]): Promise<void> {
    for (const workspace of this.#workspaces.values()) {
      const decides = await Promise.all(paths.map((path) => workspace.decides(path)));
      if (decides.includes(true)) return this.reload();
    }
    for (const [uri, reads] of this.#reads) if (paths.some((path) => reads.has(path))) this.#queue.start(uri);
  }

  /** Reads all configurations again, and checks everything that is open. */
  reload(): void {
    this.#shownProblem = undefined;
    for (const workspace of this.#workspaces.values()) workspace.reload();
    for (const { uri } of this.#client.documents.all()) this.#queue.start(uri);
  }

  /** An open document that is looked at; undefined for one that is no file, or too large. */
  find(uri: string): OpenDocument | undefined {
    const document = this.#client.documents.get(uri);
    const found = document && this.#locate(document);
    return found && found.text.length <= MAX_TEXT_LENGTH ? found : undefined;
  }

  /** The last check of a document, if it is of the text that the editor shows. */
  findChecked(uri: string): CheckedDocument | undefined {
    const result = this.#results.get(uri);
    return result && result.version === this.#client.documents.get(uri)?.version ? result : undefined;
  }

  #locate(document: TextDocument): OpenDocument | undefined {
    const [root = "."] = this.#folders;
    const path = findDocumentPath(document, root);
    if (path === undefined || !mayBeRead(path) || SKIPPED.test(path)) return undefined;
    const text = document.getText();
    // The check knows no byte order mark; an editor that leaves it in the text has it as a character.
    const bare = text.startsWith(BYTE_ORDER_MARK) ? ` ${text.slice(1)}` : text;
    return { document, workspace: this.#workspaceOf(path), path, file: nameFromPath(path), text: bare };
  }

  #workspaceOf(path: string): Workspace {
    const root = this.#folders.find((folder) => isBelow(path, folder)) ?? dirname(path);
    const found = this.#workspaces.get(root) ?? new Workspace(root);
    this.#workspaces.set(root, found);
    return found;
  }

  async #check(uri: string): Promise<void> {
    const document = this.#client.documents.get(uri);
    const found = document && this.#locate(document);
    if (!found) return;
    const { version } = document;
    if (found.text.length > MAX_TEXT_LENGTH) return this.#publish(uri, new Map([[uri, [TOO_LONG]]]), version);
    const openTexts = this.#createOpenTexts();
    try {
      const checked = await found.workspace.check(found, openTexts, new Date());
      // The text changed meanwhile: its own check follows.
      if (this.#client.documents.get(uri)?.version !== version) return;
      this.#results.set(uri, { ...found, version, checked });
      this.#reads.set(uri, openTexts.asked);
      const byFile = toEditorDiagnostics(checked, found.file);
      const byUri = [...byFile].map(([file, diagnostics]) => [this.uriOf(file, found), diagnostics] as const);
      this.#publish(uri, new Map(byUri), version);
    } catch (error) {
      if (this.#client.documents.get(uri)?.version === version) await this.#reportProblem(error, found);
    }
  }

  /** How the editor writes the URI of a file that a document's findings are in. */
  uriOf(file: string, { file: own, document }: OpenDocument): string {
    if (file === own) return document.uri;
    const uri = toUri(file);
    // Editors write the same URI in their own ways.
    return this.#client.documents.all().find((open) => toPath(open.uri) === toPath(uri))?.uri ?? uri;
  }

  /** The texts of open files, and which of them were asked for. */
  #createOpenTexts(): OpenTexts & { asked: Set<string> } {
    const asked = new Set<string>();
    const get = (path: string): string | undefined => {
      asked.add(path);
      const open = this.#client.documents.all().find(({ uri }) => toPath(uri) === path);
      return open?.getText();
    };
    return { asked, get };
  }

  #publish(owner: string, found: ReadonlyMap<string, readonly EditorDiagnostic[]>, version?: number): void {
    for (const [uri, diagnostics] of this.#published.replace(owner, found))
      this.#client.publish(uri, uri === owner ? version : undefined, diagnostics);
  }

  /** With a configuration that can't be used, nothing is checked, which must not look like a pass. */
  async #reportProblem(error: unknown, found: OpenDocument): Promise<void> {
    const { faults, text } = describeProblem(error, this.#client.environment);
    const { document, file } = found;
    const byUri = new Map<string, EditorDiagnostic[]>([[document.uri, []]]);
    for (const { file: at, message, help, place } of faults) {
      const uri = this.uriOf(at, found);
      const range = new PositionMap(
        this.#client.documents.get(uri)?.getText() ?? "\n".repeat(place.endLine),
      ).toRange(place);
      const words = help === undefined ? message : `${message}\nhelp: ${help}`;
      byUri.set(uri, [
        ...(byUri.get(uri) ?? []),
        { range, severity: 1, source: DIAGNOSTIC_SOURCE, message: words },
      ]);
    }
    if (faults.every(({ file: at }) => at !== file) && (await holdsRequests(found)))
      byUri
        .get(document.uri)!
        .push({ range: START, severity: 1, source: DIAGNOSTIC_SOURCE, message: `not checked: ${text}` });
    this.#results.delete(document.uri);
    this.#publish(document.uri, byUri, document.version);
    if (this.#shownProblem !== text) this.#client.showError(text);
    this.#shownProblem = text;
  }
}

/** Other people's files. */
const SKIPPED = /[\\/](?:node_modules|\.git|\.venv)[\\/]/;

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

const TOO_LONG: EditorDiagnostic = {
  range: START,
  severity: 3,
  source: DIAGNOSTIC_SOURCE,
  message:
    "the text is longer than 1 MiB and is not checked in the editor\nhelp: `countersign check` reads files of up to 8 MiB",
};

/** By the schemas that ship, since those of the workspace can't be loaded. A text that can't be read may hold some. */
async function holdsRequests({ file, text }: OpenDocument): Promise<boolean> {
  try {
    const { countShippedRequests } = await import("./shipped.ts");
    return (await countShippedRequests(file, text)) > 0;
  } catch {
    return true;
  }
}
