import { dirname, join, normalize } from "node:path";
import type { Place } from "../../diagnostics/diagnostic.ts";
import { LineIndex, type Span } from "../../diagnostics/lines.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { Unknown } from "../../documents/document.ts";
import { parseText } from "../../documents/parse.ts";
import { PartialText } from "../../documents/partial.ts";
import { isDataFile, isTerraformFile } from "../../files/file-kinds.ts";
import { readSource } from "../../files/source.ts";
import type { FileEntry } from "../../files/walk.ts";
import type { TemplatePrincipal } from "../../permissions/template-principal.ts";
import { findBucketOf } from "../../requests/identities/buckets.ts";
import type { TemplateDefinitions } from "../../requests/identities/find.ts";
import {
  findResourceDefinitions,
  findTemplateDefinitions,
  mayDefineIdentities,
} from "../../requests/identities/find.ts";
import type { TemplateIdentity } from "../../requests/identities/identity.ts";
import { isReferredTo } from "../../requests/identities/identity.ts";
import { ACCOUNT_ID } from "../../requests/reference-domains.ts";
import { findRecordsAmong } from "../../requests/templates/defined-records.ts";
import type { TemplateResource } from "../../requests/templates/resources.ts";
import type { SchemaStore } from "../../schema/store.ts";
import type { CodeRole, Engine, FoundBucket, TemplatePrincipals } from "../engine.ts";
import { trimSpan } from "../placement.ts";

/** What a template defines, or the files of one directory in Terraform's language together. */
interface DefiningModule extends TemplateDefinitions {
  /** The template, or the directory. */
  path: string;
  isDirectory: boolean;
  texts: ReadonlyMap<string, FileText>;
  /** Of a directory: its resources. */
  resources?: readonly TemplateResource[];
}

interface FileText {
  text: string;
  lines: LineIndex;
}

/** What the files are read with. */
type ReadingEngine = Pick<Engine, "schemas" | "parseEdited">;

/** The principals that the templates of a run define. The files are read when the first one is asked for. */
export class TemplateIndex implements TemplatePrincipals {
  readonly #entries: readonly FileEntry[];
  readonly #engine: ReadingEngine;
  #modules: Promise<readonly DefiningModule[]> | undefined;

  constructor(entries: readonly FileEntry[], engine: ReadingEngine) {
    this.#entries = entries;
    this.#engine = engine;
  }

  /**
   * Finds the principal that a file calls by a reference: one of the same file, or by its name in IAM the only one of the
   * run that has the name.
   */
  async find(file: string, reference: string): Promise<TemplatePrincipal | undefined> {
    const modules = await this.#read();
    const own = listReferred(listOwn(modules, file), reference);
    const all = own.length > 0 || !reference.startsWith("name:") ? own : listReferred(modules, reference);
    const [found, another] = all;
    if (!found || another) return undefined;
    return { ...toTemplatePrincipal(found), isElsewhere: own.length === 0 };
  }

  /** The bucket that a `LocationARN` names, and the text with its name: one of the same file, or the only one of the run. */
  async findBucket(file: string, location: unknown): Promise<FoundBucket | undefined> {
    const modules = await this.#read();
    for (const [isElsewhere, among] of [
      [false, listOwn(modules, file)],
      [true, typeof location === "string" ? modules : []],
    ] as const) {
      const [found, another] = among.flatMap((module) => {
        const one = findBucketOf(location, module.buckets);
        return one ? [{ ...one, isElsewhere, place: createPlace(module) }] : [];
      });
      if (found) return another ? undefined : found;
    }
    return undefined;
  }

  async findRecords(file: string, payload: unknown): Promise<Record<string, unknown>> {
    const found = (await this.#read()).find(({ path, isDirectory }) => isDirectory && path === dirname(file));
    return found ? findRecordsAmong(found.resources ?? [], payload) : {};
  }

  /** The role of the function whose code a file is, and the template; undefined if several may have it. */
  async findRoleOfCode(file: string): Promise<CodeRole | undefined> {
    const wanted = normalize(file);
    const found = (await this.#read()).flatMap(({ path, isDirectory, functions }) =>
      functions
        .filter(({ files }) => files.some((each) => isCode(each, isDirectory ? path : dirname(path), wanted)))
        .map(({ role }) => ({ role, template: path })),
    );
    const [first, ...others] = found;
    const isOne = others.every(
      ({ role, template }) => template === first?.template && isSame(role, first.role),
    );
    return isOne ? first : undefined;
  }

  #read(): Promise<readonly DefiningModule[]> {
    this.#modules ??= readModules(this.#entries, this.#engine);
    return this.#modules;
  }
}

