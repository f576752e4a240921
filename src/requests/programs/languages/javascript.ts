import { findConstructScripts } from "../commands/construct-scripts.ts";
import { findRunCommands } from "../commands/run-calls.ts";
import type { LanguageReader } from "../language.ts";
import { findJavascriptSdkCalls } from "../sdks/aws-sdk-js.ts";
import { findConstructs } from "../sdks/cdk.ts";
import { JAVASCRIPT_MENTIONS, javascriptCall } from "./javascript-calls.ts";
import { JavascriptReader } from "./javascript-reader.ts";

const shared = {
  read: (root, text) => new JavascriptReader(text).module(root),
  hidesClasses: true,
  mentions: JAVASCRIPT_MENTIONS,
  knownCall: javascriptCall,
  finders: [findJavascriptSdkCalls, findConstructs, findRunCommands, findConstructScripts],
} satisfies Partial<LanguageReader>;

export const javascript: LanguageReader = {
  ...shared,
  name: "javascript",
  names: ["javascript", "js", "jsx", "node", "mjs", "cjs"],
  isOf: (path) => /\.[cm]?jsx?$/i.test(path),
  grammar: "javascript",
};

export const typescript: LanguageReader = {
  ...shared,
  name: "typescript",
  names: ["typescript", "ts", "mts", "cts"],
  isOf: (path) => /\.[cm]?ts$/i.test(path),
  grammar: "typescript",
};

/** TypeScript with elements in it is another language: `<T>x` is one of them. */
export const tsx: LanguageReader = {
  ...shared,
  name: "tsx",
  names: ["tsx"],
  isOf: (path) => /\.tsx$/i.test(path),
  grammar: "tsx",
};
