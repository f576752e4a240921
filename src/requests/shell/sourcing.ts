import type { Argument } from "../aws-cli/argument.ts";
import { getArgumentText } from "../aws-cli/argument.ts";
import type { ShellCommand } from "./shell-command.ts";

export const isSourcing = ([name]: readonly Argument[]): boolean =>
  name !== undefined && /^(?:\.|source)$/.test(getArgumentText(name));

/** Scripts of known tools, and files of the environment's variables, by their names: they change no directory. */
const HARMLESS_SCRIPT = /(?:^|\/)(?:bin\/activate|os-release|\.?[\w-]*\.env|\.env\.[\w.-]+)$/;

export const isHarmlessScript = ({ words: [, script] }: ShellCommand): boolean =>
  script !== undefined && HARMLESS_SCRIPT.test(getArgumentText(script));

/** A command whose output is known to be assignments only. */
const HARMLESS_OUTPUT = /^["']?(?:\$\(|`)(?:ssh-agent|dircolors|aws configure export-credentials)\b/;

/** Whether a text for `eval` holds a command that only the run knows, which may change the directory. */
export const hasUnknownCommand = (text: string, [word]: readonly Argument[]): boolean =>
  /(?:^|[;&|\n({])[ \t]*[\uE000\uE001]/.test(text) && !HARMLESS_OUTPUT.test(word?.written ?? "");
