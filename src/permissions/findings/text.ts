import { quoted } from "../../diagnostics/text.ts";

/** Quotes an ARN. The limit is high because an ARN cut short identifies nothing. */
export const quoteLong = (text: string): string => quoted(text, 300);

/** The command that prints all users, roles and policies. */
export const PRINT_ALL =
  "`aws iam get-account-authorization-details --filter Role LocalManagedPolicy AWSManagedPolicy User Group > iam.json` (or `countersign iam fetch ARN --out iam.json`), and `--context iam.json`";

/** "a", "a and b", "a, b and c". */
export const joinWithAnd = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
