import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { ROOT } from "../cli/run.ts";

const SERVER = new URL("../../node_modules/yaml-language-server/bin/yaml-language-server", import.meta.url);

export interface Marked {
  message: string;
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
}

interface Message {
  id?: number;
  method?: string;
  params?: { uri?: string; diagnostics?: Marked[]; items?: unknown[] };
  result?: unknown;
}

/** A client of the YAML language server, as an editor is. */
export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers = new Map<number, (result: unknown) => void>();
  readonly #marks = new Map<string, (marks: Marked[]) => void>();
  readonly #settings: object;
  #buffer = Buffer.alloc(0);
  #next = 1;

  constructor(settings: object) {
    this.#settings = settings;
    this.#process = spawn(process.execPath, [SERVER.pathname, "--stdio"], { cwd: ROOT });
    this.#process.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  async start(): Promise<void> {
    await this.#ask("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(ROOT).href,
      capabilities: { workspace: { configuration: true }, textDocument: { completion: {}, hover: {} } },
    });
    this.#tell("initialized", {});
    this.#tell("workspace/didChangeConfiguration", { settings: this.#settings });
  }

  stop(): void {
    this.#process.kill();
  }

  /** Opens a text and returns what the editor would underline. */
  open(uri: string, text: string): Promise<Marked[]> {
    const marks = new Promise<Marked[]>((resolve) => this.#marks.set(uri, resolve));
    this.#tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
    return marks;
  }

  /** The labels of the completions that the editor would offer. */
  async complete(uri: string, line: number, character: number): Promise<string[]> {
    const result = (await this.#ask("textDocument/completion", {
      textDocument: { uri },
      position: { line, character },
    })) as { items: { label: string }[] };
    return result.items.map(({ label }) => label);
  }

  #ask(method: string, params: object): Promise<unknown> {
    const id = this.#next++;
    const answer = new Promise((resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, params });
    return answer;
  }

  #tell(method: string, params: object): void {
    this.#send({ method, params });
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.toString("latin1", 0, end))?.[1]);
      if (this.#buffer.length < end + 4 + length) return;
      const body = this.#buffer.toString("utf8", end + 4, end + 4 + length);
      this.#buffer = this.#buffer.subarray(end + 4 + length);
      this.#heard(JSON.parse(body) as Message);
    }
  }

  #heard({ id, method, params, result }: Message): void {
    if (method === "textDocument/publishDiagnostics" && params?.uri !== undefined)
      this.#marks.get(params.uri)?.(params.diagnostics ?? []);
    else if (method === "workspace/configuration" && id !== undefined)
      this.#send({ id, result: params?.items?.map(() => (this.#settings as { yaml: object }).yaml) ?? [] });
    else if (method !== undefined && id !== undefined) this.#send({ id, result: null });
    else if (id !== undefined) this.#answers.get(id)?.(result);
  }
}
