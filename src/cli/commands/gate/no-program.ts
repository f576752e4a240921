import { UsageError } from "../../../run/io.ts";

export const createNoProgramError = (): UsageError =>
  new UsageError("there is no `aws` in PATH", "install the AWS CLI, or mend PATH");
