import type { Path } from "../../../diagnostics/pointer.ts";
import { valueAt } from "../../../diagnostics/pointer.ts";
import type { Document } from "../../../documents/document.ts";
import { SHEBANG } from "../../../files/file-kinds.ts";
import type { Argument } from "../../aws-cli/argument.ts";
import { createArgument, createUnknownArgument, getArgumentText, STAND_IN } from "../../aws-cli/argument.ts";
import { isObject } from "../../request.ts";
import type { ImageCopy, ScriptSite } from "../../shell/site.ts";
import { MACHINE_SITE } from "../../shell/site.ts";
import type { Script, ScriptKind } from "../kind.ts";
import { findPlaces } from "../places.ts";
import { readWords } from "../words.ts";
import { listItems, readScriptAt } from "../yaml-texts.ts";

/** The names that a kind of container gives to what it runs. */
export interface ContainerNames {
  /** Where the containers are, as a pattern of `findPlaces`. */
  at: string;
  image: string;
  /** Replaces the entry point of the image. */
  entry: string;
  /** The words after the entry point. */
  words: string;
  locate?: (container: Record<string, unknown>) => ScriptSite;
}

const KUBERNETES: readonly ContainerNames[] = [
  {
    at: "**.containers|initContainers|ephemeralContainers.*",
    image: "image",
    entry: "command",
    words: "args",
  },
  // Tekton
  { at: "**.steps|sidecars.*", image: "image", entry: "command", words: "args" },
  // Argo Workflows
  { at: "**.container", image: "image", entry: "command", words: "args" },
];
const COMPOSE: readonly ContainerNames[] = [
  { at: "services.*", image: "image", entry: "entrypoint", words: "command", locate: locateService },
];
/** Amazon ECS and AWS Batch, in templates and in the API's own form. */
const TASKS: readonly ContainerNames[] = [
  {
    at: "**.ContainerDefinitions|ContainerOverrides.*",
    image: "Image",
    entry: "EntryPoint",
    words: "Command",
  },
  {
    at: "**.containerDefinitions|containerOverrides.*",
    image: "image",
    entry: "entryPoint",
    words: "command",
  },
  { at: "**.ContainerProperties|ContainerOverrides", image: "Image", entry: "EntryPoint", words: "Command" },
  { at: "**.containerProperties|containerOverrides", image: "image", entry: "entryPoint", words: "command" },
];

/** Manifests of Kubernetes, and the workflows of Argo. */
export const kubernetesScripts: ScriptKind = {
  matches: (path, text) =>
    /\.(?:ya?ml|json)$/i.test(path) &&
    /^["' \t{-]*apiVersion["']?[ \t]*:/m.test(text) &&
    /\bkind["']?[ \t]*:/.test(text),
  isYaml: true,
  site: MACHINE_SITE,
  findScripts: async (text, { documents, faults }) => {
    const isTemplate = faults.length > 0 && text.includes("{{");
    const read = isTemplate ? await parseFilledTemplate(text) : documents;
    return read.flatMap((document) => [
      ...KUBERNETES.flatMap((names) => readContainers(text, document, names)),
      ...findPlaces(document.value, "**.exec.command").map(({ path }) => ({
        words: readWords(text, document, path),
      })),
      ...readSources(text, document),
    ]);
  },
};

const EXPRESSION = /\{\{[^{}]*\}\}/g;

/** A manifest in a chart of Helm, read with stand-ins for what the template fills in. */
async function parseFilledTemplate(text: string): Promise<Document[]> {
  const { parseYaml } = await import("../../../documents/yaml/yaml.ts");
  const filled = text.replaceAll(EXPRESSION, (expression, at: number) => {
    const isLine =
      /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 200), at)) &&
      /^[ \t]*(?:\r?\n|$)/.test(text.slice(at + expression.length, at + expression.length + 200));
    return expression.replaceAll(/[^\n]/g, isLine ? " " : STAND_IN);
  });
  return parseYaml(filled).documents;
}

