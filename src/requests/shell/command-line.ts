/** A shell text that is about to run as it stands: nothing of it is a template, and the files that it names are here. */
export interface CommandLine {
  /** The directory in which it runs; undefined if that isn't known. */
  directory: string | undefined;
  /** The user's home directory. */
  home: string;
  /** Copies of all files that it names, by these names: they are read instead. Without it, the files themselves are. */
  copies?: ReadonlyMap<string, string>;
  /** The paths of scripts and programs that it runs. They are added when the text is read. */
  readonly runs: Set<string>;
}

/** A path as it is written, where `~` is the home directory. */
export const expandHome = (path: string, { home }: CommandLine): string =>
  /^~(?=\/|$)/.test(path) ? home + path.slice(1) : path;
