import { describe, expect, test } from "vitest";
import { PAGE, programs } from "./api-programs.ts";
import { readText } from "./pages.ts";

describe("docs/api.md", () => {
  test("has a program for every exported function and describes every exported type", () => {
    const all = programs.map(({ text }) => text).join("\n");
    for (const name of ["validate", "createValidator", "guard", "GuardError", "simulate"])
      expect(all).toMatch(new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\}`));
    const types = [readText("src/index.ts"), readText("src/aws-sdk/index.ts")]
      .flatMap((text) => [...text.matchAll(/export type \{([^}]*)\}/g)])
      .flatMap(([, names]) => names!.split(",").map((name) => name.trim()));
    expect(types.length).toBeGreaterThan(8);
    expect(types.filter((name) => !PAGE.includes(`\`${name}\``))).toEqual([]);
  });

  test("has a row for every option of a validator and of a guard", () => {
    const optionsIn = (file: string, name: string): string[] => {
      const [, body = ""] = new RegExp(`interface ${name}[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(readText(file))!;
      return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, option]) => option!);
    };
    const options = [
      ...optionsIn("src/api/validator.ts", "ValidatorOptions"),
      ...optionsIn("src/api/validator.ts", "ValidateInput"),
      ...optionsIn("src/aws-sdk/options.ts", "GuardOptions"),
      ...optionsIn("src/aws-sdk/options.ts", "ClientGuardOptions"),
    ];
    expect(options.length).toBeGreaterThan(10);
    expect(options.filter((name) => !new RegExp(`^\\| .*\`${name}\`.* \\|`, "m").test(PAGE))).toEqual([]);
  });
});
