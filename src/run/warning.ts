import type { ContextFault } from "../context/context.ts";
import { harmless } from "../diagnostics/text.ts";

/** A warning with its place, as a compiler prints it. */
export const warningText = ({ file, message, help, place }: ContextFault): string =>
  `warning: ${harmless(message)}\n --> ${harmless(file)}:${place.line}:${place.column}\n${help ? `  = help: ${harmless(help)}\n` : ""}`;
