import type { Command } from "commander";
import { Option } from "commander";
import type { Io } from "../../../run/io.ts";
import { type CommandAction, collectValues, formatExamples } from "../../options.ts";

/** Adds `countersign iam` and its subcommands. */
export function addIam(root: Command, io: Io, onRun: (run: CommandAction) => void): void {
  const iam = root
    .command("iam")
    .description("read policies from AWS, and explain what policies allow")
    .addHelpText(
      "after",
      formatExamples("countersign iam fetch arn:aws:iam::123456789012:role/Reports --out context/iam.json"),
    );
  iam
    .command("fetch")
    .description("read roles and users and their policies from AWS, as a context file (calls that only read)")
    .argument("<arns...>", "ARNs of roles or users, or of sessions of roles")
    .option("--out <file>", "write it to a file instead of standard output")
    .addHelpText(
      "after",
      formatExamples(
        "countersign iam fetch arn:aws:iam::123456789012:role/Reports --out context/iam.json",
        "countersign check --context context requests/",
      ),
    )
    .action((arns: string[], flags) =>
      onRun(async () => (await import("./fetch.run.ts")).run(arns, flags, io)),
    );
  addExplain(iam, io, onRun);
}

function addExplain(iam: Command, io: Io, onRun: (run: CommandAction) => void): void {
  iam
    .command("explain")
    .description("say what policies make of a call, statement by statement, and what is missing")
    .requiredOption("--principal <arn>", "who calls: the ARN of a user, role or session; or a service")
    .requiredOption("--action <action>", "the action, such as s3:PutObject")
    .requiredOption("--resource <arn>", "an ARN, a pattern of ARNs, or * for an action that takes none")
    .option(
      "--context <path>",
      "context: files with IAM details, buckets, the organization (repeatable)",
      collectValues,
    )
    .option(
      "--policy <[kind=]file>",
      "a policy document; kind is identity (default), boundary, session, scp, rcp or resource (repeatable)",
      collectValues,
    )
    .option(
      "--key <key=value>",
      "a condition key of the request; without =value: it has none (repeatable)",
      collectValues,
    )
    .option("--resource-account <id>", "the account that owns the resource, where the ARN doesn't say it")
    .option("--no-resource-policy", "the resource has no policy of its own")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      `${formatExamples(
        "countersign iam explain --principal arn:aws:iam::123456789012:role/Reports \\",
        "  --action s3:PutObject --resource 'arn:aws:s3:::reports/*' --context context",
      )}\nExit status: 0 allowed, 1 denied or not known, 2 the command or an input is wrong.\n`,
    )
    .action((flags) => onRun(async () => (await import("./explain.run.ts")).run(flags, io)));
}
