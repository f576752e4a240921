import { once } from "node:events";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { CreateDataRepositoryTaskCommandInput } from "@aws-sdk/client-fsx";
import { CreateDataRepositoryTaskCommand, DescribeFileSystemsCommand, FSxClient } from "@aws-sdk/client-fsx";
import {
  EvictFilesFailingUploadCommand,
  StartCacheReportCommand,
  StorageGatewayClient,
} from "@aws-sdk/client-storage-gateway";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GuardOptions } from "../../src/aws-sdk/index.ts";
import { GuardError, guard } from "../../src/aws-sdk/index.ts";
import { createValidator } from "../../src/index.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const EXPORT: CreateDataRepositoryTaskCommandInput = {
  FileSystemId: "fs-0123456789abcdef0",
  Type: "EXPORT_TO_REPOSITORY",
  Paths: ["results"],
  Report: { Enabled: false },
};

let server: Server;
/** The operations of the requests that reached the server. */
let reached: string[] = [];
/** Their bodies. */
let bodies: unknown[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    reached.push(String(request.headers["x-amz-target"]).replace(/^.*\./, ""));
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      bodies.push(JSON.parse(Buffer.concat(parts).toString("utf8")));
      response.setHeader("content-type", "application/x-amz-json-1.1");
      response.end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  reached = [];
  bodies = [];
});

const settings = () => ({
  region: "eu-west-1",
  endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
});

const validator = createValidator();

function fsx(options?: GuardOptions): FSxClient {
  const client = new FSxClient(settings());
  client.middlewareStack.use(guard(validator, options));
  return client;
}

function gateway(options?: GuardOptions): StorageGatewayClient {
  const client = new StorageGatewayClient(settings());
  client.middlewareStack.use(guard(validator, options));
  return client;
}

/** Awaits the `GuardError` of a request that must not be sent. */
async function expectBlocked(sent: Promise<unknown>): Promise<GuardError> {
  const error = await sent.then(
    () => "it was sent",
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GuardError);
  expect(reached).toEqual([]);
  return error as GuardError;
}

