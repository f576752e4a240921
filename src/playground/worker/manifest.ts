/** The files of the package, by their absolute paths. */
export interface Manifest {
  /** What is there at the start. */
  files: Readonly<Record<string, string>>;
  /** What comes with a part, by the part's name. */
  later: Readonly<Record<string, readonly string[]>>;
}
