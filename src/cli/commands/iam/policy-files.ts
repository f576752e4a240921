import { LineIndex } from "../../../diagnostics/lines.ts";
import type { Path } from "../../../diagnostics/pointer.ts";
import { valueAt } from "../../../diagnostics/pointer.ts";
import { formatList, quoted } from "../../../diagnostics/text.ts";
import type { Document } from "../../../documents/document.ts";
import { MAX_CONTEXT_BYTES } from "../../../documents/limits.ts";
import { parseText } from "../../../documents/parse.ts";
import { readSource } from "../../../files/source.ts";
import type { Policy, PolicyMetadata } from "../../../iam/policy.ts";
import { createPlaceFinder, readPolicy } from "../../../iam/read/index.ts";
import { UsageError } from "../../../run/io.ts";

/** The kinds of policy that `--policy KIND=FILE` accepts. */
const GIVEN_POLICY_KINDS = ["identity", "boundary", "session", "scp", "rcp", "resource"] as const;

export type GivenPolicyKind = (typeof GIVEN_POLICY_KINDS)[number];

/** A policy given with `--policy`. */
export interface GivenPolicy {
  kind: GivenPolicyKind;
  policy: Policy;
}

/**
 * Parses a `--policy` option and reads its file. Without a kind, the file is an identity policy.
 * `resourceKind` is the kind of policy that the action's resource has.
 */
export async function readGivenPolicy(
  option: string,
  resourceKind: "resource" | "trust" | "key",
): Promise<GivenPolicy> {
  const [, named, rest = ""] = /^([a-z]+)=(.*)$/s.exec(option) ?? [];
  const isKind = (GIVEN_POLICY_KINDS as readonly string[]).includes(named ?? "");
  if (named !== undefined && !isKind) {
    throw new UsageError(
      `${quoted(named)} is no kind of policy`,
      `there are ${formatList(GIVEN_POLICY_KINDS, "and")}`,
    );
  }
  const kind = isKind ? (named as GivenPolicyKind) : "identity";
  const file = isKind ? rest : option;
  return { kind, policy: await readPolicyFile(file, kind === "resource" ? resourceKind : kind) };
}

async function readPolicyFile(file: string, kind: PolicyMetadata["kind"]): Promise<Policy> {
  const source = readSource(file, undefined, MAX_CONTEXT_BYTES);
  if ("problem" in source) {
    throw new UsageError(`${quoted(file, 200)}: ${source.problem.message}`, source.problem.help);
  }
  const { text } = source;
  const name = quoted(file, 200);
  const { documents, faults } = await parseText(file, text);
  const [document] = documents;
  if (document && documents.length === 1 && faults.length === 0)
    return policyFromDocument({ file, text, document, kind });
  const [fault] = faults;
  if (fault && /\.ya?ml$/i.test(file)) {
    const { line, column } = new LineIndex(text).place(fault.span);
    throw new UsageError(`${name}, line ${line}, column ${column}: ${fault.message}`, fault.help);
  }
  const places = createPlaceFinder(text);
  return readPolicy(text, {
    kind,
    name,
    place: (path, at) => ({ file, place: places(path, at) ?? START_OF_FILE }),
  });
}

const START_OF_FILE = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Where the AWS CLI nests a policy in its output. */
const NESTED_POLICY_PATHS: readonly Path[] = [["PolicyVersion", "Document"], ["PolicyDocument"], ["Policy"]];

interface PolicyFile {
  file: string;
  text: string;
  document: Document;
  kind: PolicyMetadata["kind"];
}

function policyFromDocument({ file, text, document, kind }: PolicyFile): Policy {
  const { value } = document;
  const isPolicy = valueAt(value, ["Statement"]) !== undefined;
  const above = isPolicy
    ? []
    : (NESTED_POLICY_PATHS.find((path) => valueAt(value, path) !== undefined) ?? []);
  const given = valueAt(value, above);
  const lines = new LineIndex(text);
  return readPolicy(given, {
    kind,
    name: quoted(file, 200),
    place: (path, at = "value") => {
      // A policy encoded as a string has no positions for its parts; they get the string's position.
      const whole = typeof given === "string" ? above : [...above, ...path];
      return { file, place: lines.place(document.span(whole, at)) };
    },
  });
}
