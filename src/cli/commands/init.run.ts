import { writeFileSync } from "node:fs";
import { EXIT } from "../../run/exit-status.ts";
import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";

const FILE = "countersign.yaml";

/** The initial configuration: every key is commented out, so that the file has no effect until edited. */
const TEXT = `# What \`countersign check\` does by itself in this repository. Every key is optional.

# Files that hold bare payloads, with the operation of each. Globs start at this file's directory.
# requests:
#   - files: payloads/export-*.json
#     operation: fsx:CreateDataRepositoryTask

# What the AWS CLI prints of the things that requests refer to: files, or directories of them.
# context:
#   - context

# Facts that are older count as not given.
# maxAge: 24h

# Who makes the calls, where a request doesn't say it: the ARN of a user or role.
# caller: arn:aws:iam::123456789012:role/StorageOperator

# Rules by id, and codes of the permission check: off, error, warning, or severity and params.
# rules:
#   fsx/paths-no-comma: off
#   storagegateway/force-remove-justified:
#     params:
#       minLength: 40

# Directories of rule files of your own.
# rulePacks:
#   - rules

# Directories of more schemas, as \`countersign schema generate\` writes them.
# schemas:
#   - schemas

# Findings that are known and accepted. Past its last day, a waiver is an error.
# waivers:
#   - code: fsx/paths-no-comma
#     file: payloads/export-legacy.json
#     reason: the directory really has a comma in its name
#     expires: 2027-06-30

# Values for placeholders: a file, or one for each set that is checked on its own.
# values:
#   staging: values/staging.yaml
#   production: values/production.yaml

# Findings that are known and fail nothing, as \`countersign baseline\` writes them.
# baseline: countersign-baseline.json

# The least severity that fails: error (the default) or warning.
# failOn: warning

# Undecided checks fail too.
# strict: true

# The version of the AWS CLI that runs the commands in scripts: 1 or 2.
# cliVersion: 2

# Where \`countersign exec\` appends a line about each command.
# audit: audit.jsonl
`;

/**
 * Runs `countersign init`: writes a commented configuration to the working directory, never over an existing
 * one.
 */
export function run(io: Io): number {
  try {
    writeFileSync(FILE, TEXT, { flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST")
      throw new UsageError(`there is a \`${FILE}\` already`, "edit it, or remove it first");
    throw new UsageError(`\`${FILE}\` can't be written: ${code}`, "check the directory and its permissions");
  }
  io.stdout(`${FILE} is written; every key in it is commented out\n`);
  return EXIT.ok;
}
