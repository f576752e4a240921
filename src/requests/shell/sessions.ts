import { join, resolve } from "node:path";
import { ABSOLUTE_ROOT, FileLog } from "./file-log.ts";
import type { ScriptSite, SiteDirectory } from "./site.ts";
import type { ShellState } from "./state.ts";

/** The states in which the scripts of a file begin. */
export class SessionStates {
  readonly #logs = new Map<string, FileLog>();
  readonly #own: string;
  readonly #root: string;

  constructor(own: string, root: string) {
    this.#own = own;
    this.#root = root;
  }

  createState({ directory, session }: ScriptSite): ShellState {
    return {
      directory: this.#resolve(directory),
      previous: undefined,
      stack: [],
      positional: undefined,
      output: "printed",
      scope: { parent: undefined },
      loop: undefined,
      isElsewhere: false,
      log: this.#findLog(session),
    };
  }

  #findLog(session: string | undefined): FileLog {
    if (session === undefined) return new FileLog();
    const log = this.#logs.get(session) ?? new FileLog();
    this.#logs.set(session, log);
    return log;
  }

  #resolve(directory: SiteDirectory | undefined): readonly string[] | undefined {
    if (directory === "unknown") return undefined;
    if (!directory) return [...new Set([this.#own, this.#root])];
    if (directory.from === "image") return [resolve(ABSOLUTE_ROOT + join("/", directory.path))];
    return [resolve(directory.from === "root" ? this.#root : this.#own, directory.path)];
  }
}
