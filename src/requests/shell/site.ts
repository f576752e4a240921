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
}