/** Files of Docker Compose. */
export const composeScripts: ScriptKind = {
  matches: (path, text) =>
    /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i.test(path) ||
    (/\.ya?ml$/i.test(path) && /^services[ \t]*:/m.test(text)),
  isYaml: true,
  site: MACHINE_SITE,
  findScripts: (text, { documents }) =>
    documents.flatMap((document) => [
      ...COMPOSE.flatMap((names) => readContainers(text, document, names)),
      ...findPlaces(document.value, "services.*.healthcheck.test").flatMap(({ path }) =>
        readHealthCheck(text, document, path),
      ),
      ...findPlaces(document.value, "services.*.post_start|pre_stop.*.command").map(({ path }) => ({
        words: readWords(text, document, path),
      })),
    ]),
};

/** A service works in a directory of its image, into which directories beside the file may be mounted. */
function locateService({ working_dir: given, volumes, image }: Record<string, unknown>): ScriptSite {
  const path = given ?? (typeof image === "string" && CLI_IMAGE.test(image) ? "/aws" : undefined);
  if (typeof path !== "string" || !path.startsWith("/") || path.includes("$")) return MACHINE_SITE;
  return { directory: { from: "image", path, copies: listItems(volumes).flatMap(readVolume) } };
}

/** `./data:/work:ro` */
function readVolume(volume: unknown): ImageCopy[] {
  if (isObject(volume)) {
    const { source, target } = volume;
    return readVolume(`${source}:${target}`);
  }
  const [from = "", to = ""] = String(volume).split(":");
  if (to.includes("$") || !to.startsWith("/")) return [{ to: "/", from: undefined }];
  return [{ to: to.replace(/(?<=.)\/$/, ""), from: /^\.[\w./-]*$/.test(from) ? from : undefined }];
}

/** What the containers of tasks and jobs run. */
export const readTaskContainers = (text: string, document: Document): Script[] =>
  TASKS.flatMap((names) => readContainers(text, document, names));

export const readContainers = (
  text: string,
  document: Document,
  { at, locate, ...names }: ContainerNames,
): Script[] =>
  findPlaces(document.value, at).flatMap(({ path, value }) => {
    if (!isObject(value) || (value[names.entry] === undefined && value[names.words] === undefined)) return [];
    const image = value[names.image];
    const entry =
      value[names.entry] === undefined ? undefined : readWords(text, document, [...path, names.entry]);
    const words = readWords(text, document, [...path, names.words]);
    return [{ words: joinCommand(image, entry, words), ...locate?.(value) }];
  });

const CLI_IMAGE = /(?:^|[/:])aws-cli(?:[:@].*)?$/;

/** What an image runs: its entry point, or another one, and the words after that. */
export function joinCommand(
  image: unknown,
  entry: readonly Argument[] | undefined,
  words: readonly Argument[],
): Argument[] {
  const [first] = words;
  if (entry || !first) return [...(entry ?? []), ...words];
  if (typeof image === "string" && CLI_IMAGE.test(image)) return [createArgument("aws", first), ...words];
  // Another image may have any entry point, also one that runs its arguments.
  return /^(?:\S*\/)?(?:aws|\w*sh)$/.test(getArgumentText(first))
    ? [...words]
    : [createUnknownArgument(first), ...words];
}

/** A text for a shell, or the words of a command after a word that says how it is run. */
function readHealthCheck(text: string, document: Document, path: Path): Script[] {
  const value = valueAt(document.value, path);
  if (!Array.isArray(value)) return readScriptAt(text, document, path);
  if (value[0] === "CMD-SHELL") return readScriptAt(text, document, [...path, 1]);
  return [{ words: readWords(text, document, path).slice(1) }];
}

/** The scripts of Argo's templates, which a program of the container reads, and of Tekton's steps: only a shell's are read. */
const readSources = (text: string, document: Document): Script[] => [
  ...findPlaces(document.value, "**.script.source").flatMap(({ path, around }) => {
    const command = String(Object(around[0]).command ?? "sh");
    return /(?:^|[/,])(?:ba|z|da|k)?sh(?:,|$)/.test(command) ? readScriptAt(text, document, path) : [];
  }),
  ...findPlaces(document.value, "**.steps|sidecars.*.script").flatMap(({ path, value }) =>
    typeof value === "string" && (SHEBANG.test(value) || !value.startsWith("#!"))
      ? readScriptAt(text, document, path)
      : [],
  ),
];
