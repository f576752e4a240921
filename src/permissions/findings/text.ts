import type { MissingInput } from "../../diagnostics/diagnostic.ts";
import { quoted } from "../../diagnostics/text.ts";

/** Quotes an ARN. The limit is high because an ARN cut short identifies nothing. */
export const quoteLong = (text: string): string => quoted(text, 300);

/** The command that prints all users, roles and policies. */
const PRINT_ALL_COMMAND =
  "aws iam get-account-authorization-details --filter Role LocalManagedPolicy AWSManagedPolicy User Group > context/iam.json";

/** How to give all users, roles and policies. */
export const PRINT_ALL = `\`${PRINT_ALL_COMMAND}\` (or \`countersign iam fetch ARN --out context/iam.json\`), and \`--context context\``;

/** The policies of a principal, as an input that is missing. */
export const createMissingPolicies = (name: string): MissingInput => ({
  kind: "policy",
  name,
  command: PRINT_ALL_COMMAND,
});

/** "a", "a and b", "a, b and c". */
export const joinWithAnd = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
