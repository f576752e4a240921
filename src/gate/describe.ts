import { escapeHarmful, formatSafeJson } from "../diagnostics/text.ts";
import { toPrintable } from "../documents/printable.ts";
import type { CheckedCommand } from "./check-command.ts";

/** How the facts that checks of a command wait for are gathered. */
export const GATHER_HINT = "  facts: `--pull` runs such commands first, and checks with what they print";

/** What the command would send, for a person. */
export function describeCall({ checked, place }: CheckedCommand): string {
  const { account = "not known", region = "not known" } = place;
  return checked.report.requests
    .map((request) => {
      const payload = formatSafeJson(toPrintable(checked.payloadOf(request)));
      const lines = [
        ["would send", request.operation],
        ["account", account],
        ["Region", region],
        ["payload", payload.replaceAll("\n", `\n${" ".repeat(12)}`)],
      ];
      return lines.map(([name, value]) => `${name!.padEnd(12)}${escapeLines(value!)}\n`).join("");
    })
    .join("\n");
}

const escapeLines = (text: string): string => text.split("\n").map(escapeHarmful).join("\n");
