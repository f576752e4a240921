import { relative, sep } from "node:path";

const NAMED =
  /^(?:test_.*|.*_tests?\.\w+|.*\.(?:spec|test|cy|e2e)\.\w+|.*_spec\.rb|.*Tests?\.(?:java|kt|cs|php|scala|groovy|swift)|conftest\.py)$/;

const FOLDERS: ReadonlySet<string> = new Set(["test", "tests", "__tests__", "__mocks__", "spec", "specs"]);

/** Libraries that stand in for the API of AWS. */
const IMPORTS =
  /^[ \t]*(?:from|import)[ \t]+moto\b|\bbotocore\.stub\b|\bfrom[ \t]+botocore[ \t]+import[ \t]+stub\b|["'`](?:aws-sdk-client-mock(?:-\w+)?|aws-sdk-mock)["'`]/m;

/** Does a program test others, by its name or by what it imports? Of its path only what lies in the working directory counts. */
export function isTestFile(file: string, text: string): boolean {
  const way = relative(".", file);
  const parts = (way.startsWith("..") ? file.split(sep).slice(-2).join("/") : way).split(/[/\\]/);
  const name = parts.pop() ?? "";
  return NAMED.test(name) || parts.some((folder) => FOLDERS.has(folder)) || IMPORTS.test(text);
}
