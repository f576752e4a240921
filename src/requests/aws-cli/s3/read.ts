import { formatCount, quoted } from "../../../diagnostics/text.ts";
import { OpenObject } from "../../../documents/partial.ts";
import { textFromParts } from "../../../documents/parts.ts";
import type { RequestFault, Unchecked, Unread } from "../../request.ts";
import type { Argument } from "../argument.ts";
import { getArgumentText, isUnknownText } from "../argument.ts";
import { findNearestOption, isOpenEnded, type ParsedArguments, parseArguments } from "../arguments.ts";
import type { CommandContext, ReadCommand } from "../command.ts";
import type { LocatedValue } from "../located-value.ts";
import { createStructure, createTextValue } from "../located-value.ts";
import { listGlobalOptions } from "../options.ts";
import type { S3Call, S3Command } from "./calls.ts";
import { listS3Calls } from "./calls.ts";
import { IMPLIED, OPTION_MEMBERS, PATHS, S3_OPTIONS } from "./options.ts";
import type { S3Path } from "./paths.ts";
import { readS3Path } from "./paths.ts";

/** What a command of `aws s3` asks for. */
export interface S3Reading {
  requests: ReadCommand[];
  faults: RequestFault[];
  unread: Unread[];
  unchecked: Unchecked[];
}

/** Reads a command of `aws s3` that may delete; undefined for any other. */
export function readS3Command(words: readonly Argument[], context: CommandContext): S3Reading | undefined {
  const first = parseArguments(words, listGlobalOptions(context.cliVersion), 1);
  const [service] = first.positionals;
  if (!service || getArgumentText(service) !== "s3") return undefined;
  const second = parseArguments(first.rest, [], 1);
  const [command] = second.positionals;
  const name = command ? getArgumentText(command) : "";
  if (!command || !Object.hasOwn(PATHS, name)) return undefined;
  const parsed = parseArguments(second.rest, S3_OPTIONS[name]!, PATHS[name]!);
  if (name === "sync" && !mayDelete(parsed)) return undefined;
  if (second.rest.some((word) => getArgumentText(word) === "help")) return undefined;
  const named = { start: service.span.start, end: command.span.end };
  return new S3Reader(name, named, context).read(second.rest, parsed);
}

/** A `sync` without `--delete` doesn't, unless a word that only the run knows brings it. */
const mayDelete = ({ given, rest }: ParsedArguments): boolean =>
  given.some(({ option }) => option.name === "delete") || rest.some(isOpenEnded);

class S3Reader {
  readonly #name: string;
  readonly #named: ReadCommand["named"];
  readonly #context: CommandContext;

  constructor(name: string, named: ReadCommand["named"], context: CommandContext) {
    this.#name = name;
    this.#named = named;
    this.#context = context;
  }

