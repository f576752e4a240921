import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Xml } from "../live/server.ts";
import { fault, result } from "../live/server.ts";

/** An error of AWS. */
export class Refusal {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status = 400) {
    this.code = code;
    this.status = status;
  }
}

type Input = Readonly<Record<string, unknown>>;

/** Answers by operation: of protocols with JSON, a value; of the Query protocol, what becomes XML; of S3, a body. */
export type World = Readonly<Record<string, (input: Input, asked: number) => unknown>>;

/** A server that speaks as much of AWS's protocols as the AWS CLI's reading commands need. */
export async function serveAws(world: World) {
  const calls: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const call = readCall(request, body);
    const asked = calls.filter((name) => name === call.operation).length;
    calls.push(call.operation);
    const handler = world[call.operation] ?? (() => new Refusal("AccessDeniedException", 403));
    const { status, type, text, headers } = call.format(handler(call.input, asked), call.operation);
    response.writeHead(status, { "content-type": type, ...headers }).end(text);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Formatted {
  status: number;
  type: string;
  text: string;
  headers?: Record<string, string>;
}

interface Call {
  operation: string;
  input: Input;
  format(value: unknown, operation: string): Formatted;
}

function readCall({ method, url = "/", headers }: IncomingMessage, body: string): Call {
  const target = headers["x-amz-target"];
  if (typeof target === "string")
    return { operation: target.split(".").at(-1)!, input: JSON.parse(body || "{}"), format: formatJson };
  if (method === "POST") {
    const input = Object.fromEntries(new URLSearchParams(body));
    return { operation: input.Action ?? "", input, format: formatQuery };
  }
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const [part = ""] = [...searchParams.keys()];
  const owner = headers["x-amz-expected-bucket-owner"];
  const input = { Bucket: pathname.split("/")[1], owner };
  return { operation: S3[part] ?? (method === "HEAD" ? "HeadBucket" : part), input, format: formatS3 };
}

const S3: Readonly<Record<string, string>> = {
  policy: "GetBucketPolicy",
  encryption: "GetBucketEncryption",
  location: "GetBucketLocation",
};

const formatJson = (value: unknown): Formatted =>
  value instanceof Refusal
    ? { status: value.status, type: JSON_TYPE, text: JSON.stringify({ __type: value.code, message: "no" }) }
    : { status: 200, type: JSON_TYPE, text: JSON.stringify(value) };

const JSON_TYPE = "application/x-amz-json-1.1";

/** The handlers of the tests of `iam fetch` answer with a body. */
const toReply = (value: unknown, operation: string) =>
  typeof value === "object" && value !== null && "body" in value ? value : result(operation, value as Xml);

function formatQuery(value: unknown, operation: string): Formatted {
  const reply = value instanceof Refusal ? fault(value.status, value.code, "no") : toReply(value, operation);
  const { status = 200, body } = reply as { status?: number; body: string };
  return { status, type: "text/xml", text: body };
}

function formatS3(value: unknown, operation: string): Formatted {
  if (value instanceof Refusal)
    return {
      status: value.status,
      type: "application/xml",
      text:
        operation === "HeadBucket" ? "" : `<Error><Code>${value.code}</Code><Message>no</Message></Error>`,
    };
  if (operation === "HeadBucket")
    return { status: 200, type: "application/xml", text: "", headers: value as Record<string, string> };
  return { status: 200, type: "application/xml", text: String(value) };
}
