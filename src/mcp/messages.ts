import { Transform } from "node:stream";

/** Bytes of one message. The largest text that a tool takes fits, in JSON's escapes too. */
const MAX_MESSAGE = 8 << 20;

/** How much of the beginning and the end of a message is searched for its id. */
const EDGE = 256;

const ID = /^\{"jsonrpc":"2\.0","id":(\d{1,15}|"[^"\\]{1,100}")|"id":(\d{1,15}|"[^"\\]{1,100}")\}\s*$/;

/**
 * Passes whole messages on, one a line. One that is too large or no JSON is answered with an error, and dropped: the
 * SDK's transport would end at the first, and be silent at the second.
 */
export function createMessageFilter(answer: (message: string) => void): Transform {
  let pieces: Buffer[] = [];
  let length = 0;
  const add = (piece: Buffer): void => {
    length += piece.length;
    if (length > MAX_MESSAGE && pieces.length > 1)
      pieces = [pieces[0]!, Buffer.concat(pieces).subarray(-EDGE)];
    pieces.push(piece);
  };
  const take = (): { line: string; isOver: boolean } => {
    const line = Buffer.concat(pieces).toString("utf8");
    const isOver = length > MAX_MESSAGE;
    pieces = [];
    length = 0;
    return { line, isOver };
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let from = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
        add(chunk.subarray(from, end));
        from = end + 1;
        const { line, isOver } = take();
        const problem = isOver ? TOO_LARGE : findProblem(line);
        if (problem) answer(formatProblem(problem, line));
        else if (line.trim() !== "") this.push(`${line}\n`);
      }
      add(chunk.subarray(from));
      done();
    },
  });
}

interface MessageProblem {
  code: number;
  message: string;
  /** That of the request, where the message could be read. */
  id?: unknown;
}

/** Codes of JSON-RPC 2.0. */
const TOO_LARGE: MessageProblem = {
  code: -32600,
  message: `the message is larger than ${MAX_MESSAGE >> 20} MiB`,
};
const NO_JSON: MessageProblem = { code: -32700, message: "the message is no JSON" };
const NO_MESSAGE: MessageProblem = { code: -32600, message: "the message is no object of JSON-RPC 2.0" };

const NO_CALL: MessageProblem = {
  code: -32602,
  message: "a call of a tool has `params` with the `name` of the tool, and its `arguments` as an object",
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function findProblem(line: string): MessageProblem | undefined {
  if (line.trim() === "") return undefined;
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value) || !("jsonrpc" in value)) return NO_MESSAGE;
    const { id, method, params } = value;
    return method === "tools/call" && id !== undefined && !isCall(params) ? { ...NO_CALL, id } : undefined;
  } catch {
    return NO_JSON;
  }
}

const isCall = (params: unknown): boolean =>
  isObject(params) &&
  typeof params.name === "string" &&
  (params.arguments === undefined || isObject(params.arguments));

/** A request whose id can be told is answered by it: its sender waits. */
function formatProblem({ id, ...error }: MessageProblem, line: string): string {
  return `${JSON.stringify({ jsonrpc: "2.0", id: id ?? findId(line), error })}\n`;
}

function findId(line: string): unknown {
  const [, first, last] =
    ID.exec(line.length > 2 * EDGE ? line.slice(0, EDGE) + line.slice(-EDGE) : line) ?? [];
  const id = first ?? last;
  return id === undefined ? null : JSON.parse(id);
}
