/** Which files a directory walk reads, by name alone. */

/** Data files: requests and templates. */
const DATA_FILE = /\.(?:json|ya?ml|template)$/i;

/** Other files that contain shell commands. */
const SCRIPT_FILE =
  /(?:\.(?:md|markdown|mk|[Dd]ockerfile)|(?:^|\/)(?:(?:GNU)?[Mm]akefile|Dockerfile(?:\.[\w.-]+)?|Containerfile))$/;

/** Shell scripts, batch scripts of Slurm, and the files that shells read when they start. */
export const SHELL_FILE =
  /\.(?:sh|bash|zsh|ksh|dash|ash|bats|sbatch|slurm)$|(?:^|[/\\])\.(?:envrc|bashrc|bash_aliases|bash_profile|bash_login|bash_logout|profile|zshrc|zprofile|zshenv)$/i;

/** The first line of a shell script. */
export const SHEBANG = /^#![^\n]*\b(?:ba|z|da|k)?sh\b/;

/** Countersign's own configuration files, which are not reported for containing no request. */
const CONFIG_FILE = /(?:^|[/\\])(?:countersign\.ya?ml|[^/\\]*\.limits\.yaml)$/;

export const isConfigFile = (file: string): boolean => CONFIG_FILE.test(file);

export const isDataFile = (file: string): boolean => DATA_FILE.test(file);

export const isScriptFile = (file: string): boolean => SCRIPT_FILE.test(file) || SHELL_FILE.test(file);

export const hasNoExtension = (file: string): boolean => !file.slice(file.lastIndexOf("/") + 1).includes(".");
