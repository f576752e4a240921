import type { Argument } from "../aws-cli/argument.ts";
import { getArgumentText, isUnknownText } from "../aws-cli/argument.ts";
import type { ShellState } from "./state.ts";

const listWords = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Programs and built-ins that write no file that their arguments name. */
const READERS = listWords(
  ": [ [[ alias awk basename bc bg break cat cksum cmp column comm command continue cut date declare df diff dig dirname disown du echo egrep env exit export expr false fg fgrep file fold getopt getopts grep groups hash head host hostname id jobs jq kill less let local logger ls lsof man md5sum more nl nproc nslookup od paste pgrep ping pkill printenv printf ps pwd read readarray mapfile readlink readonly realpath return rev rg seq sha1sum sha256sum sha512sum shasum shopt sleep stat stty sum sync tac tail test tput tr trap true tty type typeset ulimit umask unalias uname uniq unset uptime wait wc which who whoami xxd yes zcat zgrep",
);

export const isReader = (command: string): boolean => READERS.has(command);

/** Programs that may write any file of the directory, whatever their arguments say. */
const UNPACKERS = listWords(
  "7z 7za bsdtar bunzip2 cpio gunzip jar patch svn unar unrar unxz unzip unzstd hg",
);

/** Commands of git that leave the working tree as it is. */
const GIT_READERS = listWords(
  "add archive blame branch bundle cat-file commit config describe diff fetch for-each-ref fsck gc grep help init log ls-files ls-remote ls-tree name-rev push reflog remote rev-list rev-parse shortlog show show-ref status symbolic-ref tag var version",
);

/** Programs that write no other files than their arguments name. */
const FILE_TOOLS = listWords(
  "chmod chown cp curl dd git install ln mkdir mktemp mv rm rmdir rsync scp sed shred split tee touch truncate wget",
);

/**
 * Logs the files that a program may write. If `isAboutToRun`, a program that isn't known may write any: nobody looks at the
 * command again before it runs.
 */
export function logProgram(
  { name, words }: { name: Argument; words: readonly Argument[] },
  state: ShellState,
  isAboutToRun: boolean,
): void {
  const command = getArgumentText(name).replace(/^.*\//, "");
  if (READERS.has(command) && !isInPlace(command, words)) return;
  if (isAboutToRun && !FILE_TOOLS.has(command)) state.log.addAny();
  if (UNPACKERS.has(command) || isUnpacking(command, words)) state.log.addAny();
  else if (command === "git") return;
  else if (command === "curl" || command === "wget") logDownload(command, words, state);
  else logArguments(words, state);
}

/** `awk -i inplace`. */
const isInPlace = (command: string, words: readonly Argument[]): boolean =>
  command === "awk" && words.some((word) => /^-i|inplace/.test(getArgumentText(word)));

function isUnpacking(command: string, words: readonly Argument[]): boolean {
  const texts = words.map(getArgumentText);
  if (/^(?:g|bsd)?tar$/.test(command))
    return texts.some((text, index) =>
      index === 0
        ? /^-?[a-zA-Z]*x|^--(?:extract|get)/.test(text)
        : /^(?:-[a-zA-Z]*x|--(?:extract|get))/.test(text),
    );
  if (command === "gzip" || command === "xz" || command === "zstd" || command === "bzip2")
    return texts.some((text) => /^(?:-[a-zA-Z]*d|--(?:decompress|uncompress))/.test(text));
  return command === "git" && isCheckout(words);
}

/** Whether a command of git may change the working tree. */
function isCheckout(words: readonly Argument[]): boolean {
  for (let at = 0; at < words.length; at++) {
    const text = getArgumentText(words[at]!);
    if (/^(?:-[Cc]|--git-dir|--work-tree|--namespace)$/.test(text)) at++;
    else if (!text.startsWith("-")) return !GIT_READERS.has(text);
  }
  return false;
}

/** Downloads write the file that an option names, or one named as in the address. */
function logDownload(command: string, words: readonly Argument[], state: ShellState): void {
  const isSaving =
    command === "wget" ||
    words.some((word) =>
      /^(?:-[a-zA-Z]*[oOJ]|--(?:output|remote-name|config|create-dirs))|^-K/.test(getArgumentText(word)),
    );
  if (!isSaving) return;
  logArguments(words, state);
  for (const word of words) {
    const name = /^[a-z]+:\/\/[^?#]*\/([^/?#]+)/.exec(getArgumentText(word))?.[1];
    if (name !== undefined) state.log.add(name, state.directory, state.scope);
  }
}

/** `-v "$PWD":/work`. */
const CURRENT_DIRECTORY = /(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`)["']?(?:[:,]|$)/;

/** The file in which a command of the AWS CLI puts its result is a word that no option takes. */
export function logAwsCommand(words: readonly Argument[], state: ShellState): void {
  const texts = words.map(getArgumentText);
  const [service] = texts;
  if (service === "s3") {
    logArguments(words.slice(2), state);
    return;
  }
  const own = words.filter(
    (_, index) => index >= 2 && !texts[index]!.startsWith("-") && !texts[index - 1]!.startsWith("--"),
  );
  logArguments(own.slice(-1), state);
}

/** Any argument may name a file that the program writes, or a directory in which it does. */
export function logArguments(words: readonly Argument[], { log, directory, scope }: ShellState): void {
  for (const word of words) {
    const text = getArgumentText(word);
    for (const path of listPaths(text)) log.add(path, directory, scope);
    if (word.written !== undefined && CURRENT_DIRECTORY.test(word.written)) log.add(".", directory, scope);
  }
}

/** `p.json`, and the value of `--out=p.json` or `-op.json`. */
function listPaths(text: string): string[] {
  if (/^[a-z][\w+.-]*:\/\//.test(text) || text.length > MAX_PATH) return [];
  const equals = text.indexOf("=");
  const value = equals > 0 ? text.slice(equals + 1) : "";
  const isNamed = value !== "" && !/^[\uE000\uE001]+$/.test(value);
  if (!text.startsWith("-")) return isNamed ? [text, value] : [text];
  const short = /^-[A-Za-z](?=[^-])/.test(text) && !isUnknownText(text) ? [text.slice(2)] : [];
  return isNamed ? [value, ...short] : short;
}

const MAX_PATH = 4096;
