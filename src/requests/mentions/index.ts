import type { Unread } from "../request.ts";
import { detectLanguage, isComponent, isNotebook, isWebPage } from "./detect-language.ts";
import { findCalls } from "./find.ts";
import type { KnownNames } from "./names.ts";
import { callsInNotebook } from "./notebook.ts";
import { callsInMagic } from "./pages/magic-comments.ts";
import { callsOfRenamed } from "./pages/renamed-commands.ts";
import { callsInHandlers, callsInWebPage } from "./pages/web-page.ts";

export { callsInBase64, callsInEncodedWords, findInlineCode } from "./encoded.ts";
export { callsInPage } from "./pages/page-code.ts";
export { callsInPatch } from "./pages/patch.ts";
export { isTestFile } from "./test-files.ts";
export { callsInside } from "./texts.ts";

/** The calls of a program, by its file's name or first line. */
export function callsInFile(file: string, text: string, names: KnownNames): Unread[] {
  if (isNotebook(file)) return callsInNotebook(text, names);
  if (isWebPage(file)) return callsInWebPage(text, names);
  const language = detectLanguage(file, text);
  if (!language) return [];
  const magic = callsInMagic(text, names);
  const shown = isComponent(file) ? [...callsInHandlers(text, names), ...callsOfRenamed(text, names)] : [];
  return [...findCalls(text, language, names), ...shown, ...magic];
}
