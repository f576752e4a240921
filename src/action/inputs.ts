import { UsageError } from "../run/io.ts";
import { readInput, readInputLines } from "./workflow.ts";

/** The inputs under `with:` in the workflow, in terms of the command line. */
export interface ActionInputs {
  paths: string[];
  operation?: string;
  config?: string;
  context: string[];
  values: string[];
  caller?: string;
  failOn?: "error" | "warning";
  strict?: boolean;
  changedOnly: boolean;
  policyFrom?: string;
  baseline?: string;
  format: string[];
  summary: boolean;
}

/** Reads the inputs. Throws a `UsageError` for an invalid value. */
export function readInputs(): ActionInputs {
  const texts = {
    operation: "operation",
    config: "config",
    caller: "caller",
    policyFrom: "policy-from",
    baseline: "baseline",
  };
  const given = Object.entries(texts).flatMap(([key, name]) => {
    const value = readInput(name);
    return value === "" ? [] : [[key, value]];
  });
  const strict = readFlag("strict");
  return {
    ...Object.fromEntries(given),
    ...readFailOn(),
    ...(strict !== undefined && { strict }),
    paths: readPaths(),
    context: readInputLines("context"),
    values: readInputLines("values"),
    format: readInputLines("format"),
    changedOnly: readFlag("changed-only") ?? false,
    summary: readFlag("summary") ?? true,
  };
}

function readPaths(): string[] {
  const given = readInputLines("paths");
  if (given.includes("-"))
    throw new UsageError("an action has no standard input to check", "name files in the input `paths`");
  return given;
}

/**
 * Parses a boolean input; undefined if it is not set. Anything else is an error, since guessing could disable
 * a check.
 */
function readFlag(name: string): boolean | undefined {
  const value = readInput(name);
  if (value === "") return undefined;
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  if (/^(?:false|False|FALSE)$/.test(value)) return false;
  throw new UsageError(
    `the input \`${name}\` is true or false, not \`${value}\``,
    "quote it in the workflow: 'true'",
  );
}

function readFailOn(): Pick<ActionInputs, "failOn"> {
  const value = readInput("fail-on");
  if (value === "") return {};
  if (value === "error" || value === "warning") return { failOn: value };
  throw new UsageError(
    `the input \`fail-on\` is \`error\` or \`warning\`, not \`${value}\``,
    "fix the workflow",
  );
}
