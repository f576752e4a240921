import { escapeHarmful } from "../../diagnostics/text.ts";

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for HTML, also for attributes in double quotes. */
export const escapeHtml = (text: string): string =>
  escapeHarmful(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** Formats a message: what is in backticks becomes code. */
export const formatProse = (text: string): string =>
  text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? `<code>${escapeHtml(part)}</code>` : escapeHtml(part)))
    .join("");
