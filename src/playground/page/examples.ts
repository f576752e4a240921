import type { TabFile } from "../protocol.ts";
import type { Files } from "./state.ts";
import { NO_FILES } from "./state.ts";

/** Written by the build: the files of examples/. */
declare const COUNTERSIGN_EXAMPLES: readonly TabFile[];

const filesIn = (directory: string): TabFile[] =>
  COUNTERSIGN_EXAMPLES.filter(({ path }) => path.startsWith(`${directory}/`));

/** The examples that can be chosen: everything that is no context of another one. */
export const listExamples = (): string[] =>
  COUNTERSIGN_EXAMPLES.map(({ path }) => path).filter(
    (path) => !path.startsWith("examples/context/") && !path.endsWith("/iam.json"),
  );

/** Examples that show what a fact decides come with the facts. */
export function openExample(name: string): Files {
  const document = COUNTERSIGN_EXAMPLES.filter(({ path }) => path === name);
  const context = /^examples\/(?:good|permissions)\//.test(name) ? filesIn("examples/context") : [];
  const permissions = name.startsWith("examples/permissions/")
    ? filesIn("examples/permissions").filter(({ path }) => path.endsWith("/iam.json"))
    : [];
  return { ...NO_FILES, document, context: [...context, ...permissions] };
}
