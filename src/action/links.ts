import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** The address of a line on GitHub, of the commit that is checked; none where the runner doesn't say what that is. */
export function linesAt(environment: Environment): (file: string, line: number) => string | undefined {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_SHA: sha,
    GITHUB_WORKSPACE: root,
  } = environment;
  if (!server || !repository || !sha || !root) return () => undefined;
  return (file, line) => {
    const inside = relative(resolve(root), resolve(file));
    if (inside === ".." || inside.startsWith(`..${sep}`) || inside === "") return undefined;
    // What was taken from another commit, for example, has a name but stands nowhere.
    if (!existsSync(resolve(file))) return undefined;
    const path = inside.split(sep).map(encodeURIComponent).join("/");
    return `${server}/${repository}/blob/${sha}/${path}#L${line}`;
  };
}
