/** Where a command of the AWS CLI differs from the operation that it calls. Names of options are without dashes. */
export interface CommandTable {
  /** Its operation, where its name doesn't say. */
  operation?: string;
  /** Regular names of options, with what replaces them. */
  renamed?: Readonly<Record<string, string>>;
  /** Members that no option sets: the CLI sets them itself. */
  removed?: readonly string[];
  /** Options that are no members, from which the CLI makes some. */
  added?: readonly string[];
  /** Options whose values are files in `fileb://` form only. */
  files?: readonly string[];
  /** Options that say where the CLI writes a part of the answer. */
  writes?: readonly string[];
  /** Whether the name of an output file follows the options. */
  outfile?: boolean;
}
