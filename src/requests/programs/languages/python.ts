import { findConstructScripts } from "../commands/construct-scripts.ts";
import { findRunCommands } from "../commands/run-calls.ts";
import type { LanguageReader } from "../language.ts";
import { findBoto3Calls } from "../sdks/boto3.ts";
import { findConstructs } from "../sdks/cdk.ts";
import { PYTHON_MENTIONS, pythonCall } from "./python-calls.ts";
import { PythonReader } from "./python-reader.ts";

export const python: LanguageReader = {
  name: "python",
  names: ["python", "py", "python3"],
  isOf: (path) => /\.pyi?$/i.test(path),
  grammar: "python",
  read: (root, text) => new PythonReader(text).module(root),
  hidesClasses: true,
  mentions: PYTHON_MENTIONS,
  knownCall: pythonCall,
  finders: [findBoto3Calls, findConstructs, findRunCommands, findConstructScripts],
};
