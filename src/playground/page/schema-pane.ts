import { escapeHarmful } from "../../diagnostics/text.ts";
import type { Answer, SchemaJob, TabFile } from "../protocol.ts";
import { createElement, showLines } from "./dom.ts";
import { inPageTerms } from "./page-terms.ts";
import { toSafePath } from "./state.ts";

interface SchemaPaneOptions {
  ask: (job: SchemaJob) => Promise<Answer>;
  /** Takes the schemas that were made. */
  put: (schemas: readonly TabFile[]) => void;
}

/** The page or the model of another operation becomes a schema, with which documents are checked from then on. */
export function fillSchemaPane(panel: HTMLElement, { ask, put }: SchemaPaneOptions): void {
  const text = createElement("textarea", {
    id: "schema-text",
    rows: "14",
    spellcheck: "false",
    required: "",
  });
  const service = createElement("input", { id: "schema-service", spellcheck: "false", autocomplete: "off" });
  const operation = createElement("input", {
    id: "schema-operation",
    spellcheck: "false",
    autocomplete: "off",
  });
  const result = createElement("div", { id: "schema-result", role: "status" });
  const form = createElement(
    "form",
    { id: "schema" },
    createElement(
      "p",
      { class: "hint" },
      "Paste the page of an operation of boto3's documentation, as reStructuredText (its “page source”), or a service model of botocore (service-2.json).",
    ),
    createElement("label", {}, "Page or model ", text),
    createElement("label", {}, "Service of a model, such as fsx ", service),
    createElement("label", {}, "Only this operation of a model, such as fsx:CreateBackup ", operation),
    createElement("button", { type: "submit", id: "schema-make" }, "Make a schema"),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await ask({
      kind: "schema",
      text: text.value,
      service: service.value.trim(),
      operation: operation.value.trim(),
    });
    if (answer.kind === "problem")
      result.replaceChildren(showLines(inPageTerms(answer.problem.text), { class: "error" }));
    if (answer.kind !== "schema") return;
    put(answer.schemas.map(({ path, text: schema }) => ({ path: toSafePath(path, path), text: schema })));
    const lines = [
      ...answer.schemas.map(({ operation: made, path }) => `${made}: ${path}`),
      ...answer.notes.map((note) => `note: ${note}`),
    ];
    result.replaceChildren(
      createElement(
        "p",
        {},
        answer.schemas.length > 0 ? "Documents are checked with:" : "Nothing has a request.",
      ),
      createElement("ul", {}, ...lines.map((line) => createElement("li", {}, escapeHarmful(line)))),
    );
  });
  panel.replaceChildren(form, result);
}
