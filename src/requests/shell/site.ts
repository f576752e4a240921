/** A file or directory that a Dockerfile copies into the image; without `from`, its origin is not known. */
export interface ImageCopy {
  /** An absolute path in the image. */
  to: string;
  /** A path in the build's context. */
  from: string | undefined;
}

/** A working directory: below the repository's root, the directory of the script's file, or in an image. */
export type SiteDirectory =
  | { from: "root" | "file"; path: string }
  | { from: "image"; path: string; copies: readonly ImageCopy[] }
  | "unknown";

/** Where a script runs. */
export interface ScriptSite {
  /** If absent, it is the directory of the script's file or the repository's root. */
  directory?: SiteDirectory;
  /** Scripts of one session run one after the other over the same files. */
  session?: string;
  /** Scripts of one group run over the same files in an order that only the run knows. */
  group?: string;
}

/** The directory of a machine or container, whose files are none of the checkout's. */
export const MACHINE_SITE: ScriptSite = { directory: { from: "image", path: "/:machine", copies: [] } };

/** The root of the checkout, in which build services run scripts. */
export const ROOT_SITE: ScriptSite = { directory: { from: "root", path: "." } };

/** A directory that a file names, relative to another one; without a name, that one itself. */
export function toSiteDirectory(path: unknown, from: "root" | "file"): SiteDirectory {
  if (path === undefined || path === null) return { from, path: "." };
  return typeof path === "string" && /^[\w. -]+(?:\/[\w. -]*)*$/.test(path) ? { from, path } : "unknown";
}
