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
/** What reached the server: the operation of each request. */
let reached: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    reached.push(String(request.headers["x-amz-target"]).replace(/^.*\./, ""));
    request.resume().on("end", () => {
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

/** What the promise of a request that must not be sent rejects with. */
async function refusal(sent: Promise<unknown>): Promise<GuardError> {
  const error = await sent.then(
    () => "it was sent",
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GuardError);
  expect(reached).toEqual([]);
  return error as GuardError;
}

describe("a guarded client", () => {
  it("sends what passes", async () => {
    await fsx().send(new CreateDataRepositoryTaskCommand(EXPORT));
    expect(reached).toEqual(["CreateDataRepositoryTask"]);
  });

  it("stops what the schema refuses, before it leaves the machine", async () => {
    const wrong = { ...EXPORT, Type: "EXPORT_EVERYTHING" } as never;
    const error = await refusal(fsx().send(new CreateDataRepositoryTaskCommand(wrong)));
    expect(error.operation).toBe("fsx:CreateDataRepositoryTask");
    expect(error.diagnostics.map(({ code, pointer }) => [code, pointer])).toEqual([["schema/enum", "/Type"]]);
    expect(error.message).toMatch(
      /^fsx:CreateDataRepositoryTask was not sent, because its check failed:\n {2}schema\/enum at \/Type: /,
    );
  });

  it("stops what a rule refuses", async () => {
    const command = new CreateDataRepositoryTaskCommand({ ...EXPORT, Paths: ["/results"] });
    const { diagnostics } = await refusal(fsx().send(command));
    expect(diagnostics.map(({ code }) => code)).toEqual(["fsx/export-paths-relative"]);
  });

  it("does not retry a refusal", async () => {
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
    await refusal(client.send(new CreateDataRepositoryTaskCommand({ ...EXPORT, Paths: ["/results"] })));
    expect(checks).toBe(1);
  });

  it("lets operations without a schema pass", async () => {
    await fsx().send(new DescribeFileSystemsCommand({}));
    expect(reached).toEqual(["DescribeFileSystems"]);
  });

  it("knows the client by its name", async () => {
    const report = { FileShareARN: SHARE, LocationARN: "arn:aws:s3:::reports" } as never;
    const { operation } = await refusal(gateway().send(new StartCacheReportCommand(report)));
    expect(operation).toBe("storagegateway:StartCacheReport");
  });

  it("takes a justification for all of a client's requests, or for one command", async () => {
    const command = () => new EvictFilesFailingUploadCommand({ FileShareARN: SHARE, ForceRemove: true });
    const { diagnostics } = await refusal(gateway().send(command()));
    expect(diagnostics.map(({ code }) => code)).toContain("storagegateway/force-remove-justified");
    const justification = "INC-4242: the 14 files were verified in the source system";
    await gateway({ justification }).send(command());
    const justified = command();
    justified.middlewareStack.use(guard(validator, { justification }));
    await gateway().send(justified);
    expect(reached).toEqual(["EvictFilesFailingUpload", "EvictFilesFailingUpload"]);
  });

  it("stops undecided checks where that is asked for, and tells of them where it isn't", async () => {
    const heard: string[] = [];
    await fsx({ onChecked: (operation, { outcome }) => heard.push(`${operation} ${outcome}`) }).send(
      new CreateDataRepositoryTaskCommand(EXPORT),
    );
    expect(heard).toEqual(["fsx:CreateDataRepositoryTask undecided"]);
    reached = [];
    const error = await refusal(fsx({ strict: true }).send(new CreateDataRepositoryTaskCommand(EXPORT)));
    expect(error.message).toMatch(/because its check is undecided:/);
    expect(error.diagnostics.every(({ status }) => status === "undecided")).toBe(true);
  });

  it("checks each of many requests in flight by itself", async () => {
    const client = fsx();
    const sent = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        client.send(
          new CreateDataRepositoryTaskCommand({ ...EXPORT, Paths: [index % 2 ? "/absolute" : "relative"] }),
        ),
      ),
    );
    expect(sent.map(({ status }) => status)).toEqual(
      sent.map((_, index) => (index % 2 ? "rejected" : "fulfilled")),
    );
    expect(reached).toHaveLength(20);
  });

  it("stops payloads that can't be read", async () => {
    const circular: Record<string, unknown> = { ...EXPORT };
    circular.Report = circular;
    await refusal(fsx().send(new CreateDataRepositoryTaskCommand(circular as never)));
  });
});

describe("guard()", () => {
  it("says what it takes", () => {
    expect(() => guard({} as never)).toThrow(
      new TypeError("`guard` takes a validator: hand in `createValidator()`"),
    );
  });
});
