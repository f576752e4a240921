import { findRunCommands } from "../../commands/run-calls.ts";
import type { LanguageReader } from "../../language.ts";
import { findPhpSdkCalls } from "../../sdks/aws-sdk-php.ts";
import { PHP_MENTIONS, phpCall } from "./calls.ts";
import { PhpReader } from "./reader.ts";

const shared = {
  name: "php",
  read: (root, text) => new PhpReader(text).module(root),
  hidesClasses: false,
  mentions: PHP_MENTIONS,
  takesObjects: true,
  knownCall: phpCall,
  finders: [findPhpSdkCalls, findRunCommands],
} satisfies Partial<LanguageReader>;

/** Pages with programs in them. */
export const php: LanguageReader = {
  ...shared,
  names: [],
  isOf: (path) => /\.(?:php|phtml)$/i.test(path),
  grammar: "php",
};

/** Programs by themselves, which need no tag before them. */
export const phpFragment: LanguageReader = {
  ...shared,
  names: ["php"],
  isOf: () => false,
  grammar: "php_only",
};
