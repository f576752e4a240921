import { createContext, Script } from "node:vm";
import type { MadeCall } from "./compare-runs.ts";

/** What programs find: clients that keep what they are called with, and functions that change what they are given. */
const PRELUDE = `{
const choices = [true, false, false, true, true, false, true];
const t = () => { choices.push(choices.shift()); return choices.at(-1); };
const opaque = (value) => value;
const change = (value) => {
  if (Array.isArray(value)) value.push("changed");
  else if (typeof value === "object" && value) { value.Type = "changed"; value.Added = "changed"; }
  return value;
};
const calls = [];
const plain = (value) => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => [key, plain(each)]));
  return typeof value === "function" || typeof value === "symbol" || value === undefined ? { $opaque: 1 } : value;
};
const lineOf = ({ stack }) => Number(/program\\.js:(\\d+)/.exec(stack)?.[1]);
const record = (line, given) => { if (calls.length < 50) calls.push({ line, given: plain(given) }); };
class CreateDataRepositoryTaskCommand {
  constructor(input) { this.input = input; this.line = lineOf(new Error()); }
}
class FSx {
  send(command) { record(command.line, command.input); return {}; }
  createDataRepositoryTask(input) { record(lineOf(new Error()), input); return {}; }
}
const modules = { "@aws-sdk/client-fsx": { CreateDataRepositoryTaskCommand, FSx } };
const cloned = (value) => {
  if (Array.isArray(value)) return value.map(cloned);
  if (typeof value === "function") throw new Error("a function can't be cloned");
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cloned(each)]))
    : value;
};
globalThis.structuredClone = cloned;
globalThis.require = (name) => modules[name];
globalThis.console = { log() {} };
const hooks = [];
const runHooks = () => { for (const hook of hooks) hook(); };
class Box {}
Object.assign(globalThis, { t, opaque, change, calls, hooks, runHooks, Box, box: new Box() });
}`;

const prelude = new Script(PRELUDE);

/** Runs a program, and returns the calls that it made before it ended, or failed. */
export function runJavascript(program: string): MadeCall[] {
  const context = createContext({});
  prelude.runInContext(context);
  try {
    new Script(program, { filename: "program.js" }).runInContext(context, { timeout: 1000 });
  } catch {
    // What came before the error is compared.
  }
  return JSON.parse(new Script("JSON.stringify(calls)").runInContext(context));
}
