import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { valueAt } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { readEmbeddedText } from "../../documents/embedded.ts";
import { isObject } from "../request.ts";
import { isWorkflowFile, listSteps } from "../scripts/github-workflow.ts";
import { kubernetesScripts } from "../scripts/machines/container-images.ts";
import { findPlaces } from "../scripts/places.ts";
import type { LanguageReader } from "./language.ts";
import { languageNamed } from "./languages/index.ts";

/** A program that a step hands to an interpreter. */
export interface StepProgram {
  language: LanguageReader;
  /** Undefined where something is filled into the code. */
  within: EmbeddedText | undefined;
  part: { span(): Span };
}

/** Interpreters, by how their commands begin, with what they read. */
const INTERPRETERS: readonly (readonly [RegExp, string])[] = [
  [/^(?:\S*\/)?python[\d.]*(?![\w-])/, "python"],
  [/^(?:\S*\/)?(?:pwsh|powershell)\b/i, "powershell"],
  [/^(?:\S*\/)?node\b/, "javascript"],
  [/^(?:\S*\/)?ruby\b/, "ruby"],
  [/^(?:\S*\/)?php\b/, "php"],
];

const languageRunBy = (command: unknown): LanguageReader | undefined => {
  const name = typeof command === "string" && INTERPRETERS.find(([begins]) => begins.test(command))?.[1];
  return name ? languageNamed(name) : undefined;
};

/**
 * The programs of GitHub's workflows and actions, of the containers of Argo and Tekton, and of runbooks of Systems
 * Manager.
 */
export function stepPrograms(path: string, text: string, document: Document): StepProgram[] {
  const places = isWorkflowFile(path)
    ? workflowCode(document)
    : kubernetesScripts.matches(path, text)
      ? containerCode(document)
      : runbookCode(document);
  return places.flatMap(({ at, language }): StepProgram[] => {
    if (!language || typeof valueAt(document.value, at) !== "string") return [];
    const within = readEmbeddedText(text, document, at);
    // What a template writes into the code may be anything, also more code.
    const isFilledIn = within?.text.includes("{{");
    return [
      { language, within: isFilledIn ? undefined : within, part: { span: () => document.span(at, "value") } },
    ];
  });
}

interface CodePlace {
  at: Path;
  language: LanguageReader | undefined;
}

/** `shell: python`, and the script of `actions/github-script`. */
const workflowCode = (document: Document): CodePlace[] =>
  listSteps(document.value).flatMap(({ path, steps, shell }) =>
    steps.flatMap((step, index): CodePlace[] => {
      if (!isObject(step)) return [];
      if (typeof step.uses === "string" && step.uses.startsWith("actions/github-script@"))
        return [{ at: [...path, index, "with", "script"], language: languageNamed("javascript") }];
      return [{ at: [...path, index, "run"], language: languageRunBy(step.shell ?? shell) }];
    }),
  );

/** Argo hands the source to a command; Tekton runs the script by its first line. */
const containerCode = (document: Document): CodePlace[] => [
  ...findPlaces(document.value, "**.script.source").map(({ path, around }) => ({
    at: path,
    language: languageRunBy([Object(around[0]).command].flat()[0]),
  })),
  ...findPlaces(document.value, "**.steps|sidecars.*.script").map(({ path, value }) => ({
    at: path,
    language: languageRunBy(/^\s*#!\s*([^\n]*)/.exec(String(value))?.[1]?.replace(/^\S*\/env\s+/, "")),
  })),
];

/** `aws:executeScript` */
const runbookCode = (document: Document): CodePlace[] =>
  findPlaces(document.value, "**.mainSteps.*.inputs.Script").map(({ path, around }) => ({
    at: path,
    language: languageRunBy(String(Object(around[0]).Runtime).toLowerCase()),
  }));
