import { realpathSync } from "node:fs";
import { basename, isAbsolute, sep } from "node:path";
import { quoted } from "../diagnostics/text.ts";
import { listPrograms } from "../files/programs.ts";
import { UsageError } from "../run/io.ts";
import type { Environment } from "./environment.ts";

/** A command as its program receives it: no shell sees it. */
export interface CommandVector {
  /** The absolute path of the AWS CLI. Undefined where there is none, which matters only if it is to run. */
  program: string | undefined;
  /** The words behind the program's name. */
  words: readonly string[];
}

/** Reads what follows `--`. Throws a `UsageError` for any other program than the AWS CLI. */
export function readVector(given: readonly string[], environment: Environment): CommandVector {
  const [name, ...words] = given;
  if (name === undefined) throw new UsageError("no command is given", "write it behind `--`: `-- aws fsx …`");
  if (!/^aws(?:\.exe|\.cmd)?$/.test(basename(name)))
    throw new UsageError(
      `${quoted(name)} is not the AWS CLI`,
      "only commands that begin with `aws` are checked here: put variables and programs such as `sudo` before `countersign`, and run others as they are",
    );
  if (name.includes("/") && !isAbsolute(name))
    throw new UsageError(
      `${quoted(name)} is a program of this directory`,
      "write `aws`, which is looked for in PATH, or an absolute path",
    );
  return { program: isAbsolute(name) ? name : findInPath(name, environment.PATH ?? ""), words };
}

/** Those that lead into the working directory are passed over: a checkout must not decide what runs with a person's credentials. */
function findInPath(name: string, path: string): string | undefined {
  const here = realpathSync(".");
  return listPrograms(name, path).find((file) => !isBelow(realpathSync(file), here));
}

const isBelow = (file: string, directory: string): boolean =>
  directory !== sep && file.startsWith(`${directory}${sep}`);
