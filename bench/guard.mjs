import { Readable } from "node:stream";
import { CreateDataRepositoryTaskCommand, FSxClient } from "@aws-sdk/client-fsx";
import { guard } from "../dist/aws-sdk/index.js";
import { createValidator } from "../dist/index.js";

const CALLS = 2_000;
const ROUNDS = 5;

/** Answers every request at once, so that only the SDK's own work is left. */
const requestHandler = {
  handle: async () => ({
    response: { statusCode: 200, headers: {}, body: Readable.from(["{}"]), reason: "OK" },
  }),
  metadata: { handlerProtocol: "http/1.1" },
};

const createClient = () =>
  new FSxClient({
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    requestHandler,
  });

const INPUT = {
  FileSystemId: "fs-0123456789abcdef0",
  Type: "EXPORT_TO_REPOSITORY",
  Paths: ["results"],
  Report: { Enabled: false },
};

/** The CPU time of a call in milliseconds. */
async function measure(client) {
  const before = process.cpuUsage();
  for (let call = 0; call < CALLS; call++) await client.send(new CreateDataRepositoryTaskCommand(INPUT));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / CALLS;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** What a guard without pull adds to a call of the SDK. */
export async function guardCost() {
  const clients = [createClient(), guard(createClient(), { validator: createValidator() })];
  const times = clients.map(() => []);
  for (const client of clients) await measure(client);
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, client] of clients.entries()) times[index].push(await measure(client));
  const [bare, guarded] = times.map(median);
  console.log(`  the SDK alone                                ${bare.toFixed(3).padStart(8)} ms CPU a call`);
  console.log(
    `  what the guard adds                          ${(guarded - bare).toFixed(3).padStart(8)} ms (goal: at most 0.1)`,
  );
}
