import type { Validator, ValidatorOptions } from "../../src/index.ts";
import * as countersign from "../../src/index.ts";
import { runCli } from "../cli/run.ts";

const ids: string[] = JSON.parse((await runCli(["rules", "list", "--format", "json"])).stdout).map(
  ({ id }: { id: string }) => id,
);
const OFF = Object.fromEntries([...ids, "iam/undecided"].map((id) => [id, "off"] as const));

/** Validators without rules and permission checks, for tests of payloads and inputs alone. */
export const createValidator = (options: ValidatorOptions = {}): Validator =>
  countersign.createValidator({ ...options, rules: OFF });

export const { validate } = createValidator();