/** What a file defines, and what its directory does. */
const listOwn = (modules: readonly DefiningModule[], file: string): DefiningModule[] =>
  modules.filter(({ path }) => path === file || path === dirname(file));

const isCode = (file: string, directory: string, wanted: string): boolean =>
  normalize(join(directory, file)) === wanted;

const isSame = (a: string | Unknown, b: string | Unknown): boolean =>
  (typeof a === "string" ? a : a.source) === (typeof b === "string" ? b : b.source);

interface Referred {
  module: DefiningModule;
  identity: TemplateIdentity;
}

const listReferred = (modules: readonly DefiningModule[], reference: string): Referred[] =>
  modules.flatMap((module) =>
    module.identities
      .filter((identity) => identity.kind !== "group" && isReferredTo(identity, reference))
      .map((identity) => ({ module, identity })),
  );

function toTemplatePrincipal({ module, identity }: Referred): TemplatePrincipal {
  const { kind, name, reference } = identity;
  const own = identity.file ?? module.path;
  const locate = (file: string, span: Span): Place => {
    const { lines, text } = module.texts.get(file)!;
    return lines.place(trimSpan(span, text));
  };
  return {
    identity,
    arn: createArn(identity, [...module.texts.values()]),
    groups: identity.groups.map((by) =>
      module.identities.find((each) => each.kind === "group" && isReferredTo(each, by)),
    ),
    name: `${kind} ${quoted(name ?? reference)}`,
    location: { file: own, text: module.texts.get(own)!.text, place: locate(own, identity.span) },
    place: createPlace(module),
  };
}

/** The places of a module's documents. */
const createPlace =
  ({ path: modulePath, texts }: DefiningModule): TemplatePrincipal["place"] =>
  (document, path, at) => {
    const file = document.file ?? modulePath;
    const { lines, text } = texts.get(file)!;
    return { file, place: lines.place(trimSpan(document.span(path, at), text)) };
  };

/** The account isn't known, nor is a name that the template leaves to AWS. */
function createArn({ kind, name, reference }: TemplateIdentity, texts: readonly FileText[]): PartialText {
  const account = { source: "${AWS::AccountId}", domain: ACCOUNT_ID };
  const ownName = { source: reference, domain: { pattern: "[A-Za-z0-9+=,.@_-]{1,64}" } };
  const beginning = `arn:${findPartition(texts)}:iam::`;
  return new PartialText(
    reference,
    name === undefined
      ? [beginning, account, `:${kind}/`, ownName]
      : [beginning, account, `:${kind}/${name}`],
  );
}

/** Templates for another partition than the usual one name it. */
const findPartition = (texts: readonly FileText[]): string =>
  texts.map(({ text }) => /arn:(aws-[a-z-]+):/.exec(text)?.[1]).find((name) => name !== undefined) ?? "aws";

async function readModules(
  entries: readonly FileEntry[],
  { schemas, parseEdited }: ReadingEngine,
): Promise<DefiningModule[]> {
  const modules: DefiningModule[] = [];
  const directories = new Map<string, Map<string, FileText>>();
  for (const entry of entries) {
    const { file } = entry;
    const isTerraform = isTerraformFile(file);
    if (!isTerraform && !isDataFile(file)) continue;
    const { source = readSource(file) } = entry;
    if (!("text" in source) || !mayDefineIdentities(source.text)) continue;
    const { text } = source;
    const fileText = { text, lines: new LineIndex(text) };
    if (isTerraform) {
      const texts = directories.get(dirname(file)) ?? new Map<string, FileText>();
      directories.set(dirname(file), texts.set(file, fileText));
      continue;
    }
    const { documents } = await parseText(file, text, parseEdited);
    const defined = documents.map((document) => findTemplateDefinitions(document, text));
    modules.push({
      path: file,
      isDirectory: false,
      texts: new Map([[file, fileText]]),
      identities: defined.flatMap((each) => each.identities),
      resourcePolicies: defined.flatMap((each) => each.resourcePolicies),
      functions: defined.flatMap((each) => each.functions),
      buckets: defined.flatMap((each) => each.buckets),
    });
  }
  for (const [path, texts] of directories) modules.push(await readTerraformModule(path, texts, schemas));
  return modules;
}

/** The files of a directory are one module: a role in one may have its policies in another. */
async function readTerraformModule(
  path: string,
  texts: ReadonlyMap<string, FileText>,
  schemas: SchemaStore,
): Promise<DefiningModule> {
  const { readTerraformResources } = await import("../../requests/programs/terraform-resources.ts");
  const resources: TemplateResource[] = [];
  for (const [file, { text }] of texts)
    for (const resource of await readTerraformResources({ path: file, text, schemas }))
      resources.push({ ...resource, file });
  return { path, isDirectory: true, texts, resources, ...findResourceDefinitions(resources) };
}
