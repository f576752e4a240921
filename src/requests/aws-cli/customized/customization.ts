import type { CommandTable } from "./command-table.ts";
import { CUSTOMIZATIONS } from "./customizations.generated.ts";

/** The commands whose name isn't that of their operation. */
export const OPERATIONS_BY_COMMAND: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CUSTOMIZATIONS).flatMap(([command, { operation }]) =>
    operation === undefined ? [] : [[command, operation]],
  ),
);

/**
 * Old spellings of options (`--tape-ar-ns`) come from an earlier rule that split words at every capital or
 * digit.
 */
export const OLD_SPELLING = /(?:-ar-ns|-i-ds|-a-zs|-\d+)$|^(?:ec|s)-\d-|^start$/;

/** Lists of structures with a single member that are given as that member's values. */
const BARE_ITEMS: Readonly<Record<string, readonly string[]>> = {
  "firehose put-record-batch": ["records"],
  "workspaces reboot-workspaces": ["reboot-workspace-requests"],
  "workspaces rebuild-workspaces": ["rebuild-workspace-requests"],
  "workspaces terminate-workspaces": ["terminate-workspace-requests"],
  "elb remove-tags": ["tags"],
  "elb describe-instance-health": ["instances"],
  "elb deregister-instances-from-load-balancer": ["instances"],
  "elb register-instances-with-load-balancer": ["instances"],
};

/** Blobs that are streams, by service and command: in every version, their option takes the path of a file. */
const STREAMS: Readonly<Record<string, string>> = {
  "cloudsearchdomain upload-documents": "documents",
  "codeartifact publish-package-version": "assetContent",
  "ebs put-snapshot-block": "BlockData",
  "glacier upload-archive": "body",
  "glacier upload-multipart-part": "body",
  "lambda invoke-async": "InvokeArgs",
  "lex-runtime post-content": "inputStream",
  "lexv2-runtime recognize-utterance": "inputStream",
  "mediastore-data put-object": "Body",
  "omics upload-read-set-part": "payload",
  "s3 put-object": "Body",
  "s3 upload-part": "Body",
  "s3 write-get-object-response": "Body",
};

/** Members whose option takes only a file, which the CLI tests when it runs (`awscli/customizations/awslambda.py`). */
const BINARY_FILES: Readonly<Record<string, readonly string[]>> = {
  "lambda update-function-code": ["zip-file"],
};

/** The peculiarities of a command; `service` is its name in boto3. */
export class CommandCustomization {
  readonly #command: string;
  readonly #service: string;
  readonly #table: CommandTable;

  constructor(service: string, command: string) {
    this.#service = service;
    this.#command = `${service} ${command}`;
    this.#table = CUSTOMIZATIONS[this.#command] ?? {};
  }

  /** The option's name, given the regular name of its member. */
  optionName(name: string): string {
    return this.#table.renamed?.[name] ?? name;
  }

  /** Whether the CLI sets the member itself. */
  hasOption(member: string): boolean {
    return this.#table.removed?.includes(member) !== true;
  }

  /** The members that the CLI makes without being told to. */
  get ownMembers(): readonly string[] {
    return this.#table.operation === undefined ? (this.#table.removed ?? []) : [];
  }

  /** What an option of the CLI's own does, also if its name is abbreviated; undefined if there is none. */
  findOwnOption(name: string): "sets members" | "writes" | undefined {
    const { added = [], writes = [] } = this.#table;
    if (writes.some((option) => option.startsWith(name))) return "writes";
    return added.some((option) => option.startsWith(name)) ? "sets members" : undefined;
  }

  /** Whether the value of an option has to be a file in `fileb://` form; the name may be abbreviated if it is no member's. */
  needsBinaryFile(name: string): boolean {
    return [...this.binaryMembers, ...(this.#table.files ?? [])].some((option) => option.startsWith(name));
  }

  /** The options of members that are such. */
  get binaryMembers(): readonly string[] {
    return BINARY_FILES[this.#command] ?? [];
  }

  get isRead(): boolean {
    return / (?:describe|get|list)-/.test(this.#command);
  }

  get takesOutputFile(): boolean {
    return this.#table.outfile === true;
  }

  /** In EC2, a structure with the single boolean member `Value` can also be given as `--x` or `--no-x`. */
  get hasBooleanStructures(): boolean {
    return this.#service === "ec2";
  }

  /** Whether the option of a member takes the path of a file. */
  isStream(member: string): boolean {
    return STREAMS[this.#command] === member;
  }

  takesBareItems(option: string): boolean {
    return BARE_ITEMS[this.#command]?.includes(option) ?? false;
  }
}
