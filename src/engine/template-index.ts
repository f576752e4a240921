import { basename } from "node:path";
import type { Place } from "../diagnostics/diagnostic.ts";
import { LineIndex, type Span } from "../diagnostics/lines.ts";
import { quoted } from "../diagnostics/text.ts";
import { parseText } from "../documents/parse.ts";
import { PartialText } from "../documents/partial.ts";
import { isDataFile } from "../files/file-kinds.ts";
import { readSource } from "../files/source.ts";
import type { FileEntry } from "../files/walk.ts";
import type { TemplatePrincipal } from "../permissions/template-principal.ts";
import { findIdentities, mayDefineIdentities } from "../requests/identities/find.ts";
import type { TemplateIdentities, TemplateIdentity } from "../requests/identities/identity.ts";
import { isReferredTo } from "../requests/identities/identity.ts";
import { ACCOUNT_ID } from "../requests/reference-domains.ts";
import { trimSpan } from "./placement.ts";

/** What one file defines, and the text of it. */
interface DefiningFile extends TemplateIdentities {
  file: string;
  text: string;
  lines: LineIndex;
}

/** The principals that the templates of a run define. The files are read when the first one is asked for. */
export class TemplateIndex {
  readonly #entries: readonly FileEntry[];
  #files: Promise<readonly DefiningFile[]> | undefined;

  constructor(entries: readonly FileEntry[]) {
    this.#entries = entries;
  }

  /**
   * Finds the principal that a file calls by a reference: one of the same file, or by its name in IAM the only one of the
   * run that has the name.
   */
  async find(file: string, reference: string): Promise<TemplatePrincipal | undefined> {
    this.#files ??= readDefiningFiles(this.#entries);
    const files = await this.#files;
    const own = listReferred(
      files.filter((each) => isSameModule(each.file, file, reference)),
      reference,
    );
    const all = own.length > 0 || !reference.startsWith("name:") ? own : listReferred(files, reference);
    const [found, another] = all;
    return found && !another ? toTemplatePrincipal(found) : undefined;
  }
}

/** Terraform's references are those of a directory; others are those of a file. */
const isSameModule = (one: string, other: string, reference: string): boolean =>
  one === other ||
  (/^aws(?:cc)?_/.test(reference) && directoryOf(one) === directoryOf(other) && /\.(?:tf|tofu)$/.test(one));

const directoryOf = (file: string): string => file.slice(0, file.length - basename(file).length);

interface Referred {
  file: DefiningFile;
  identity: TemplateIdentity;
}

const listReferred = (files: readonly DefiningFile[], reference: string): Referred[] =>
  files.flatMap((file) =>
    file.identities
      .filter((identity) => identity.kind !== "group" && isReferredTo(identity, reference))
      .map((identity) => ({ file, identity })),
  );

function toTemplatePrincipal({ file, identity }: Referred): TemplatePrincipal {
  const locate = (span: Span): Place => file.lines.place(trimSpan(span, file.text));
  const { kind, name, reference } = identity;
  const account = { source: "${AWS::AccountId}", domain: ACCOUNT_ID };
  const ownName = name ?? { source: reference, domain: { pattern: "[A-Za-z0-9+=,.@_-]{1,64}" } };
  return {
    identity,
    arn: new PartialText(reference, [
      `arn:${findPartition(file.text)}:iam::`,
      account,
      ...(typeof ownName === "string" ? [`:${kind}/${ownName}`] : [`:${kind}/`, ownName]),
    ]),
    groups: identity.groups.map((by) =>
      file.identities.find((each) => each.kind === "group" && isReferredTo(each, by)),
    ),
    name: `${kind} ${quoted(name ?? reference)}`,
    location: { file: file.file, text: file.text, place: locate(identity.span) },
    place: (document, path, at) => ({ file: file.file, place: locate(document.span(path, at)) }),
  };
}

/** Templates for another partition than the usual one name it. */
const findPartition = (text: string): string => /arn:(aws-[a-z-]+):/.exec(text)?.[1] ?? "aws";

async function readDefiningFiles(entries: readonly FileEntry[]): Promise<DefiningFile[]> {
  const found: DefiningFile[] = [];
  for (const { file, source = readSource(file) } of entries) {
    if (!("text" in source) || !isDataFile(file) || !mayDefineIdentities(source.text)) continue;
    const { text } = source;
    const { documents } = await parseText(file, text);
    const defined = documents.map((document) => findIdentities(document, text));
    const identities = defined.flatMap((each) => each.identities);
    const resourcePolicies = defined.flatMap((each) => each.resourcePolicies);
    found.push({ file, text, lines: new LineIndex(text), identities, resourcePolicies });
  }
  return found;
}
