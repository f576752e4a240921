import type { Command } from "commander";
import type { Io } from "./io.ts";
import { examples, type Run } from "./program-parts.ts";

/** `countersign iam …` */
export function addIam(root: Command, io: Io, onRun: (run: Run) => void): void {
  const iam = root
    .command("iam")
    .description("read policies from AWS")
    .addHelpText(
      "after",
      examples("countersign iam fetch arn:aws:iam::123456789012:role/Reports --out context/iam.json"),
    );
  iam
    .command("fetch")
    .description("read roles and users and their policies from AWS, as a context file (calls that only read)")
    .argument("<arns...>", "ARNs of roles or users, or of sessions of roles")
    .option("--out <file>", "write it to a file instead of standard output")
    .addHelpText(
      "after",
      examples(
        "countersign iam fetch arn:aws:iam::123456789012:role/Reports --out context/iam.json",
        "countersign check --context context requests/",
      ),
    )
    .action((arns: string[], flags) =>
      onRun(async () => (await import("./iam-fetch.ts")).run(arns, flags, io)),
    );
}
