import { describe, expect, it } from "vitest";
import { createMessageFilter } from "../../src/mcp/messages.ts";

/** What passes of some input, and what is answered. */
async function filter(chunks: readonly (string | Buffer)[]) {
  const answers: { id: unknown; error: { code: number; message: string } }[] = [];
  const stream = createMessageFilter((message) => void answers.push(JSON.parse(message)));
  let passed = "";
  stream.on("data", (chunk: Buffer) => {
    passed += chunk.toString("utf8");
  });
  for (const chunk of chunks) stream.write(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  stream.end();
  await new Promise((resolve) => stream.on("end", resolve));
  return { answers, passed };
}

const PING = '{"jsonrpc":"2.0","id":7,"method":"ping"}';

describe("messages on standard input", () => {
  it("pass as they are, wherever they are cut", async () => {
    const bytes = Buffer.from(`${PING}\n\r\n${PING.replace("ping", "pïng")}\n`);
    for (const size of [1, 7, 1000]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      const { passed, answers } = await filter(chunks);
      expect(passed.trim().split("\n")).toEqual([PING, PING.replace("ping", "pïng")]);
      expect(answers).toEqual([]);
    }
  });

  it.each([
    ["no JSON", "hello\n", -32700, null],
    ["binary", Buffer.from([0, 255, 254, 10]), -32700, null],
    ["half a message", `${PING.slice(0, -1)}\n`, -32700, 7],
    ["a list", "[1]\n", -32600, null],
    ["a number", "1\n", -32600, null],
    ["null", "null\n", -32600, null],
  ])("are answered with an error if they are %s", async (_name, chunk, code, id) => {
    const { passed, answers } = await filter([chunk, `${PING}\n`]);
    expect(answers).toMatchObject([{ id, error: { code } }]);
    expect(passed).toBe(`${PING}\n`);
  });

  it.each([
    [{}],
    [{ name: "check", arguments: null }],
    [{ name: "check", arguments: [] }],
    [{ name: 7 }],
    [null],
  ])("are answered in words if they call a tool with other parameters: %j", async (params) => {
    const call = { jsonrpc: "2.0", method: "tools/call", params, id: 9 };
    const { passed, answers } = await filter([`${JSON.stringify(call)}\n${PING}\n`]);
    expect(answers).toMatchObject([
      { id: 9, error: { code: -32602, message: expect.stringContaining("`arguments` as an object") } },
    ]);
    expect(passed).toBe(`${PING}\n`);
  });

  it("are answered and dropped if they are too large, and the next one passes", async () => {
    const piece = "a".repeat(1 << 20);
    const large = [
      '{"method":"x","params":"',
      ...Array<string>(12).fill(piece),
      '","jsonrpc":"2.0","id":"me"}\n',
    ];
    const { passed, answers } = await filter([...large, `${PING}\n`]);
    expect(answers).toMatchObject([{ id: "me", error: { message: "the message is larger than 8 MiB" } }]);
    expect(passed).toBe(`${PING}\n`);
  });
});
