/** Which files a directory walk reads, by name alone. */

/** Data files: requests and templates. */
const DATA_FILE = /\.(?:json|ya?ml|template)$/i;

/** Other files that contain shell commands. */
const SCRIPT_FILE =
  /(?:\.(?:md|markdown|mk|[Dd]ockerfile)|(?:^|\/)(?:(?:GNU)?[Mm]akefile|Dockerfile(?:\.[\w.-]+)?|Containerfile))$/;

/** Shell scripts, and batch scripts of Slurm. */
const isShellScript = endings("sh bash zsh ksh dash ash bats sbatch slurm");

/** Files that shells read when they start. */
const SHELL_START =
  /(?:^|[/\\])\.(?:envrc|bashrc|bash_aliases|bash_profile|bash_login|bash_logout|profile|zshrc|zprofile|zshenv)$/i;

/** Documentation and other files that may contain commands. */
const COMMAND_FILE =
  /\.(?:mdx|rmd|qmd|rst|rest|adoc|asciidoc|asc|just|jenkinsfile|cron|crontab|sbatch|slurm)$|(?:^|[/\\])(?:Jenkinsfile(?:\.[\w.-]+)?|\.?justfile|Procfile|crontab(?:\.[\w.-]+)?|cron(?:\.d|tabs)[/\\][^/\\]+|vars[/\\][^/\\]+\.groovy)$/i;

/** The first line of a shell script. */
export const SHEBANG = /^#![^\n]*\b(?:ba|z|da|k)?sh\b/;

/** Countersign's own configuration files, which are not reported for containing no request. */
const CONFIG_FILE = /(?:^|[/\\])(?:countersign\.ya?ml|[^/\\]*\.limits\.yaml)$/;

/** Text for people; calls stand in it only in blocks of code. */
const isText = endings(
  "md markdown mdx rmd qmd rst adoc asciidoc asc txt text org tex texi man pod wiki textile",
);

/** Images, archives, fonts, programs that are built, and data that is no text or is written by machines alone. */
const isNeverRead = endings(
  "png jpg jpeg gif bmp ico icns webp avif tif tiff psd ai eps heic svg mp3 mp4 m4a m4v mov avi mkv webm wav ogg flac",
  "zip gz tgz bz2 xz zst 7z rar tar jar war ear whl egg nupkg deb rpm apk dmg iso woff woff2 ttf otf eot pdf doc docx",
  "xls xlsx ppt pptx odt ods odp exe dll so dylib a o obj lib class pyc pyo pyd wasm bin dat db sqlite sqlite3 parquet",
  "avro orc npy npz pkl pickle h5 hdf5 onnx pt pth ckpt safetensors model keystore jks p12 pfx der csv tsv log",
  "gitignore gitattributes gitkeep dockerignore npmignore map snap lock po mo pot css scss sass less",
);

/** Directories in which other people's programs are kept. */
const VENDORED =
  /(?:^|[/\\])(?:node_modules|bower_components|vendor|third[_-]party|\.?venv|site-packages|dist-packages|__pycache__|\.tox|\.terraform|Pods)[/\\]|\.min\.[cm]?js$/;

/** Whether a file has one of the endings, which are made a set when the first file is looked up. */
function endings(...lists: readonly string[]): (file: string) => boolean {
  let known: ReadonlySet<string> | undefined;
  return (file) => {
    known ??= new Set(lists.join(" ").split(" "));
    return known.has(endingOf(file));
  };
}

export const isConfigFile = (file: string): boolean => CONFIG_FILE.test(file);

export const isDataFile = (file: string): boolean => DATA_FILE.test(file);

export const isScriptFile = (file: string): boolean =>
  isShellFile(file) || SCRIPT_FILE.test(file) || COMMAND_FILE.test(file);

export const isShellFile = (file: string): boolean => isShellScript(file) || SHELL_START.test(file);

/** Files of such names hold requests, if they hold anything: who can't read one is told so. */
export const isUsualFile = (file: string): boolean => isDataFile(file) || isScriptFile(file);

/** A file in Terraform's language. */
export const isTerraformFile = (file: string): boolean => /\.(?:tf|tofu)$/.test(file);

/** A program of CMake, by its only name. */
const PROGRAM_IN_TEXT = /(?:^|[/\\])CMakeLists\.txt$/;

export const isProse = (file: string): boolean => isText(file) && !PROGRAM_IN_TEXT.test(file);

/** What is changed in other files. */
export const isPatch = (file: string): boolean => /\.(?:diff|patch)$/i.test(file);

/** Compressed files of a trail, and records that are kept in the same way. */
const COMPRESSED_RECORDS = /\.(?:jsonl?|ndjson)\.gz$/i;

/** Can a file of this name hold a call? */
export const mayBeRead = (file: string): boolean => !isNeverRead(file) || COMPRESSED_RECORDS.test(file);

/** Is a program somebody else's, which is only kept here? */
export const isVendored = (file: string): boolean => VENDORED.test(file);

/** What stands behind the last dot of a file's name, in small letters. */
function endingOf(file: string): string {
  const dot = file.lastIndexOf(".");
  return dot > file.lastIndexOf("/") ? file.slice(dot + 1).toLowerCase() : "";
}
