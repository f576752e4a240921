import type { LanguageReader } from "../language.ts";
import { csharp } from "./csharp/index.ts";
import { go } from "./go.ts";
import { hcl } from "./hcl.ts";
import { java } from "./java.ts";
import { javascript, tsx, typescript } from "./javascript.ts";
import { php, phpFragment } from "./php/index.ts";
import { powershell } from "./powershell/index.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby/index.ts";

/** Every language that programs are read in. */
const LANGUAGES: readonly LanguageReader[] = [
  python,
  javascript,
  typescript,
  tsx,
  hcl,
  go,
  java,
  ruby,
  php,
  phpFragment,
  csharp,
  powershell,
];

export const programLanguage = (path: string): LanguageReader | undefined =>
  LANGUAGES.find((language) => language.isOf(path));

/** By one of the names that fences of Markdown have for it. */
export const languageNamed = (name: string): LanguageReader | undefined =>
  LANGUAGES.find(({ names }) => names.includes(name));
