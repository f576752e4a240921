import { posix } from "node:path";
import type { ImageCopy, ScriptSite } from "../shell/site.ts";

interface Stage {
  /** Undefined if only the build knows. */
  directory: string | undefined;
  copies: ImageCopy[];
  session: string;
}

/** The directory in which a base image leaves off, whose name is not known. */
const BASE_DIRECTORY = "/:base";

const INSTRUCTION = /^\s*(?:ONBUILD\s+)?(FROM|WORKDIR|COPY|ADD)\s+/i;
const BIND_MOUNT = /--mount=(\S*type=bind\S*|(?!\S*type=)\S+)/g;
/** The segment of a path that has a wildcard, and what is behind it. */
const WILDCARD = /(?<![^/])[^/*?[]*[*?[][\s\S]*/;

/** Follows where the stages of a Dockerfile work, and what they copy into their images. */
export class ImageStages {
  readonly #named = new Map<string, Stage>();
  #stage: Stage = createStage(0);
  #count = 0;

  /** Where the commands of an instruction run, given the text before them. */
  describeSite(prefix: string): ScriptSite {
    const { directory, copies, session } = this.#stage;
    if (directory === undefined) return { directory: "unknown", session };
    const mounted = [...prefix.matchAll(BIND_MOUNT)].map(([, mount]) => readMount(mount!, directory));
    return { directory: { from: "image", path: directory, copies: [...copies, ...mounted] }, session };
  }

  /** Reads an instruction that runs no commands. */
  readInstruction(text: string): void {
    const found = INSTRUCTION.exec(text);
    if (!found) return;
    const words = splitWords(text.slice(found[0].length));
    const instruction = found[1]!.toUpperCase();
    if (instruction === "FROM") this.#begin(words);
    else if (instruction === "WORKDIR") this.#enter(words);
    else this.#copy(words, instruction === "ADD");
  }

  #begin(words: readonly string[]): void {
    const [image = "", as, name] = words.filter((word) => !word.startsWith("--"));
    const base = this.#named.get(image.toLowerCase());
    this.#count++;
    this.#stage = base ? { ...base, copies: [...base.copies] } : createStage(this.#count);
    if (as?.toLowerCase() === "as" && name !== undefined) this.#named.set(name.toLowerCase(), this.#stage);
  }

  #enter(words: readonly string[]): void {
    const path = words.join(" ");
    const { directory } = this.#stage;
    if (path.includes("$")) this.#stage.directory = undefined;
    else if (path.startsWith("/")) this.#stage.directory = posix.normalize(path);
    else this.#stage.directory = directory && posix.join(directory, path);
  }

  #copy(words: readonly string[], isAdd: boolean): void {
    const { directory, copies } = this.#stage;
    const paths = words.filter((word) => !word.startsWith("--"));
    const target = paths.pop() ?? ".";
    if (target.includes("$") || (directory === undefined && !target.startsWith("/"))) {
      copies.push({ to: "/", from: undefined });
      return;
    }
    const to = resolveTarget(target, directory ?? "/");
    const isOther = words.some((word) => word.startsWith("--from=") || word.startsWith("<<"));
    for (const source of paths) {
      const isUnknown =
        isOther || source.includes("$") || (isAdd && /:\/\/|\.(?:tar|tgz|t[bx]z)|^git@/.test(source));
      const from = isUnknown ? undefined : source.replace(WILDCARD, ".").replace(/^\/+(?=.)/, "");
      copies.push({ to, from });
      if (from !== undefined && (paths.length > 1 || /(?:^|\/)\.?$/.test(target)))
        copies.push({ to: posix.join(to, posix.basename(source)), from });
    }
  }
}

const createStage = (number: number): Stage => ({
  directory: BASE_DIRECTORY,
  copies: [],
  session: `stage ${number}`,
});

const resolveTarget = (target: string, directory: string): string => posix.resolve("/", directory, target);

function readMount(mount: string, directory: string): ImageCopy {
  const option = (names: RegExp): string | undefined =>
    mount
      .split(",")
      .map((part) => part.split("="))
      .find(([name = ""]) => names.test(name))?.[1];
  const target = option(/^(?:target|dst|destination)$/) ?? ".";
  const source = option(/^(?:source|src)$/) ?? ".";
  const isUnknown = option(/^from$/) !== undefined || `${source}${target}`.includes("$");
  return { to: resolveTarget(target, directory), from: isUnknown ? undefined : source };
}

/** The words of an instruction in shell form or in exec form. */
function splitWords(text: string): string[] {
  const plain = text.replaceAll(/\\\r?\n/g, " ").trim();
  const words = plain.split(/\s+/);
  const flags = words.findIndex((word) => !word.startsWith("--"));
  if (!words[flags]?.startsWith("[")) return words;
  const listed = [...plain.matchAll(/"((?:[^"\\]|\\.)*)"?/g)].map(([, word]) => word!);
  return [...words.slice(0, flags), ...listed];
}
