/** Which files a directory walk reads, by name alone. */

/** Data files: requests and templates. */
const DATA_FILE = /\.(?:json|ya?ml|template)$/i;

/** Scripts and other files that contain shell commands. */
const SCRIPT_FILE =
  /(?:\.(?:sh|bash|zsh|ksh|md|markdown|mk|[Dd]ockerfile)|(?:^|\/)(?:(?:GNU)?[Mm]akefile|Dockerfile(?:\.[\w.-]+)?|Containerfile))$/;

/** Documentation and other files that may contain commands. */
const COMMAND_FILE =
  /\.(?:mdx|rmd|qmd|rst|rest|adoc|asciidoc|asc|just|jenkinsfile|cron|crontab|sbatch|slurm)$|(?:^|[/\\])(?:Jenkinsfile(?:\.[\w.-]+)?|\.?justfile|Procfile|crontab(?:\.[\w.-]+)?|cron(?:\.d|tabs)[/\\][^/\\]+|vars[/\\][^/\\]+\.groovy)$/i;

/** The first line of a shell script. */
export const SHEBANG = /^#![^\n]*\b(?:ba|z|da|k)?sh\b/;

/** Countersign's own configuration files, which are not reported for containing no request. */
const CONFIG_FILE = /(?:^|[/\\])(?:countersign\.ya?ml|[^/\\]*\.limits\.yaml)$/;

export const isConfigFile = (file: string): boolean => CONFIG_FILE.test(file);

export const isDataFile = (file: string): boolean => DATA_FILE.test(file);

export const isScriptFile = (file: string): boolean => SCRIPT_FILE.test(file) || COMMAND_FILE.test(file);

export const hasNoExtension = (file: string): boolean => !file.slice(file.lastIndexOf("/") + 1).includes(".");
