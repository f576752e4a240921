import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server does with a call: it answers, never answers, or drops the connection. */
export type Reply = { status?: number; body: string } | "silence" | "reset";

/** Answers a call; `asked` is the number of earlier calls of the same action. */
export type Handler = (input: URLSearchParams, asked: number) => Reply | Promise<Reply>;

export interface Server {
  url: string;
  /** The calls received, in order. */
  calls: URLSearchParams[];
  close(): Promise<void>;
}

/** A server of the IAM Query protocol that answers with a test's handlers. */
export async function serve(handlers: Readonly<Record<string, Handler>>): Promise<Server> {
  const calls: URLSearchParams[] = [];
  const counts = new Map<string, number>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const input = new URLSearchParams(await bodyOf(request));
    calls.push(input);
    const action = input.get("Action")!;
    const asked = counts.get(action) ?? 0;
    counts.set(action, asked + 1);
    const reply = await (handlers[action] ?? unknown)(input, asked);
    if (reply === "reset") request.socket.destroy();
    else if (reply !== "silence")
      response.writeHead(reply.status ?? 200, { "content-type": "text/xml" }).end(reply.body);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

const unknown: Handler = (input) => fault(400, "InvalidAction", `no ${input.get("Action")} here`);

/** An error in IAM's format. */
export const fault = (status: number, code: string, message: string): Reply => ({
  status,
  body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>7a62c49f</RequestId></ErrorResponse>`,
});

/** A value of the Query protocol: text, a list (of `member`s), or members by name. */
export type Xml = string | boolean | readonly Xml[] | { readonly [name: string]: Xml };

/** A successful answer in IAM's format. */
export const result = (action: string, value: Xml): Reply => ({
  body: `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${xml(value)}</${action}Result><ResponseMetadata><RequestId>7a62c49f</RequestId></ResponseMetadata></${action}Response>`,
});

function xml(value: Xml): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join("");
  if (typeof value !== "object") return escaped(String(value));
  return Object.entries(value)
    .map(([name, inside]) => `<${name}>${xml(inside)}</${name}>`)
    .join("");
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
