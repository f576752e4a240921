import { join, resolve } from "node:path";
import { ABSOLUTE_ROOT, FileLog } from "./file-log.ts";
import type { ScriptSite, SiteDirectory } from "./site.ts";
import type { ShellState } from "./state.ts";

/** The states in which the scripts of a file begin. */
export class SessionStates {
  readonly #logs = new Map<string, FileLog>();
  readonly #groups = new Map<string, FileLog>();
  readonly #own: string;
  readonly #root: string;

  constructor(own: string, root: string) {
    this.#own = own;
    this.#root = root;
  }

  createState({ directory, session, group }: ScriptSite): ShellState {
    return {
      directory: this.#resolve(directory),
      previous: undefined,
      stack: [],
      positional: undefined,
      output: "printed",
      scope: { parent: undefined },
      loop: undefined,
      isElsewhere: false,
      log: this.#findLog(session, group),
    };
  }

  #findLog(session: string | undefined, group: string | undefined): FileLog {
    const key = `${session ?? ""} of ${group ?? ""}`;
    const known = session === undefined ? undefined : this.#logs.get(key);
    if (known) return known;
    const log = new FileLog(group === undefined ? undefined : this.#findGroup(group));
    this.#logs.set(key, log);
    return log;
  }

  #findGroup(name: string): FileLog {
    const group = this.#groups.get(name) ?? new FileLog();
    this.#groups.set(name, group);
    return group;
  }

  #resolve(directory: SiteDirectory | undefined): readonly string[] | undefined {
    if (directory === "unknown") return undefined;
    if (!directory) return [...new Set([this.#own, this.#root])];
    if (directory.from === "image") return [resolve(ABSOLUTE_ROOT + join("/", directory.path))];
    return [resolve(directory.from === "root" ? this.#root : this.#own, directory.path)];
  }
}
