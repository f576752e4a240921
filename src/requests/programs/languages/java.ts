import { findRunCommands } from "../commands/run-calls.ts";
import type { LanguageReader } from "../language.ts";
import { isCallOf } from "../model/mentions.ts";
import { findJavaSdkCalls } from "../sdks/aws-sdk-java.ts";
import { javaCall } from "./java-builders.ts";
import { JavaReader } from "./java-reader.ts";

const FUNCTIONS = new Set(["String.valueOf", "Objects.requireNonNull"]);
const LOGGERS = new Set(["out", "err", "log", "logger", "LOG", "LOGGER"]);

export const java: LanguageReader = {
  name: "java",
  names: ["java"],
  isOf: (path) => /\.java$/i.test(path),
  grammar: "java",
  read: (root, text) => new JavaReader(text).module(root),
  hidesClasses: false,
  mentions: {
    membersAreKeys: false,
    isHarmlessCall: (call) => isCallOf(call, FUNCTIONS, LOGGERS),
    harmlessMethods: new Set(["size", "isEmpty", "get", "toString"]),
  },
  knownCall: javaCall,
  finders: [findJavaSdkCalls, findRunCommands],
};