  read(words: readonly Argument[], parsed: ParsedArguments): S3Reading {
    const given = words.filter((word) => parsed.positionals.includes(word) || parsed.rest.includes(word));
    const options = given.filter((word) => getArgumentText(word).startsWith("--"));
    const paths = given.filter((word) => !options.includes(word));
    const isKnown = paths.length === PATHS[this.#name] && paths.every(({ words: many }) => many !== "list");
    const open = parsed.openEnded ?? (isKnown ? undefined : given.find(isOpenEnded));
    const read = paths.slice(0, PATHS[this.#name]).map((word) => readS3Path(word, this.#context.text));
    const command = this.#createCommand(parsed, read);
    if (open) return this.#describeOpen(open);
    const calls = this.#listCalls(command).map((call) => this.#toKnownCall(call));
    const unchecked = calls.filter(({ operation }) => !this.#knows(operation));
    if (unchecked.length === calls.length) return { ...NOTHING, unchecked };
    const faults = [...parsed.faults, ...this.#findFaults(options, paths, read)];
    const isRefused = faults.length > parsed.faults.length;
    const requests = isRefused ? [] : calls.flatMap((call) => this.#toRequest(call));
    return { ...NOTHING, faults, requests, unchecked: isRefused ? [] : unchecked };
  }

  #knows(operation: string): boolean {
    return this.#context.operations.knows(operation);
  }

  /** The AWS CLI removes objects one by one; where there is only a schema for removals of many, they are taken for that. */
  #toKnownCall(call: S3Call): S3Call {
    const isOther = !call.isMany || this.#knows(call.operation) || !this.#knows("s3:DeleteObjects");
    if (isOther || call.operation !== "s3:DeleteObject") return call;
    const { Key: _, ...members } = call.members;
    return { ...call, operation: "s3:DeleteObjects", members, isOpen: true };
  }

  #describeOpen({ span }: Argument): S3Reading {
    const deleting = ["s3:DeleteObject", "s3:DeleteObjects", "s3:DeleteBucket"];
    if (!deleting.some((operation) => this.#knows(operation)))
      return { ...NOTHING, unchecked: [{ operation: `s3 ${this.#name}` }] };
    const why = `what \`aws s3 ${this.#name}\` does here, only the run knows`;
    const help = "write its paths and options out, or check the request as a document of its own";
    return { ...NOTHING, unread: [{ span, why, help, service: "s3", language: "shell" }] };
  }

  #createCommand({ given }: ParsedArguments, paths: S3Path[]): S3Command {
    const common = new Map<string, LocatedValue>();
    const transferred = new Map<string, LocatedValue>();
    for (const { option, name, values } of given) {
      const [value] = values;
      const member = option.name === "request-payer" ? "RequestPayer" : OPTION_MEMBERS[option.name];
      if (member === undefined) continue;
      const set: LocatedValue = value
        ? createTextValue(value.inside.text, value.inside, value.span, this.#context.text)
        : { value: IMPLIED[option.name], span: name };
      (member === "RequestPayer" ? common : transferred).set(member, { ...set, key: name });
    }
    const flags = new Set(given.map(({ option }) => option.name));
    return { name: this.#name, paths, flags, common, transferred };
  }

  #listCalls(command: S3Command): S3Call[] {
    const place: S3Path = { kind: "s3", span: this.#named, bucket: [], key: ["x"] };
    const missing = Array.from({ length: PATHS[this.#name]! - command.paths.length }, () => place);
    return listS3Calls({ ...command, paths: [...command.paths, ...missing] });
  }

  #toRequest({ operation, members, set, path, isOpen }: S3Call): ReadCommand[] {
    if (!this.#knows(operation)) return [];
    const unknown = [{ source: this.#textAt(path) }];
    const texts = Object.entries(members).map(([name, parts]): [string, LocatedValue] => [
      name,
      { value: textFromParts(path.kind ? parts : unknown), span: path.span },
    ]);
    const { value, ...located } = createStructure(new Map([...texts, ...set]), path.span);
    const open = isOpen ? new OpenObject("…", value as Record<string, unknown>) : value;
    return [{ operation, payload: { ...located, value: open }, named: this.#named, faults: [] }];
  }

  #textAt({ span }: S3Path): string {
    return (span.source?.text ?? this.#context.text).slice(span.start, span.end);
  }

  /** What the AWS CLI refuses before it asks for anything. */
  #findFaults(
    options: readonly Argument[],
    words: readonly Argument[],
    paths: readonly S3Path[],
  ): RequestFault[] {
    const command = `aws s3 ${this.#name}`;
    const [unknown] = options;
    if (unknown) return [this.#createOptionFault(unknown)];
    const count = PATHS[this.#name]!;
    if (words.length !== count) {
      const span = words[count]?.span ?? this.#named;
      const message = `\`${command}\` takes ${formatCount(count, "path")}, and ${words.length === 0 ? "none is" : `${words.length} ${words.length === 1 ? "is" : "are"}`} given`;
      return [{ code: "document/syntax", span, message, help: "quote a path that holds blanks" }];
    }
    const needsS3 = count === 1 ? paths : paths.every(({ kind }) => kind === "local") ? paths.slice(-1) : [];
    const local = needsS3.find(({ kind }) => kind === "local");
    if (local)
      return [
        {
          code: "document/syntax",
          span: local.span,
          message: `\`${command}\` is given no path in S3: the AWS CLI refuses it`,
          help: "a path in S3 begins with `s3://`",
        },
      ];
    const [bucket] = this.#name === "rb" ? paths : [];
    if (bucket?.kind === "s3" && bucket.key.some((part) => typeof part === "string" && part !== ""))
      return [
        {
          code: "document/syntax",
          span: bucket.span,
          message: "`aws s3 rb` takes a bucket, and this path goes on: the AWS CLI refuses it",
          help: "give the bucket alone, or remove objects with `aws s3 rm`",
        },
      ];
    return [];
  }

  #createOptionFault(word: Argument): RequestFault {
    const [name = ""] = getArgumentText(word).slice(2).split("=");
    const near = isUnknownText(name) ? undefined : findNearestOption(name, S3_OPTIONS[this.#name]!);
    return {
      code: "document/syntax",
      span: word.span,
      message: `${quoted(`--${name}`)} is no option of \`aws s3 ${this.#name}\``,
      help: near ? `did you mean \`--${near.name}\`?` : "remove it: the AWS CLI refuses the command",
    };
  }
}

const NOTHING: S3Reading = { requests: [], faults: [], unread: [], unchecked: [] };