describe("a guarded client", () => {
  it("sends a request that passes", async () => {
    await fsx().send(new CreateDataRepositoryTaskCommand(EXPORT));
    expect(reached).toEqual(["CreateDataRepositoryTask"]);
  });

  it("blocks a request that the schema rejects before it is sent", async () => {
    const wrong = { ...EXPORT, Type: "EXPORT_EVERYTHING" } as never;
    const error = await expectBlocked(fsx().send(new CreateDataRepositoryTaskCommand(wrong)));
    expect(error.operation).toBe("fsx:CreateDataRepositoryTask");
    expect(error.diagnostics.map(({ code, pointer }) => [code, pointer])).toEqual([["schema/enum", "/Type"]]);
    expect(error.message).toMatch(
      /^fsx:CreateDataRepositoryTask was not sent, because its check failed:\n {2}schema\/enum at \/Type: /,
    );
  });

  it("blocks a request that a rule rejects", async () => {
    const command = new CreateDataRepositoryTaskCommand({ ...EXPORT, Paths: ["/fsx/results"] });
    const { diagnostics } = await expectBlocked(fsx().send(command));
    expect(diagnostics.map(({ code }) => code)).toEqual(["fsx/export-paths-relative"]);
  });

  it("does not retry a blocked request", async () => {
    let checks = 0;
    const counting = {
      ...validator,
      validate: (input: Parameters<typeof validator.validate>[0]) => {
        checks++;
        return validator.validate(input);
      },
    };
    const client = new FSxClient({ ...settings(), maxAttempts: 5 });
    client.middlewareStack.use(guard(counting));
    await expectBlocked(
      client.send(new CreateDataRepositoryTaskCommand({ ...EXPORT, Paths: ["/fsx/results"] })),
    );
    expect(checks).toBe(1);
  });

  it("sends operations that have no schema", async () => {
    await fsx().send(new DescribeFileSystemsCommand({}));
    expect(reached).toEqual(["DescribeFileSystems"]);
  });

  it("recognizes the service by the client's name", async () => {
    const report = { FileShareARN: SHARE, LocationARN: "arn:aws:s3:::reports" } as never;
    const { operation } = await expectBlocked(gateway().send(new StartCacheReportCommand(report)));
    expect(operation).toBe("storagegateway:StartCacheReport");
  });

  it("accepts a justification for a whole client or for a single command", async () => {
    const command = () => new EvictFilesFailingUploadCommand({ FileShareARN: SHARE, ForceRemove: true });
    const { diagnostics } = await expectBlocked(gateway().send(command()));
    expect(diagnostics.map(({ code }) => code)).toContain("storagegateway/force-remove-justified");
    const justification = "INC-4242: the 14 files were verified in the source system";
    await gateway({ justification }).send(command());
    const justified = command();
    justified.middlewareStack.use(guard(validator, { justification }));
    await gateway().send(justified);
    expect(reached).toEqual(["EvictFilesFailingUpload", "EvictFilesFailingUpload"]);
  });

  it("blocks undecided requests only with `strict`, and passes them to `onChecked` otherwise", async () => {
    const seen: string[] = [];
    await fsx({ onChecked: (operation, { outcome }) => seen.push(`${operation} ${outcome}`) }).send(
      new CreateDataRepositoryTaskCommand(EXPORT),
    );
    expect(seen).toEqual(["fsx:CreateDataRepositoryTask undecided"]);
    reached = [];
    const error = await expectBlocked(
      fsx({ strict: true }).send(new CreateDataRepositoryTaskCommand(EXPORT)),
    );
    expect(error.message).toMatch(/because its check is undecided:/);
    expect(error.diagnostics.every(({ status }) => status === "undecided")).toBe(true);
  });

  it("checks concurrent requests independently", async () => {
    const client = fsx();
    const sent = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        client.send(
          new CreateDataRepositoryTaskCommand({
            ...EXPORT,
            Paths: [index % 2 ? "/mnt/absolute" : "relative"],
          }),
        ),
      ),
    );
    expect(sent.map(({ status }) => status)).toEqual(
      sent.map((_, index) => (index % 2 ? "rejected" : "fulfilled")),
    );
    expect(reached).toHaveLength(20);
  });

  it.each<[string, (input: CreateDataRepositoryTaskCommandInput) => void]>([
    ["in a list", (input) => input.Paths!.splice(0, 1, "/fsx/results")],
    ["as a member", (input) => Object.assign(input, { Paths: ["/fsx/results"] })],
    ["in an object", (input) => Object.assign(input.Report!, { Enabled: true })],
  ])("sends what it checked, even if the input is changed %s in the meantime", async (_, change) => {
    const command = new CreateDataRepositoryTaskCommand(structuredClone(EXPORT));
    const sent = fsx().send(command);
    change(command.input);
    await sent;
    expect(bodies).toEqual([expect.objectContaining(EXPORT)]);
  });

  it("sends the value that a getter returned when it was checked", async () => {
    let reads = 0;
    const changing = Object.defineProperty({ ...EXPORT }, "Paths", {
      enumerable: true,
      get: () => (reads++ === 0 ? ["results"] : ["/fsx/results"]),
    });
    const command = new CreateDataRepositoryTaskCommand(EXPORT);
    Object.assign(command, { input: changing });
    await fsx().send(command);
    expect(bodies).toEqual([expect.objectContaining(EXPORT)]);
  });

  it("does not send non-enumerable members, which the check can't see", async () => {
    const command = new CreateDataRepositoryTaskCommand(EXPORT);
    const hidden = { value: "s3://elsewhere", enumerable: false };
    Object.assign(command, {
      input: { ...EXPORT, Report: Object.defineProperty({ Enabled: false }, "Path", hidden) },
    });
    await fsx().send(command);
    expect(bodies).toEqual([expect.objectContaining(EXPORT)]);
  });

  it("blocks a request whose getter throws, even if it would not throw again", async () => {
    let reads = 0;
    const failingOnce = Object.defineProperty({ ...EXPORT }, "Paths", {
      enumerable: true,
      get: () => {
        if (reads++ === 0) throw new Error("not now");
        return ["results"];
      },
    });
    const command = new CreateDataRepositoryTaskCommand(EXPORT);
    Object.assign(command, { input: failingOnce });
    expect((await expectBlocked(fsx().send(command))).message).toContain("not now");
  });

  it("keeps bytes and dates as they are", async () => {
    const seen: unknown[] = [];
    const client = fsx();
    client.middlewareStack.add(
      (next) => (args) => {
        seen.push(args.input);
        return next(args);
      },
      { step: "build" },
    );
    const [bytes, date] = [new Uint8Array([1]), new Date(0)];
    await expectBlocked(client.send(new CreateDataRepositoryTaskCommand({ ...EXPORT, A: bytes } as never)));
    const lax = { ...validator, validate: () => ({ outcome: "pass" as const, diagnostics: [] }) };
    client.middlewareStack.use(guard(lax));
    await client.send(new CreateDataRepositoryTaskCommand({ ...EXPORT, A: bytes, B: [date] } as never));
    expect(seen).toEqual([{ ...EXPORT, A: bytes, B: [date] }]);
    expect((seen[0] as { A: unknown }).A).toBe(bytes);
  });

  it("uses the later of two guards on one client", async () => {
    const command = () => new CreateDataRepositoryTaskCommand({ ...EXPORT, Paths: ["/fsx/results"] });
    const lax = createValidator({ rules: { "fsx/export-paths-relative": "off" } });
    const client = fsx();
    client.middlewareStack.use(guard(lax));
    await client.send(command());
    expect(reached).toEqual(["CreateDataRepositoryTask"]);
    reached = [];
    client.middlewareStack.use(guard(validator));
    await expectBlocked(client.send(command()));
  });

  it("blocks payloads that can't be read", async () => {
    const circular: Record<string, unknown> = { ...EXPORT };
    circular.Report = circular;
    await expectBlocked(fsx().send(new CreateDataRepositoryTaskCommand(circular as never)));
  });
});

describe("guard()", () => {
  it("throws a TypeError if its argument is not a validator", () => {
    const { validate } = validator;
    for (const wrong of [{}, undefined, { validate }])
      expect(() => guard(wrong as never)).toThrow(
        new TypeError("`guard` takes a client of the AWS SDK, or a validator: hand in `createValidator()`"),
      );
  });
});
