import { quoted } from "../diagnostics/text.ts";
import { createReadProblem, type ReadProblem } from "../gather/problem.ts";
import type { FactReader } from "../gather/reading.ts";
import { kindFromErrorName } from "../iam/aws/error-names.ts";
import type { CommandModule, GuardedClient, MiddlewareStack } from "./client.ts";
import { addGuardMiddleware } from "./client.ts";

type Answer = Record<string, unknown>;
type CommandClass = new (input: object) => { middlewareStack: MiddlewareStack };

/** Milliseconds for one read. The SDK has no limit of its own. */
const TIMEOUT = 20_000;
const MAX_PAGES = 1_000;

/** The services whose clients can be asked, with the packages of their commands. */
const PACKAGES: Readonly<Record<string, string>> = {
  fsx: "@aws-sdk/client-fsx",
  storagegateway: "@aws-sdk/client-storage-gateway",
};

/** Reads facts through a client of the AWS SDK, with commands of its own package that only read. */
export class ClientReader implements FactReader {
  readonly #client: GuardedClient;
  readonly #service: string;
  #commands: CommandModule | undefined;

  /** `service` as the AWS CLI names it; `commands` are the exports of the client's package, where they are known. */
  constructor(client: GuardedClient, service: string, commands: CommandModule | undefined) {
    this.#client = client;
    this.#service = service;
    this.#commands = commands;
  }

  async read(words: readonly string[]): Promise<Answer> {
    const { service, operation, region, input, isPart } = readWords(words);
    if (service !== this.#service)
      throw createReadProblem(
        "other",
        `a client of ${quoted(this.#service)} can't be asked for what ${quoted(service)} knows`,
      );
    if (!/^(?:Describe|List)/.test(operation)) throw new Error(`not a reading command: ${operation}`);
    await this.#checkRegion(region);
    const Command = await this.#findCommand(operation);
    const answer = await this.#readPages(Command, input);
    return isPart ? { ...answer, IsTruncated: true } : answer;
  }

  async #checkRegion(wanted: string | undefined): Promise<void> {
    const { region } = this.#client.config as { region?: unknown };
    const own: unknown = typeof region === "function" ? await region() : region;
    if (wanted !== undefined && typeof own === "string" && own !== wanted)
      throw createReadProblem("region", `it is in ${quoted(wanted)}, and the client is for ${quoted(own)}`);
  }

  async #findCommand(operation: string): Promise<CommandClass> {
    const name = PACKAGES[this.#service];
    this.#commands ??= await importPackage(name);
    const command = this.#commands[`${operation}Command`];
    if (typeof command !== "function")
      throw createReadProblem(
        "other",
        `${quoted(name ?? this.#service)} has no ${quoted(`${operation}Command`)}`,
      );
    return command as CommandClass;
  }

  /** Joins the pages of lists that go on with `Marker`, as the AWS CLI does. */
  async #readPages(Command: CommandClass, input: object): Promise<Answer> {
    let answer = await this.#send(Command, input);
    for (let page = 1; typeof answer.Marker === "string" && answer.Marker !== ""; page++) {
      if (page === MAX_PAGES) throw createReadProblem("other", "the pages of the list come to no end");
      const { Marker, ...before } = answer;
      answer = joinLists(before, await this.#send(Command, { ...input, Marker }));
    }
    return answer;
  }

  async #send(Command: CommandClass, input: object): Promise<Answer> {
    const command = new Command(input);
    // A read is not checked itself.
    addGuardMiddleware(command.middlewareStack, (next) => next);
    try {
      const { $metadata: _, ...answer } = await this.#client.send(command, {
        abortSignal: AbortSignal.timeout(TIMEOUT),
      });
      return answer;
    } catch (error) {
      throw toProblem(error);
    }
  }
}

function readWords([service = "", operation = "", ...options]: readonly string[]) {
  const input: Record<string, unknown> = {};
  let region: string | undefined;
  let isPart = false;
  for (let at = 0; at < options.length; at += 2) {
    const [option = "", value = ""] = [options[at], options[at + 1]];
    if (option === "--region") region = value;
    // What is asked for by its id is a part of a list.
    else if (option === "--query") isPart = true;
    else input[toMemberName(option)] = toMemberValue(option, value);
  }
  return { service, operation: toMemberName(operation), region, input, isPart };
}

const SPELLINGS: Readonly<Record<string, string>> = { arn: "ARN", arns: "ARNs", nfs: "NFS", smb: "SMB" };

const toMemberName = (option: string): string =>
  option
    .replace(/^--/, "")
    .split("-")
    .map((word) => SPELLINGS[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

function toMemberValue(option: string, value: string): unknown {
  if (option === "--filters") {
    const [, Name, one] = /^Name=([^,]*),Values=(.*)$/.exec(value) ?? [];
    return [{ Name, Values: [one] }];
  }
  return /(?:-ids|-arns|-list)$/.test(option) ? [value] : value;
}

function joinLists(before: Answer, next: Answer): Answer {
  const joined: Answer = { ...next };
  for (const [key, value] of Object.entries(before)) {
    const more = next[key];
    if (Array.isArray(value) && Array.isArray(more)) joined[key] = [...value, ...more];
    else if (more === undefined) joined[key] = value;
  }
  return joined;
}

async function importPackage(name: string | undefined): Promise<CommandModule> {
  try {
    if (name !== undefined) return (await import(name)) as CommandModule;
  } catch {
    // Below: bundlers, and package managers that keep packages apart, hide it.
  }
  throw createReadProblem(
    "other",
    "the package of the client's commands can't be loaded: give its exports as `commands`",
  );
}

function toProblem(error: unknown): ReadProblem {
  const {
    name = "",
    message = "",
    $fault,
  } = Object(error) as { name?: string; message?: string; $fault?: string };
  const kind = kindFromErrorName(name);
  if ($fault !== undefined)
    return createReadProblem(kind ?? "other", `AWS answers ${quoted(name)}: ${quoted(message, 300)}`, name);
  return createReadProblem(
    kind ?? "network",
    `the client says ${quoted(message === "" ? name : message, 300)}`,
  );
}
