/** Which files a walk reads, by their names; what is in them, the readers of requests decide. */

/** Documents of data: requests stand in them as such, or in templates. */
const DATA = /\.(?:json|ya?ml|template)$/i;

/** Scripts and what else holds shell commands. */
const SCRIPTS =
  /(?:\.(?:sh|bash|zsh|ksh|md|markdown|mk|[Dd]ockerfile)|(?:^|\/)(?:(?:GNU)?[Mm]akefile|Dockerfile(?:\.[\w.-]+)?|Containerfile))$/;

/** The first line of a shell script. */
export const SHEBANG = /^#![^\n]*\b(?:ba|z|da|k)?sh\b/;

/** What Countersign reads itself, and which is no request document unless it holds one. */
const OWN = /(?:^|[/\\])(?:countersign\.ya?ml|[^/\\]*\.limits\.yaml)$/;

export const isOwnByName = (file: string): boolean => OWN.test(file);

export const isData = (file: string): boolean => DATA.test(file);

export const isScriptByName = (file: string): boolean => SCRIPTS.test(file);

export const hasNoExtension = (file: string): boolean => !file.slice(file.lastIndexOf("/") + 1).includes(".");
