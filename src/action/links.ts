import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns a function that links to a line on GitHub at the commit being checked. It returns undefined for
 * files outside of the workspace, and always if the runner's environment is incomplete.
 */
export function createLineLinker(
  environment: Environment,
): (file: string, line: number) => string | undefined {
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
    // Files that were read from another commit, for example, don't exist in the workspace.
    if (!existsSync(resolve(file))) return undefined;
    const path = inside.split(sep).map(encodeURIComponent).join("/");
    return `${server}/${repository}/blob/${sha}/${path}#L${line}`;
  };
}
