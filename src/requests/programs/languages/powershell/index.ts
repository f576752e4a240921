import type { LanguageReader } from "../../language.ts";
import type { MentionRules } from "../../model/mentions.ts";
import type { CallExpression } from "../../model/node.ts";
import { lastName, textOfLiteral } from "../../model/node.ts";
import { findPowershellCalls, isCmdlet } from "../../sdks/aws-powershell.ts";
import { PowershellReader } from "./reader.ts";
import { preparedText } from "./text.ts";

/** Commands that may give any variable another value: also by their aliases, and `.`, which runs a script in place. */
const REBINDING = new Set(
  (
    ". invoke-expression iex invoke-command icm set-variable set sv new-variable nv clear-variable clv remove-variable rv " +
    "set-item si get-variable gv import-module"
  ).split(" "),
);

/** Common parameters that name a variable for what a command gives: `-OutVariable`, and its alias. */
const SETS_VARIABLE = /^-(?:\w*v(?:a(?:r\w*)?)?|ov|pv|ev|wv|iv)$/i;

const isRebinding = (name: string, { args }: CallExpression): boolean =>
  REBINDING.has(name) || args.some((arg) => SETS_VARIABLE.test(textOfLiteral(arg) ?? ""));

const HARMLESS = new Set(
  "write-host write-output write-verbose write-debug write-information write-warning convertto-json out-null aws".split(
    " ",
  ),
);

const MENTIONS: MentionRules = {
  isDynamic: true,
  keepsTables: true,
  membersAreKeys: true,
  isHarmlessCall: ({ callee }) => {
    const name = lastName(callee) ?? "";
    return callee.kind === "name" && (HARMLESS.has(name) || isCmdlet(name));
  },
  isRebinding,
  settingMethods: new Set(["add"]),
  harmlessMethods: new Set(["containskey", "contains", "tostring", "gettype", "count"]),
};

export const powershell: LanguageReader = {
  name: "powershell",
  names: ["powershell", "ps1", "pwsh", "ps"],
  isOf: (path) => /\.(?:ps1|psm1)$/i.test(path),
  grammar: "powershell",
  prepared: preparedText,
  read: (root, text) => new PowershellReader(text).module(root),
  hidesClasses: false,
  mentions: MENTIONS,
  takesObjects: true,
  knownCall: () => undefined,
  finders: [findPowershellCalls],
};
