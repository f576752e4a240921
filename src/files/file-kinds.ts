/** Which files a directory walk reads, by name alone. */

/** Data files: requests and templates. */
const DATA = /\.(?:json|ya?ml|template)$/i;

/** Scripts and other files that contain shell commands. */
const SCRIPTS =
  /(?:\.(?:sh|bash|zsh|ksh|md|markdown|mk|[Dd]ockerfile)|(?:^|\/)(?:(?:GNU)?[Mm]akefile|Dockerfile(?:\.[\w.-]+)?|Containerfile))$/;

/** The first line of a shell script. */
export const SHEBANG = /^#![^\n]*\b(?:ba|z|da|k)?sh\b/;

/** Countersign's own configuration files, which are not reported for containing no request. */
const OWN = /(?:^|[/\\])(?:countersign\.ya?ml|[^/\\]*\.limits\.yaml)$/;

export const isOwnByName = (file: string): boolean => OWN.test(file);

export const isData = (file: string): boolean => DATA.test(file);

export const isScriptByName = (file: string): boolean => SCRIPTS.test(file);

export const hasNoExtension = (file: string): boolean => !file.slice(file.lastIndexOf("/") + 1).includes(".");
